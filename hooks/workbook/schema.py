"""The JSON Schema of worksheets, packets and a clinic, so that editors complete and check as one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.clinic.settings import Settings
from workbook.packet import Packet
from workbook.worksheet import Worksheet

if TYPE_CHECKING:
    from pydantic import BaseModel

MODELS: dict[str, type[BaseModel]] = {"worksheet": Worksheet, "packet": Packet, "clinic": Settings}
FILES = {name: Path(f"content/schema/{name}.json") for name in MODELS}
FILE = FILES["worksheet"]
DRAFT = "http://json-schema.org/draft-07/schema#"
# What pydantic writes for the bounds of a number that may be whole or not, and the schema's own words.
BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum"}
NULL, INTEGER, NUMBER = ({"type": kind} for kind in ("null", "integer", "number"))


def text(name: str = "worksheet") -> str:
    """The schema as it stands in content/schema/<name>.json."""
    model = MODELS[name]
    made = _plain(model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}"))
    if "$defs" in made:
        made["definitions"] = made.pop("$defs")
    head = {"$schema": DRAFT, "title": model.__name__}
    return json.dumps(head | made, indent=2, ensure_ascii=False) + "\n"


def _plain(schema: Any) -> Any:
    """`schema` as an author meets it: no null, no invented titles, and a type for every field."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "properties" in schema:
        schema = _with_type(schema)
    made = {
        BOUNDS.get(name, name): _each(value) if name == "properties" else _plain(value)
        for name, value in schema.items()
        if name not in ("title", "discriminator") and not (name == "default" and value is None)
    }
    return _simple(made)


def _each(properties: dict[str, Any]) -> dict[str, Any]:
    """Settings by name: a setting may be called what a word of the schema is called, such as 'title'."""
    return {name: _plain(one) for name, one in properties.items()}


def _with_type(schema: dict[str, Any]) -> dict[str, Any]:
    """Pydantic gives a field's type a default; the file must say it, for it tells the fields apart."""
    properties, required = schema["properties"], schema.get("required", [])
    if "const" not in properties.get("type", {}):
        return schema
    kind = {name: value for name, value in properties["type"].items() if name != "default"}
    return {**schema, "properties": {**properties, "type": kind}, "required": ["type", *required]}


def _simple(schema: dict[str, Any]) -> dict[str, Any]:
    """Without null, since a setting without a value is a problem; and 'integer or number' as number."""
    kinds = [one for one in schema.get("anyOf", []) if one != NULL]
    if NUMBER in kinds:
        kinds.remove(INTEGER)
    if len(kinds) == len(schema.get("anyOf", [])):
        return schema
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    return {**kinds[0], **rest} if len(kinds) == 1 else {"anyOf": kinds, **rest}
