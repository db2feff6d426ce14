"""The fields of a worksheet as the paper template reads them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel

from workbook.fields.base import Field
from workbook.render.view import with_points

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.worksheet import Section, Worksheet


def section(one: Section, sheet: Worksheet) -> dict[str, Any]:
    """A section with its fields, and the condition of each in words."""
    fields = [_field(field, sheet.condition(field.when)) for field in cast("list[Field]", one.fields)]
    for field, made in zip(cast("list[Field]", one.fields), fields, strict=True):
        if field.type == "result" and (by_points := with_points(field, sheet)):
            made["by_points"] = by_points
    return {**one.model_dump(exclude={"fields"}), "fields": fields}


def _field(field: Field, condition: str = "") -> dict[str, Any]:
    """The settings of a field, and whatever else its class can say about itself."""
    kinds = [kind for kind in type(field).__mro__ if issubclass(kind, Field)]
    more = {name for kind in kinds for name, value in vars(kind).items() if isinstance(value, property)}
    data = field.model_dump(mode="json", by_alias=True, exclude={"example", "when"})
    data |= {name: _plain(getattr(field, name)) for name in sorted(more)} | {"condition": condition}
    if columns := [one for one in getattr(field, "columns", ()) if isinstance(one, Field)]:
        data["columns"] = [_field(one) for one in columns]
    return data


def _plain(value: Any) -> Any:
    """What a property gives, as data."""
    if isinstance(value, (range, tuple, list)):
        return [_plain(one) for one in value]
    return value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else value


def titles(sheet: Worksheet, library: Library) -> dict[str, str]:
    """What the sheets that this one names are called; no others, or each new sheet would redraw all paper."""
    named = {place for field in sheet.fields for place in getattr(field, "see", ())}
    return {id_: library.worksheets[id_].title for id_ in sorted(named & library.worksheets.keys())}


def labels(sheet: Worksheet) -> dict[str, str]:
    """What each path that a result may name is called on the sheet."""
    found = {}
    columns = Counter(part.label for field in sheet.fields for part in getattr(field, "columns", ()))
    for field in sheet.fields:
        found[field.id] = _called(field.label)
        for part in (*getattr(field, "columns", ()), *getattr(field, "scales", ())):
            place = f" in “{field.label}”" if columns[part.label] != 1 else ""
            found[f"{field.id}.{part.id}"] = f"“{part.label}”{place}"
            found |= {f"{field.id}.{part.id}={one.id}": one.label for one in getattr(part, "options", ())}
        found |= {f"{field.id}={one.id}": one.label for one in getattr(field, "options", None) or ()}
    return found


def _called(label: str) -> str:
    """How other lines speak of a field: by its number if its label begins with one."""
    number = re.match(r"(\d+)\. ", label)
    return number[1] if number else f"“{label}”"
