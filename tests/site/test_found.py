"""The built site as a crawler walks it: every address leads somewhere, and every page says what it is."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image
from sheets import real

HOME = real().site.url
DRAWN = ("href", "src", "action", "poster", "data-src")


@dataclass
class Read(HTMLParser):
    """What one page holds."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    canonical: list[str] = field(default_factory=list)
    title: str = ""
    data: list[Any] = field(default_factory=list)
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "name" in values:
            self.ids.append(values["name"])
        self.links += [values[name] for name in DRAWN if values.get(name)]
        self.links += [one.split()[0] for one in values.get("srcset", "").split(",") if one.strip()]
        if tag == "meta":
            self.meta[values.get("property") or values.get("name", "")] = values.get("content", "")
        if tag == "link" and values.get("rel") == "canonical":
            self.canonical.append(values["href"])
        self.inside = {"title": "title", "script": values.get("type", "")}.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "title" and not self.title:
            self.title = data
        if self.inside == "application/ld+json":
            self.data.append(json.loads(data))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Read]:
    """Every page by its address from the site's root; `crisis/`, and '' for home."""
    read = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        page = read[name.removesuffix("index.html")] = Read()
        page.feed(path.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def indexed(pages: dict[str, Read]) -> dict[str, Read]:
    """The pages that are meant to be found."""
    return {name: page for name, page in pages.items() if page.canonical and "robots" not in page.meta}


def test_every_link_leads_to_a_file_and_every_anchor_to_a_part_of_it(
    site: Path, pages: dict[str, Read]
) -> None:
    lost = []
    for name, page in pages.items():
        for link in page.links:
            target = urlsplit(urljoin(f"{HOME}{name}", link))
            if target.scheme not in ("http", "https") or not target.geturl().startswith(HOME):
                continue
            path = unquote(target.path.removeprefix(urlsplit(HOME).path).lstrip("/"))
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            part = unquote(target.fragment)
            if not file.is_file() or (
                path in pages and "=" not in part and part not in ["", *pages[path].ids]
            ):  # the shelf's choices, with '=', are no parts of it
                lost.append(f"{name}: {link}")

    assert len(pages) > 80
    assert lost == []


def test_no_id_stands_twice_on_a_page(pages: dict[str, Read]) -> None:
    twice = {name: [one for one, n in Counter(page.ids).items() if n > 1] for name, page in pages.items()}

    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_each_page_has_a_title_a_description_and_an_address_of_its_own(indexed: dict[str, Read]) -> None:
    for what in (
        [page.title for page in indexed.values()],
        [page.meta.get("description", "") for page in indexed.values()],
        [page.canonical[0] for page in indexed.values()],
    ):
        assert all(what)
        assert [one for one, n in Counter(what).items() if n > 1] == []
    assert {
        name: page.canonical for name, page in indexed.items() if page.canonical != [f"{HOME}{name}"]
    } == {}


def test_a_link_to_a_page_is_shown_with_its_own_card(site: Path, indexed: dict[str, Read]) -> None:
    cards = set()
    for name, page in indexed.items():
        assert page.meta["og:url"] == f"{HOME}{name}"
        assert page.meta["og:description"] == page.meta["description"]
        assert page.meta["og:title"] in page.title or not name
        file = site / page.meta["og:image"].removeprefix(HOME)
        with Image.open(file) as card:
            assert (card.format, card.size) == ("PNG", (1200, 630))
        assert file.stat().st_size < 40_000
        cards.add(file)
    assert len(cards) == len(indexed)


def test_every_page_says_in_schema_org_what_it_is_and_that_nobody_reviewed_it(
    pages: dict[str, Read], indexed: dict[str, Read]
) -> None:
    for name, page in indexed.items():
        (data,) = page.data
        about, *trail = data["@graph"]
        assert (about["url"], about["name"]) == (f"{HOME}{name}", page.meta["og:title"])
        assert "reviewedBy" not in about
        steps = [step["item"] for one in trail for step in one["itemListElement"]]
        assert (steps[0], steps[-1]) == (HOME, f"{HOME}{name}") if name else steps == []
        assert [step for step in steps if step.removeprefix(HOME) not in pages] == []


def test_questions_and_terms_are_those_of_their_pages(site: Path, indexed: dict[str, Read]) -> None:
    faq = indexed["faq/"].data[0]["@graph"][0]
    html = (site / "faq" / "index.html").read_text(encoding="utf-8")
    assert len(faq["mainEntity"]) == html.count("</h3>") > 10
    for one in faq["mainEntity"]:
        assert len(one["acceptedAnswer"]["text"].split()) > 10
        assert not re.search(r"[\[\]@{}]", one["acceptedAnswer"]["text"])

    glossary = indexed["glossary/"]
    terms = glossary.data[0]["@graph"][0]["mainEntity"]["hasDefinedTerm"]
    assert len(terms) > 60
    assert {one["@id"].partition("#")[2] for one in terms} <= set(glossary.ids)


def test_the_sitemap_names_each_page_once_and_when_its_words_changed(
    site: Path, indexed: dict[str, Read]
) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = ElementTree.parse(site / "sitemap.xml").findall("s:url", space)

    found = [one.findtext("s:loc", "", space) for one in urls]
    assert sorted(found) == sorted(f"{HOME}{name}" for name in indexed)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", one.findtext("s:lastmod", "", space)) for one in urls)
    assert f"Sitemap: {HOME}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_llms_txt_lists_pages_that_are_there(site: Path, indexed: dict[str, Read]) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    listed = [
        one.removeprefix(HOME) for one in re.findall(r"^- \[[^\]]+\]\(([^)]+)\): \S", text, re.MULTILINE)
    ]

    assert len(listed) > 30
    assert [one for one in listed if one not in indexed] == []
    assert len(text) < 12_000


def test_every_reading_page_tells_its_status(site: Path, indexed: dict[str, Read]) -> None:
    for name, page in indexed.items():
        if "about-page" not in page.ids:
            assert re.fullmatch("worksheets/.+|packets/.*", name)
            continue
        html = (site / name / "index.html").read_text(encoding="utf-8")
        end = html[html.index('id="about-page"') :]
        assert "Not yet reviewed by" in end
        assert "To be read again by" in end
        assert "about/#errors" in end
        assert "not linked to, or endorsed by" in end


def test_the_feed_leads_to_pages_that_are_there(site: Path, indexed: dict[str, Read]) -> None:
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = ElementTree.parse(site / "feed.xml").findall("a:entry", space)

    there = [one.find("a:link", space).get("href").removeprefix(HOME) for one in entries]
    assert len(there) > 20
    assert [one for one in there if one not in indexed] == []
