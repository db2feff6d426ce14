"""What changed in a sheet, and what took its place: told to those who printed it, on every output."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fhir.responses import sheet_of
from sheets import real
from small_project import SHEET, SITE, root_with

from workbook import library
from workbook.handbook import Page
from workbook.library import Library
from workbook.render import paper, screen, text
from workbook.render.pdf.words import words
from workbook.safety import LineChange
from workbook.worksheet import Change, SafetyRule, Worksheet

FIELD = {"id": "one", "type": "text", "label": "One"}
NEWER = Change(version=3, date="2026-12-05", what="One question is new.")
OLDER = Change(version=2, date="2026-12-01", what="A <b>hint</b> is new.")
PAGES = {"/changes/": Page("/changes/", "What changed", 1)}


def sheet(id_: str, **changed: object) -> Worksheet:
    return sheet_of(FIELD).model_copy(update={"id": id_, "title": f"Sheet {id_}", **changed})


def some(*sheets: Worksheet) -> Library:
    return Library(real().site, {one.id: one for one in sheets}, real().safety, pages=PAGES)


def test_changes_stand_by_title_with_the_newest_first() -> None:
    told = screen.changes(
        some(
            sheet("b", version=3, date="2026-12-05", changes=[NEWER, OLDER]),
            sheet("a", version=2, date="2026-12-01", changes=[OLDER]),
            sheet("c"),
            sheet("d", status="draft", version=2, changes=[OLDER]),
        )
    )

    assert told.index('<h2 id="a"><a href="../worksheets/a/">Sheet a</a></h2>') < told.index('<h2 id="b">')
    assert "<strong>Version 3</strong>, 5 December 2026. One question is new." in told
    assert told.index("Version 3") < told.rindex("Version 2")
    assert "A &lt;b&gt;hint&lt;/b&gt; is new." in told
    assert "The other worksheet is at its first version" in told
    assert "Sheet c" not in told
    assert "Sheet d" not in told


def test_a_safety_line_with_new_words_is_told_with_its_day_and_the_sheets_that_carry_it() -> None:
    change = LineChange(date="2026-12-07", what="It says <whom> to call.")
    line = real().safety["crisis"].model_copy(update={"changes": [change]})
    carries, rule = sheet("a"), SafetyRule(line="crisis")
    library = some(carries.model_copy(update={"safety": [rule]}), sheet("b", safety=[]))
    told = screen.changes(replace(library, safety={"crisis": line, "violence": real().safety["violence"]}))

    about = told.partition('<h3 id="safety-crisis">')[2]
    assert about.startswith(line.text)
    assert "<strong>7 December 2026</strong>. It says &lt;whom&gt; to call." in about
    assert 'On: <a href="../worksheets/a/">Sheet a</a>.' in about
    assert "safety-violence" not in told


def test_where_nothing_changed_one_line_says_so() -> None:
    told = screen.changes(some(sheet("a"), sheet("b")))

    assert "All 2 worksheets are at their first version." in told
    assert "<h2" not in told


def test_a_sheet_with_another_address_is_found_by_the_words_of_the_old_one() -> None:
    moved = {
        "/worksheets/my-diary/": "/worksheets/a/",
        "/find/": "/changes/",
        "/worksheets/my-diary/x.txt": "/worksheets/a/a.txt",
    }
    told = screen.changes(some(sheet("a")), moved)

    assert (
        '<li id="my-diary"><strong>My diary</strong>, once at <code>/worksheets/my-diary/</code>, is now'
        ' <a href="../worksheets/a/">Sheet a</a>.</li>'
    ) in told
    assert told.count("once at") == 1


def test_each_page_says_its_version_and_leads_to_what_changed() -> None:
    changed, first = sheet("a", version=2, date="2026-12-01", changes=[OLDER]), sheet("b")
    both = some(changed, first)

    assert 'Version 2, 1 December 2026. <a href="../../changes/#a">What changed</a>' in screen.render(
        changed, both, {}
    )
    assert '<a href="../../changes/">What changed</a>' in screen.render(first, both, {})
    assert "What changed" not in screen.render(first, Library(real().site, {"b": first}), {})


def test_a_retired_sheet_says_what_took_its_place_on_every_output() -> None:
    old = sheet("old", status="retired", replaced_by="new")
    both = some(old, sheet("new"))

    page = screen.render(old, both, {})
    assert 'There is a newer version: <a href="../../worksheets/new/">Sheet new</a>.' in page
    assert "We no longer keep this sheet up to date." in page
    assert "! There is a newer version: Sheet new, https://" in " ".join(text.render(old, both).split())
    assert words(old, both, "a4", False)["imprint"][0].endswith(" · newer: Sheet new")
    assert paper.render(old, both, "a4", False).startswith(b"%PDF")
    told = screen.changes(both)
    assert 'There is a newer one: <a href="../worksheets/new/">Sheet new</a>.' in told


def test_one_retired_without_a_successor_keeps_its_page() -> None:
    old = sheet("old", status="retired")

    assert "newer" not in screen.render(old, some(old), {})
    assert "We no longer keep this sheet up to date." in screen.render(old, some(old), {})


@pytest.mark.parametrize(
    ("status", "more", "said"),
    [
        ("draft", "", "'b' is a draft, which nobody but you can see"),
        ("retired", "", "'b' is retired too"),
        ("active", "", None),
    ],
)
def test_a_successor_must_be_handed_out(tmp_path: Path, status: str, more: str, said: str | None) -> None:
    old = SHEET.format(id="a", next="b").replace("status: active", "status: retired") + "replaced_by: b\n"
    new = SHEET.format(id="b", next="a").replace("status: active", f"status: {status}") + more

    loaded = library.load(root_with(tmp_path, **{"worksheets__a.yml": old, "worksheets__b.yml": new}), SITE)

    assert [one.message for one in loaded.problems] == ([said] if said else [])
    assert all(one.excerpt == "replaced_by: b" for one in loaded.problems)
