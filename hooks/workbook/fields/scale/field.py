"""A row of numbers, with words at the ends, to mark one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Leaf, Option, Text, bound


class Scale(Field):
    """A whole number from `min` to `max`."""

    cell: ClassVar[bool] = True

    type: Literal["scale"] = "scale"
    min: Annotated[int, Setting(ge=-100, le=100)] = 0
    max: Annotated[int, Setting(ge=-100, le=100)] = 10
    low: Text | None = Setting(default=None, description="What the smallest number means")
    high: Text | None = Setting(default=None, description="What the largest number means")
    words: list[Text] | None = Setting(default=None, description="What each number means, smallest first")
    example: int | None = None

    def faults(self) -> Iterator[Fault]:
        if self.min >= self.max:
            yield Fault(f"min ({self.min}) must be below max ({self.max})", ("min",))
        elif len(self.numbers) > 21:
            yield Fault(f"{len(self.numbers)} numbers are too many to mark", ("max",), "A scale has at most 21 numbers.")
        elif self.words is not None and len(self.words) != len(self.numbers):
            yield Fault(
                f"{len(self.words)} words for {len(self.numbers)} numbers", ("words",), "Give one word or phrase per number."
            )
        elif self.example is not None and self.example not in self.numbers:
            yield Fault(f"the example {self.example} is not on the scale", ("example",))
        if self.words is not None and (self.low or self.high):
            yield Fault("'words' already says what the ends mean", ("words",), "Take out 'low' and 'high'.")

    @property
    def numbers(self) -> range:
        return range(self.min, self.max + 1)

    @property
    def options(self) -> tuple[Option, ...]:
        """The numbers as options, so that every medium can draw them as one."""
        return tuple(Option.model_construct(id=str(n), label=self.word(n) or str(n)) for n in self.numbers)

    def word(self, number: int) -> str:
        """What `number` means, or nothing."""
        if self.words:
            return self.words[number - self.min]
        return (self.low if number == self.min else self.high if number == self.max else None) or ""

    @property
    def meaning(self) -> str:
        """The meaning of the numbers in one line: '0 = not at all, 10 = fully'."""
        return ", ".join(f"{n} = {self.word(n)}" for n in self.numbers if self.word(n))

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        yield Leaf((*at, self.id), label or self.label, "one", self.type, self.options)

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "integer", "extension": [bound("min", self.min), bound("max", self.max)]}

    def given(self, answer: Any) -> str:
        return f"{answer} ({self.word(answer)})" if self.words else f"{answer} of {self.max}"


FIELD = Scale
