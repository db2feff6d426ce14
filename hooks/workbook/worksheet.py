"""A worksheet: titled sections of fields, with its safety lines and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic import Field as Setting

from workbook.fields import FIELDS, any_of
from workbook.fields.base import Conditions, Fault, Field, Id, Leaf, Ref, Strict, Text
from workbook.fields.date.field import Day

POINTS = {
    1: "Point 1: Motivation",
    2: "Point 2: Urges",
    3: "Point 3: Thoughts and feelings",
    4: "Point 4: A balanced life",
    "any": "For any road",
}
FOR_CLINICIANS = "For a session with a clinician"
CHECK = "Check yourself"  # the group of those who come to see where they stand
ROADS = {"both": "For any road", "smart": "For the SMART road", "twelve-step": "For the 12-step road"}

MANY = 3  # options that a condition names one by one
# Told by workbook.references, which goes on to check what stands in a list that is too long.
MOST_SECTIONS = 20
MOST_FIELDS = 60  # in a section

Grade = Literal["Strong", "Moderate", "Limited", "Contested", "Unknown"]
GRADES = {
    "Strong": "Several good studies agree.",
    "Moderate": "Some good studies point this way.",
    "Limited": "There are few studies, or weak ones.",
    "Contested": "Good studies do not agree.",
    "Unknown": "We found no good studies.",
}
SURE = ("Strong", "Moderate")  # what may not rest on works alone that we have not seen
# What brings people to the shelf.
NEEDS = {
    "urge": "I have an urge now",
    "slip": "I had a slip",
    "crisis": "I may be in danger",
    "unsure": "I am not sure I want to change",
    "check": "I want to see where I stand",
    "plan": "I want to make a plan",
    "feelings": "My thoughts or feelings are hard",
    "life": "I want a life I like",
    "people": "I need people around me",
    "family": "I care for someone",
    "session": "For a session",
}
Need = Literal[
    "urge", "slip", "crisis", "unsure", "check", "plan", "feelings", "life", "people", "family", "session"
]

AnyField = any_of(FIELDS)
PAGE = r"^/([a-z0-9-]+/)*$"
Page = Annotated[str, Setting(pattern=PAGE, description="A page of this site: /smart/urges/")]


class SafetyRule(Strict):
    """A fixed safety line, shown always or as soon as an answer asks for it."""

    line: Annotated[Ref, Setting(description="The name of a line in content/safety.yml")]
    when: Conditions = Setting(default=[], description="Show it only when this holds")


SafetyRules = Annotated[
    list[SafetyRule],
    BeforeValidator(
        lambda rules: (
            [{"line": one} if isinstance(one, str) else one for one in rules]
            if isinstance(rules, list)
            else rules
        ),
        json_schema_input_type=list[Ref | SafetyRule],
    ),
]


class Why(Strict):
    """Why the sheet may help, told no surer than the evidence is."""

    text: Annotated[Text, Setting(max_length=600, description="One to three sentences")]
    grade: Annotated[Grade, Setting(description="How sure we are; see /evidence/grades/")]


class Clinician(Strict):
    """A line for whoever hands the sheet out."""

    aim: Annotated[Text, Setting(max_length=400, description="What it is to bring about")]
    session: Annotated[Text, Setting(max_length=600, description="How to use it in a session")]
    not_when: Annotated[Text, Setting(max_length=400, description="When not to use it")]


class Change(Strict):
    """What a version changed, for those who printed an older one."""

    version: Annotated[int, Setting(ge=2, le=10000, description="The version that brought it")]
    date: Annotated[Day, Setting(description="The day of that version: 2026-11-23")]
    what: Annotated[Text, Setting(max_length=400, description="What is different, in plain words")]


class Section(Strict):
    """Some fields under a heading. `four` lays four fields out as a square of boxes."""

    id: Annotated[Id, Setting(description="The address of the section on its page")]
    title: Annotated[Text, Setting(description="The heading of the section")]
    intro: Annotated[Text | None, Setting(description="A sentence or two below the title")] = None
    layout: Literal["list", "four"] = Setting(default="list", description="four: as a square of boxes")
    fields: Annotated[
        list[AnyField],  # type: ignore[valid-type]
        Setting(min_length=1, description="What to fill in", json_schema_extra={"maxItems": MOST_FIELDS}),
    ]


class Worksheet(Strict):
    """Everything that one file of content/worksheets says."""

    id: Annotated[Id, Setting(description="The name of this file, without .yml")]
    title: Annotated[Text, Setting(max_length=80, description="What it is called, in a few words")]
    summary: Annotated[Text, Setting(max_length=300, description="One sentence: what it is for")]
    point: Annotated[Literal[1, 2, 3, 4, "any"], Setting(description="Which of the four points it serves")]
    minutes: Annotated[int, Setting(ge=1, le=240, description="How long it takes")]
    use_when: Annotated[Text, Setting(description="When to use it")]
    version: Annotated[int, Setting(ge=1, le=10000, description="Raise it when a field changes")]
    date: Annotated[Day, Setting(description="The day of this version: 2026-11-23")]
    changes: list[Change] = Setting(
        default=[],
        max_length=60,
        description="What each version changed, the newest first; needed from version 2 on",
    )
    status: Literal["draft", "active", "retired"] = Setting(
        description="draft: only you see it; retired: kept for old links"
    )
    replaced_by: Annotated[
        Ref | None, Setting(description="Of a retired sheet: the id of the one that took its place")
    ] = None
    audience: Literal["everyone", "clinicians"] = Setting(
        default="everyone",
        description="clinicians: to be filled in with one, so it is on no shelf and found by no search",
    )
    page: Annotated[Page | None, Setting(description="The page of the handbook it belongs to")] = None
    next: list[Ref] = Setting(default=[], max_length=12, description="Ids of worksheets to go to next")
    road: Literal["both", "smart", "twelve-step"] = Setting(
        default="both", description="The road it belongs to; both: at home on either"
    )
    needs: list[Need] = Setting(
        default=[],
        max_length=5,
        description="What brings people to it, the nearest first: the shelf shows it by that",
    )
    why: Annotated[Why | None, Setting(description="Why it may help, and how sure we are")] = None
    clinician: Annotated[Clinician | None, Setting(description="For those who hand it out")] = None
    similar: Annotated[
        Literal["SMART Recovery", "12-step work"] | None, Setting(description="Where similar tools are used")
    ] = None
    rights: Annotated[
        Text | None, Setting(max_length=300, description="What on it is not ours, and how it may be used")
    ] = None
    sources: Annotated[list[Ref], Setting(max_length=60, description="Keys from content/references.yml")]
    safety: Annotated[SafetyRules, Setting(max_length=20, description="Lines from content/safety.yml")]
    sections: Annotated[
        list[Section],
        Setting(
            min_length=1, description="The parts of the sheet", json_schema_extra={"maxItems": MOST_SECTIONS}
        ),
    ]

    def faults(self) -> Iterator[Fault]:
        if self.replaced_by and self.status != "retired":
            hint = "Set 'status: retired', or take the line out."
            yield Fault("only a retired sheet is replaced by another", ("replaced_by",), hint)
        if self.version > 1 and not self.changes:
            hint = f"Add 'changes: [{{version: {self.version}, date: {self.date}, what: …}}]' below the date."
            yield Fault(f"nothing says what version {self.version} changed", ("version",), hint)
        elif self.changes:
            yield from self._change_faults()

    def _change_faults(self) -> Iterator[Fault]:
        """Changes out of order, or the newest not that of the sheet."""
        newest = self.changes[0]
        if newest.version != self.version:
            message = (
                f"the newest change is of version {newest.version}, and the sheet is version {self.version}"
            )
            hint = f"Write above it what version {self.version} changed, or set the sheet's version."
            yield Fault(message, ("changes", 0, "version"), hint)
        elif newest.date != self.date:
            message = f"version {self.version} is of {newest.date} here, and of {self.date} above"
            yield Fault(message, ("changes", 0, "date"), "Write the same day in both places.")
        for at, (newer, older) in enumerate(pairwise(self.changes), 1):
            if older.version >= newer.version:
                message = f"version {older.version} stands below version {newer.version}"
                hint = "Put the newest first, and each version once."
                yield Fault(message, ("changes", at, "version"), hint)
            elif older.date > newer.date:
                message = f"version {older.version} is of a later day than version {newer.version}"
                yield Fault(message, ("changes", at, "date"), "Correct one of the two days.")

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
    def for_clinicians(self) -> bool:
        return self.audience == "clinicians"

    @property
    def point_name(self) -> str:
        """The point it serves, or its road: the four points are SMART's, and no 12-step sheet has one."""
        if self.for_clinicians:
            return FOR_CLINICIANS
        tied = self.point != "any" and self.road != "twelve-step"
        return POINTS[self.point] if tied else ROADS[self.road]

    def condition(self, conditions: Conditions, below: str = "") -> str:
        """The conditions in words, for media that cannot hide anything: 'If “Goal” is “Stop”'.

        What stands right `below` a field need not say where something was chosen.
        """
        return "If " + " and ".join(self._condition(one, below) for one in conditions) if conditions else ""

    def _condition(self, condition, below: str) -> str:  # type: ignore[no-untyped-def]
        field = self.field(condition.field)
        if condition.is_ is not None:
            labels = {option.id: option.label for leaf in field.leaves() for option in leaf.options}
            others = labels.keys() - set(condition.is_)
            few = len(condition.is_) <= MANY or len(others) != 1  # or it is sooner said what does not count
            named = [labels.get(one, one) for one in (condition.is_ if few else others)]
            wanted = ("" if few else "anything but ") + " or ".join(f"“{label}”" for label in named)
            verb = "you ticked" if field.type == "choices" else "you chose"
            return f"{verb} {wanted}" + ("" if below == field.id else f" at “{field.label}”")
        if condition.under is not None:
            return f"“{field.label}” is under {condition.under}"
        return f"“{field.label}” is {condition.at_least} or more"
