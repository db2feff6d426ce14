"""What the answers add up to, worked out and said in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Leaf, Number, Strict, Text

Show = Literal["mean", "sum", "difference", "largest", "smallest", "count", "rank", "tally", "gap"]
Path = Annotated[str, Setting(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$", max_length=120)]

HOW = {
    "mean": "Add up the numbers, then divide by how many there are.",
    "sum": "Add up the numbers.",
    "difference": "Take the second number from the first.",
    "largest": "Find the largest number.",
    "smallest": "Find the smallest number.",
    "count": "Count them.",
    "rank": "Put them in order, the largest first.",
    "tally": "Count how often each comes up.",
    "gap": "For each part, take the second number from the first. Write the largest gaps first.",
}
PAIRS = ("difference", "gap")


class Say(Strict):
    """A sentence to show when the number lies in a range."""

    under: Number | None = None
    at_least: Number | None = None
    text: Text

    def faults(self) -> Iterator[Fault]:
        if self.under is None and self.at_least is None:
            yield Fault("a 'say' line needs 'under', 'at_least' or both")
        elif self.under is not None and self.at_least is not None and self.at_least >= self.under:
            yield Fault(f"at_least ({self.at_least}) must be below under ({self.under})", ("at_least",))

    def holds(self, number: float) -> bool:
        return (self.under is None or number < self.under) and (self.at_least is None or number >= self.at_least)


class Result(Field):
    """Declared, not programmed: an operation, what it works on, and what to say."""

    answered: ClassVar[bool] = False

    type: Literal["result"] = "result"
    show: Show
    of: Annotated[list[Path], Setting(min_length=1, max_length=40)]
    is_: Annotated[list[Text] | None, Setting(alias="is", description="With count: which answers to count")] = None
    needs: Annotated[int, Setting(ge=1, le=100, description="Fewest answers before it is shown")] = 1
    say: list[Say] = []

    def faults(self) -> Iterator[Fault]:
        if self.show in PAIRS and len(self.of) != 2:
            yield Fault(f"{self.show} compares exactly two, not {len(self.of)}", ("of",))
        if self.is_ is not None and self.show != "count":
            yield Fault(f"'is' goes with count, not with {self.show}", ("is",))
        if self.say and self.show in ("rank", "tally", "gap"):
            yield Fault(f"{self.show} gives a list, so no 'say' line can hold", ("say",))

    @property
    def how(self) -> str:
        """How to work it out by hand, for paper."""
        return HOW[self.show]

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        many = self.show in ("rank", "tally", "gap")
        yield Leaf((*at, self.id), label or self.label, "area" if many else "line", self.type)

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "string"}


FIELD = Result
