"""What the answers add up to, worked out and said in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import Fault, Field, Leaf, Number, Ref, Strict, Text

Show = Literal["mean", "sum", "difference", "largest", "smallest", "count", "rank", "tally", "gap"]

HOW = {
    "mean": "Add up the numbers, then divide by how many there are.",
    "sum": "Add up the numbers.",
    "difference": "Take one number away from another.",
    "largest": "Find the largest number.",
    "smallest": "Find the smallest number.",
    "count": "Count them.",
    "rank": "Put them in order, the largest first.",
    "tally": "Count how often each comes up.",
    "gap": "For each part, take one number away from the other. Write the largest gaps first.",
}
HOW_WITH_POINTS = {
    "mean": "Add up the points beside your answers, then divide by how many answers there are.",
    "sum": "Add up the points beside your answers.",
    "largest": "Find the answer with the most points, and write its points.",
    "smallest": "Find the answer with the fewest points, and write its points.",
}
ON_EACH_LINE = "Do this on each line. Add up what you get, then divide by how many lines there are."
PAIRS = ("difference", "gap")


class Say(Strict):
    """A sentence to show when the number lies in a range."""

    under: Annotated[Number | None, Setting(description="Said when the number is smaller")] = None
    at_least: Annotated[Number | None, Setting(description="Said when the number is this or larger")] = None
    text: Annotated[Text, Setting(description="What to say")]

    def faults(self) -> Iterator[Fault]:
        if self.under is None and self.at_least is None:
            hint = "Say for which numbers the text is meant: {under: 5, text: …}."
            yield Fault("a 'say' line needs 'under', 'at_least' or both", (), hint)
        elif self.under is not None and self.at_least is not None and self.at_least >= self.under:
            message = f"no number is under {self.under} and also {self.at_least} or more"
            yield Fault(message, ("at_least",), "Make 'at_least' smaller, or 'under' larger.")

    def holds(self, number: float) -> bool:
        return (self.under is None or number < self.under) and (
            self.at_least is None or number >= self.at_least
        )


class Result(Field):
    """Declared, not programmed: an operation, what it works on, and what to say."""

    answered: ClassVar[bool] = False

    type: Literal["result"] = "result"
    show: Annotated[Show, Setting(description="What to work out")]
    of: Annotated[
        list[Ref],
        Setting(min_length=1, max_length=40, description="Which answers: field, table.column, wheel.scale"),
    ]
    is_: Annotated[
        list[Text] | None, Setting(alias="is", description="With count: which answers to count")
    ] = None
    needs: Annotated[int, Setting(ge=1, le=100, description="Fewest answers before it is shown")] = 1
    say: list[Say] = Setting(default=[], description="What to say by how large the number is")

    def faults(self) -> Iterator[Fault]:
        if self.show in PAIRS and len(self.of) != 2:
            yield Fault(
                f"a {self.show} needs two answers, not {len(self.of)}", ("of",), "Name two: [first, second]."
            )
        if self.is_ is not None and self.show != "count":
            yield Fault(
                f"'is' does not go with {self.show}", ("is",), "Write 'show: count', or take 'is' out."
            )
        if self.say and self.show in ("rank", "tally", "gap"):
            hint = "Take it out: there is no single number to speak of."
            yield Fault(f"'say' does not go with {self.show}", ("say",), hint)

    @property
    def how(self) -> str:
        """How to work it out by hand, for paper."""
        by_row = self.show == "difference" and all("." in path for path in self.of)
        return ON_EACH_LINE if by_row else HOW[self.show]

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        many = self.show in ("rank", "tally", "gap")
        yield Leaf((*at, self.id), label or self.label, "area" if many else "line", self.type)

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {"type": "text"}  # for lists; render/fhir.py has the numbers worked out


FIELD = Result
