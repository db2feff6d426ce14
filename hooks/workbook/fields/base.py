"""What every field has, and what it must be able to say about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic import Field as Setting
from pydantic_core import PydanticCustomError

from workbook.problems import MOST_LOOKED_AT, quoted

Id = Annotated[str, Setting(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Setting(pattern=r"\S", max_length=2000)]
Number = Annotated[int | float, Setting(allow_inf_nan=False, ge=-1e12, le=1e12)]


Ref = Annotated[str, Setting(pattern=r"\S", max_length=130)]  # whether it leads somewhere is asked elsewhere


class Fault(NamedTuple):
    """A broken rule inside one model: what, where below the model, and the cure."""

    message: str
    at: tuple[str | int, ...] = ()
    hint: str = ""


class UnsureError(Exception):
    """Nobody can say what this setting is: what its author wrote there is wrong."""


_TOLD: dict[frozenset[str], set[str]] = {}


class Strict(BaseModel):
    """A frozen model that knows its keys, coerces nothing, and reports all its broken rules at once."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def faults(self) -> Iterator[Fault]:
        """Rules that types alone cannot say; those that ask for the fewest settings come first.

        Of a field that is wrong in places, the rules are heard up to the first that asks for a wrong setting.
        """
        yield from ()

    def model_post_init(self, context: Any) -> None:
        """Models told the same settings share the set of their names, a third of their room."""
        told = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _TOLD.setdefault(frozenset(told), told))

    if not TYPE_CHECKING:  # or type checkers would take any name for a setting

        def __getattr__(self, name: str) -> Any:
            if name in type(self).model_fields:
                raise UnsureError(name)
            return super().__getattr__(name)

    @property
    def whole(self) -> bool:
        """Whether all of it is right: not so for what `partly` made."""
        return bool(self.model_fields_set)

    @model_validator(mode="after")
    def _check(self) -> Strict:
        if faults := list(self.faults()):
            raise PydanticCustomError("faults", "broken rules", {"faults": faults})
        return self


class Option(Strict):
    """One thing to choose. Answers hold the id, so the label may be reworded later."""

    id: Id = Setting(description="What answers hold; it stays when the label is reworded")
    label: Text = Setting(description="What people read")


AnyOption = TypeVar("AnyOption", bound=Option)


class Scored(Option):
    """An option that counts for something, so that a result can add the answers up."""

    points: Annotated[int | None, Setting(ge=-100, le=100, description="What this answer counts for")] = None


def option_id(label: str) -> str:
    """The id an option gets when its author wrote only a label: 'Cut down' → 'cut-down'."""
    slug = re.sub(r"[^a-z0-9]+", "-", label.lower().replace("'", "").replace("’", "")).strip("-")
    return slug if slug[:1].isalpha() else f"option-{slug}".rstrip("-")


def as_read(label: str) -> str:
    """What is left of a label for eyes that see no difference in spaces and capitals."""
    return " ".join(label.split()).casefold()


OWN_ID = "Say it another way, or give it an id of its own: {id: …, label: …}."


def refuse_repeated(options: list[AnyOption]) -> list[AnyOption]:
    """Refuse an id or a label that two of the options share; the labels may have made the ids."""
    seen: dict[str, str] = {}
    labels: set[str] = set()
    faults = []
    for index, option in enumerate(options):
        if option.id in seen:
            other = quoted(seen[option.id])
            message = f"{quoted(option.label)} has the same id as {other}: {option.id}"
            if option.label == seen[option.id]:
                message = f"{other} is there twice"
            faults.append(Fault(message, (index,), OWN_ID))
        elif as_read(option.label) in labels:
            hint = "Nobody can tell them apart: say one another way, or take it out."
            faults.append(Fault(f"{quoted(option.label)} is there twice", (index,), hint))
        if len(faults) >= MOST_LOOKED_AT:
            break
        seen.setdefault(option.id, option.label)
        labels.add(as_read(option.label))
    if faults:
        raise PydanticCustomError("faults", "broken rules", {"faults": faults})
    return options


def expand_options(options: Any) -> Any:
    if not isinstance(options, list):
        return options
    return [
        {"id": option_id(one)[:60].rstrip("-"), "label": one} if isinstance(one, str) else one
        for one in options
    ]


Options = Annotated[
    list[Option],
    BeforeValidator(expand_options, json_schema_input_type=list[Text | Option]),
    AfterValidator(refuse_repeated),
    Setting(min_length=2, max_length=60),
]
ScoredOptions = Annotated[
    list[Scored],
    BeforeValidator(expand_options, json_schema_input_type=list[Text | Scored]),
    AfterValidator(refuse_repeated),
    Setting(min_length=2, max_length=60),
]
Parts = Annotated[
    list[Option],
    BeforeValidator(expand_options, json_schema_input_type=list[Text | Option]),
    AfterValidator(refuse_repeated),
    Setting(min_length=1, max_length=60),
]


class Condition(Strict):
    """Holds when the answer to `field` is one of `is`, or lies on the asked side of a number."""

    field: Ref = Setting(description="The field whose answer is looked at; it comes earlier")
    is_: list[Text] | None = Setting(
        default=None, alias="is", min_length=1, description="Holds when one of these options is chosen"
    )
    under: Number | None = Setting(default=None, description="Holds when the answer is smaller")
    at_least: Number | None = Setting(default=None, description="Holds when the answer is this or larger")

    def faults(self) -> Iterator[Fault]:
        asked = sum(one is not None for one in (self.is_, self.under, self.at_least))
        if asked == 0:
            hint = "Say which answer it waits for: {field: goal, is: [stop]}."
            yield Fault("a condition needs 'is', 'under' or 'at_least'", (), hint)
        elif asked > 1:
            hint = "For a range, write two conditions, each after a hyphen."
            yield Fault("a condition takes only one of 'is', 'under' and 'at_least'", (), hint)


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

    asks: ClassVar[str] = "Write some words; put quotes around a number."  # the cure for a bad example
    cell: ClassVar[bool] = False  # may stand as a column of a table
    answered: ClassVar[bool] = True  # False for what is read or worked out

    id: Id = Setting(description="Answers are kept under it; never change it once the sheet is out")
    label: Text = Setting(description="The question, or what to write")
    hint: Text | None = Setting(default=None, description="A short sentence of help below the label")
    when: Conditions = Setting(default=[], description="Show it only when this holds")
    width: int | float | None = Setting(
        default=None, gt=0, le=20, description="Of a column, beside the others"
    )

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


def fhir_item(field: Field, link_id: str) -> dict[str, Any]:
    """The whole FHIR item of a field: its label, what its type adds, and its hint as help."""
    item = {"linkId": link_id, "text": field.label, **field.fhir(link_id)}
    aside = sentences(field.hint, getattr(field, "meaning", None))
    if aside and item["type"] != "display":  # FHIR lets a display hold nothing
        item["item"] = [help_item(link_id, aside), *item.get("item", [])]
    return item


def help_item(link_id: str, text: str) -> dict[str, Any]:
    """Words beside an item. No id holds a colon, so the linkId is nobody else's."""
    return {"linkId": f"{link_id}:hint", "text": text, "type": "display", "extension": [item_control("help")]}


def sentences(*parts: str | None) -> str:
    """The parts that say something, each closed with a full stop."""
    return " ".join(part if part[-1] in ".?!…:" else f"{part}." for part in parts if part)


def item_control(code: str) -> dict[str, Any]:
    """The FHIR extension that asks a client to draw an item in a certain way."""
    system = "http://hl7.org/fhir/questionnaire-item-control"
    return {
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [{"system": system, "code": code}]},
    }


def bounds(
    kind: Literal["integer", "decimal"], low: float | None, high: float | None
) -> list[dict[str, Any]]:
    """The FHIR extensions for the smallest and the largest number allowed, in the item's own type."""
    value = f"value{kind.capitalize()}"
    return [
        {"url": f"http://hl7.org/fhir/StructureDefinition/{which}Value", value: number}
        for which, number in (("min", low), ("max", high))
        if number is not None
    ]


def answer_options(options: Iterable[Option]) -> list[dict[str, Any]]:
    """The options of a choice; what an answer counts for is its ordinal value."""
    return [
        {**_ordinal(points_of(option)), "valueCoding": {"code": option.id, "display": option.label}}
        for option in options
    ]


def _ordinal(points: int | None) -> dict[str, Any]:
    url = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    return {} if points is None else {"extension": [{"url": url, "valueDecimal": points}]}


def points_of(option: Option) -> int | None:
    """What an answer counts for; None where answers only say something."""
    return getattr(option, "points", None)


def points_words(points: int) -> str:
    """'1 point', '4 points', as they stand beside an option."""
    return f"{points} point" if abs(points) == 1 else f"{points} points"
