"""The parts of a worksheet as they were read, whatever is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from workbook.fields.base import Field
    from workbook.source import Loc

Raw = dict[str, Any]


class Known(NamedTuple):
    """What a reference may lead to.

    `earlier` holds the fields before it. None stands for two with the same id, which are asked no further.
    The others are `sound` when all paths below them are known.
    """

    names: frozenset[str]
    sections: frozenset[str]
    earlier: dict[str, Field | None]
    sound: dict[str, Field]


def entries(value: Any) -> list[Any]:
    """The entries of a list; none of anything else."""
    return value if isinstance(value, list) else []


def texts(value: Any) -> Iterator[tuple[int, str]]:
    """The texts with words among the entries of a list, with their number."""
    return ((index, one) for index, one in enumerate(entries(value)) if isinstance(one, str) and one.strip())


def raw_sections(data: Raw) -> Iterator[tuple[Loc, Raw]]:
    """The settings of every section, and where they stand."""
    for index, section in enumerate(entries(data.get("sections"))):
        if isinstance(section, dict):
            yield ("sections", index), section


def raw_fields(data: Raw) -> Iterator[tuple[Loc, Raw]]:
    """The settings of every field, and where they stand."""
    for at, section in raw_sections(data):
        for index, field in enumerate(entries(section.get("fields"))):
            if isinstance(field, dict):
                yield (*at, "fields", index), field
