"""Room to write more than a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Field, Leaf
from workbook.fields.base import Text as Words


class Paragraph(Field):
    """Some sentences. `lines` is the room on paper; on screen the box grows."""

    cell: ClassVar[bool] = True

    type: Literal["paragraph"] = "paragraph"
    lines: Annotated[int, Setting(ge=1, le=30, description="Lines to write on, on paper")] = 3
    example: Words | None = Setting(default=None, description="A worked example")

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        yield Leaf((*at, self.id), label or self.label, "area", self.type)

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "text"}


FIELD = Paragraph
