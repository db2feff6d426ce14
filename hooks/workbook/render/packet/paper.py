"""A packet as one fillable, tagged PDF: a cover, then each of its parts on pages of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook import fonts, microcopy
from workbook.fingerprint import fingerprint
from workbook.render import paper
from workbook.render.leaflet import paper as leaflet_paper
from workbook.render.packet.parts import extent, minutes_words, not_ours, parts, version_words
from workbook.render.pdf.words import around, every_text, licence, numbers, short, words

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet
    from workbook.render.leaflet import Leaflets
    from workbook.render.packet.parts import Part

SIZES = paper.SIZES


Layouts = Mapping[tuple[str, str], dict[str, Any]]  # how a sheet is set alone, by (id, size)


def data(
    packet: Packet, library: Library, size: str, leaflets: Leaflets, layouts: Layouts | None = None
) -> dict[str, Any]:
    """All that goes into one PDF, as plain data: what `draw` needs, and its name in a cache.

    A page that has no leaflet is named on the cover, and not printed.
    """
    found = parts(packet, library)
    sheets = [one.sheet for one in found if one.sheet]
    leaves = [replace(leaf, path=(sheet.id, *leaf.path)) for sheet in sheets for leaf in sheet.leaves]
    return {
        "cover": _cover(packet, library, size, found, leaflets),
        "parts": list(_printed(found, library, size, leaflets, layouts or {})),
        "leaves": list(map(paper.plain, leaves)),
    }


def draw(made: dict[str, Any]) -> bytes:
    """The PDF: the same bytes for the same data. ValueError when the font lacks a character."""
    from workbook.render.pdf.form import fillable
    from workbook.render.pdf.typeset import tagged_packet

    if unprintable := fonts.missing("".join(every_text([made["cover"], *made["parts"]]))):
        names = ", ".join(f"{one!r} (U+{ord(one):04X})" for one in sorted(unprintable))
        raise ValueError(f"{made['cover']['title']}: the paper font cannot print {names}")
    leaves = list(map(paper.leaf, made["leaves"]))
    return fillable(tagged_packet(made["cover"], made["parts"]), leaves, large=made["cover"]["large"])


def _printed(
    found: list[Part], library: Library, size: str, leaflets: Leaflets, layouts: Layouts
) -> Iterator[dict[str, Any]]:
    """The words of each part that is printed, as its template reads them."""
    for one in found:
        if one.sheet:
            about = {"template": "sheet", "prefix": f"{one.id}."}
            yield words(one.sheet, library, *SIZES[size]) | about | layouts.get((one.id, size), {})
        elif leaflet := leaflets.get(one.id):
            yield leaflet_paper.words(leaflet, library, size)


def _cover(
    packet: Packet, library: Library, size: str, found: list[Part], leaflets: Leaflets
) -> dict[str, Any]:
    """The words of the cover, as the template reads them."""
    version = f"{packet.title} · {version_words(packet)}"
    others = not_ours(found)
    free = licence(theirs=bool(others))
    return around(library, f"packets/{packet.id}/", version, free, *SIZES[size]) | {
        "day": numbers(packet.date),
        "title": packet.title,
        "under-title": extent(found),
        "summary": packet.summary,
        "for-head": microcopy.say("packet.for_whom"),
        "for-whom": packet.for_whom,
        "note": packet.note.strip(),
        "contents-title": microcopy.say("packet.parts"),
        "heads": list(microcopy.part("contents").values()),
        "parts": [_row(one, library, leaflets) for one in found],
        "closing": microcopy.say("packet.private"),
        "rights": others,
    }


def _row(part: Part, library: Library, leaflets: Leaflets) -> dict[str, Any]:
    """A line of the contents. `template` says what draws the part, and is none where it is not printed."""
    about = {"title": part.title, "words": part.words, "time": minutes_words(part.minutes)}
    if part.sheet:
        return about | {"template": "sheet"}
    address = short(library.site.address(part.address))
    if leaflet := leaflets.get(part.id):
        whole = leaflet.whole
        how = microcopy.say("leaflet.whole_here") if whole else microcopy.say("leaflet.short_here")
        return about | {"words": f"{how} {address}", "template": "leaflet"}
    return about | {"words": microcopy.say("leaflet.read_it_at", address=address), "template": None}


@cache
def tools() -> str:
    """One word that changes whenever the same data may give other bytes."""
    return fingerprint([Path(__file__)], paper.tools())
