"""The parts of a packet: each there once, and on the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbook.problems import first, quoted
from workbook.references.abroad import Shelf, missing
from workbook.references.names import twice
from workbook.references.raw import texts
from workbook.worksheet import PAGE

if TYPE_CHECKING:
    from workbook.problems import Problem
    from workbook.source import Source

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
    if parts and not sheets:
        hint = "Add the id of one: urge-log."
        yield source.problem(("parts",), "there is no worksheet in it", hint, at_key=True)
