"""What is slow to make of the worksheets, taken from an earlier build where it would come out the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache as cache_once
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook import cache
from workbook.fingerprint import core, fingerprint
from workbook.render import fhir, paper, screen, text
from workbook.render.view import CHANGES

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.worksheet import Worksheet

DRAWN = (*paper.SIZES, paper.PICTURE)
Papers = Mapping[tuple[str, str], Path]
Text = Callable[["Worksheet", "Library"], bytes]


# By the ending of their file names.
TEXTS: dict[str, Text] = {
    "fhir.json": lambda sheet, library: as_json(fhir.render(sheet, library)),
    "txt": lambda sheet, library: text.render(sheet, library).encode(),
}
DOCUMENTS = {"docx": "a4", "letter.docx": "letter"}  # size of the paper


def papers(library: Library, folder: Path, *, step: cache.Step = bool) -> Papers:
    """PDFs and picture of every worksheet by (id, size), drawn where `folder` does not hold them yet."""
    drawn = drawing(library, folder, step=step)
    drawn.wait()
    return drawn.places


def drawing(library: Library, folder: Path, *, step: cache.Step = bool) -> cache.Soon[tuple[str, str]]:
    """The same; a few are drawn while other things are done."""

    @lru_cache(maxsize=1)  # the sizes of one sheet are asked for one after the other
    def every(id_: str) -> dict[str, Any]:
        return paper.every(library.worksheets[id_], library)

    names = _names(library, folder.with_name("names"), every)
    return cache.Soon(names, lambda one: every(one[0])[one[1]], paper.drawn, folder, step=step)


def _names(
    library: Library, folder: Path, every: Callable[[str], dict[str, Any]]
) -> dict[tuple[str, str], str]:
    """What the cache calls each paper. That takes all the words of a sheet to learn, so it is kept too."""

    def make(asked: list[str]) -> bytes:
        return as_json({size: cache.key(data, paper.tools()) for size, data in every(asked[0]).items()})

    wanted = {id_: [id_, said] for id_, said in library.said.items()}
    return by_size(cache.files(wanted, make, folder, surroundings(library), workers=1))


def by_size(kept: Mapping[str, Path]) -> dict[tuple[str, str], str]:
    """Names by (id, size), of files that each hold those of one id by size."""
    return {
        (id_, size): name
        for id_, path in kept.items()
        for size, name in json.loads(path.read_bytes()).items()
    }


def texts(library: Library, folder: Path) -> Papers:
    """FHIR and plain text of every worksheet by (id, ending), made where `folder` has none yet."""

    def make(asked: list[str]) -> bytes:
        id_, ending, _ = asked
        return TEXTS[ending](library.worksheets[id_], library)

    return cache.files(_asked(library, TEXTS), make, folder, surroundings(library), workers=1)


def documents(library: Library, folder: Path) -> cache.Soon[tuple[str, str]]:
    """Its documents to change, by (id, ending) too; a few are written while other things are done."""

    @lru_cache(maxsize=1)  # those of one sheet are asked for one after the other
    def every(id_: str) -> dict[str, bytes]:
        # Here: it takes long to load, and a build in which nothing changed has no use for it.
        from workbook.render import docx

        return docx.every(library.worksheets[id_], library)

    def make(asked: list[str]) -> bytes:
        id_, ending, _ = asked
        return every(id_)[DOCUMENTS[ending]]

    wanted, tools = _asked(library, DOCUMENTS), surroundings(library)
    names = {one: cache.key(asked, tools) for one, asked in wanted.items()}
    return cache.Soon(names, wanted.__getitem__, make, folder, workers=1)


def _asked(library: Library, endings: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    return {(id_, ending): [id_, ending, said] for id_, said in library.said.items() for ending in endings}


def contents(library: Library, sizes: Mapping[str, Mapping[str, int]], folder: Path) -> dict[str, Path]:
    """The main content of every worksheet's page, by id. `sizes` has the bytes of the files beside each."""

    def make(asked: list[Any]) -> bytes:
        return screen.render(library.worksheets[asked[0]], library, sizes[asked[0]]).encode()

    wanted = {id_: [id_, sizes[id_], said] for id_, said in library.said.items()}
    return cache.files(wanted, make, folder, surroundings(library), workers=1)


def surroundings(library: Library) -> str:
    """One word for what the files of a sheet depend on beside what it says: code and shared content."""
    told = f"changes are told: {CHANGES in library.pages}"
    return fingerprint((), core(), paper.tools(), _versions(), library.shared, told)


@cache_once
def _versions() -> str:
    return " ".join(f"{name} {version(name)}" for name in ("jinja2", "citeproc-py", "python-docx", "segno"))


def as_json(data: Any) -> bytes:
    """As a file that people may read."""
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()
