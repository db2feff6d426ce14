"""Everything that the template of a leaflet prints, as plain data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workbook.render.leaflet import day_words
from workbook.render.paper import SIZES
from workbook.render.pdf import typeset
from workbook.render.pdf.words import FREE, around

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.render.leaflet import Leaflet


def words(leaflet: Leaflet, library: Library, size: str) -> dict[str, Any]:
    """The leaflet as the template reads it; `size` is one of SIZES."""
    version = f"{leaflet.title} · as of {day_words(leaflet.day)}" if leaflet.day else leaflet.title
    return around(library, leaflet.address, version, FREE, *SIZES[size]) | {
        "template": "leaflet",
        "tight": True,
        "title": leaflet.title,
        "under-title": f"A page to read · {'whole' if leaflet.whole else 'in short'}",
        "lead": leaflet.lead,
        "sections": leaflet.sections,
        "closing": closing(leaflet),
        "air": leaflet.air.get(size, 1.0),
    }


def air(made: dict[str, Any]) -> bytes:
    """How much air these `words` have room for, as JSON."""
    return json.dumps(typeset.aired(made)).encode()


def closing(leaflet: Leaflet) -> str:
    """Where all of it is, what a line under words means, and who has read it."""
    what = (
        "The same words, with their sources, are"
        if leaflet.whole
        else "All of this page, with its sources, is"
    )
    return f"{what} at the address below. Underlined words are other pages there. {leaflet.told}".strip()
