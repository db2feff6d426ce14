"""Every file that the packets become; what is slow to make is taken from an earlier build."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook import cache, kept
from workbook.fingerprint import core, fingerprint
from workbook.library import PACKETS
from workbook.outputs import Output, Told, listed, sizes, told_of
from workbook.render import leaflet
from workbook.render import paper as sheet_paper
from workbook.render.leaflet import Leaflet, Leaflets
from workbook.render.leaflet import paper as leaflet_paper
from workbook.render.packet import bundle, paper, screen, text
from workbook.render.packet.paper import Layouts
from workbook.render.packet.parts import Part, parts

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet
    from workbook.problems import Problem

SIZES = tuple(paper.SIZES)
TEXTS: dict[str, Callable[[Packet, Library, Leaflets], bytes]] = {
    "fhir.json": lambda packet, library, leaflets: kept.as_json(bundle.render(packet, library)),
    "txt": lambda packet, library, leaflets: text.render(packet, library, leaflets).encode(),
}
# What the names of the files beside a packet's page end in, and what `drawn` calls each.
ENDINGS = {**{f"-{size}.pdf": size for size in SIZES}, **{f".{ending}": ending for ending in TEXTS}}
Papers = Mapping[tuple[str, str], Path]
Drawn = Callable[[tuple[str, str]], Path]
Pages = Mapping[str, int]
MANY = 40  # sets of data that are held at once: those of ten packets


def leaflets(library: Library, folder: Path) -> tuple[dict[str, Leaflet], list[Problem]]:
    """The leaflet of each page that a packet lists, and what in them cannot be printed.

    One with a problem is left out. `folder` keeps them under the words of their pages.
    """
    made_with = [f"{name} {version(name)}" for name in ("markdown", "citeproc-py", "segno")]
    about = [core(), paper.tools(), *made_with, library.shared, repr(library.claims.claims)]
    recall = cache.Recall(folder, fingerprint((), *about))
    listed = dict.fromkeys(one.id for packet in library.packets.values() for one in parts(packet, library))
    problems: list[Problem] = []

    def make(address: str, *asked: str) -> dict[str, Any] | None:
        made, found = leaflet.of(library.pages[address], library)
        problems.extend(found)
        return None if found else asdict(made)

    made: dict[str, Leaflet] = {}
    for address in [one for one in listed if one in library.pages]:
        page = library.pages[address]
        figures = [list(one) for one in page.figures.items()]
        if told := recall(make, address, page.path, page.text, figures, keep=bool):
            made[address] = Leaflet(**told)
    recall.tidy()
    return aired(made, library, folder, fingerprint((), *about)), sorted(set(problems))


def aired(made: Leaflets, library: Library, folder: Path, tools: str) -> dict[str, Leaflet]:
    """The leaflets with as much air as paper of each size has room for, which is tried out in workers."""
    names = {
        (address, size): cache.key(["air", size, asdict(one)], tools)
        for address, one in made.items()
        for size in SIZES
    }

    def data(one: tuple[str, str]) -> Any:
        return leaflet_paper.words(made[one[0]], library, one[1])

    trying = cache.Soon(names, data, leaflet_paper.air, folder)
    trying.wait()  # done here, it would leave threads behind
    airs = {one: json.loads(path.read_bytes()) for one, path in trying.places.items()}
    return {
        address: replace(one, air={size: airs[address, size] for size in SIZES})
        for address, one in made.items()
    }


def papers(
    library: Library, folder: Path, leaflets: Leaflets, sheets: Drawn, *, step: cache.Step = bool
) -> Papers:
    """The combined PDFs of every packet by (id, size), drawn where `folder` does not hold them yet.

    `sheets` gives the PDF of each worksheet.
    """
    drawn = drawing(library, folder, leaflets, sheets, step=step)
    drawn.wait()
    return drawn.places


def drawing(
    library: Library, folder: Path, leaflets: Leaflets, sheets: Drawn, *, step: cache.Step = bool
) -> cache.Soon[tuple[str, str]]:
    """The same; some are drawn while other things are done."""

    ways = layouts(library, sheets)

    @lru_cache(maxsize=MANY)  # asked for its name, and again to be drawn
    def data(one: tuple[str, str]) -> Any:
        return paper.data(library.packets[one[0]], library, one[1], leaflets, ways)

    names = _names(library, folder.with_name("names"), leaflets, ways, data)
    return cache.Soon(names, data, paper.draw, folder, step=step)


def layouts(library: Library, sheets: Drawn) -> Layouts:
    """How each sheet that a packet lists is set on each paper: as in its own PDF, beside which it is kept."""

    def way(id_: str, size: str) -> bytes:
        return sheet_paper.drawn(sheet_paper.data(library.worksheets[id_], library, size))[sheet_paper.WAY]

    listed = dict.fromkeys(one.id for packet in library.packets.values() for one in parts(packet, library))
    wanted = [(id_, size) for id_ in listed if id_ in library.worksheets for size in SIZES]
    places = {one: cache.beside(sheets(one), sheet_paper.WAY) for one in wanted}
    return {one: json.loads(cache.kept(place, partial(way, *one))) for one, place in places.items()}


def _names(
    library: Library,
    folder: Path,
    leaflets: Leaflets,
    ways: Layouts,
    data: Callable[[tuple[str, str]], Any],
) -> dict[tuple[str, str], str]:
    """What the cache calls each paper, kept too: it takes the words of all sheets to learn."""

    def make(asked: list[str]) -> bytes:
        return kept.as_json({size: cache.key(data((asked[1], size)), paper.tools()) for size in SIZES})

    asked, tools = _asked(library, "papers", leaflets), kept.surroundings(library)
    for id_, packet in library.packets.items():
        asked[id_].append(repr([(one, ways[one]) for one in sorted(ways) if one[0] in packet.parts]))
    return kept.by_size(cache.files(asked, make, folder, tools, workers=1))


def texts(library: Library, folder: Path, leaflets: Leaflets) -> Papers:
    """FHIR bundle and plain text of every packet by (id, ending), made where `folder` has none."""

    def make(asked: list[str]) -> bytes:
        return TEXTS[asked[0]](library.packets[asked[1]], library, leaflets)

    wanted = {
        (id_, ending): asked for ending in TEXTS for id_, asked in _asked(library, ending, leaflets).items()
    }
    return cache.files(wanted, make, folder, kept.surroundings(library), workers=1)


def _asked(library: Library, what: str, leaflets: Leaflets) -> dict[str, list[str]]:
    """All that an output of a packet is made of, beside what all sheets share: by id."""

    def said(one: Part) -> str:
        return library.said[one.id] if one.sheet else repr((one, leaflets.get(one.id)))

    return {
        packet.id: [what, packet.id, repr(packet), *(said(one) for one in parts(packet, library))]
        for packet in library.packets.values()
    }


def pages(sheets: Papers, folder: Path) -> dict[str, int]:
    """How many pages each worksheet takes on Letter, by id; `sheets` are the worksheets' papers."""

    places = {path.name: path for path in sheets.values()}

    def make(asked: list[str]) -> bytes:
        import pikepdf

        with pikepdf.open(places[asked[1]]) as pdf:
            return str(len(pdf.pages)).encode()

    wanted = {id_: ["pages", path.name] for (id_, size), path in sheets.items() if size == "letter"}
    counted = cache.files(wanted, make, folder, "", workers=1)
    return {id_: int(path.read_bytes()) for id_, path in counted.items()}


def of_packet(packet: Packet, drawn: Papers) -> Iterator[Output]:
    """The files beside a packet's page; `drawn` are its papers and texts."""
    stem, origin = f"packets/{packet.id}/{packet.id}", (PACKETS / f"{packet.id}.yml").as_posix()
    for ending, name in ENDINGS.items():
        yield Output(stem + ending, drawn[packet.id, name], origin)


def index(library: Library, told: Told) -> bytes:
    """/packets/index.json. `told` gives the bytes and the hash of what is published at an address."""
    return kept.as_json([_entry(packet, library, told) for packet in library.packets.values()])


def _entry(packet: Packet, library: Library, told: Told) -> dict[str, Any]:
    minutes = sum(one.minutes for one in parts(packet, library))
    names = ["", *(packet.id + ending for ending in ENDINGS)]
    return {
        "id": packet.id,
        "title": packet.title,
        "group": packet.group,
        "minutes": minutes,
        "version": packet.version,
        "parts": packet.parts,
        "files": listed(names, f"packets/{packet.id}/", library, told),
    }


def everything(library: Library, folder: Path, *, step: cache.Step = bool) -> Iterator[Output]:
    """All of it, pages included, as a site without its handbook. `folder` keeps the PDFs."""
    sheets = kept.papers(library, folder)
    printed, _ = leaflets(library, folder.with_name("leaflets"))
    made_of = papers(library, folder, printed, sheets.__getitem__, step=step)
    drawn = {**made_of, **texts(library, folder.with_name("texts"), printed)}
    counted = pages(sheets, folder.with_name("names"))
    made: dict[str, Output] = {}
    for packet in library.packets.values():
        beside = list(of_packet(packet, drawn))
        page = screen.page(packet, library, sizes(beside), counted).encode()
        for one in [Output(f"packets/{packet.id}/index.html", page), *beside]:
            made[one.uri] = one
            yield one
    if made:
        yield Output("packets/index.html", screen.shelf_page(library, counted).encode())
        yield Output("packets/index.json", index(library, told_of(made)))
