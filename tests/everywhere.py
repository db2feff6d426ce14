"""One worksheet that uses every setting, and words of a test in each place that takes words.

The places are found, not listed: those of the schema that the reader of worksheets lets say anything.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from sheets import ROOT, made, real

from workbook import parsing, schema, source
from workbook.fields.base import Strict
from workbook.references.abroad import problems_abroad
from workbook.worksheet import Worksheet

ID = "urge-log"  # the real sheet that lends its head
FILE = Path(f"content/worksheets/{ID}.yml")
# Fields that wait for an answer of each kind.
WHEN = {
    "text-field-1": {"field": "choice-field-1", "is": ["no"]},
    "text-field-2": [{"field": "scale-field-1", "at_least": 3}, {"field": "scale-field-1", "under": 7}],
    "time-field-1": {"field": "choices-field-1", "is": ["angry", "sad"]},
    "wheel-field-2": {"field": "result-field-2", "at_least": 5},
}
Loc = tuple[str | int, ...]


class Place(NamedTuple):
    """Where a string stands in the file, the setting that it belongs to ('Scale.low'), its most letters."""

    at: Loc
    setting: str
    most: int


@cache
def whole() -> dict[str, Any]:
    """What its file says: the head of a real sheet, and every example of every kind of field."""
    data: dict[str, Any] = source.read(ROOT / FILE, ROOT).data
    changes = [{"version": 2, "date": data["date"], "what": "Words"}]
    data |= {"version": 2, "changes": changes, "rights": "Words", "sections": []}
    for name, sheet in made().worksheets.items():
        kind = name.removeprefix("type-")
        fields = [field.model_dump(mode="json", by_alias=True, exclude_none=True) for field in sheet.fields]
        for field in fields:
            field |= {"id": f"{kind}-{field['id']}", "hint": "Words"}
            if kind == "table":
                field["columns"] = [{**column, "hint": "Words"} for column in field["columns"]]
            if "show" in field:
                field["of"] = [f"{kind}-{one}" for one in field["of"]]
            if field["id"] in WHEN:
                field["when"] = WHEN[field["id"]]
        layout = "four" if len(fields) == 4 else "list"
        section = {"id": kind, "title": "Words", "intro": "Words", "layout": layout, "fields": fields}
        data["sections"].append(section)
    return sheet_of(data).model_dump(mode="json", by_alias=True, exclude_none=True)


def taking_words() -> dict[str, int]:
    """The settings that the schema lets say anything, and how many letters: {'Scale.low': 2000, …}."""
    told = json.loads(schema.text())
    models = {"Worksheet": told, **told["definitions"]}
    found = {
        f"{name}.{key}": _letters(setting)
        for name, model in models.items()
        for key, setting in model.get("properties", {}).items()
    }
    return {name: most for name, most in found.items() if most}


def _letters(setting: Any) -> int:
    """The most letters of a text in a setting, one in a list or a group included; 0 where it takes none."""
    if setting.get("pattern") == r"\S":
        return 0 if {"enum", "format"} & setting.keys() else int(setting["maxLength"])
    inside = [setting.get("items"), setting.get("additionalProperties"), *setting.get("anyOf", ())]
    return max((_letters(one) for one in inside if isinstance(one, dict)), default=0)


@cache
def places() -> tuple[Place, ...]:
    """Every string of `whole` that may say anything."""
    most = taking_words() | {"Table.example": 2000}  # what is in a cell, its column says
    found = [Place(at, whose, most[whose]) for at, whose in strings(sheet_of(whole())) if whose in most]
    free = []
    for _, some in groupby(sorted(found, key=lambda one: one.setting), lambda one: one.setting):
        alike = list(some)
        free += alike if _taken(alike) else [one for one in alike if _taken([one])]
    return tuple(sorted(free, key=lambda one: list(map(str, one.at))))


def _taken(some: Collection[Place]) -> bool:
    """Whether the reader takes any words there."""
    return not _read(_with(some, lambda number, place: f"Any words {number}"))[1]


def strings(model: Any, at: Loc = (), whose: str = "") -> Iterator[tuple[Loc, str]]:
    """Where each string of a model stands, and the setting that it belongs to."""
    if isinstance(model, str):
        yield at, whose
    elif isinstance(model, Strict):
        for name, setting in type(model).model_fields.items():
            key = setting.alias or name
            yield from strings(getattr(model, name), (*at, key), f"{type(model).__name__}.{key}")
    elif isinstance(model, dict | list):
        for name, one in model.items() if isinstance(model, dict) else enumerate(model):
            yield from strings(one, (*at, name), whose)


def _with(some: Collection[Place], words: Callable[[int, Place], str]) -> Any:
    data = copy.deepcopy(whole())
    for number, place in enumerate(some):
        inside = data
        for part in place.at[:-1]:
            inside = inside[part]
        inside[place.at[-1]] = words(number, place)
    return data


def _read(data: Any) -> tuple[Worksheet | None, list[Any]]:
    text = source.parse(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), FILE)
    sheet, problems = parsing.worksheet(text)
    return sheet, [*problems, *problems_abroad(text, real().shelf)]


def sheet_of(data: Any) -> Worksheet:
    """The worksheet of a sound file."""
    sheet, problems = _read(data)
    assert problems == []
    assert sheet is not None
    return sheet


def words_in(words: Sequence[str]) -> Worksheet:
    """The worksheet with one of `words` in each of its places."""
    return sheet_of(_with(places(), lambda number, _: words[number]))


def fitting(corpus: Sequence[str], number: int, most: int, turn: int = 0) -> str:
    """As much of the corpus as fits at a place, after its number; each turn begins at another of them."""
    said = f"q{number}q"
    for one in range(len(corpus)):
        more = f"{said} {corpus[(number + turn + one) % len(corpus)]}"
        said = more if len(more) <= most else said
    return said
