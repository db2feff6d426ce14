"""Where in a file stands what pydantic speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

if TYPE_CHECKING:
    from workbook.source import Loc, Source

Models = list[type[BaseModel]]


def follow(
    model: type[BaseModel], loc: Loc, data: Any, *, missing: bool = False
) -> tuple[Loc, type[BaseModel]]:
    """The place in `data` of pydantic's `loc`, and the model that owns its last name.

    Pydantic names more than the file holds: the type of a field, the index of a value given without its list,
    the branch of a union. With `missing` the last part names what is not there, and stays.
    """
    place: list[str | int] = []
    owner, inside = model, [model]
    for part in loc:
        if isinstance(part, str) and len(inside) > 1:  # the type of a field, added by pydantic
            inside = [one for one in inside if one.model_fields["type"].default == part]
            continue
        if isinstance(part, str) and inside:
            owner = inside[0]
            inside = _inside(owner, part)
        if _holds(data, part):
            data = data[part]
            place.append(part)
    return (*place, loc[-1]) if missing else tuple(place), owner


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(part, int):
        return isinstance(data, list) and part < len(data)
    return isinstance(data, dict) and part in data


@cache
def _inside(model: type[BaseModel], setting: str) -> Models:
    """The models that may stand below one setting of a model."""
    for name, info in model.model_fields.items():
        if setting == (info.alias or name):
            return list(_models(info.annotation))
    return []


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def values(data: Any, at: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """Every single value below `at`, in file order; a list or group without entries has none."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from values(value, (*at, name))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from values(value, (*at, index))
    else:
        yield at, data


def type_around(data: Any, loc: Loc) -> str:
    """The type of the innermost field or column in which `loc` stands."""
    found = ""
    for part in loc:
        if isinstance(data, dict):
            found = data["type"] if isinstance(data.get("type"), str) else found
        if not _holds(data, part):
            break
        data = data[part]
    return found


def written(source: Source, loc: Loc) -> str:
    """The rest of the line from where `loc`, or what holds it, stands."""
    while loc not in source.marks:
        loc = loc[:-1]
    line, column = source.marks[loc]
    return source.lines[line - 1][column - 1 :]
