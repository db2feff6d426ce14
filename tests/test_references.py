"""Does a worksheet hear of each reference that leads nowhere, and of no other?"""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook import parsing, source
from workbook.problems import Problem
from workbook.references.abroad import Shelf, problems_abroad

HEAD = """\
id: a
title: A
summary: It is a test.
point: any
minutes: 5
use_when: Now.
version: 1
date: 2026-11-23
status: active
sources: []
safety: [{line: crisis, when: {field: pull, under: 3}}]
sections:
  - id: now
    title: Now
    fields:
"""
FIELDS = """\
- {id: pull, type: scale, label: Pull}
- {id: days, type: number, label: Days, min: 0, max: 9}
- {id: goal, type: choice, label: Goal, options: [Stop, Cut down]}
- {id: felt, type: choices, label: Felt, options: [Sad, Angry]}
- {id: word, type: text, label: Word}
- {id: log, type: table, label: Log, columns: [*x, *y, *at]}
- {id: life, type: wheel, label: Life, scales: [Body, Mind, Money]}
- {id: hope, type: wheel, label: Hope, scales: [Mind, Money, Work]}
- {id: week, type: grid, label: Week, rows: [Mon], columns: [Morning]}
- {id: top, type: rank, label: Top}
"""


COLUMNS = {"*x": "{id: x, type: scale, label: X}", "*y": "{id: y, type: scale, label: Y}"}
COLUMNS |= {"*at": "{id: at, type: text, label: At}"}


def problems(*more: str) -> list[Problem]:
    text = HEAD + "".join(f"      {line}\n" for line in [*FIELDS.splitlines(), *more])
    for short, column in COLUMNS.items():
        text = text.replace(short, column)
    return parsing.worksheet(source.parse(text, Path("a.yml")))[1]


@pytest.mark.parametrize(
    "when",
    [
        "{field: pull, under: 5}",
        "{field: pull, at_least: 10}",
        "{field: days, under: 1}",
        "{field: goal, is: [stop, cut-down]}",
        "[{field: felt, is: [sad]}, {field: pull, at_least: 3}, {field: pull, under: 8}]",
    ],
)
def test_a_condition_may_look_at_an_earlier_choice_or_number(when: str) -> None:
    assert problems(f"- {{id: b, type: text, label: B, when: {when}}}") == []


@pytest.mark.parametrize(
    ("show", "of"),
    [
        ("mean", "[pull, days, log.x, life]"),
        ("sum", "[life.body, pull]"),
        ("largest", "[life, hope.work]"),
        ("difference", "[pull, days]"),
        ("difference", "[log.x, log.y]"),
        ("difference", "[life, hope]"),
        ("gap", "[life, hope]"),
        ("difference", "[life.body, hope.work]"),
        ("rank", "[log.x, log.at, log.y]"),
        ("rank", "[life]"),
        ("tally", "[goal]"),
        ("tally", "[log.at]"),
        ("count", "[goal, felt, word, week.morning, top, log.at]"),
    ],
)
def test_a_result_may_work_on_earlier_answers_of_its_kind(show: str, of: str) -> None:
    assert problems(f"- {{id: r, type: result, label: R, show: {show}, of: {of}}}") == []


def test_a_count_may_look_for_words_where_words_are_free() -> None:
    assert (
        problems("- {id: r, type: result, label: R, show: count, of: [goal, word], is: [stop, walk]}") == []
    )


@pytest.mark.parametrize(
    ("broken", "question"),
    [
        ("type: scael", "when: {field: b, is: [any]}"),
        ("hint: Here", "when: {field: b, under: 99}"),
        ("type: choice, options: [One]", "when: {field: b, is: [two]}"),
        ("type: scale, max: ten", "when: {field: b, at_least: 50}"),
        ("type: table, columns: [{id: x}]", "type: result, show: mean, of: [b.x]"),
        ("type: table, columns: [{type: text, label: X}]", "type: result, show: mean, of: [b.y]"),
        ("type: wheel, scales: []", "type: result, show: mean, of: [b.y]"),
    ],
)
def test_a_wrong_setting_is_asked_no_further(broken: str, question: str) -> None:
    field = f"- {{id: b, label: B, {broken}}}"
    type_ = "" if "type" in question else "type: text, "

    used = problems(field, f"- {{id: r, label: R, {type_}{question}}}")

    assert used == problems(field) != []


@pytest.mark.parametrize(
    ("broken", "question", "told"),
    [
        ("type: table, rows: 0, columns: [{id: x, type: text, label: X}]", "is: [any]", "'b' has no options"),
        ("type: choice, options: [One]", "under: 9", "'b' is not a number"),
        ("type: number, max: 10, step: 0", "at_least: 11", "'b' is never 11 or more"),
    ],
)
def test_the_right_settings_of_a_wrong_field_are_asked(broken: str, question: str, told: str) -> None:
    found = problems(
        f"- {{id: b, label: B, {broken}}}",
        f"- {{id: r, type: text, label: R, when: {{field: b, {question}}}}}",
    )

    assert told in [problem.message for problem in found]


def test_of_two_fields_with_one_id_neither_is_asked_further() -> None:
    found = problems(
        "- {id: pull, type: text, label: Again}",
        "- {id: r, type: result, label: R, show: mean, of: [pull]}",
    )

    assert [problem.message for problem in found] == ["id 'pull' is used twice"]


def test_a_safety_rule_may_look_at_any_field() -> None:
    assert problems() == []


def test_the_sound_worksheet_is_not_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook.references.partly", None)

    assert problems() == []


def outside(text: str, shelf: Shelf) -> list[str]:
    return [problem.message for problem in problems_abroad(source.parse(text, Path("a.yml")), shelf)]


def test_what_stands_on_the_shelf_may_be_named() -> None:
    text = """\
sources: [hill]
safety: [crisis, {line: crisis}]
next: [b]
sections: [{fields: [{see: [b, /c/]}]}]
"""

    assert outside(text, Shelf({"b"}, {"crisis"}, {"hill"})) == []
    assert len(outside(text, Shelf())) == 5


def test_nothing_is_unknown_to_a_file_that_cannot_be_read() -> None:
    assert outside("sources: [hill]\nsafety: [crisis]\nnext: []", Shelf((), None, None)) == []


@pytest.mark.parametrize("odd", ["5", "[5, [a], {a: b}]", "text", "{line: 5}", "[{line: [a]}]"])
def test_odd_values_in_the_place_of_references_do_not_stop_the_check(odd: str) -> None:
    text = "".join(f"{name}: {odd}\n" for name in ("next", "sources", "safety", "sections"))

    assert isinstance(outside(text, Shelf()), list)
