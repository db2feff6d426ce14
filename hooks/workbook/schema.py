"""The JSON Schema of a worksheet, so that editors complete and check as one types."""

from __future__ import annotations

import json
from pathlib import Path

from workbook.worksheet import Worksheet

FILE = Path("content/schema/worksheet.json")


def text() -> str:
    """The schema as it stands in content/schema/worksheet.json."""
    made = Worksheet.model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Worksheet"}
    return json.dumps({**head, **made}, indent=2, ensure_ascii=False) + "\n"
