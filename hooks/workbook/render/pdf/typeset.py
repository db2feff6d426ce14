"""Typst: the paper template and its words, as a tagged PDF or a picture of its first page."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst

from workbook import fonts

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates" / "paper.typ"

# A last page whose boxes end above this is hardly worth turning to, so other ways to set the sheet are tried:
# closer, and then with a table's question perhaps on the page before its first row.
LITTLE = 0.35
SPARING: tuple[dict[str, bool], ...] = ({"tight": True}, {"tight": True, "parted": True})


@cache
def _compiler() -> typst.Compiler:
    """One for the process: it remembers what it has read. It is not safe to share between threads."""
    return typst.Compiler(input=str(TEMPLATE), root=str(ROOT), font_paths=_families())


@cache
def _families() -> typst.Fonts:
    folder = [str(fonts.FOLDER)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folder)


def tagged_pdf(data: dict[str, Any]) -> bytes:
    """PDF/UA-1, the same bytes for the same data. Its fields are still links."""
    made = _typeset(data)
    pages, filled = _extent(made)
    if pages > 1 and filled < LITTLE:
        for way in SPARING:
            shorter = _typeset(data | way)
            if _extent(shorter)[0] < pages:
                return shorter
    return made


def tagged_packet(cover: dict[str, Any], sheets: list[dict[str, Any]]) -> bytes:
    """PDF/UA-1 of a cover and the sheets after it. They are set closely: many sheets are much paper."""
    words = {"data": json.dumps(cover, ensure_ascii=False)}
    for n, one in enumerate(sheets):
        words[f"sheet-{n}"] = json.dumps(one | {"tight": True}, ensure_ascii=False)
    files: Any = _files(len(sheets))  # its stubs know of one file only
    compiler = typst.Compiler(input=files, root=str(ROOT), font_paths=_families())
    made = compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs=words, timestamp=_timestamp(cover))
    assert isinstance(made, bytes)
    return made


@cache
def _templates() -> dict[str, bytes]:
    """Every file that a document is made of, by its path below ROOT."""
    found = [*(ROOT / "templates").rglob("*.typ"), *(ROOT / "templates").rglob("*.svg")]
    found += (ROOT / "fields").glob("*/field.typ")
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found}


def _files(sheets: int) -> dict[str, bytes]:
    """The templates once for the cover and once for each sheet, which differ in the words they read."""
    files = dict(_templates()) | {"main.typ": b'#include "templates/packet.typ"'}
    for n in range(sheets):
        files |= {f"sheets/{n}/{path}": text for path, text in _templates().items()}
        words = f'#let data = json(bytes(sys.inputs.at("sheet-{n}")))'
        files[f"sheets/{n}/templates/paper/data.typ"] = words.encode()
    return files


def first_page(data: dict[str, Any], ppi: float) -> bytes:
    """The first page as a PNG."""
    made = _compiler().compile(format="png", ppi=ppi, **_inputs(data))
    page = made[0] if isinstance(made, list) else made  # a list, when there are several pages
    assert isinstance(page, bytes)
    return page


def _typeset(data: dict[str, Any]) -> bytes:
    made = _compiler().compile(format="pdf", pdf_standards="ua-1", **_inputs(data))
    assert isinstance(made, bytes)  # one PDF, since no output file was named
    return made


def _inputs(data: dict[str, Any]) -> dict[str, Any]:
    return {"sys_inputs": {"data": json.dumps(data, ensure_ascii=False)}, "timestamp": _timestamp(data)}


def _timestamp(data: dict[str, Any]) -> int:
    year, month, day = data["day"]
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


def _extent(data: bytes) -> tuple[int, float]:
    """How many pages there are, and how far down the last one its boxes reach, as a part of its height."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        last = pdf.pages[-1]
        lowest = min((float(box.Rect[1]) for box in last.obj.get("/Annots", ())), default=None)
        height = float(last.mediabox[3])
        return len(pdf.pages), 0 if lowest is None else 1 - lowest / height
