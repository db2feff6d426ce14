"""The fixed safety lines of content/safety.yml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field as Setting

from workbook.fields.base import Fault, Id, Ref, Strict, Text
from workbook.fields.date.field import Day
from workbook.problems import quoted
from workbook.worksheet import Page


class Link(Strict):
    """Where a safety line leads."""

    text: Text
    page: Page


class LineChange(Strict):
    """What was changed in a line, for those who printed it before."""

    date: Annotated[Day, Setting(description="The day of the new words: 2026-11-23")]
    what: Annotated[Text, Setting(max_length=400, description="What is different, in plain words")]


class SafetyLine(Strict):
    """Words that are shown as they stand, wherever a worksheet names their id."""

    id: Id
    text: Text
    link: Link | None = None
    numbers: list[Text] = Setting(default=[], max_length=20)  # in the text, to be called with a tap
    sources: list[Ref] = Setting(default=[], max_length=60)
    changes: list[LineChange] = Setting(default=[], max_length=60)  # the newest first

    def faults(self) -> Iterator[Fault]:
        for at, number in enumerate(self.numbers):
            if number not in self.text:
                hint = "Write it as it stands in 'text', or take it out of 'numbers'."
                yield Fault(f"the text does not say {quoted(number)}", ("numbers", at), hint)

    @property
    def version(self) -> int:
        """Counted, not written: the first, and one more for each change."""
        return 1 + len(self.changes)

    @property
    def date(self) -> str:
        """The day of its newest change; "" before the first."""
        return self.changes[0].date if self.changes else ""
