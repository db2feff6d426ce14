"""Checks between the parts of one worksheet, on the raw data: one broken field hides no other problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbook import paths
from workbook.fields.base import UnsureError
from workbook.fields.partly import partly
from workbook.references.conditions import conditions
from workbook.references.names import is_id, repeated, wrong_name
from workbook.references.raw import Known, entries, raw_fields, raw_sections
from workbook.references.results import result
from workbook.worksheet import MOST_FIELDS, MOST_SECTIONS

if TYPE_CHECKING:
    from workbook.fields.base import Field
    from workbook.problems import Problem
    from workbook.source import Loc, Source
    from workbook.worksheet import Worksheet

__all__ = ["MOST_ASKED", "is_id", "problems_within", "raw_fields", "wrong_name"]

MOST_ASKED = MOST_SECTIONS * MOST_FIELDS


def problems_within(source: Source, sheet: Worksheet | None = None) -> Iterator[Problem]:
    """Every id given twice and reference that leads nowhere. `sheet` is what was made of it, if sound."""
    data: dict[str, Any] = source.data
    yield from wrong_name(source, data)
    yield from repeated(source, data)
    yield from _sizes(source, data)
    fields = list(raw_fields(data))
    counts = Counter(raw["id"] for _, raw in fields if isinstance(raw.get("id"), str))
    sections = frozenset(raw["id"] for _, raw in raw_sections(data) if isinstance(raw.get("id"), str))
    known = Known(frozenset(counts), sections, {}, {})
    made: list[Field | None] = list(sheet.fields) if sheet else _made(fields)
    for (at, raw), field in zip(fields, made, strict=True):
        yield from _field(source, at, raw, known)
        if isinstance(raw.get("id"), str):
            _pass(raw["id"], field if counts[raw["id"]] == 1 else None, known)
    for index, rule in enumerate(entries(data.get("safety"))):
        if isinstance(rule, dict):
            yield from conditions(source, ("safety", index), rule, known)


def _made(fields: list[tuple[Loc, dict[str, Any]]]) -> list[Field | None]:
    """What can be made of the fields; those that no worksheet has room for are asked nothing."""
    made: list[Field | None] = [partly(raw) for _, raw in fields[:MOST_ASKED]]
    return made + [None] * (len(fields) - len(made))


def _pass(id_: str, field: Field | None, known: Known) -> None:
    """From here on, this field is an earlier one."""
    known.earlier[id_] = field
    if field and _has_known_parts(field):
        known.sound[id_] = field


def _has_known_parts(field: Field) -> bool:
    """Whether every path below a field is known, whatever else is wrong with it."""
    try:
        return all(part.id for part in paths.parts(field))
    except UnsureError:
        return False


def _field(source: Source, at: Loc, raw: dict[str, Any], known: Known) -> Iterator[Problem]:
    yield from conditions(source, at, raw, known)
    if raw.get("type") == "result":
        yield from result(source, at, raw, known)
    if "width" in raw:
        hint = "Take it out: it sets how wide a column of a table is."
        yield source.problem((*at, "width"), "'width' has no meaning here", hint, at_key=True)


def _sizes(source: Source, data: dict[str, Any]) -> Iterator[Problem]:
    """Too many parts, or too few for their layout."""
    if (count := len(entries(data.get("sections")))) > MOST_SECTIONS:
        hint = f"Take {count - MOST_SECTIONS:,} out, or begin another worksheet."
        yield source.problem(
            ("sections",), f"a worksheet holds {MOST_SECTIONS} sections at most, not {count:,}", hint
        )
    for at, section in raw_sections(data):
        count = len(entries(section.get("fields")))
        if count > MOST_FIELDS:
            hint = f"Take {count - MOST_FIELDS:,} out, or begin another section or worksheet."
            yield source.problem(
                (*at, "fields"), f"a section holds {MOST_FIELDS} fields at most, not {count:,}", hint
            )
        if section.get("layout") == "four" and count not in (0, 4):
            hint = "Give it four fields, or take the line out."
            yield source.problem((*at, "layout"), f"layout 'four' needs four fields, not {count}", hint)
