"""A worksheet: titled sections of fields, with its safety lines and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic import Field as Setting

from workbook.fields import FIELDS, any_of
from workbook.fields.base import Conditions, Fault, Field, Id, Leaf, Strict, Text
from workbook.fields.date.field import is_day

POINTS = {
    1: "Point 1: Motivation",
    2: "Point 2: Urges",
    3: "Point 3: Thoughts and feelings",
    4: "Point 4: A balanced life",
    "any": "For any road",
}

AnyField = any_of(FIELDS)
Page = Annotated[str, Setting(pattern=r"^/([a-z0-9-]+/)*$", description="A page of this site: /smart/urges/")]


class SafetyRule(Strict):
    """A fixed safety line, shown always or as soon as an answer asks for it."""

    line: Id
    when: Conditions = []


SafetyRules = Annotated[
    list[SafetyRule],
    BeforeValidator(
        lambda rules: [{"line": one} if isinstance(one, str) else one for one in rules]
        if isinstance(rules, list)
        else rules,
        json_schema_input_type=list[Id | SafetyRule],
    ),
]


class Section(Strict):
    """Some fields under a heading. `four` lays four fields out as a square of boxes."""

    id: Id
    title: Text
    intro: Text | None = None
    layout: Literal["list", "four"] = "list"
    fields: Annotated[list[AnyField], Setting(min_length=1, max_length=60)]  # type: ignore[valid-type]

    def faults(self) -> Iterator[Fault]:
        if self.layout == "four" and len(self.fields) != 4:
            yield Fault(f"layout four needs 4 fields, not {len(self.fields)}", ("layout",))


class Worksheet(Strict):
    """Everything that one file of content/worksheets says."""

    id: Id
    title: Annotated[Text, Setting(max_length=80)]
    summary: Annotated[Text, Setting(max_length=300, description="One sentence: what it is for")]
    point: Literal[1, 2, 3, 4, "any"]
    minutes: Annotated[int, Setting(ge=1, le=240)]
    use_when: Annotated[Text, Setting(description="When to use it")]
    version: Annotated[int, Setting(ge=1, le=10000, description="Raise it when a field changes")]
    date: Annotated[Text, Setting(description="The day of this version: 2026-11-23")]
    status: Literal["draft", "active", "retired"]
    page: Page | None = None
    next: list[Id] = []
    similar: Literal["SMART Recovery", "12-step work"] | None = None
    sources: list[Id]
    safety: SafetyRules
    sections: Annotated[list[Section], Setting(min_length=1, max_length=20)]

    def faults(self) -> Iterator[Fault]:
        if not is_day(self.date):
            yield Fault(f"{self.date!r} is not a day", ("date",), "Write year, month and day: 2026-11-23.")

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, in reading order."""
        for section in self.sections:
            yield from section.fields

    @property
    def leaves(self) -> Iterator[Leaf]:
        """Every answer the sheet has room for, in reading order."""
        for field in self.fields:
            yield from field.leaves()

    def field(self, id_: str) -> Field:
        """The field with this id; KeyError when there is none."""
        for field in self.fields:
            if field.id == id_:
                return field
        raise KeyError(id_)

    @property
    def point_name(self) -> str:
        return POINTS[self.point]

    def condition(self, conditions: Conditions) -> str:
        """The conditions in words, for media that cannot hide anything: 'If “Goal” is “Stop”'."""
        return "If " + " and ".join(map(self._condition, conditions)) if conditions else ""

    def _condition(self, condition) -> str:  # type: ignore[no-untyped-def]
        field = self.field(condition.field)
        if condition.is_ is not None:
            labels = {option.id: option.label for leaf in field.leaves() for option in leaf.options}
            wanted = " or ".join(f"“{labels.get(one, one)}”" for one in condition.is_)
            verb = "you ticked" if field.type == "choices" else "you chose"
            return f"{verb} {wanted} at “{field.label}”"
        if condition.under is not None:
            return f"“{field.label}” is under {condition.under}"
        return f"“{field.label}” is {condition.at_least} or more"
