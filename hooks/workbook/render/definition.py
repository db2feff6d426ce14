"""What the script on a page needs of its worksheet: the names of the YAML, less what is only read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from workbook.fields.base import Field
    from workbook.worksheet import Worksheet

ONLY_READ = {"hint", "example", "width", "lines", "see"}


def definition(sheet: Worksheet) -> Markup:
    """JSON that may stand in a script element: no '<' in it can end that element."""
    about = {"id": sheet.id, "version": sheet.version, "title": sheet.title}
    text = json.dumps(
        {**about, "fields": [_field(field) for field in sheet.fields]},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _field(field: Field) -> dict[str, Any]:
    kept = field.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True, exclude=ONLY_READ)
    for part in ("row_name", "places", "rows"):
        if hasattr(field, part) and part not in kept:
            kept[part] = getattr(field, part)
    if "columns" in kept and field.type == "table":
        kept["columns"] = [_field(column) for column in field.columns]  # type: ignore[attr-defined]
    return {"id": field.id, "type": field.type, "label": field.label, **kept}
