"""A number to write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Number as Amount, Text, bound


class Number(Field):
    """An amount, perhaps with a unit. Whole unless `step` has a fraction."""

    cell: ClassVar[bool] = True

    type: Literal["number"] = "number"
    min: Amount | None = None
    max: Amount | None = None
    step: Annotated[int | float, Setting(gt=0, le=1e6, allow_inf_nan=False)] = 1
    unit: Text | None = None
    example: Amount | None = None

    def faults(self) -> Iterator[Fault]:
        low, high = self.min, self.max
        if low is not None and high is not None and low >= high:
            yield Fault(f"min ({low}) must be below max ({high})", ("min",))
        elif self.example is not None and (
            (low is not None and self.example < low) or (high is not None and self.example > high)
        ):
            yield Fault(f"the example {self.example} is outside min and max", ("example",))

    def fhir(self, link_id: str) -> dict[str, Any]:
        bounds = [bound(which, value) for which in ("min", "max") if (value := getattr(self, which)) is not None]
        kind = "integer" if isinstance(self.step, int) else "decimal"
        return {"type": kind} | ({"extension": bounds} if bounds else {})

    def given(self, answer: Any) -> str:
        return f"{answer} {self.unit}" if self.unit else str(answer)


FIELD = Number
