"""One answer out of several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field as Setting

from workbook.fields.base import (
    Fault,
    Field,
    Leaf,
    ScoredOptions,
    Text,
    answer_options,
    item_control,
)
from workbook.problems import did_you_mean, quoted


class Choice(Field):
    """Mark one. The answer is the option's id."""

    asks: ClassVar[str] = "Write the id of one of its options."
    cell: ClassVar[bool] = True

    type: Literal["choice"] = "choice"
    options: ScoredOptions = Setting(description="What there is to choose from")
    example: Text | None = Setting(default=None, description="The id of an option")

    def faults(self) -> Iterator[Fault]:
        ids = [option.id for option in self.options]
        if self.example and self.example not in ids:
            hint = did_you_mean(self.example, ids)
            yield Fault(f"{quoted(self.example)} is not an option", ("example",), hint)
        without = [index for index, option in enumerate(self.options) if option.points is None]
        if 0 < len(without) < len(self.options):
            message = f"{quoted(self.options[without[0]].label)} has no 'points', and others have"
            yield Fault(message, ("options", without[0]), "Give points to each of the options, or to none.")

    @property
    def points(self) -> dict[str, int]:
        """What each option counts for, by its id; empty where answers count for nothing."""
        found = {option.id: option.points for option in self.options if option.points is not None}
        return found if len(found) == len(self.options) else {}

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        yield Leaf((*at, self.id), label or self.label, "one", self.type, tuple(self.options))

    def fhir(self, link_id: str) -> dict[str, Any]:
        return {
            "type": "choice",
            "extension": [item_control("radio-button")],
            "answerOption": answer_options(self.options),
        }

    def given(self, answer: Any) -> str:
        return next(option.label for option in self.options if option.id == answer)


FIELD = Choice
