"""Typst: the paper template and its words, as a tagged PDF or a picture of its first page."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import pikepdf
import typst

from workbook import fonts

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates" / "paper.typ"

# A last page whose boxes end above this part of its height is hardly worth turning to.
LITTLE = 0.35
# It looks forgotten when they end here, and any other when they end above HALF.
FORGOTTEN, HALF = 0.22, 0.4
# More air than usual between the parts of a leaflet, and less.
AIRY, CLOSE = (1.6, 1.4, 1.2), (0.8, 0.6, 0.4)
# The part of a page's height above its foot, which is higher in large print.
ROOM = {False: 0.9, True: 0.8}
# The part of its room that each page has free when the sheet is set closer.
CLOSER = 0.1
# The part of a page that has to be left over then: what stays together leaves gaps at the ends of pages.
GAPS = 0.4
# Typst keeps what it has set until this many other documents are set, in case they are nearly the same.
REMEMBERED = 11
# Bytes of PDF after which it is better to forget: each stands for some 150 bytes that are kept, and what is
# kept is looked through at every step.
MUCH = 200_000
_kept = {"bytes": 0}
_ONE = Lock()  # thread at a time: what a compiler remembers is not made for more


@cache
def _compiler() -> typst.Compiler:
    """One for the process: it remembers what it has read."""
    return typst.Compiler(input=str(TEMPLATE), root=str(ROOT), font_paths=_families())


@cache
def _families() -> typst.Fonts:
    folder = [str(fonts.FOLDER)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folder)


@cache
def _blank() -> typst.Compiler:
    """For documents with nothing in them: to make a new one each time takes longer than to set those."""
    return typst.Compiler(font_paths=_families())


def _forget() -> None:
    """Let go of what Typst keeps of documents that are done: set as many empty ones."""
    for _ in range(REMEMBERED):
        with _ONE:
            _blank().compile(input=b"", format="svg")
    _kept["bytes"] = 0


def tagged_pdf(data: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """PDF/UA-1, the same bytes for the same data, and the settings of the template with which it is made.

    Set closer where that spares a page; or with more on a last page that would hold a line or two. Its fields
    are still links.
    """
    made, way = _typeset(data), {}
    filled = _filled(made)
    if len(filled) > 1 and (filled[-1] < LITTLE or _could_be_spared(filled, ROOM[data["large"]])):
        tight = {"tight": True}
        closer = _typeset(data | tight)
        if len(shorter := _filled(closer)) < len(filled):
            made, filled, way = closer, shorter, tight
    if len(filled) > 1 and filled[-1] < FORGOTTEN:
        return _fuller(data, made, way, filled)
    return made, way


def _could_be_spared(filled: list[float], room: float) -> bool:
    """Whether all that the pages hold might go on one page less. To try it takes as long as to set it."""
    return sum(filled) / room <= len(filled) * (1 + CLOSER) - 1 - GAPS


def _fuller(
    data: dict[str, Any], made: bytes, way: dict[str, Any], filled: list[float]
) -> tuple[bytes, dict[str, Any]]:
    """`made` in as many pages, with more on the last: by more air, or a section that begins a page."""
    fullest, chosen, reach = made, way, filled[-1]
    turns = reversed(range(1, len(data["sections"])))
    ways: list[dict[str, Any]] = [
        {"tight": False, "roomy": True},
        *(way | {"turn": number} for number in turns),
    ]
    for other_way in ways:
        other = _typeset(data | other_way)
        reached = _filled(other)
        if len(reached) == len(filled) and reached[-1] > reach and reached[-2] >= HALF:
            fullest, chosen, reach = other, other_way, reached[-1]
        if reach >= FORGOTTEN:
            break
    return fullest, chosen


def tagged_packet(cover: dict[str, Any], parts: list[dict[str, Any]]) -> bytes:
    """PDF/UA-1 of a cover and the parts after it, each drawn by its `template` of templates/paper."""
    words = {"data": json.dumps(cover, ensure_ascii=False)}
    for n, one in enumerate(parts):
        words[f"part-{n}"] = json.dumps(one, ensure_ascii=False)
    files: Any = _files(len(parts))  # its stubs know of one file only
    compiler = typst.Compiler(input=files, root=str(ROOT), font_paths=_families())
    with _ONE:
        made = compiler.compile(
            format="pdf", pdf_standards="ua-1", sys_inputs=words, timestamp=_timestamp(cover)
        )
    assert isinstance(made, bytes)
    _forget()  # files in memory are others to Typst each time, so that nothing of these can be of use again
    return made


def aired(leaflet: dict[str, Any]) -> float:
    """How much air a leaflet has room for, as a part of the usual: as much as one side has; on several sides
    less than usual, where that spares one that would hold a few lines.
    """
    sides, reach = _ends(leaflet)
    if sides == 1:
        return next((more for more in AIRY if _ends(leaflet | {"air": more})[0] == 1), 1.0)
    if reach < LITTLE:
        return next((less for less in CLOSE if _ends(leaflet | {"air": less})[0] < sides), 1.0)
    return 1.0


def _ends(leaflet: dict[str, Any]) -> tuple[int, float]:
    """The page on which it ends, and how far down, as a part of the height."""
    files: Any = _templates() | {"main.typ": b'#include "templates/paper/leaflet.typ"'}
    words = {"data": json.dumps(leaflet, ensure_ascii=False)}
    compiler = typst.Compiler(input=files, root=str(ROOT), font_paths=_families(), sys_inputs=words)
    with _ONE:
        told = json.loads(compiler.query("<ends>", field="value", one=True))
    _forget()
    return told["page"], told["y"]


@cache
def _templates() -> dict[str, bytes]:
    """Every file that a document is made of, by its path below ROOT."""
    found = [*(ROOT / "templates").rglob("*.typ"), *(ROOT / "templates").rglob("*.svg")]
    found += (ROOT / "fields").glob("*/field.typ")
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found}


def _files(parts: int) -> dict[str, bytes]:
    """The templates once for the cover and once for each part, which differ in the words they read."""
    files = dict(_templates()) | {"main.typ": b'#include "templates/packet.typ"'}
    for n in range(parts):
        files |= {f"parts/{n}/{path}": text for path, text in _templates().items()}
        words = f'#let data = json(bytes(sys.inputs.at("part-{n}")))'
        files[f"parts/{n}/templates/paper/data.typ"] = words.encode()
    return files


def first_page(data: dict[str, Any], ppi: float) -> bytes:
    """The first page as a PNG."""
    with _ONE:
        made = _compiler().compile(format="png", ppi=ppi, **_inputs(data))
    page = made[0] if isinstance(made, list) else made  # a list, when there are several pages
    assert isinstance(page, bytes)
    return page


def _typeset(data: dict[str, Any]) -> bytes:
    with _ONE:
        made = _compiler().compile(format="pdf", pdf_standards="ua-1", **_inputs(data))
    assert isinstance(made, bytes)  # one PDF, since no output file was named
    _kept["bytes"] += len(made)
    if _kept["bytes"] > MUCH:
        _forget()
    return made


def _inputs(data: dict[str, Any]) -> dict[str, Any]:
    return {"sys_inputs": {"data": json.dumps(data, ensure_ascii=False)}, "timestamp": _timestamp(data)}


def _timestamp(data: dict[str, Any]) -> int:
    year, month, day = data["day"]
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


def _filled(data: bytes) -> list[float]:
    """How far down each page its boxes reach, as a part of its height."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [_reach(page) for page in pdf.pages]


def _reach(page: pikepdf.Page) -> float:
    lowest = min((float(box.Rect[1]) for box in page.obj.get("/Annots", ())), default=None)
    return 0 if lowest is None else 1 - lowest / float(page.mediabox[3])
