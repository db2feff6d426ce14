"""A packet as plain text: its cover, then each of its parts, to read, print and write on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook import microcopy
from workbook.render import text
from workbook.render.leaflet import text as leaflet_text
from workbook.render.packet.parts import extent, minutes_words, not_ours, parts, version_words
from workbook.render.wrap import WIDTH, columns, wrap

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet
    from workbook.render.leaflet import Leaflets


def render(packet: Packet, library: Library, leaflets: Leaflets) -> str:
    """The whole packet; a line feed ends every line. A page without a leaflet is named on the cover alone."""
    found = list(_written(packet, library, leaflets))
    rule = "\n\n" + "=" * WIDTH + "\n"
    whole = ["\n".join(_cover(packet, library))]
    for number, part in enumerate(found, 1):
        place = microcopy.say("packet.part", number=number, all=len(found))
        whole.append(f"{place}\n\n\n{part}".rstrip("\n"))
    return rule.join(whole) + "\n"


def _written(packet: Packet, library: Library, leaflets: Leaflets) -> Iterator[str]:
    for one in parts(packet, library):
        if one.sheet:
            yield text.render(one.sheet, library)
        elif leaflet := leaflets.get(one.id):
            yield leaflet_text.render(leaflet, library)


def _cover(packet: Packet, library: Library) -> Iterator[str]:
    found = parts(packet, library)
    title = wrap(packet.title)
    yield from title
    yield "=" * max(map(columns, title))
    yield from wrap(f"{extent(found)} · {version_words(packet)}")
    yield from wrap(library.site.address(f"packets/{packet.id}/"))
    whose = [library.clinic.in_words, library.clinic.about.opening or ""] if library.clinic else []
    for_whom = microcopy.say("packet.for_whom") + f" {packet.for_whom}"
    private = microcopy.say("packet.private")
    for words in (*filter(None, whose), packet.summary, for_whom, packet.note, private):
        yield ""
        yield from wrap(words)
    contents = microcopy.say("packet.parts")
    yield from ("", "", contents, "-" * columns(contents))
    for one in found:
        yield ""
        yield from wrap(f"{one.title} ({minutes_words(one.minutes)})", "[ ] ", "    ")
        yield from wrap(one.words, "    ")
        yield from wrap(library.site.address(one.address), "    ")
    others = not_ours(found)
    for words in (*others, text.licence(theirs=bool(others))):
        yield ""
        yield from wrap(words)
