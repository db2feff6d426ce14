"""A list to put in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field as Setting

from workbook.fields.base import Control, Fault, Field, Leaf, Options, Text, answer_options
from workbook.problems import did_you_mean, quoted

Offered = Annotated[
    Options | None, Setting(description="What to order; leave out to let people write their own words")
]


class Rank(Field):
    """First, second, third … The answer is a list, first place first: option ids, or own words."""

    type: Literal["rank"] = "rank"
    places: Annotated[int, Setting(ge=2, le=20, description="How many to put in order")] = 3
    options: Offered = None
    example: list[Text] | None = Setting(default=None, description="A worked example")

    def faults(self) -> Iterator[Fault]:
        ids = [option.id for option in self.options or []]
        if self.options is not None:
            example = self.__dict__.get("example") or []
            for index, one in enumerate(example):
                if one not in ids:
                    yield Fault(f"{quoted(one)} is not an option", ("example", index), did_you_mean(one, ids))
                elif one in example[:index]:
                    yield Fault(f"{quoted(one)} is there twice", ("example", index), "Take one of them out.")
            if len(ids) < self.places:
                hint = "Add options, or make 'places' smaller."
                yield Fault(f"{self.places} places for {len(ids)} options", ("places",), hint)
        if len(self.example or []) > self.places:
            hint = "Take some out, or make 'places' larger."
            yield Fault(f"the example fills more than {self.places} places", ("example",), hint)

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        control: Control = "one" if self.options else "line"
        for place in range(1, self.places + 1):
            path = (*at, self.id, str(place))
            yield Leaf(path, f"{self.label} {place}", control, self.type, tuple(self.options or ()))

    def fhir(self, link_id: str) -> dict[str, Any]:
        one = (
            {"type": "choice", "answerOption": answer_options(self.options)}
            if self.options
            else {"type": "string"}
        )
        places = range(1, self.places + 1)
        return {
            "type": "group",
            "item": [
                {"linkId": f"{link_id}.{place}", "text": f"{self.label} {place}", **one} for place in places
            ],
        }

    def given(self, answer: Any) -> str:
        labels = {option.id: option.label for option in self.options or []}
        return "\n".join(f"{place}. {labels.get(one, one)}" for place, one in enumerate(answer, 1))


FIELD = Rank
