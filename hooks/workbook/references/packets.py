"""The parts of a packet: each there once, and on the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbook.packet import SAFETY_FIRST, safety_comes_first
from workbook.problems import first, quoted
from workbook.references.abroad import Shelf, missing
from workbook.references.names import twice
from workbook.references.raw import texts
from workbook.worksheet import PAGE

if TYPE_CHECKING:
    from workbook.problems import Problem
    from workbook.source import Source

IN_A_NOTE = (
    "If you drink heavily every day, or take benzodiazepines or GHB, do not stop all at once:"
    " call a doctor first."
)
NOT_OUT = {
    "draft": ("is a draft, which nobody but you can see", "Set its status to active first, or take it out."),
    "retired": ("is retired", "Name the sheet that took its place, or take it out."),
}


def problems_of_parts(source: Source, shelf: Shelf, state: Mapping[str, str]) -> list[Problem]:
    """Every part that is there twice or leads nowhere. `state` is the status of each sound sheet, by id."""
    return first(_parts(source, shelf, state))


def _parts(source: Source, shelf: Shelf, state: Mapping[str, str]) -> Iterator[Problem]:
    parts = [(("parts", index), one) for index, one in texts(source.data.get("parts"))]
    sheets = [(loc, name) for loc, name in parts if "/" not in name]
    pages = [(loc, name) for loc, name in parts if "/" in name]
    yield from twice(source, parts)
    yield from missing(source, "worksheet", sheets, shelf.worksheets)
    yield from missing(source, "page", [one for one in pages if re.fullmatch(PAGE, one[1])], shelf.pages)
    for loc, address in pages:
        if not re.fullmatch(PAGE, address):
            hint = "Write its address between slashes, /smart/urges/, or the id of a worksheet."
            yield source.problem(loc, f"{quoted(address)} is not a page of this site", hint)
        elif address.startswith("/worksheets/") and address.count("/") == len("///"):
            name = address.split("/")[2]
            yield source.problem(loc, f"{quoted(address)} is a worksheet", f"Write its id: {name}.")
    for loc, name in sheets:
        if said := NOT_OUT.get(state.get(name, "")):
            yield source.problem(loc, f"{quoted(name)} {said[0]}", said[1])
    if set(SAFETY_FIRST) <= set(shelf.pages or ()):
        yield from _no_safety(source, [one for _, one in parts])
    if parts and not sheets:
        hint = "Add the id of one: urge-log."
        yield source.problem(("parts",), "there is no worksheet in it", hint, at_key=True)


def _no_safety(source: Source, parts: list[str]) -> Iterator[Problem]:
    """A packet that asks to fill in before it says what can kill; or one that gives a reason for nothing."""
    note, reason = source.data.get("note"), source.data.get("no_safety_first")
    first = safety_comes_first(parts, note if isinstance(note, str) else "")
    if parts and not first and not reason:
        hint = (
            "Let it begin with /safety/withdrawal/, or with /crisis/ where an overdose is possible."
            f" Or say in its note: {IN_A_NOTE} Or say why not: 'no_safety_first: Nobody stops by it.'"
        )
        message = "nothing says what can kill before the first worksheet"
        yield source.problem(("parts", 0), message, hint)
    if first and reason:
        message = "safety comes first here, so there is nothing to excuse"
        yield source.problem(("no_safety_first",), message, "Take this line out.", at_key=True)
