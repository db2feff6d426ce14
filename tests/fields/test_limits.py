"""Is what lies just inside a limit of a field type accepted, and what lies just outside refused?"""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from workbook.fields import FIELDS
from workbook.fields.base import Field, option_id


def made(type_: str, **settings: Any) -> Field:
    return FIELDS[type_].model_validate({"id": "a", "type": type_, "label": "A", **settings})


def names(count: int) -> list[str]:
    return [f"Name {number}" for number in range(count)]


def columns(count: int) -> list[dict[str, str]]:
    return [{"id": f"c{number}", "type": "text", "label": f"C{number}"} for number in range(count)]


LIMITS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("scale", {"max": 20}, {"max": 21}),
    ("scale", {"min": 9}, {"min": 10}),
    ("scale", {"max": 2, "words": ["a", "b", "c"]}, {"max": 2, "words": ["a", "b"]}),
    ("scale", {"example": 10}, {"example": 11}),
    ("scale", {"example": 0}, {"example": -1}),
    ("number", {"min": 0, "max": 0.5, "example": 0.5}, {"min": 0, "max": 0.5, "example": 0.6}),
    ("number", {"max": 1e12}, {"max": 1e12 + 1}),
    ("number", {"min": 1, "max": 2}, {"min": 2, "max": 2}),
    ("text", {"max": 3, "example": "abc"}, {"max": 3, "example": "abcd"}),
    ("text", {"label": "a" * 2000}, {"label": "a" * 2001}),
    ("paragraph", {"lines": 30}, {"lines": 31}),
    ("date", {"example": "2028-02-29"}, {"example": "2026-02-29"}),
    ("date", {"example": "0001-01-01"}, {"example": "2026-1-1"}),
    ("time", {"example": "23:59"}, {"example": "24:00"}),
    ("time", {"example": "00:00"}, {"example": "7:30"}),
    ("choice", {"options": names(2)}, {"options": names(1)}),
    ("choice", {"options": names(60)}, {"options": names(61)}),
    ("choices", {"options": names(3), "max": 3}, {"options": names(3), "max": 4}),
    (
        "choices",
        {"options": ["A", "B"], "max": 1, "example": ["a"]},
        {"options": ["A", "B"], "max": 1, "example": ["a", "b"]},
    ),
    ("rank", {"places": 3, "options": names(3)}, {"places": 4, "options": names(3)}),
    ("rank", {"places": 2, "example": names(2)}, {"places": 2, "example": names(3)}),
    ("wheel", {"scales": names(3)}, {"scales": names(2)}),
    ("wheel", {"scales": names(12)}, {"scales": names(13)}),
    ("wheel", {"scales": names(40), "picture": False}, {"scales": names(61), "picture": False}),
    (
        "wheel",
        {"scales": names(3), "example": {"name-0": 10}},
        {"scales": names(3), "example": {"name-0": 11}},
    ),
    ("grid", {"rows": names(1), "columns": names(8)}, {"rows": names(1), "columns": names(9)}),
    ("table", {"columns": columns(12)}, {"columns": columns(13)}),
    ("table", {"columns": columns(1), "rows": 40}, {"columns": columns(1), "rows": 41}),
    ("table", {"columns": columns(1), "example": [{}] * 40}, {"columns": columns(1), "example": [{}] * 41}),
    ("result", {"show": "gap", "of": ["a", "b"]}, {"show": "gap", "of": ["a", "b", "c"]}),
    (
        "result",
        {"show": "sum", "of": ["a"], "say": [{"at_least": 1, "under": 2, "text": "x"}]},
        {"show": "sum", "of": ["a"], "say": [{"at_least": 2, "under": 2, "text": "x"}]},
    ),
]


@pytest.mark.parametrize(("type_", "inside", "outside"), LIMITS)
def test_a_limit_lies_where_it_should(type_: str, inside: dict[str, Any], outside: dict[str, Any]) -> None:
    assert made(type_, **inside)
    with pytest.raises(ValidationError):
        made(type_, **outside)


@pytest.mark.parametrize(
    ("label", "id_"),
    [
        ("Yes", "yes"),
        ("Cut down", "cut-down"),
        ("I'm not sure", "im-not-sure"),
        ("I’m not sure!", "im-not-sure"),
        ("  A - B  ", "a-b"),
        ("10 or more", "option-10-or-more"),
        ("Café", "caf"),
        ("…", "option"),
    ],
)
def test_an_option_without_an_id_is_called_after_its_label(label: str, id_: str) -> None:
    assert option_id(label) == id_


def test_a_long_label_makes_an_id_that_fits() -> None:
    field: Any = made("choice", options=["word " * 30, "No"])

    assert len(field.options[0].id) <= 60
    assert not field.options[0].id.endswith("-")
