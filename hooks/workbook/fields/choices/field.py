"""Any number of answers out of several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field as Setting

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


class Choices(Field):
    """Tick any that fit. The answer is a list of option ids."""

    type: Literal["choices"] = "choices"
    options: Options
    max: Annotated[int | None, Setting(ge=1, description="The most to tick")] = None
    example: list[Text] | None = None

    def faults(self) -> Iterator[Fault]:
        yield from repeated_options(self.options, "options")
        ids = [option.id for option in self.options]
        for index, one in enumerate(self.example or []):
            if one not in ids:
                yield Fault(f"{one!r} is not an option", ("example", index), f"Known: {', '.join(ids)}.")
        if self.max and self.max > len(ids):
            yield Fault(f"max ({self.max}) is more than the {len(ids)} options", ("max",))
        elif self.max and len(self.example or []) > self.max:
            yield Fault(f"the example ticks more than max ({self.max})", ("example",))

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        yield Leaf((*at, self.id), label or self.label, "many", self.type, tuple(self.options))

    def fhir(self, link_id: str) -> dict[str, Any]:
        most = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs", "valueInteger": self.max}
        return {
            "type": "choice",
            "repeats": True,
            "extension": [item_control("check-box"), *([most] if self.max else [])],
            "answerOption": answer_options(self.options),
        }

    def given(self, answer: Any) -> str:
        return ", ".join(option.label for option in self.options if option.id in answer)


FIELD = Choices
