"""Every file that the content becomes, as plain bytes with a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rjsmin  # type: ignore[import-untyped]

from workbook import cache, microcopy
from workbook.kept import DOCUMENTS, TEXTS, Papers, as_json, documents, papers, texts
from workbook.library import WORKSHEETS
from workbook.render import paper, screen, shelf, style
from workbook.render.pdf import picture

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.worksheet import Worksheet

# What the names of the files beside a worksheet's page end in, and what `drawn` calls each.
ENDINGS = {
    **{f"-{size}.pdf": size for size in paper.SIZES},
    ".png": paper.PICTURE,
    **{("-" if ending.startswith("letter") else ".") + ending: ending for ending in (*TEXTS, *DOCUMENTS)},
}
ASSETS = Path(__file__).parent / "assets"
Told = Callable[[str], tuple[int, str]]  # bytes and SHA-256 of a file, by its address from the site's root


@dataclass(frozen=True)
class Output:
    """One generated file: its address from the site's root, its bytes or where they lie, and its origin."""

    uri: str
    content: bytes | Path
    origin: str | None = None

    def read(self) -> bytes:
        return self.content.read_bytes() if isinstance(self.content, Path) else self.content


def of_worksheet(sheet: Worksheet, drawn: Papers) -> Iterator[Output]:
    """The files beside a worksheet's page; `drawn` are its papers and texts."""
    stem, origin = f"worksheets/{sheet.id}/{sheet.id}", (WORKSHEETS / f"{sheet.id}.yml").as_posix()
    for ending, name in ENDINGS.items():
        yield Output(stem + ending, drawn[sheet.id, name], origin)


def picture_size(sheet: Worksheet, drawn: Papers) -> tuple[int, int]:
    """How wide and high a card shows the picture of a sheet."""
    with drawn[sheet.id, paper.PICTURE].open("rb") as file:
        return picture.size(file.read(24))


def sizes(outputs: list[Output]) -> dict[str, int]:
    """File name → bytes, for the links on the page."""
    return {
        Path(one.uri).name: one.content.stat().st_size if isinstance(one.content, Path) else len(one.content)
        for one in outputs
    }


def of_assets(library: Library | None = None) -> Iterator[Output]:
    """The styles, scripts, fonts and pictures of worksheet pages, the style of reading pages, and a logo."""
    clinic = library.clinic if library else None
    yield Output("assets/workbook/print.css", style.printed().encode())
    yield Output("assets/workbook/packets.css", style.packets().encode())
    yield Output("assets/workbook/parts.css", style.parts().encode())
    yield Output("assets/workbook/embed.css", style.embedded().encode())
    yield Output("assets/workbook/reading.css", style.reading(clinic.style() if clinic else None).encode())
    words = shelf.words(library) if library else shelf.NO_WORDS
    yield Output("assets/workbook/js/sheetwords.js", words.encode())
    if clinic and clinic.logo:
        yield Output(clinic.logo.uri, clinic.logo.content)
    for path in sorted(ASSETS.rglob("*")):
        if path.suffix in (".woff2", ".svg", ".png", ".js", ".txt"):
            yield Output(f"assets/workbook/{path.relative_to(ASSETS).as_posix()}", _published(path))


def _published(path: Path) -> bytes | Path:
    """Our scripts go out with their words, without comments; others' as they came, so that hashes hold."""
    if path.suffix == ".js" and "vendor" not in path.parts:
        return str(rjsmin.jsmin(microcopy.published(path))).encode()
    return path


def index(library: Library, told: Told) -> bytes:
    """/worksheets/index.json. `told` gives the bytes and the hash of what is published at an address."""
    published = (sheet for sheet in library.worksheets.values() if sheet.status != "draft")
    return as_json([_entry(sheet, library, told) for sheet in published])


def _entry(sheet: Worksheet, library: Library, told: Told) -> dict[str, Any]:
    folder = f"worksheets/{sheet.id}/"
    names = [sheet.id + ending for ending, kind in ENDINGS.items() if kind != paper.PICTURE]
    files = listed(["", *names], folder, library, told)
    about = ("id", "title", "point", "minutes", "version", "status", "audience")
    return {**{name: getattr(sheet, name) for name in about}, "files": files}


def listed(names: list[str], folder: str, library: Library, told: Told) -> list[dict[str, Any]]:
    """What an index says of files in a folder of the site; "" is its page."""

    def entry(name: str) -> dict[str, Any]:
        size, digest = told(folder + (name or "index.html"))
        return {"address": library.site.address(folder + name), "bytes": size, "sha256": digest}

    return list(map(entry, names))


def told_of(made: Mapping[str, Output]) -> Told:
    """The same of outputs that are nowhere yet, by their addresses."""

    def told(uri: str) -> tuple[int, str]:
        content = made[uri].read()
        return len(content), sha256(content).hexdigest()

    return told


def everything(library: Library, folder: Path, *, step: cache.Step = bool) -> Iterator[Output]:
    """All of it, pages included, as a site without its handbook. `folder` keeps the PDFs."""
    drawn, store = papers(library, folder, step=step), folder.with_name("texts")
    (written := documents(library, store)).wait()
    drawn = {**drawn, **texts(library, store), **written.places}
    made: dict[str, Output] = {}
    for sheet in library.worksheets.values():
        beside = list(of_worksheet(sheet, drawn))
        page = screen.page(sheet, library, sizes(beside)).encode()
        for one in [Output(f"worksheets/{sheet.id}/index.html", page), *beside]:
            made[one.uri] = one
            yield one
    yield from of_assets(library)
    yield Output("worksheets/index.json", index(library, told_of(made)))
