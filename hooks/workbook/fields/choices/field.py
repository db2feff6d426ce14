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
)
from workbook.problems import did_you_mean, quoted


class Choices(Field):
    """Tick any that fit. The answer is a list of option ids."""

    type: Literal["choices"] = "choices"
    options: Options = Setting(description="What there is to choose from")
    max: Annotated[int | None, Setting(ge=1, description="The most to tick")] = None
    example: list[Text] | None = Setting(default=None, description="The ids of some options")

    def faults(self) -> Iterator[Fault]:
        ids = [option.id for option in self.options]
        for index, one in enumerate(self.example or []):
            if one not in ids:
                yield Fault(f"{quoted(one)} is not an option", ("example", index), did_you_mean(one, ids))
            elif one in (self.example or [])[:index]:
                yield Fault(f"{quoted(one)} is there twice", ("example", index), "Take one of them out.")
        if self.max and self.max > len(ids):
            hint = "Make it smaller, or take the line out."
            yield Fault(f"'max' is {self.max}, and there are {len(ids)} options", ("max",), hint)
        elif self.max and len(self.example or []) > self.max:
            hint = "Take some out, or make 'max' larger."
            yield Fault(f"the example ticks more than {self.max}", ("example",), hint)

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        yield Leaf((*at, self.id), label or self.label, "many", self.type, tuple(self.options))

    def fhir(self, link_id: str) -> dict[str, Any]:
        most = {
            "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs",
            "valueInteger": self.max,
        }
        return {
            "type": "choice",
            "repeats": True,
            "extension": [item_control("check-box"), *([most] if self.max else [])],
            "answerOption": answer_options(self.options),
        }

    def given(self, answer: Any) -> str:
        return ", ".join(option.label for option in self.options if option.id in answer)


FIELD = Choices
