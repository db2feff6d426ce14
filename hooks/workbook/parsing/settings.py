"""What to say about a setting that is unknown or missing, and about a field's type."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from workbook.fields import FIELDS
from workbook.fields.base import Field
from workbook.parsing.places import written
from workbook.parsing.shapes import Said
from workbook.parsing.wording import one_of
from workbook.problems import quoted

if TYPE_CHECKING:
    from pydantic import BaseModel

    from workbook.source import Loc, Source
FEW = 4


@cache
def names(model: type[BaseModel]) -> list[str]:
    """The settings of a model, as its author writes them."""
    return [info.alias or name for name, info in model.model_fields.items()]


def said_of_unknown(name: str, owner: type[BaseModel], loc: Loc) -> Said:
    """A setting that its owner does not have: one of another type of field, or a slip."""
    own = [one for one in names(owner) if one != "width" or "columns" in loc]
    types = [type_ for type_, field in FIELDS.items() if name in names(field)]
    if not issubclass(owner, Field) or not types:
        return f"unknown setting {quoted(name)}", one_of(name, own)
    mine = next(type_ for type_, field in FIELDS.items() if field is owner)
    goes = f"It goes with {listed(types)}: c" if len(types) <= FEW else "C"
    return f"{quoted(name)} does not go with type {mine}", f"{goes}hoose another type, or take it out."


def listed(names: list[str]) -> str:
    """'one', 'one and two', 'one, two and three'."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def said_of_missing(wanted: list[str], holder: Loc, source: Source) -> Said:
    """Settings that must be there."""
    if len(wanted) == 1:
        return f"'{wanted[0]}' is missing", f"Add '{wanted[0]}: …' {_where(holder, source)}."
    message = f"{listed([quoted(name) for name in wanted])} are missing"
    return message, f"Add each of them {_where(holder, source)}, such as '{wanted[0]}: …'."


def said_of_field(loc: Loc, source: Source) -> Said:
    """A field without a type."""
    fit = [name for name, field in FIELDS.items() if field.cell or "columns" not in loc]
    return "'type' is missing", f"Add 'type: …' {_where(loc, source)}, with one of these: {', '.join(fit)}."


def said_of_type(wrong: Any, loc: Loc, context: dict[str, Any]) -> Said:
    """A type that is none, or that does not fit into a table."""
    known = [name.strip(" '") for name in context["expected_tags"].split(",")]
    if not isinstance(wrong, str):
        return "'type' must be one word", one_of("", known)
    if wrong in FIELDS:
        return f"a column cannot have type '{wrong}'", f"It can have one of these: {', '.join(known)}."
    what = "column" if "columns" in loc else "field"
    return f"unknown {what} type {quoted(wrong)}", one_of(wrong, known)


def _where(holder: Loc, source: Source) -> str:
    return "between the braces" if written(source, holder).startswith("{") else "here"
