"""The parts of a packet as each of its outputs names them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from workbook import microcopy
from workbook.packet import is_page
from workbook.render.places import place
from workbook.render.view import day_words

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet
    from workbook.worksheet import Worksheet


class Part(NamedTuple):
    """One part: its address from the site's root, what it is called and is for, how long it takes."""

    id: str
    address: str
    title: str
    words: str
    minutes: int
    sheet: Worksheet | None


def parts(packet: Packet, library: Library) -> list[Part]:
    """All parts in order. A worksheet that is broken is left out: it is told as a problem of its own file."""
    found = [_part(one, library) for one in packet.parts]
    return [one for one in found if one]


def _part(name: str, library: Library) -> Part | None:
    if not is_page(name):
        sheet = library.worksheets.get(name)
        address = f"worksheets/{name}/"
        return Part(name, address, sheet.title, sheet.summary, sheet.minutes, sheet) if sheet else None
    if page := library.pages.get(name):
        return Part(name, name.lstrip("/"), page.title, "", page.minutes, None)
    found = place(name, library)
    return Part(name, name.lstrip("/"), found.title, "", 1, None) if found else None


def minutes_words(minutes: int) -> str:
    return microcopy.say("shared.minutes", minutes=minutes)


def link(found: list[Part]) -> str:
    """What follows /packets/ to open the builder with these parts: '#p=crisis&w=urge-log,my-week'."""
    runs = groupby(found, key=lambda one: "w" if one.sheet else "p")
    return "#" + "&".join(f"{key}={','.join(one.id.strip('/') for one in some)}" for key, some in runs)


def extent(found: list[Part]) -> str:
    """'5 sheets · 2 pages to read · 40 minutes in all'."""
    sheets = sum(1 for one in found if one.sheet)
    pages = len(found) - sheets
    said = [
        microcopy.say("packet.sheets", count=sheets),
        microcopy.say("packet.pages_to_read", count=pages) if pages else "",
        microcopy.say("shared.minutes_in_all", minutes=sum(one.minutes for one in found)),
    ]
    return " · ".join(filter(None, said))


def version_words(packet: Packet) -> str:
    """'version 1, 27 November 2026'."""
    return microcopy.say("sheet.version_in_foot", number=packet.version, date=day_words(packet.date))


def not_ours(found: list[Part]) -> list[str]:
    """What of the sheets is under the rights of others, sheet by sheet."""
    return [
        microcopy.say("packet.not_ours", title=one.title, rights=one.sheet.rights)
        for one in found
        if one.sheet and one.sheet.rights
    ]
