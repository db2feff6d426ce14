"""What other programs read of a page: true, and safe where it stands."""

from __future__ import annotations

import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image
from sheets import real

from workbook import questions
from workbook.frontmatter import FrontMatter
from workbook.glossary import Term
from workbook.render import card, discovery, head, screen
from workbook.site import Site

SITE = Site("A & B", "https://example.org/")
MATTER = FrontMatter(title="Urges", description="They pass.", written="2026-11-23", review="2027-11-23")
HOME = [("Home", "https://example.org/")]


def graph(made: head.Head) -> list[dict[str, Any]]:
    read = json.loads(made.data)
    assert read["@context"] == "https://schema.org"
    return read["@graph"]


def of(matter: FrontMatter = MATTER, **more: Any) -> head.Head:
    return head.of_page(SITE, "smart/urges/", matter, HOME, "the project", **more)


def test_a_page_is_told_with_its_dates_and_the_way_to_it() -> None:
    page, trail = graph(of())

    assert page["@type"] == "MedicalWebPage"
    assert (page["url"], page["name"], page["datePublished"]) == (
        "https://example.org/smart/urges/",
        "Urges",
        "2026-11-23",
    )
    assert [(one["position"], one["name"]) for one in trail["itemListElement"]] == [(1, "Home"), (2, "Urges")]


def test_only_a_page_that_was_reviewed_says_so() -> None:
    assert not {"lastReviewed", "reviewedBy"} & graph(of())[0].keys()

    read = MATTER.model_copy(update={"reviewed": "2027-01-10", "reviewer": "Ann, MD"})
    assert graph(of(read))[0]["reviewedBy"] == {"@type": "Person", "name": "Ann, MD"}


def test_questions_and_terms_are_told_as_such() -> None:
    asked = graph(of(questions=[("Is it free?", "Yes.")]))[0]
    assert asked["@type"] == ["MedicalWebPage", "FAQPage"]
    assert asked["mainEntity"][0]["acceptedAnswer"]["text"] == "Yes."

    terms = graph(of(terms=[Term("aa", "AA", "A group.", ("Alcoholics Anonymous",))]))[0]["mainEntity"]
    assert terms["@type"] == "DefinedTermSet"
    assert terms["hasDefinedTerm"][0]["@id"] == "https://example.org/smart/urges/#aa"


def test_words_cannot_leave_the_data() -> None:
    hostile = MATTER.model_copy(update={"title": "</script><!--<script>&"})

    made = of(hostile)
    html = screen.filled("head.html", head=made)

    assert html.count("</script>") == 1
    assert "<!--" not in html
    assert graph(made)[0]["name"] == "</script><!--<script>&"
    assert '<meta property="og:title" content="&lt;/script&gt;' in html


def test_a_worksheet_says_how_long_it_takes_and_which_version_it_is() -> None:
    sheet = real().worksheets["urge-log"]

    page, trail = graph(head.of_worksheet(SITE, sheet))

    assert "LearningResource" in page["@type"]
    assert page["timeRequired"] == f"PT{sheet.minutes}M"
    assert page["version"] == str(sheet.version)
    assert [one["name"] for one in trail["itemListElement"]] == ["Home", "Worksheets", sheet.title]


@pytest.mark.parametrize(
    ("page", "name"), [("", "home"), ("smart/urges/", "smart-urges"), ("worksheets/a/", "worksheets-a")]
)
def test_a_card_has_an_address_of_its_own(page: str, name: str) -> None:
    assert head.card_uri(page) == f"assets/cards/{name}.png"


# Cards


def test_a_card_is_a_small_png_of_the_size_that_others_ask_for() -> None:
    made = card.data(
        "Point 3: Thoughts, feelings and behaviours", "It is a test. " * 30, "A handbook", "A & B"
    )

    drawn = card.draw(made)

    assert Image.open(io.BytesIO(drawn)).size == card.SIZE == (1200, 630)
    assert len(drawn) < 40_000
    assert card.draw(made) == drawn


def test_a_title_of_any_length_stays_on_the_card() -> None:
    """Nothing is drawn on the lower edge, between the last words and the band."""
    long = card.draw(card.data("Many words in a row and more of them " * 4, "Says. " * 20, "A", "B"))

    picture = Image.open(io.BytesIO(long)).convert("RGB")
    paper = picture.getpixel((5, 5))
    assert {picture.getpixel((x, 604)) for x in range(0, 1200, 2)} == {paper}


def test_words_on_a_card_are_data() -> None:
    card.draw(card.data('#panic("x") $ [ *a* \\', "#include", "<b>", "#"))


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Short.", "Short."),
        (f"First one. {'word ' * 40}.", "First one."),
        ("word, " * 40, f"{('word, ' * 18)[:-2]} …"),
    ],
)
def test_a_description_is_cut_at_a_sentence_or_a_word(says: str, told: str) -> None:
    assert card.data("", says, "", "")["says"] == told


# Questions, and files at the root


def test_questions_are_read_without_citations_and_links() -> None:
    text = (
        "# FAQ\n\n## Part\n\n### Is it free?\n\nYes [@a-2020]. [evidence: x] See [this](b.md).\n\n"
        "### Not asked\n\nNo.\n\n### What else?\n\nMore.\n"
    )

    assert list(questions.questions(text)) == [("Is it free?", "Yes. See this."), ("What else?", "More.")]


def test_robots_may_read_all_and_know_where_the_list_is() -> None:
    assert discovery.robots(SITE) == "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n"


def test_llms_txt_has_the_shape_that_its_readers_expect() -> None:
    made = discovery.llms(SITE, "What it is.", [("Part", [discovery.Listed("a/", "A", "Says.")])])

    lines = made.splitlines()
    assert (lines[0], lines[2]) == ("# A & B", "> What it is.")
    assert lines[-3:] == ["## Part", "", "- [A](https://example.org/a/): Says."]


def test_the_feed_tells_the_newest_changes_first() -> None:
    pages = [
        discovery.Listed("a/", "A & <b>", "Says.", "2026-11-23"),
        discovery.Listed("b/", "B", "Says.", "2026-12-01"),
        discovery.Listed("c/", "C", "Undated."),
    ]

    feed = ElementTree.fromstring(discovery.feed(SITE, "What it is.", pages))

    space = {"a": discovery.ATOM}
    told = [
        (one.findtext("a:title", "", space), one.findtext("a:updated", "", space), one.find("a:link", space))
        for one in feed.findall("a:entry", space)
    ]
    assert [(title, day) for title, day, _ in told] == [
        ("B", "2026-12-01T00:00:00Z"),
        ("A & <b>", "2026-11-23T00:00:00Z"),
    ]
    assert told[0][2].get("href") == "https://example.org/b/"
    assert feed.findtext("a:updated", "", space) == "2026-12-01T00:00:00Z"
    ids = [one.text for one in feed.iter(f"{{{discovery.ATOM}}}id")]
    assert len(set(ids)) == len(ids) == 3
