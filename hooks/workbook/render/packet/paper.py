"""A packet as one fillable, tagged PDF: a cover, then each of its sheets on pages of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook import fonts
from workbook.fingerprint import fingerprint
from workbook.render import paper
from workbook.render.packet.parts import PRIVACY, extent, minutes_words, parts, short, version_words
from workbook.render.pdf.form import fillable
from workbook.render.pdf.typeset import tagged_packet
from workbook.render.pdf.words import FREE, every_text, qr, urgent, whose, words

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet

SIZES = paper.SIZES
HEADS = ["Done", "What", "Time", "Page"]
CONTENTS = "What is in it"


def data(packet: Packet, library: Library, size: str) -> dict[str, Any]:
    """All that goes into one PDF, as plain data: what `draw` needs, and its name in a cache."""
    sheets = [one.sheet for one in parts(packet, library) if one.sheet]
    leaves = [replace(leaf, path=(sheet.id, *leaf.path)) for sheet in sheets for leaf in sheet.leaves]
    return {
        "cover": _cover(packet, library, size),
        "sheets": [words(sheet, library, *SIZES[size]) | {"prefix": f"{sheet.id}."} for sheet in sheets],
        "leaves": list(map(paper.plain, leaves)),
    }


def draw(made: dict[str, Any]) -> bytes:
    """The PDF: the same bytes for the same data. ValueError when the font lacks a character."""
    if unprintable := fonts.missing("".join(every_text([made["cover"], *made["sheets"]]))):
        names = ", ".join(f"{one!r} (U+{ord(one):04X})" for one in sorted(unprintable))
        raise ValueError(f"{made['cover']['title']}: the paper font cannot print {names}")
    leaves = list(map(paper.leaf, made["leaves"]))
    return fillable(tagged_packet(made["cover"], made["sheets"]), leaves, large=made["cover"]["large"])


def _cover(packet: Packet, library: Library, size: str) -> dict[str, Any]:
    """The words of the cover, as the template reads them."""
    name, large = SIZES[size]
    day = date.fromisoformat(packet.date)
    address = library.site.address(f"packets/{packet.id}/")
    found = parts(packet, library)
    return {
        "paper": {"letter": "us-letter", "a4": "a4"}[name],
        "large": large,
        "landscape": False,
        "site": library.site.name,
        "day": [day.year, day.month, day.day],
        "crisis": urgent(library),
        "imprint": [f"{packet.title} · {version_words(packet)}", short(address), FREE],
        "address": short(address),
        "qr": qr(address),
        "clinic": whose(library),
        "title": packet.title,
        "under-title": extent(found),
        "summary": packet.summary,
        "for-head": "For:",
        "for-whom": packet.for_whom,
        "note": packet.note.strip(),
        "contents-title": CONTENTS,
        "heads": HEADS,
        "parts": [_row(one, library) for one in found],
        "closing": PRIVACY,
        "sheets": sum(1 for one in found if one.sheet),
    }


def _row(part: Any, library: Library) -> dict[str, Any]:
    """A line of the contents: a sheet is in the packet, a page is found by its address."""
    address = library.site.address(part.address)
    return {
        "title": part.title,
        "words": part.words if part.sheet else f"Read it at {short(address)}",
        "time": minutes_words(part.minutes),
        "qr": None if part.sheet else qr(address),
    }


@cache
def tools() -> str:
    """One word that changes whenever the same data may give other bytes."""
    return fingerprint([Path(__file__)], paper.tools())
