"""A worksheet's page: a real form, complete as text, that nothing written in YAML can break out of."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import PurePosixPath

import pytest
from sheets import every, made, real

from workbook.library import Library
from workbook.policy import findings
from workbook.problems import Problem
from workbook.render import screen, shelf, style
from workbook.safety import SafetyLine
from workbook.worksheet import SafetyRule, Worksheet

CASES = [pytest.param(library.worksheets[id_], library, id=id_) for id_, library in every()]
STYLE = re.compile(r"<style>(.*?)</style>")
HOSTILE = "</form><script>x</script>\"' & {{ 1 }} {% raw %}"


def section(**settings):
    return {"id": "one", "title": "One", "fields": [{"id": "a", "type": "text", "label": "A", **settings}]}


def sheet(sections=None, **settings):
    about = {"id": "x", "title": "X", "summary": "S.", "point": 1, "minutes": 5, "use_when": "U."}
    about |= {"version": 1, "date": "2026-11-23", "status": "active", "sources": [], "safety": []}
    return Worksheet.model_validate(about | {"sections": sections or [section()]} | settings)


def page(one, sizes=None, **library):
    return screen.page(one, Library(real().site, **({"worksheets": {one.id: one}} | library)), sizes or {})


def main(html):
    """The page without the definition that the script reads."""
    return re.sub(r"<script type=\"application/json\".*?</script>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize(("one", "library"), CASES)
def test_every_control_has_a_label_of_its_own(one, library):
    html = screen.render(one, library, {})
    alone = re.findall(r'<(?:textarea|select|input type="(?:date|time|number)") id="([^"]+)"', html)

    assert [name for name in alone if f'<label for="{name}">' not in html] == []
    assert len(re.findall(r'<label[^>]*><input type="(?:radio|checkbox)"', html)) == len(
        re.findall(r'<input type="(?:radio|checkbox)"', html)
    )


@pytest.mark.parametrize(("one", "library"), CASES)
def test_every_described_by_leads_somewhere(one, library):
    html = screen.render(one, library, {})
    ids = set(re.findall(r'\bid="([^"]+)"', html))

    for named in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html):
        assert set(named.split()) <= ids


@pytest.mark.parametrize(("one", "library"), CASES)
def test_a_control_in_a_row_says_which_row(one, library):
    html = main(screen.render(one, library, {}))

    for leaf in one.leaves:
        if one.field(leaf.path[0]).type in ("table", "grid", "rank"):
            label = re.search(rf'<label for="{re.escape(leaf.name)}">(.*?)</label>', html).group(1)
            words = " ".join(re.sub(r"<[^>]+>", "", label).split())
            assert words == screen_text(leaf.label)


def screen_text(text):
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;")


@pytest.mark.parametrize("where", ["title", "summary", "use_when"])
def test_words_about_the_sheet_stay_words(where):
    html = main(page(sheet(**{where: HOSTILE})))

    assert "<script>x" not in html
    assert "</form><script" not in html
    assert "&lt;/form&gt;&lt;script&gt;" in html


@pytest.mark.parametrize("where", ["label", "hint", "example"])
def test_words_of_a_field_stay_words(where):
    html = page(sheet([section(**{where: HOSTILE})]))

    assert "<script>x" not in html
    assert html.count("</form>") == 1
    assert "{{ 1 }} {% raw %}" in html


def test_a_broken_file_is_shown_as_text():
    html = screen.problems(
        "x", [Problem(PurePosixPath("content/worksheets/x.yml"), 1, 2, "bad <b>", "Try <i>.", "a: <u>")]
    )

    assert "bad &lt;b&gt;" in html
    assert "x.yml:1:2:" in html
    assert not re.search(r"<[biu]>", html)
    assert "1 problem in x" in html
    assert "when it is mended" in html


def test_a_condition_is_said_before_its_field():
    goal = {"id": "goal", "type": "choice", "label": "Goal", "options": ["Stop", "Go on"]}
    why = {"id": "why", "type": "text", "label": "Why?", "when": {"field": "goal", "is": ["stop"]}}
    html = page(sheet([{"id": "one", "title": "One", "fields": [goal, why]}]))

    assert html.index("If you chose “Stop” at “Goal”") < html.index(">Why?</label>")


def test_a_safety_line_for_all_stands_before_the_form_and_one_for_some_below_its_question():
    lines = {
        "all": SafetyLine(id="all", text="Call now. Then rest."),
        "some": SafetyLine(id="some", text="Ask first. Then go."),
    }
    rules = [{"line": "all"}, {"line": "some", "when": {"field": "a", "is": ["x"]}}]
    fields = [{"id": one, "type": "text", "label": one.upper()} for one in ("a", "b")]
    whole = sheet([{"id": "one", "title": "One", "fields": fields}])
    safe = whole.model_copy(update={"safety": [SafetyRule.model_validate(rule) for rule in rules]})
    html = page(safe, safety=lines)

    assert html.index("<strong>Call now.</strong> Then rest.") < html.index("<form")
    line = html.index("<strong>Ask first.</strong> Then go.")
    assert html.index(">A</label>") < html.index("If you chose “x”:") < line < html.index(">B</label>")


def test_a_number_in_a_safety_line_is_called_with_a_tap():
    text = "Act. Call 999 <now>, or 9990, or 116 123."
    line = SafetyLine(id="all", text=text, numbers=["999", "116 123"])
    safe = sheet().model_copy(update={"safety": [SafetyRule.model_validate({"line": "all"})]})
    html = page(safe, safety={"all": line})

    assert '<strong>Act.</strong> Call <b><a href="tel:999">999</a></b> &lt;now&gt;, or 9990, or <b>' in html
    assert '<b><a href="tel:116123">116 123</a></b>.' in html


def test_no_number_that_one_may_need_to_call_is_mere_text():
    number = re.compile(r"\b(?:\d-\d{3}-\d{3}-\d{4}|\d{3} \d{3}|988)\b")
    pages = [screen.render(one, real(), {}) for one in real().worksheets.values()]
    bodies = [html[: html.index('class="paperfoot"')] for html in pages]
    texts = [text for html in bodies for text in re.findall(r"<(?:p|li)[ >].*?</(?:p|li)>", html)]
    with_numbers = [text for text in texts if number.search(text) and "<span>" not in text]  # no example

    assert len(with_numbers) > len(pages) // 2
    assert [text for text in with_numbers if number.search(re.sub(r'<a href="tel:.*?</a>', "", text))] == []


def test_every_file_is_linked_with_its_size():
    names = ["x-letter.pdf", "x-a4.pdf", "x-large-letter.pdf", "x-large-a4.pdf", "x.fhir.json", "x.txt"]
    names += ["x-letter.docx", "x.docx"]
    html = page(sheet(), sizes={name: 84_321 + 1000 * place for place, name in enumerate(names)})

    said = " ".join(re.sub(r"<[^>]+>|&nbsp;", "", html).split())
    assert [name for name in names if f'href="{name}"' not in html] == []
    assert "PDF, Letter 84 kB PDF, A4 85 kB PDF, large print, Letter 86 kB PDF, large print, A4 87 kB" in said
    assert "Plain text, 89 kB· Word, Letter, 90 kB· Word, A4, 91 kB· FHIR form, 88 kB" in said


def test_drafts_are_on_no_shelf_and_at_the_end_of_no_path():
    draft = sheet(id="later", title="Later on", status="draft")
    one = sheet(next=["later"])
    library = Library(real().site, {"x": one, "later": draft})

    assert "Later on" not in screen.render(one, library, {})
    assert "Later on" not in shelf.render(library, {})
    assert 'href="x/"' in shelf.render(library, {})


def test_long_lists_of_a_shelf_keep_to_the_policy_and_leave_their_pictures_to_the_script():
    some = {f"x{at}": sheet(id=f"x{at}") for at in range(shelf.MANY + 6)}
    html = shelf.render(Library(real().site, some), dict.fromkeys(some, (84, 119)))

    assert list(findings.in_words(html)) == []
    assert html.count('data-picture="84 119"') == shelf.MANY
    assert html.count("<img") == 6


def test_a_sheet_for_clinicians_is_on_no_shelf_and_says_that_it_is_for_a_session():
    visit = sheet(id="visit", title="A closer look", audience="clinicians", point=3)
    library = Library(real().site, {"x": sheet(), "visit": visit})
    html, other = page(visit), page(sheet())

    assert "A closer look" not in shelf.render(library, {})
    assert html.index("This sheet is for a session.") < html.index("<form")
    assert "For a session with a clinician" in html
    assert "Point 3" not in html
    assert '<meta name="robots" content="noindex">' in html
    assert "This sheet is for a session." not in other
    assert "noindex" not in other


def test_the_shelf_goes_from_checks_point_by_point_and_then_road_by_road():
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", shelf.render(real(), {}))

    assert headings == [
        "Kept on this device",
        "Find a sheet",
        "Sheets that fit, nearest first",
        "Check yourself",
        "Point 1: Motivation",
        "Point 2: Urges",
        "Point 3: Thoughts and feelings",
        "Point 4: A balanced life",
        "For any road",
        "For the 12-step road",
    ]


def test_a_sheet_is_named_by_its_point_or_its_road():
    def name(**settings):
        return sheet(**settings).point_name

    assert name(point=2) == "Point 2: Urges"
    assert name(point="any") == "For any road"
    assert name(point="any", road="twelve-step") == "For the 12-step road"
    assert name(point=2, road="twelve-step") == "For the 12-step road"
    assert name(point="any", road="smart") == "For the SMART road"
    assert "For the 12-step road" in page(sheet(point="any", road="twelve-step"))


def choices(html):
    """What the form of the shelf offers: the values by the name of the control."""
    selects = re.findall(r'<select id="find-(\w+)" name="\1">(.*?)</select>', html)
    return {name: re.findall(r'value="([^"]*)"', options) for name, options in selects}


def test_the_shelf_offers_only_choices_that_some_sheet_fits():
    html = shelf.render(Library(real().site, {"x": sheet(needs=["slip", "urge"])}), {})

    assert choices(html) == {
        "need": ["", "urge", "slip"],
        "point": ["", "1"],
        "time": ["", "5", "10", "15"],
        "road": ["", "smart", "twelve-step"],  # it is for both, so it fits either
    }


def test_every_choice_of_the_real_shelf_finds_a_sheet():
    html = shelf.render(real(), {})
    cards = [
        dict(re.findall(r'data-([a-z]+)="([^"]*)"', card))
        for card in re.findall("<li class=.card.[^>]*>", html)
    ]

    everyone = [one for one in real().worksheets.values() if not one.for_clinicians]
    assert len(cards) == sum(one.status == "active" for one in everyone)
    for name, values in choices(html).items():
        for value in filter(None, values):
            if name == "time":
                assert any(int(card["time"]) <= int(value) for card in cards)
            elif name == "road":
                assert any(card["road"] in (value, "both") for card in cards)
            else:
                assert any(value in card[name].split() for card in cards), (name, value)


def test_a_card_tells_point_and_time():
    one = sheet(minutes=1, needs=["urge", "session"])
    html = shelf.render(Library(real().site, {"x": one}), {"x": (84, 119)})

    assert '<img class="thumb" src="x/x.png" width="84" height="119" alt="" loading="lazy"' in html
    assert 'data-point="1" data-time="1" data-road="both" data-need="urge session">' in html
    assert "Point 1: Motivation</span>" in html
    assert "</svg>1 minute</span>" in html


def test_a_long_group_is_cut_in_lists_of_one_length_and_loses_no_sheet():
    some = {f"x{number:03}": sheet(id=f"x{number:03}", title=f"Sheet {number:03}") for number in range(50)}
    html = shelf.render(Library(real().site, some), {})

    lists = re.findall(r'<ul class="shelf( many)?">(.*?)</ul>', html, re.DOTALL)
    told = [
        (many, re.findall(r'data-id="(\w+)"', cards)) for many, cards in lists[1:]
    ]  # the first is the script's
    assert [(many, len(ids)) for many, ids in told] == [(" many", 24), (" many", 24), ("", 2)]
    assert [id_ for _, ids in told for id_ in ids] == list(some)
    assert html.count("<h2 id=") == 4  # kept, find, what fits, and one for all of them


def words_of(library):
    """By id of a sheet, the words that find it."""
    told = dict(re.findall(r"^export const (\w+) = (.*)$", shelf.words(library), re.MULTILINE))
    sheets, words = json.loads(told["sheets"]), json.loads(told["words"])
    return {
        id_: {word for word, there in words.items() if place in there} for place, id_ in enumerate(sheets)
    }


def test_a_sheet_is_found_by_every_word_on_it_but_its_examples():
    table = {"id": "t", "type": "table", "label": "T", "row_name": "Tern", "rows": 1}
    fields = [
        {"id": "a", "type": "text", "label": "Which lighthouse?", "hint": "Near Skåne.", "example": "Gull"},
        {"id": "b", "type": "choice", "label": "B", "options": ["Puffin", {"id": "c", "label": "Auk"}]},
        {"id": "s", "type": "scale", "label": "S", "low": "calm sea", "high": "a storm"},
        {"id": "n", "type": "note", "label": "By the XYZ-2."},
        table | {"columns": [{"id": "k", "type": "choice", "label": "Kind", "options": ["Sand", "Rock"]}]},
        {"id": "g", "type": "grid", "label": "G", "rows": ["Dawn", "Dusk"], "columns": ["Wind", "Rain"]},
        {
            "id": "r",
            "type": "result",
            "label": "R",
            "show": "sum",
            "of": ["s"],
            "say": [{"under": 3, "text": "Flat."}],
        },
    ]
    one = sheet(
        [{"id": "one", "title": "Harbour", "intro": "Row out.", "fields": fields}],
        use_when="At ebb.",
        clinician={"aim": "Tide.", "session": "Tide.", "not_when": "Tide."},
        safety=["crisis", "deep"],
        needs=["slip"],
    )
    lines = {
        name: SafetyLine(id=name, text=text) for name, text in {"crisis": "Call.", "deep": "Swim."}.items()
    }
    visit = sheet(id="visit", audience="clinicians")
    found = words_of(Library(real().site, {"x": one, "visit": visit}, lines))

    assert found.keys() == {"x"}
    wanted = "lighthouse skane puffin auk calm sea storm xyz xyz2 tern kind sand rock dawn rain flat ebb"
    assert set(wanted.split()) | {"harbour", "row", "swim", "slip"} <= found["x"]
    assert not {"gull", "tide", "call", "an", "the"} & found["x"]


def test_a_word_is_not_passed_over_because_many_sheets_say_it():
    found = words_of(real())

    assert {"depressed", "anxiety", "phq", "hopeless", "doctor"} <= found["mood-check"]
    assert sum("urge" in words for words in found.values()) > 12
    assert not {"phq-9", "gad-7"} & found.keys()


def test_words_on_the_shelf_stay_words():
    html = shelf.render(Library(real().site, {"x": sheet(title=HOSTILE, summary=HOSTILE)}), {})

    assert "<script>x" not in html
    assert html.count("</form>") == 1


def test_the_site_search_passes_over_the_shelf_and_what_every_sheet_says():
    """Or a search for one sheet finds the shelf, and each sheet that leads to it."""
    assert [
        one for one in re.findall("<h2[^>]*>", shelf.render(real(), {})) if "data-search-exclude" not in one
    ] == []
    html = screen.render(real().worksheets["urge-log"], real(), {})
    assert re.findall('<h2 id="([^"]*)" data-search-exclude', html) == [
        "blank_sheet",
        "where_next",
        "why_",
        "clinicians_",
        "sources_",
    ]


def test_headings_go_down_one_step_at_a_time():
    for id_, library in every():
        html = screen.page(library.worksheets[id_], library, {})
        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]

        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_result_says_how_and_from_what():
    html = screen.render(made().worksheets["type-result"], made(), {})

    assert "Add up the numbers, then divide by how many there are. From:" in html
    assert "Start with “How content am I with this part of life?”. Take away" in html
    assert "If it is under 7:" in html


def test_points_stand_beside_their_options_and_how_to_add_them_up_is_said():
    html = screen.render(made().worksheets["type-result"], made(), {})

    assert '<span>Now and then <small class="points">1 point</small></span>' in html
    assert 'Nearly every day <small class="points">3 points</small>' in html
    assert "Add up the points beside your answers. From: “How often did that happen?”." in html
    assert 'class="points"' not in screen.render(made().worksheets["type-choices"], made(), {})


def test_a_page_carries_the_style_of_what_is_on_it_and_asks_no_one_else():
    scale, table = (screen.page(made().worksheets[f"type-{name}"], made(), {}) for name in ("scale", "table"))
    css = {"scale": STYLE.findall(scale), "table": STYLE.findall(table)}

    assert [len(found) for found in css.values()] == [1, 1]
    assert ".numbers label" in css["scale"][0]
    assert ".rows tr" not in css["scale"][0]
    assert ".rows tr" in css["table"][0]
    assert ".remove{" in css["table"][0]
    assert ".numbers label" not in css["table"][0]
    for (one,) in css.values():
        assert "/*" not in one
        assert "@media print" not in one
        assert set(re.findall(r"url\(([^)]*/)", one)) == {'"../../assets/workbook/fonts/'}
        assert one.count("{") == one.count("}")


def test_paper_has_the_rules_of_every_type_and_the_screen_none_of_them():
    css = style.printed()

    assert [name for name in (".numbers", ".spokes", ".rows", ".paperfoot") if name not in css] == []
    assert "prefers-color-scheme" not in css
    assert css.startswith("@media print{")


def test_whoever_chooses_the_dark_gets_what_a_dark_device_gets():
    for css in (style.reading(), style.whole("")):
        device, chosen = (
            css.partition(f":root{selector}{{")[2].partition("}")[0]
            for selector in (":not([data-theme=light])", "[data-theme=dark]")
        )
        assert device == chosen
        assert {"--paper", "--ink", "--act", "--points", "--steps", "--danger"} <= set(
            re.findall(r"--[a-z0-9-]+(?=:)", chosen)
        )
