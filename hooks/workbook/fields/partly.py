"""What can be made of a field that is wrong in places: rules between its other settings still speak."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from workbook.fields import FIELDS, any_of
from workbook.fields.base import Fault, Field, UnsureError

T = TypeVar("T")

CELLS = {name: field for name, field in FIELDS.items() if field.cell}
COLUMN: TypeAdapter[Field] = TypeAdapter(any_of(CELLS))


def partly(raw: Any, types: dict[str, type[Field]] = FIELDS) -> Field:
    """A field with those settings that are right on their own. Asked for another, it is unsure."""
    raw = raw if isinstance(raw, dict) else {}
    type_ = raw.get("type")
    model = types.get(type_, Field) if isinstance(type_, str) else Field
    nothing: dict[str, Any] = {}
    made = model.model_construct(**nothing)
    made.__dict__.clear()
    made.__dict__.update(_right(model, raw))
    return made


def _right(model: type[Field], raw: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The settings, by name, of which the value is sure."""
    for name, info in model.model_fields.items():
        key = info.alias or name
        if model is Field and name == "type":
            continue
        if key not in raw:
            if not info.is_required():
                yield name, info.get_default(call_default_factory=True)
        elif model is FIELDS["table"] and name == "columns":
            if isinstance(raw[key], list) and raw[key]:
                yield name, [_column(one) for one in raw[key]]
        elif raw[key] is not None:
            try:
                yield name, _adapters(model)[name].validate_python(raw[key])
            except ValidationError:
                continue


def _column(raw: Any) -> Field:
    try:
        return COLUMN.validate_python(raw)
    except ValidationError:
        return partly(raw, CELLS)


@cache
def _adapters(model: type[Field]) -> dict[str, TypeAdapter[Any]]:
    """What checks each setting of a model by itself."""
    strict = ConfigDict(strict=True)
    return {
        name: TypeAdapter(info.rebuild_annotation(), config=strict)
        for name, info in model.model_fields.items()
    }


def broken_rules(field: Field) -> Iterator[Fault]:
    """The rules that a field which is wrong in places breaks besides, those of its columns included."""
    yield from as_far_as_known(field.faults())
    for index, column in enumerate(field.__dict__.get("columns") or ()):
        if isinstance(column, Field) and not column.whole:
            for fault in broken_rules(column):
                yield fault._replace(at=("columns", index, *fault.at))


def as_far_as_known(said: Iterator[T]) -> Iterator[T]:
    """What is said before the first question that cannot be answered."""
    try:
        yield from said
    except UnsureError:
        return
