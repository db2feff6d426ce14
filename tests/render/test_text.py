"""A worksheet as plain text."""

from __future__ import annotations

import pytest
from fhir.responses import sheet_of
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import every, made, real

from workbook.fields import FIELDS, examples_by_field
from workbook.library import Library
from workbook.render import fhir, text
from workbook.render.blanks import room
from workbook.render.wrap import BREAKS, WIDTH, columns, wrap
from workbook.safety import SafetyLine
from workbook.worksheet import SafetyRule

calm = settings(deadline=None)  # a busy machine is no failure
LONG = "Words that take more than their share of a line"
LABELS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200).filter(str.strip)
SHEETS = [pytest.param(library.worksheets[id_], library, id=id_) for id_, library in every()]


def rendered(*fields, **changes):
    return text.render(sheet_of(*fields).model_copy(update=changes), made())


def body(*fields):
    """The lines of the fields alone."""
    whole = rendered(*fields).split("All\n---\n")[1]
    return whole.rsplit("\n\n\n", 1)[0].strip("\n").split("\n")


def line(label, indent=2):
    before = " " * indent + label
    return before + "_" * (WIDTH - len(before))


@pytest.mark.parametrize(("sheet", "library"), SHEETS)
def test_no_line_is_wider_than_72_columns_or_ends_in_space(sheet, library):
    lines = text.render(sheet, library).split("\n")

    assert max(map(columns, lines)) <= 72
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize(("sheet", "library"), SHEETS)
def test_every_word_of_the_sheet_is_there(sheet, library):
    words = " ".join(text.render(sheet, library).split())

    for one in (sheet.title, sheet.summary, sheet.use_when, sheet.point_name, f"version {sheet.version}"):
        assert " ".join(one.split()) in words
    assert not sheet.why or f"{sheet.why.text} How sure we are: {sheet.why.grade}." in words
    for field in sheet.fields:
        assert " ".join(f"{sheet.condition(field.when)}: {field.label}".split()).removeprefix(": ") in words
        assert " ".join((field.hint or "").split()) in words
    for leaf in sheet.leaves:
        several = len(list(sheet.field(leaf.path[0]).leaves())) > 1
        assert not several or " ".join(leaf.label.split()) in words


@pytest.mark.parametrize(("sheet", "library"), SHEETS)
def test_it_ends_with_the_crisis_line_and_one_line_feed(sheet, library):
    whole = text.render(sheet, library)

    assert whole.endswith("\n")
    assert not whole.endswith("\n\n")
    assert "\r" not in whole
    assert " ".join(whole.rsplit("\n\n", 1)[1].split()) == library.safety["crisis"].text


@pytest.mark.parametrize("id_", real().worksheets)
def test_real_sheets_name_their_sources_and_every_safety_line(id_):
    library = real()
    sheet = library.worksheets[id_]
    words = "".join(text.render(sheet, library).split())

    for key in sheet.sources:
        assert "".join(library.bibliography.entry_text(key).split()) in words
    for rule in sheet.safety:
        assert "".join(library.safety[rule.line].text.split()) in words


def test_a_safety_line_for_some_follows_its_question():
    words = " ".join(text.render(real().worksheets["withdrawal-check"], real()).split())

    line = "! If you ticked anything but “None of these”: Call your local emergency number now."
    assert words.index("What is true now?") < words.index(line) < words.index("What do I use?")


@pytest.mark.parametrize("kind", FIELDS)
def test_every_answer_of_every_type_has_room(kind):
    for field in examples_by_field()[kind].values():
        leaves = list(field.leaves())
        written = sum(leaf.control in ("line", "area") for leaf in leaves)
        lines = list(room(field))

        assert bool(lines) == bool(leaves)
        assert sum("____" in line for line in lines) >= written


def test_a_text_gets_a_line_and_a_paragraph_as_many_as_it_asks_for():
    assert body({"id": "a", "type": "text", "label": "One"}) == ["One", "", line("")]
    assert body({"id": "a", "type": "paragraph", "label": "Two", "lines": 2}) == [
        "Two",
        "",
        line(""),
        "",
        line(""),
    ]


def test_options_share_a_line_while_they_are_short():
    short = {"id": "a", "type": "choice", "label": "Which?", "options": ["Stop", "Less"]}
    long = short | {
        "type": "choices",
        "max": 1,
        "options": ["Stop", "A word that takes more than its share of room"],
    }

    assert body(short) == ["Which?", "  ( ) Stop   ( ) Less"]
    assert body(long) == [
        "Which?",
        "  At most 1.",
        "  [ ] Stop",
        "  [ ] A word that takes more than its share of room",
    ]


def test_points_stand_beside_the_options_they_count_for():
    options = [{"id": "no", "label": "No", "points": 0}, {"id": "yes", "label": "Yes", "points": 4}]
    asked = [
        {"id": one, "type": "choice", "label": f"{n}. Well?", "options": options}
        for n, one in enumerate("abc", 1)
    ]
    result = {"id": "sum", "type": "result", "label": "Points", "show": "sum", "of": ["a", "b", "c"]}

    lines = body(*asked, result)

    assert lines[:2] == ["1. Well?", "  ( ) No (0)   ( ) Yes (4)"]
    assert "  Add up the points beside your answers. Questions 1 to 3." in lines


def test_a_scale_says_what_its_numbers_mean():
    scale = {"id": "a", "type": "scale", "label": "How?", "min": 1, "max": 3, "low": "bad", "high": "good"}
    worded = {"id": "a", "type": "scale", "label": "How?", "max": 1, "words": ["no", "yes"]}

    assert body(scale) == ["How?", "  1 = bad, 3 = good.", "  1  2  3"]
    assert body(worded) == ["How?", "  0 = no, 1 = yes.", "  0  1"]


def test_a_table_has_a_block_for_each_row_with_room_side_by_side():
    columns_ = [
        {"id": "day", "type": "date", "label": "Date", "hint": "About"},
        {"id": "strong", "type": "scale", "label": "How strong", "max": 2, "high": "very"},
    ]
    table = {"id": "a", "type": "table", "label": "Log", "rows": 2, "row_name": "Urge", "columns": columns_}

    assert body(table) == [
        "Log",
        "  Date: About.",
        "  How strong: 2 = very.",
        *["", "", line("Urge 1: Date        "), "", "  Urge 1: How strong  0  1  2"],
        *["", "", line("Urge 2: Date        "), "", "  Urge 2: How strong  0  1  2"],
    ]


def test_a_rank_offers_its_options_once():
    rank = {"id": "a", "type": "rank", "label": "Top", "places": 2, "options": ["Family", "Work"]}

    assert body(rank) == ["Top", "  Choose from: Family, Work", "", "", line("Top 1  "), "", line("Top 2  ")]


def test_a_result_says_how_to_work_it_out_and_what_it_may_mean():
    want = {"id": "want", "type": "scale", "label": "Want", "max": 2}
    say = [{"under": 2, "text": "Low."}]
    result = {"id": "sum", "type": "result", "label": "All", "show": "sum", "of": ["want"], "say": say}

    found = body(want, result)[3:]

    assert found[0] == "All"
    assert "Want" in found[1]
    assert found[-1] == "  If it is under 2: Low."


def test_conditions_are_said_in_words():
    goal = {"id": "goal", "type": "choice", "label": "Goal", "options": ["Stop", "Less"]}
    note = {"id": "note", "type": "note", "label": "Good.", "when": {"field": "goal", "is": ["stop"]}}

    assert body(goal, note)[-2:] == ["If you chose “Stop” at “Goal”:", "Good."]


def test_wide_characters_count_two_and_accents_none():
    assert columns("日本") == 4
    assert columns("e\u0301") == 1
    assert [columns(one) for one in wrap("漢" * 50)] == [72, 28]


def test_an_address_is_broken_after_a_slash():
    address = "https://example.org/" + "a" * 40 + "/" + "b" * 40

    assert wrap(address) == ["https://example.org/" + "a" * 40 + "/", "b" * 40]


def test_a_word_longer_than_a_line_is_broken_and_nothing_is_lost():
    found = wrap("see " + "x" * 200, "  ", "    ")

    assert "".join(one.strip() for one in found) == "see" + "x" * 200
    assert [columns(one) <= WIDTH for one in found] == [True] * 4


def test_a_no_break_space_is_not_a_place_to_break():
    assert "10\u00a0km" in "\n".join(wrap("word " * 13 + "runs 10\u00a0km"))


@calm
@given(words=st.text(max_size=300), indent=st.sampled_from(["", "  ", "! "]))
def test_wrapping_keeps_every_character_in_its_order(words, indent):
    found = wrap(words, indent, " " * len(indent))

    assert all(columns(one) <= WIDTH for one in found)
    kept = "".join(one[len(indent) :] for one in found)
    assert BREAKS.sub("", kept).replace(" ", "") == BREAKS.sub("", words).replace(" ", "")


@calm
@given(
    label=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(str.strip)
)
def test_any_label_fits(label):
    table = {
        "id": "a",
        "type": "table",
        "label": label,
        "columns": [{"id": "b", "type": "text", "label": label}],
    }

    assert all(columns(one) <= WIDTH for one in rendered(table, title=label, summary=label).split("\n"))


def test_markup_stays_as_it_was_typed():
    label = "<b>*not* _marked_</b> #set `x` 50 % \\"

    assert body({"id": "a", "type": "note", "label": label}) == [label]


def test_a_sheet_without_a_library_s_crisis_line_still_says_whom_to_call():
    alone = Library(made().site, {}, {"more": SafetyLine(id="more", text="More.")})

    assert "988" in text.render(sheet_of({"id": "a", "type": "note", "label": "A"}), alone)


def test_a_safety_line_that_is_broken_is_left_out():
    sheet = sheet_of({"id": "a", "type": "note", "label": "A"})
    unsafe = sheet.model_copy(update={"safety": [SafetyRule(line="gone")]})

    assert text.render(unsafe, made()) == text.render(sheet, made())
    assert fhir.render(unsafe, made()) == fhir.render(sheet, made())
