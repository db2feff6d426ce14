"""Typst: the paper template and its words, as a tagged PDF."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from workbook import fonts

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates" / "paper.typ"


@cache
def _compiler() -> typst.Compiler:
    """One for the process: it remembers what it has read. It is not safe to share between threads."""
    families = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
    return typst.Compiler(input=str(TEMPLATE), root=str(ROOT), font_paths=families)


def tagged_pdf(data: dict[str, Any]) -> bytes:
    """PDF/UA-1, the same bytes for the same data. Its fields are still links."""
    day = datetime(*data["day"], tzinfo=UTC)
    made: bytes = _compiler().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(day.timestamp()),
    )
    return made
