"""A line to write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Leaf
from workbook.fields.base import Text as Words


class Text(Field):
    """A few words."""

    cell: ClassVar[bool] = True

    type: Literal["text"] = "text"
    max: Annotated[int | None, Setting(ge=1, le=2000, description="The most characters to accept")] = None
    example: Words | None = Setting(default=None, description="A worked example")

    def faults(self) -> Iterator[Fault]:
        if self.example and self.max and len(self.example) > self.max:
            hint = "Say it in fewer words, or make 'max' larger."
            yield Fault(
                f"the example has {len(self.example)} characters, and 'max' is {self.max}", ("example",), hint
            )

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        yield Leaf((*at, self.id), label or self.label, "line", self.type, max_length=self.max)

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "string"} | ({"maxLength": self.max} if self.max else {})


FIELD = Text
