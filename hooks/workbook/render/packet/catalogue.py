"""What the builder of packets chooses from, as data for its script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from workbook.render.packet.parts import parts
from workbook.worksheet import FOR_CLINICIANS, POINTS, ROADS

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet

# Pages that are not for someone who was given a packet.
OTHERS = ("/about/", "/clinicians/", "/packets/", "/worksheets/")


def catalogue(library: Library, papers: Mapping[str, int], moved: Mapping[str, str]) -> Markup:
    """JSON that may stand in a script element. `papers` has the pages of each sheet's PDF, by id.

    `moved` has addresses that are old, and where each is now: an old link leads on as the address does.
    """
    order = list(dict.fromkeys([*POINTS.values(), *ROADS.values(), FOR_CLINICIANS]))
    out = [one for one in library.worksheets.values() if one.status != "draft"]
    out.sort(key=lambda sheet: (order.index(sheet.point_name), sheet.title))
    made = {
        "w": {sheet.id: _sheet(sheet, papers.get(sheet.id, 1)) for sheet in out},
        "p": {
            page.address.strip("/"): {"title": page.title, "minutes": page.minutes}
            for page in sorted(library.pages.values(), key=lambda page: page.title)
            if page.address != "/" and not page.address.startswith(OTHERS)
        },
        "packets": {
            packet.id: {"title": packet.title, "parts": list(_named(packet, library))}
            for packet in library.packets.values()
        },
    }
    text = json.dumps(made | {"moved": dict(_moved(moved, made))}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _named(packet: Packet, library: Library) -> Iterator[str]:
    """'w:urge-log' for a worksheet, 'p:smart/urges' for a page."""
    for one in parts(packet, library):
        yield ("w:" if one.sheet else "p:") + one.id.strip("/")


def _moved(moved: Mapping[str, str], made: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """'p:find' → 'p:find/meetings': what a link may hold, and what is there for it now."""
    for old, new in moved.items():
        before, now = _part(old), _part(new.partition("#")[0])
        if old.endswith("/") and now[2:] in made[now[0]]:
            yield before, now


def _part(address: str) -> str:
    """How a link names what lies at an address of the site."""
    name = address.strip("/")
    return f"w:{name.removeprefix('worksheets/')}" if name.startswith("worksheets/") else f"p:{name}"


def _sheet(sheet: Any, pages: int) -> dict[str, Any]:
    made = {"title": sheet.title, "about": sheet.summary, "minutes": sheet.minutes, "pages": pages}
    made["group"] = sheet.point_name
    if sheet.for_clinicians:
        made["session"] = True
    if sheet.status == "retired":
        made |= {"retired": True} | ({"successor": sheet.replaced_by} if sheet.replaced_by else {})
    return made
