"""What a claim in content/claims.yml may say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field as Setting

from workbook.fields.base import Fault, Id, Ref, Strict, Text
from workbook.worksheet import Grade


class Claim(Strict):
    """One statement about results: how sure we are, and the works that it rests on."""

    id: Id
    about: Id
    says: Annotated[Text, Setting(max_length=300)]
    grade: Grade
    sources: Annotated[list[Ref], Setting(max_length=20)]
    against: list[Ref] = Setting(default=[], max_length=20)
    note: Annotated[Text | None, Setting(max_length=100)] = None

    def faults(self) -> Iterator[Fault]:
        if not self.sources and self.grade != "Unknown":
            hint = "Name its sources, or grade it Unknown."
            yield Fault(f"a claim graded {self.grade} needs a source", ("sources",), hint)
        if self.note and not self.against:
            yield Fault(
                "'note' is about the works in 'against', and there are none", ("note",), "Take it out."
            )
