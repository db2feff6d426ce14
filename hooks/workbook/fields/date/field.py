"""A day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator
from pydantic import Field as Setting
from pydantic_core import PydanticCustomError

from workbook.fields.base import Fault, Field, Text
from workbook.problems import quoted

HOW = "Write year, month and day: 2026-11-23."


def is_day(text: str) -> bool:
    """Whether `text` is a day in the calendar, written 2026-11-23."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _day(text: str) -> str:
    if not is_day(text):
        fault = Fault(f"{quoted(text)} is not a day", (), HOW)
        raise PydanticCustomError("faults", "broken rules", {"faults": [fault]})
    return text


Day = Annotated[Text, AfterValidator(_day), Setting(json_schema_extra={"format": "date"})]


class Date(Field):
    """A day in the calendar. Answers hold it as 2026-11-23."""

    asks: ClassVar[str] = HOW
    cell: ClassVar[bool] = True

    type: Literal["date"] = "date"
    example: Day | None = Setting(default=None, description="A worked example")

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "date"}

    def given(self, answer: Any) -> str:
        day = date.fromisoformat(answer)
        return f"{day.day} {day:%B %Y}"


FIELD = Date
