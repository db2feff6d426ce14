"""A packet as plain text: its cover, then each of its sheets, to print and write on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbook.render import text
from workbook.render.packet.parts import PRIVACY, extent, minutes_words, parts, version_words
from workbook.render.wrap import WIDTH, columns, wrap

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet


def render(packet: Packet, library: Library) -> str:
    """The whole packet; a line feed ends every line."""
    sheets = [one.sheet for one in parts(packet, library) if one.sheet]
    cover = "\n".join(_cover(packet, library))
    rule = "\n\n" + "=" * WIDTH + "\n"
    found = [cover]
    for number, sheet in enumerate(sheets, 1):
        found.append(f"Sheet {number} of {len(sheets)}\n\n\n{text.render(sheet, library)}".rstrip("\n"))
    return rule.join(found) + "\n"


def _cover(packet: Packet, library: Library) -> Iterator[str]:
    found = parts(packet, library)
    title = wrap(packet.title)
    yield from title
    yield "=" * max(map(columns, title))
    yield from wrap(f"{extent(found)} · {version_words(packet)}")
    yield from wrap(library.site.address(f"packets/{packet.id}/"))
    whose = [library.clinic.in_words, library.clinic.about.opening or ""] if library.clinic else []
    for words in (*filter(None, whose), packet.summary, f"For: {packet.for_whom}", packet.note, PRIVACY):
        yield ""
        yield from wrap(words)
    yield from ("", "", "What is in it", "-------------")
    for one in found:
        yield ""
        yield from wrap(f"{one.title} ({minutes_words(one.minutes)})", "[ ] ", "    ")
        yield from wrap(one.words, "    ")
        yield from wrap(library.site.address(one.address), "    ")
    yield ""
    yield from wrap(text.LICENCE)
