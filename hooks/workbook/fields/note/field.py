"""A sentence to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Field, Leaf, Ref


class Note(Field):
    """Words without an answer. `see` names worksheets or pages to go to."""

    answered: ClassVar[bool] = False

    type: Literal["note"] = "note"
    see: list[Ref] = Setting(default=[], description="Ids of worksheets, or pages: /smart/urges/")

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        yield from ()

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "display"}


FIELD = Note
