"""Several scales drawn as a wheel, with a list beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Leaf, Option, Parts, Text, bounds
from workbook.problems import did_you_mean, quoted


class Wheel(Field):
    """The same scale for each part of something. The answer is {scale id: number}."""

    type: Literal["wheel"] = "wheel"
    scales: Annotated[Parts, Setting(description="The parts that are scored")]
    min: Annotated[int, Setting(ge=0, le=10, description="The smallest number")] = 0
    max: Annotated[int, Setting(ge=1, le=10, description="The largest number")] = 10
    low: Annotated[Text | None, Setting(description="What the smallest number means")] = None
    high: Annotated[Text | None, Setting(description="What the largest number means")] = None
    picture: Annotated[bool, Setting(description="Whether the wheel is drawn beside the list")] = True
    example: Annotated[dict[str, int] | None, Setting(description="A number for each scale id")] = None

    def faults(self) -> Iterator[Fault]:
        ids = [scale.id for scale in self.scales]
        if self.min >= self.max:
            hint = "Make 'min' smaller, or 'max' larger."
            yield Fault(f"'min' is {self.min}, and 'max' is {self.max}", ("min",), hint)
        if self.picture and not 3 <= len(ids) <= 12:
            yield Fault(
                f"a wheel of {len(ids)} parts cannot be drawn",
                ("scales",),
                "Give 3 to 12, or set 'picture: false'.",
            )
        for scale, number in (self.example or {}).items():
            if scale not in ids:
                yield Fault(
                    f"no scale is called {quoted(scale)}", ("example", scale), did_you_mean(scale, ids)
                )
            elif self.numbers and number not in self.numbers:
                hint = f"Write a number from {self.min} to {self.max}."
                yield Fault(f"{number} is not on the scale", ("example", scale), hint)

    @property
    def numbers(self) -> range:
        return range(self.min, self.max + 1)

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(Option.model_construct(id=str(n), label=str(n)) for n in self.numbers)

    @property
    def meaning(self) -> str:
        ends = ((self.min, self.low), (self.max, self.high))
        return ", ".join(f"{number} = {word}" for number, word in ends if word)

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        for scale in self.scales:
            yield Leaf((*at, self.id, scale.id), scale.label, "one", "scale", self.options)

    def fhir(self, link_id: str) -> dict[str, Any]:
        number = {"type": "integer", "extension": bounds("integer", self.min, self.max)}
        scales = [{"linkId": f"{link_id}.{scale.id}", "text": scale.label, **number} for scale in self.scales]
        return {"type": "group", "item": scales}

    def given(self, answer: Any) -> str:
        return ", ".join(f"{scale.label} {answer[scale.id]}" for scale in self.scales if scale.id in answer)


FIELD = Wheel
