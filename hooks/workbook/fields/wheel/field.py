"""Several scales drawn as a wheel, with a list beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Leaf, Option, Parts, Text, bound, repeated_options


class Wheel(Field):
    """The same scale for each part of something. The answer is {scale id: number}."""

    type: Literal["wheel"] = "wheel"
    scales: Parts
    min: Annotated[int, Setting(ge=0, le=10)] = 0
    max: Annotated[int, Setting(ge=1, le=10)] = 10
    low: Text | None = None
    high: Text | None = None
    picture: Annotated[bool, Setting(description="Whether the wheel is drawn beside the list")] = True
    example: dict[str, int] | None = None

    def faults(self) -> Iterator[Fault]:
        yield from repeated_options(self.scales, "scales")
        ids = [scale.id for scale in self.scales]
        if self.min >= self.max:
            yield Fault(f"min ({self.min}) must be below max ({self.max})", ("min",))
        if self.picture and not 3 <= len(ids) <= 12:
            yield Fault(f"a wheel of {len(ids)} parts cannot be drawn", ("scales",), "Give 3 to 12, or set 'picture: false'.")
        for scale, number in (self.example or {}).items():
            if scale not in ids:
                yield Fault(f"no scale is called {scale!r}", ("example", scale), f"Known: {', '.join(ids)}.")
            elif number not in self.numbers:
                yield Fault(f"{number} is not between {self.min} and {self.max}", ("example", scale))

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
        bounds = [bound("min", self.min), bound("max", self.max)]
        return {
            "type": "group",
            "item": [
                {"linkId": f"{link_id}.{scale.id}", "text": scale.label, "type": "integer", "extension": bounds}
                for scale in self.scales
            ],
        }

    def given(self, answer: Any) -> str:
        return ", ".join(f"{scale.label} {answer[scale.id]}" for scale in self.scales if scale.id in answer)


FIELD = Wheel
