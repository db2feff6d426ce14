"""Names: of the file, and of the sections and fields in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from workbook.fields.base import Id
from workbook.problems import quoted
from workbook.references.raw import raw_fields, raw_sections

if TYPE_CHECKING:
    from workbook.problems import Problem
    from workbook.references.raw import Raw
    from workbook.source import Source

# The shelf of worksheets has the address 'index'; Windows opens devices under the others.
TAKEN = frozenset(
    ["index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
ID = TypeAdapter(Id)
Place = tuple[tuple[str | int, ...], str]


def is_id(text: str) -> bool:
    """Whether a worksheet may have this id."""
    try:
        return ID.validate_python(text) not in TAKEN
    except ValidationError:
        return False


def wrong_name(source: Source, data: Raw) -> Iterator[Problem]:
    """An id that is not the file's name, or that no file may have."""
    id_, name = data.get("id"), source.path.stem
    if not isinstance(id_, str):
        return
    if id_ in TAKEN:
        hint = "Choose another id, and rename the file to it."
        yield source.problem(("id",), f"id '{id_}' is kept for other uses", hint)
    elif id_ != name and is_id(id_):
        rename = f"rename the file to {id_}.yml"
        hint = f"Write 'id: {name}', or {rename}." if is_id(name) else f"{rename.capitalize()}."
        yield source.problem(("id",), f"id '{id_}' is not the file's name", hint)


def repeated(source: Source, data: Raw) -> Iterator[Problem]:
    """Every id of a section or a field that an earlier one has."""
    seen: dict[str, int] = {}
    parts = [*raw_sections(data), *raw_fields(data)]
    for at, raw in sorted(parts, key=lambda part: source.marks[part[0]]):
        id_ = raw.get("id")
        if isinstance(id_, str) and id_ in seen:
            hint = (
                f"Line {seen[id_]} has it too: give one of them another. Sections and fields share one list."
            )
            yield source.problem((*at, "id"), f"id {quoted(id_)} is used twice", hint)
        elif isinstance(id_, str):
            seen[id_] = source.marks[(*at, "id")][0]


def twice(source: Source, places: Iterable[Place]) -> Iterator[Problem]:
    """A problem for each name of a list that stands further up in it."""
    seen: set[str] = set()
    for loc, name in places:
        if name in seen:
            yield source.problem(loc, f"{quoted(name)} is there twice", "Take one of them out.")
        seen.add(name)
