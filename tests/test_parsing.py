"""Is everything that pydantic can refuse said in our own words, at its place in the file?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from workbook import parsing, source
from workbook.fields import FIELDS
from workbook.problems import ContentError, Problem
from workbook.safety import SafetyLine
from workbook.worksheet import Worksheet

BAD = sorted((Path(__file__).parent / "problems" / "worksheets").glob("*.yml"))
SHEET = """\
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
safety: []
sections:
  - id: now
    title: Now
    fields:
      - {id: one, type: scale, label: One}
"""
ODD = [
    "~",
    "5",
    "2.5",
    "-1e13",
    ".inf",
    ".nan",
    "true",
    '""',
    "A B",
    "[]",
    "[5]",
    "[a, a]",
    "{}",
    "{a: b}",
    "[[a]]",
]
# What each part of pydantic's schema may refuse, when nothing is coerced.
REFUSALS = {
    "any": set(),
    "bool": {"bool_type"},
    "default": set(),
    "definition-ref": set(),
    "definitions": set(),
    "dict": {"dict_type"},
    "float": {"float_type"},
    "function-after": {"faults"},
    "function-before": set(),
    "int": {"int_type"},
    "list": {"list_type"},
    "literal": {"literal_error"},
    "model": {"model_type"},
    "model-field": {"missing"},
    "model-fields": {"extra_forbidden"},
    "no-info": set(),
    "nullable": set(),
    "str": {"string_type"},
    "tagged-union": {"union_tag_invalid", "union_tag_not_found", "model_attributes_type"},
    "union": set(),
}
LIMITS = {
    "allow_inf_nan": set(),  # the bounds refuse these first
    "ge": {"greater_than_equal"},
    "gt": {"greater_than"},
    "le": {"less_than_equal"},
    "max_length": {"too_long", "string_too_long"},
    "min_length": {"too_short"},
    "pattern": {"string_pattern_mismatch"},
}


def read(text: str) -> source.Source:
    return source.parse(text, Path("a.yml"))


def problems(text: str) -> list[Problem]:
    return parsing.worksheet(read(text))[1]


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a core schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list | tuple):
        for value in schema:
            yield from parts(value)


def possible() -> set[str]:
    """Every kind of refusal that a worksheet can meet."""
    kinds: set[str] = set()
    for part in parts(Worksheet.__pydantic_core_schema__):
        kinds |= REFUSALS[part["type"]]
        for limit in LIMITS.keys() & part.keys():
            kinds |= LIMITS[limit]
    return kinds


def refused(text: str) -> Iterator[tuple[str, str]]:
    """Pydantic's own kinds and sentences for a text."""
    try:
        Worksheet.model_validate(read(text).data)
    except ValidationError as error:
        for item in error.errors(include_context=False):
            yield item["type"], item["msg"]


def odd_texts() -> Iterator[str]:
    """The sheet and each field type with one odd value."""
    for line in SHEET.splitlines():
        if ": " in line and not line.startswith("      "):
            for value in ODD:
                yield SHEET.replace(line, f"{line.split(': ')[0]}: {value}")
    for name, field in FIELDS.items():
        for setting in [info.alias or name for name, info in field.model_fields.items()]:
            for value in ODD[::2]:
                given = {"id": "one", "type": name, "label": "One"} | {setting: value}
                inside = ", ".join(f"{key}: {one}" for key, one in given.items())
                yield SHEET.replace("{id: one, type: scale, label: One}", f"{{{inside}}}")


def test_the_bad_files_meet_every_refusal_there_can_be() -> None:
    met = {kind for path in BAD for kind, _ in refused(path.read_text(encoding="utf-8"))}

    assert possible() <= met


def test_no_sentence_of_pydantic_reaches_an_author() -> None:
    for text in [*(path.read_text(encoding="utf-8") for path in BAD), *odd_texts()]:
        said = [problem.message + problem.hint for problem in problems(text)]
        theirs = {sentence for _, sentence in refused(text)}
        assert not [one for one in said for sentence in theirs if sentence.lower() in one.lower()]
        assert said or not theirs


def test_each_odd_value_is_told_where_it_stands() -> None:
    for value in ODD:
        (problem,) = problems(SHEET.replace("status: active", f"status: {value}"))
        assert (problem.line, problem.column) == (9, 9)


def test_a_sound_text_becomes_a_worksheet() -> None:
    assert parsing.worksheet(read(SHEET)) == (Worksheet.model_validate(read(SHEET).data), [])


def test_parse_gives_the_model_or_raises_every_problem() -> None:
    assert parsing.parse(read(SHEET), Worksheet).title == "A"
    with pytest.raises(ContentError) as caught:
        parsing.parse(
            read(SHEET.replace("minutes: 5", "minutes: x").replace("point: any", "point: x")), Worksheet
        )
    assert [problem.line for problem in caught.value.problems] == [4, 5]


def test_what_is_known_already_need_not_stand_in_the_file() -> None:
    made = parsing.parse(read("text: Call."), SafetyLine, id="crisis")

    assert (made.id, made.text) == ("crisis", "Call.")


@pytest.mark.parametrize(("name", "line"), [("sections", 16), ("safety", 11)])
def test_a_part_is_found_below_settings_named_like_types(name: str, line: int) -> None:
    text = SHEET.replace("label: One", "label: One, scale: 5, text: 6").replace(
        "safety: []", "safety: [{line: a, text: 6}]"
    )

    found = [problem for problem in problems(text) if problem.line == line]

    assert [problem.excerpt[problem.column - 1 :][:4] for problem in found] == {
        "sections": ["scal", "text"],
        "safety": ["text"],
    }[name]


@pytest.mark.parametrize("id_", ["a", "my-sheet", "w1", "a-1"])
def test_lower_case_words_are_ids(id_: str) -> None:
    assert parsing.is_id(id_)


@pytest.mark.parametrize(
    "id_",
    ["", "A", "a b", "../x", "a/b", "-a", "a-", "a--b", "1a", "é", "a\n", "index", "con", "lpt1", "a" * 61],
)
def test_what_no_file_or_address_should_be_called_is_no_id(id_: str) -> None:
    assert not parsing.is_id(id_)


def test_a_character_that_paper_lacks_is_shown_at_its_place() -> None:
    (problem,) = problems(SHEET.replace("title: A", "title: A ☃ and ☃ and 山"))

    assert (problem.line, problem.column) == (2, 10)
    assert problem.message == "☃ 山 cannot be printed on paper"


def test_of_five_thousand_wrong_fields_the_first_are_told_once() -> None:
    fields = "".join(f"      - {{id: f{n}, type: text, lable: F}}\n" for n in range(5000))

    found = problems(SHEET + fields)

    assert [problem.line for problem in found] == list(range(16, 67))
    assert found[-1].message == "and at least 950 more like these"
