"""Typst: the paper template and its words, as a tagged PDF or a picture of its first page."""

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
    folder = [str(fonts.FOLDER)]
    families = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folder)
    return typst.Compiler(input=str(TEMPLATE), root=str(ROOT), font_paths=families)


def tagged_pdf(data: dict[str, Any]) -> bytes:
    """PDF/UA-1, the same bytes for the same data. Its fields are still links."""
    made = _compiler().compile(format="pdf", pdf_standards="ua-1", **_inputs(data))
    assert isinstance(made, bytes)  # one PDF, since no output file was named
    return made


def first_page(data: dict[str, Any], ppi: float) -> bytes:
    """The first page as a PNG."""
    made = _compiler().compile(format="png", ppi=ppi, **_inputs(data))
    page = made[0] if isinstance(made, list) else made  # a list, when there are several pages
    assert isinstance(page, bytes)
    return page


def _inputs(data: dict[str, Any]) -> dict[str, Any]:
    year, month, day = data["day"]
    return {
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
        "timestamp": int(datetime(year, month, day, tzinfo=UTC).timestamp()),
    }
