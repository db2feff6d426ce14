"""A number to write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Text, bounds
from workbook.fields.base import Number as Amount


class Number(Field):
    """An amount, perhaps with a unit. Whole unless `step` has a fraction."""

    asks: ClassVar[str] = "Write a number, without quotes."
    cell: ClassVar[bool] = True

    type: Literal["number"] = "number"
    min: Annotated[Amount | None, Setting(description="The smallest number to accept")] = None
    max: Annotated[Amount | None, Setting(description="The largest number to accept")] = None
    step: Annotated[
        int | float,
        Setting(gt=0, le=1e6, allow_inf_nan=False, description="0.5 takes halves; 1 takes whole numbers"),
    ] = 1
    unit: Annotated[Text | None, Setting(description="What is counted: days, dollars")] = None
    example: Amount | None = Setting(default=None, description="A worked example")

    def faults(self) -> Iterator[Fault]:
        low, high = self.min, self.max
        if low is not None and high is not None and low >= high:
            hint = "Make 'min' smaller, or 'max' larger."
            yield Fault(f"'min' is {low}, and 'max' is {high}", ("min",), hint)
        elif self.example is not None and (
            (low is not None and self.example < low) or (high is not None and self.example > high)
        ):
            hint = "Write one from 'min' to 'max', or change those."
            yield Fault(f"the example {self.example} is outside 'min' and 'max'", ("example",), hint)

    def fhir(self, link_id: str) -> dict[str, Any]:
        settings = [one for one in (self.step, self.min, self.max) if one is not None]
        whole = all(
            isinstance(one, int) and abs(one) < 2**31 for one in settings
        )  # FHIR integers have 32 bits
        kind: Literal["integer", "decimal"] = "integer" if whole else "decimal"
        unit = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"}
        units = [unit | {"valueCoding": {"display": self.unit}}] if self.unit else []
        extensions = [*bounds(kind, self.min, self.max), *units]
        return {"type": kind} | ({"extension": extensions} if extensions else {})

    def given(self, answer: Any) -> str:
        return f"{answer} {self.unit}" if self.unit else str(answer)


FIELD = Number
