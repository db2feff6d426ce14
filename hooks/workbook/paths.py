"""What a result's path names: 'want' a field, 'log.strength' a column, 'wheel.body' one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbook.fields.base import Field, Option

NUMBERS = ("number", "scale", "wheel")


@dataclass(frozen=True)
class Target:
    """The place a path leads to. `part` is a column of a table, or an option that is a wheel's scale."""

    field: Field
    part: Field | Option | None = None

    @property
    def label(self) -> str:
        return (self.part or self.field).label

    @property
    def numeric(self) -> bool:
        asked = self.part if isinstance(self.part, Field) else self.field
        return asked.type in NUMBERS

    @property
    def points(self) -> dict[str, int]:
        """What each option there counts for; empty for all but a choice with points."""
        return getattr(self.field, "points", {}) if self.field.type == "choice" else {}

    @property
    def options(self) -> list[Option]:
        """What can be chosen there; empty for numbers and free words."""
        asked = self.part if isinstance(self.part, Field) else self.field
        return list(getattr(asked, "options", None) or []) if asked.type in ("choice", "choices") else []


def find(fields: Mapping[str, Field], path: str) -> Target | None:
    """The target of `path` among `fields` by id; None when there is none."""
    first, *rest = path.split(".")
    field = fields.get(first)
    if field is None or not field.answered or len(rest) > 1:
        return None
    if not rest:
        return None if field.type == "table" else Target(field)
    part = next((part for part in parts(field) if part.id == rest[0]), None)
    return Target(field, part) if part else None


def parts(field: Field) -> list[Any]:
    """What stands below a field in a path: a table's or grid's columns, a wheel's scales."""
    below = {"table": "columns", "grid": "columns", "wheel": "scales"}.get(field.type)
    return getattr(field, below) if below else []


def known(fields: Mapping[str, Field]) -> list[str]:
    """Every path that leads somewhere, for 'Did you mean'."""
    found: list[str] = []
    for id_, field in fields.items():
        found += [f"{id_}.{part.id}" for part in parts(field)]
        if field.answered and field.type != "table":
            found.append(id_)
    return found
