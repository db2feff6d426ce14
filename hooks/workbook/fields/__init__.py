"""Every field type: one folder each, found by looking. A new folder is a new type."""

from __future__ import annotations

from functools import reduce
from importlib import import_module
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field as Setting

from workbook import source

if TYPE_CHECKING:
    from workbook.fields.base import Field

FOLDER = Path(__file__).parent


def discover() -> dict[str, type[Field]]:
    """Field classes by type name, in alphabetical order."""
    found = {}
    for name in sorted(path.parent.name for path in FOLDER.glob("*/field.py")):
        # A type that holds others asks for them while it is being imported itself: it has no FIELD yet.
        if field := getattr(import_module(f"workbook.fields.{name}.field"), "FIELD", None):
            found[name] = field
    return found


def any_of(types: dict[str, type[Field]]) -> Any:
    """The pydantic type 'one of these fields, told apart by its type setting'."""
    return Annotated[reduce(or_, types.values()), Setting(discriminator="type")]


def cells() -> Any:
    """The pydantic type of a table's column: any field that fits in a cell."""
    return any_of({name: field for name, field in discover().items() if field.cell})


FIELDS = discover()


def examples_by_field() -> dict[str, dict[str, Field]]:
    """The named examples of each type: what the tests render and the gallery shows."""
    found = {}
    for name, model in FIELDS.items():
        data = source.read(FOLDER / name / "examples.yml", FOLDER).data
        found[name] = {
            title: model(**{"id": "example", "type": name, **settings}) for title, settings in data.items()
        }
    return found
