"""A day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Literal

from workbook.fields.base import Fault, Field, Text


def is_day(text: str) -> bool:
    """Whether `text` is a day in the calendar, written 2026-11-23."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class Date(Field):
    """A day in the calendar. Answers hold it as 2026-11-23."""

    cell: ClassVar[bool] = True

    type: Literal["date"] = "date"
    example: Text | None = None

    def faults(self) -> Iterator[Fault]:
        if self.example and not is_day(self.example):
            yield Fault(f"{self.example!r} is not a day", ("example",), "Write year, month and day: 2026-11-23.")

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "date"}

    def given(self, answer: Any) -> str:
        day = date.fromisoformat(answer)
        return f"{day.day} {day:%B %Y}"


FIELD = Date
