"""Everything that the template of a leaflet prints, as plain data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workbook import microcopy
from workbook.render.leaflet import day_words
from workbook.render.paper import SIZES
from workbook.render.pdf.words import around, licence

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.render.leaflet import Leaflet


def words(leaflet: Leaflet, library: Library, size: str) -> dict[str, Any]:
    """The leaflet as the template reads it; `size` is one of SIZES."""
    as_of = microcopy.say("leaflet.as_of", day=day_words(leaflet.day)) if leaflet.day else ""
    version = " · ".join(filter(None, [leaflet.title, as_of]))
    return around(library, leaflet.address, version, licence(), *SIZES[size]) | {
        "template": "leaflet",
        "tight": True,
        "title": leaflet.title,
        "under-title": microcopy.say("leaflet.whole") if leaflet.whole else microcopy.say("leaflet.in_short"),
        "lead": leaflet.lead,
        "sections": leaflet.sections,
        "closing": closing(leaflet),
        "air": leaflet.air.get(size, 1.0),
    }


def air(made: dict[str, Any]) -> bytes:
    """How much air these `words` have room for, as JSON."""
    from workbook.render.pdf import typeset

    return json.dumps(typeset.aired(made)).encode()


def closing(leaflet: Leaflet) -> str:
    """Where all of it is, what a line under words means, and who has read it."""
    whole = leaflet.whole
    where = microcopy.say("leaflet.same_words") if whole else microcopy.say("leaflet.all_of_it")
    return f"{where} {leaflet.told}".strip()
