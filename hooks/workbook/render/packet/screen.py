"""Packets as web pages: one for each, and the list of them with the builder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbook import microcopy
from workbook.render import head, screen, style, view
from workbook.render.leaflet import is_whole
from workbook.render.packet.catalogue import catalogue
from workbook.render.packet.parts import extent, link, minutes_words, parts, version_words

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet


def render(
    packet: Packet, library: Library, sizes: Mapping[str, int], papers: Mapping[str, int], index: str = ""
) -> str:
    """The main content of /packets/<id>/. `sizes` has the bytes of each file beside it, by name.

    `papers` has the pages of each sheet's PDF, by id; `index` is added to addresses of folders,
    to read from a disk.
    """
    found = parts(packet, library)

    def file(ending: str, label: str, kind: str) -> view.File:
        name = packet.id + ending
        return view.File(name, label, view.size_words(sizes.get(name)), kind)

    return screen.filled(
        "packet.html",
        packet=packet,
        parts=[(one, _facts(one, papers)) for one in found],
        extent=extent(found),
        reads=any(not one.sheet for one in found),
        shortens=any(one.id in library.pages and not is_whole(library.pages[one.id]) for one in found),
        version=version_words(packet),
        papers=[file(*about, "application/pdf") for about in view.papers().items()],
        data=[
            file(".txt", microcopy.say("files.plain_text"), "text/plain"),
            file(".fhir.json", microcopy.say("files.fhir_bundle"), "application/fhir+json"),
        ],
        link=link(found),
        index=index,
        clinic=library.clinic,
        crisis=view.crisis(library),
        address=library.site.address(f"packets/{packet.id}/").partition("://")[2].rstrip("/"),
    )


def page(packet: Packet, library: Library, sizes: Mapping[str, int], papers: Mapping[str, int]) -> str:
    """The whole document, for a browser that may open it from a disk."""
    return screen.document(shell(packet, library, render(packet, library, sizes, papers, "index.html")))


def shell(packet: Packet, library: Library, content: str) -> dict[str, Any]:
    """What page.html needs for /packets/<id>/ on a server."""
    made = around(library, f"packets/{packet.id}/", packet.title, packet.summary, content)
    minutes = sum(one.minutes for one in parts(packet, library))
    about = head.of_packet(library.site, packet, minutes)
    return made | {"unlisted": unlisted(packet, library), "head": about}


def around(library: Library, address: str, title: str, description: str, content: str) -> dict[str, Any]:
    """What page.html needs for a page about packets; `address` is given from the site's root."""
    base = "../" * address.count("/")
    return {
        "title": title,
        "description": description,
        "content": content,
        "base": base,
        "index": "",
        "site": library.site,
        "canonical": library.site.address(address),
        "font": style.FONT,
        "kind": "packet" if address.count("/") > 1 else "list",
        "needed": style.whole(base) + screen.own_style(library),  # the builder adds what no page has yet
        "clinic": library.clinic,
        "styles": ["packets.css"],
        "unlisted": False,
        "head": head.of_list(library.site, address, title, description),
    }


def unlisted(packet: Packet, library: Library) -> bool:
    """Whether it holds a sheet for clinicians, which no search may find."""
    return any(one.sheet and one.sheet.for_clinicians for one in parts(packet, library))


def _facts(part: Any, papers: Mapping[str, int]) -> str:
    """'5 minutes · 2 pages on paper', or '3 minutes to read'."""
    if not part.sheet:
        return microcopy.say("packet.minutes_to_read", minutes=part.minutes)
    pages = papers.get(part.id)
    said = [minutes_words(part.minutes), microcopy.say("packet.on_paper", pages=pages) if pages else ""]
    return " · ".join(filter(None, said))


def about() -> tuple[str, str]:
    """The title of the list, and what it is for."""
    return microcopy.say("packets.title"), microcopy.say("packets.about")


def shelf(
    library: Library, papers: Mapping[str, int], index: str = "", moved: Mapping[str, str] | None = None
) -> str:
    """The main content of /packets/: every packet in its group, and what the builder needs.

    `moved` has old addresses, and where each is now.
    """
    packets = sorted(library.packets.values(), key=lambda one: one.title)
    groups = {
        name: [(one, extent(parts(one, library))) for one in packets if one.group == group]
        for group, name in microcopy.part("group").items()
    }
    return screen.filled(
        "packets.html",
        about=microcopy.say("packets.about"),
        groups={name: some for name, some in groups.items() if some},
        catalogue=catalogue(library, papers, moved or {}),
        crisis=view.crisis(library),
        home=library.site.address("packets/"),
        index=index,
    )


def in_a_visit(library: Library, home: str) -> str:
    """A table for clinicians: each packet, how to use it in a short visit, and when not to."""
    order = list(microcopy.part("group"))
    told = [one for one in library.packets.values() if one.clinician]
    told.sort(key=lambda one: (order.index(one.group), one.title))
    return screen.filled("packets-in-a-visit.html", packets=told, home=home)


def shelf_page(library: Library, papers: Mapping[str, int]) -> str:
    """The whole document of /packets/, for a browser that may open it from a disk."""
    content = shelf(library, papers, "index.html")
    return screen.document(around(library, "packets/", *about(), content))
