"""One answer out of several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from workbook.fields.base import (
    Fault,
    Field,
    Leaf,
    Options,
    Text,
    answer_options,
    item_control,
    repeated_options,
)


class Choice(Field):
    """Mark one. The answer is the option's id."""

    cell: ClassVar[bool] = True

    type: Literal["choice"] = "choice"
    options: Options
    example: Text | None = None

    def faults(self) -> Iterator[Fault]:
        yield from repeated_options(self.options, "options")
        ids = [option.id for option in self.options]
        if self.example and self.example not in ids:
            yield Fault(f"{self.example!r} is not an option", ("example",), f"Known: {', '.join(ids)}.")

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        yield Leaf((*at, self.id), label or self.label, "one", self.type, tuple(self.options))

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {
            "type": "choice",
            "extension": [item_control("radio-button")],
            "answerOption": answer_options(self.options),
        }

    def given(self, answer: Any) -> str:
        return next(option.label for option in self.options if option.id == answer)


FIELD = Choice
