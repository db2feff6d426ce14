"""A row of numbers, with words at the ends, to mark one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Leaf, Option, Text, as_read, bounds
from workbook.problems import quoted


class Scale(Field):
    """A whole number from `min` to `max`."""

    asks: ClassVar[str] = "Write a whole number of the scale, without quotes."
    cell: ClassVar[bool] = True

    type: Literal["scale"] = "scale"
    min: Annotated[int, Setting(ge=-100, le=100, description="The smallest number")] = 0
    max: Annotated[int, Setting(ge=-100, le=100, description="The largest number")] = 10
    low: Text | None = Setting(default=None, description="What the smallest number means")
    high: Text | None = Setting(default=None, description="What the largest number means")
    words: list[Text] | None = Setting(default=None, description="What each number means, smallest first")
    example: int | None = Setting(default=None, description="A worked example")

    def faults(self) -> Iterator[Fault]:
        if self.words is not None and (self.low or self.high):
            yield Fault("'words' already says what the ends mean", ("words",), "Take out 'low' and 'high'.")
        if self.min >= self.max:
            hint = "Make 'min' smaller, or 'max' larger."
            yield Fault(f"'min' is {self.min}, and 'max' is {self.max}", ("min",), hint)
        elif len(self.numbers) > 21:
            hint = "Keep it to 21 numbers: 0 to 20, or -10 to 10."
            yield Fault(f"{len(self.numbers)} numbers are too many to mark", ("max",), hint)
        elif self.words is not None and len(self.words) != len(self.numbers):
            yield Fault(
                f"{len(self.words)} words for {len(self.numbers)} numbers",
                ("words",),
                "Give one word or phrase per number.",
            )
        elif repeated := self._word_twice():
            hint = "Nobody can tell the two numbers apart: say one another way."
            yield Fault(f"{quoted((self.words or [])[repeated])} is there twice", ("words", repeated), hint)
        elif self.example is not None and self.example not in self.numbers:
            hint = f"Write a number from {self.min} to {self.max}."
            yield Fault(f"{self.example} is not on the scale", ("example",), hint)

    def _word_twice(self) -> int:
        """The place of a word that stands further up too; 0, which none can be, when there is none."""
        read = [as_read(word) for word in self.words or ()]
        return next((index for index, word in enumerate(read) if word in read[:index]), 0)

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
            return dict(enumerate(self.words, self.min)).get(number, "")  # one too few is told elsewhere
        return (self.low if number == self.min else self.high if number == self.max else None) or ""

    @property
    def meaning(self) -> str:
        """The meaning of the numbers in one line: '0 = not at all, 10 = fully'."""
        return ", ".join(f"{n} = {self.word(n)}" for n in self.numbers if self.word(n))

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        yield Leaf((*at, self.id), label or self.label, "one", self.type, self.options)

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "integer", "extension": bounds("integer", self.min, self.max)}

    def given(self, answer: Any) -> str:
        return f"{answer} ({self.word(answer)})" if self.words else f"{answer} of {self.max}"


FIELD = Scale
