"""A packet: worksheets and pages in an order that makes sense, with a note to whoever gets it."""

from __future__ import annotations

from itertools import takewhile
from typing import Annotated, Literal

from pydantic import Field as Setting

from workbook.fields.base import Id, Ref, Strict, Text
from workbook.fields.date.field import Day
from workbook.worksheet import Clinician

MOST_PARTS = 20


class Packet(Strict):
    """Everything that one file of content/packets says."""

    id: Annotated[Id, Setting(description="The name of this file, without .yml")]
    title: Annotated[Text, Setting(max_length=80, description="What it is called, in a few words")]
    group: Literal["start", "points", "hard", "people", "session"] = Setting(
        description="Where it stands in the list of packets"
    )
    summary: Annotated[Text, Setting(max_length=300, description="One sentence: what it is for")]
    for_whom: Annotated[Text, Setting(max_length=300, description="Who it is for")]
    note: Annotated[Text, Setting(max_length=1200, description="A few kind sentences to whoever gets it")]
    version: Annotated[int, Setting(ge=1, le=10000, description="Raise it when a part changes")]
    date: Annotated[Day, Setting(description="The day of this version: 2026-11-23")]
    no_safety_first: Annotated[
        Text | None,
        Setting(max_length=300, description="Why it neither begins with safety nor says it in its note"),
    ] = None
    clinician: Annotated[Clinician | None, Setting(description="For those who hand it out")] = None
    parts: Annotated[
        list[Ref],
        Setting(
            min_length=1,
            max_length=MOST_PARTS,
            description="In order: ids of worksheets, and pages such as /crisis/",
        ),
    ]

    @property
    def worksheets(self) -> list[str]:
        """The ids of its worksheets, in order."""
        return [one for one in self.parts if not is_page(one)]


# A packet has one of these before its first worksheet, or a note that says all of WARNS.
SAFETY_FIRST = ("/safety/withdrawal/", "/crisis/")
WARNS = ("heavily every day", "benzodiazepines", "GHB", "doctor first")


def safety_comes_first(parts: list[str], note: str) -> bool:
    """Whether what can kill is told before anything is to be filled in."""
    pages = takewhile(is_page, parts)
    return any(one in SAFETY_FIRST for one in pages) or all(one in " ".join(note.split()) for one in WARNS)


def is_page(part: str) -> bool:
    """Whether a part is a page of the handbook, and not the id of a worksheet."""
    return part.startswith("/")
