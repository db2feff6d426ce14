"""What every field has, and what it must be able to say about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic import Field as Setting
from pydantic_core import PydanticCustomError

Id = Annotated[str, Setting(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Setting(pattern=r"\S", max_length=2000)]
Number = Annotated[int | float, Setting(allow_inf_nan=False, ge=-1e12, le=1e12)]


class Fault(NamedTuple):
    """A broken rule inside one model: what, where below the model, and the cure."""

    message: str
    at: tuple[str | int, ...] = ()
    hint: str = ""


class Strict(BaseModel):
    """A frozen model that knows its keys, coerces nothing, and reports all its broken rules at once."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def faults(self) -> Iterator[Fault]:
        """Rules that types alone cannot say. Called once every setting has the right type."""
        yield from ()

    @model_validator(mode="after")
    def _check(self) -> Strict:
        if faults := list(self.faults()):
            raise PydanticCustomError("faults", "broken rules", {"faults": faults})
        return self


class Option(Strict):
    """One thing to choose. Answers hold the id, so the label may be reworded later."""

    id: Id
    label: Text


def option_id(label: str) -> str:
    """The id an option gets when its author wrote only a label: 'Cut down' → 'cut-down'."""
    slug = re.sub(r"[^a-z0-9]+", "-", label.lower().replace("'", "").replace("’", "")).strip("-")
    return slug if slug[:1].isalpha() else f"option-{slug}".rstrip("-")


def expand_options(options: Any) -> Any:
    if not isinstance(options, list):
        return options
    return [{"id": option_id(one)[:60].rstrip("-"), "label": one} if isinstance(one, str) else one for one in options]


Options = Annotated[
    list[Option],
    BeforeValidator(expand_options, json_schema_input_type=list[Text | Option]),
    Setting(min_length=2, max_length=60),
]
Parts = Annotated[
    list[Option],
    BeforeValidator(expand_options, json_schema_input_type=list[Text | Option]),
    Setting(min_length=1, max_length=60),
]


def repeated_options(options: list[Option], at: str) -> Iterator[Fault]:
    """A fault for each option whose id another one already has."""
    seen: set[str] = set()
    for index, option in enumerate(options):
        if option.id in seen:
            yield Fault(f"option {option.id!r} is there twice", (at, index), "Give one of them another label or id.")
        seen.add(option.id)


class Condition(Strict):
    """Holds when the answer to `field` is one of `is`, or lies on the asked side of a number."""

    field: Id
    is_: list[Text] | None = Setting(default=None, alias="is", min_length=1)
    under: Number | None = None
    at_least: Number | None = None

    def faults(self) -> Iterator[Fault]:
        if sum(one is not None for one in (self.is_, self.under, self.at_least)) != 1:
            yield Fault("a condition needs exactly one of 'is', 'under' and 'at_least'")


Conditions = Annotated[
    list[Condition],
    BeforeValidator(
        lambda value: [value] if isinstance(value, dict) else value,
        json_schema_input_type=Condition | list[Condition],
    ),
]

Control = Literal["line", "area", "one", "many"]


@dataclass(frozen=True)
class Leaf:
    """One answer a person can give, with the same path and label in every output.

    `control` is what it is on any medium: a line or an area to write, one or many of `options` to mark.
    `kind` is the field type that asked, for the finer choices of each medium.
    """

    path: tuple[str, ...]
    label: str
    control: Control
    kind: str
    options: tuple[Option, ...] = ()
    max_length: int | None = None

    @property
    def name(self) -> str:
        return ".".join(self.path)


class Field(Strict):
    """One thing a person fills in. A subclass adds settings and says what it is on paper and in FHIR."""

    cell: ClassVar[bool] = False  # may stand as a column of a table
    answered: ClassVar[bool] = True  # False for what is read or worked out

    id: Id
    label: Text
    hint: Text | None = None
    when: Conditions = []
    width: Annotated[float | int | None, Setting(gt=0, le=20)] = None

    type: Any

    def leaves(self, at: tuple[str, ...] = (), label: str = "") -> Iterator[Leaf]:
        """Every answer this field asks for, in reading order. `at` and `label` place a table's cell."""
        yield Leaf((*at, self.id), label or self.label, "line", self.type)

    def fhir(self, link_id: str) -> dict[str, Any]:
        """The FHIR R4 item, without the linkId and text that every item has."""
        raise NotImplementedError

    def given(self, answer: Any) -> str:
        """An answer in words, for worked examples and plain text."""
        return str(answer)


def item_control(code: str) -> dict[str, Any]:
    """The FHIR extension that asks a client to draw an item in a certain way."""
    system = "http://hl7.org/fhir/questionnaire-item-control"
    return {
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [{"system": system, "code": code}]},
    }


def bound(which: Literal["min", "max"], value: float | int) -> dict[str, Any]:
    """The FHIR extension for the smallest or largest number allowed."""
    kind = "valueInteger" if isinstance(value, int) else "valueDecimal"
    return {"url": f"http://hl7.org/fhir/StructureDefinition/{which}Value", kind: value}


def answer_options(options: list[Option]) -> list[dict[str, Any]]:
    return [{"valueCoding": {"code": option.id, "display": option.label}} for option in options]
