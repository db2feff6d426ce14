"""A time of day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Text
from workbook.problems import quoted


class Time(Field):
    """A time of day. Answers hold it as 18:30."""

    asks: ClassVar[str] = "Write hours and minutes: 18:30."
    cell: ClassVar[bool] = True

    type: Literal["time"] = "time"
    example: Text | None = Setting(default=None, description="A worked example")

    def faults(self) -> Iterator[Fault]:
        if self.example and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", self.example):
            yield Fault(f"{quoted(self.example)} is not a time", ("example",), self.asks)

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "time"}


FIELD = Time
