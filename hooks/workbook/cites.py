"""What the pages of the handbook cite and claim, and what is wrong with that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from workbook.citations import Bibliography
from workbook.citations import page as cited
from workbook.citations.markdown import FRONT_MATTER_ALONE
from workbook.claims import Claims
from workbook.claims import page as graded
from workbook.libyaml import LOADER, LONGEST
from workbook.problems import Problem

if TYPE_CHECKING:
    from workbook.library import Library

Place = tuple[str, str]  # the title of a page, and its path below docs


@dataclass(frozen=True)
class Cites:
    """`places`: the pages that cite a key, by key, in the order of their paths."""

    problems: tuple[Problem, ...]
    places: dict[str, list[Place]]


def read(docs: Path, root: Path, works: Bibliography, made: Claims, library: Library | None = None) -> Cites:
    """Every page below `docs`, as text. Only with a `library` can it be told what nothing cites."""
    problems: list[Problem] = []
    places: defaultdict[str, list[Place]] = defaultdict(list)
    shown: set[str] = set()
    for path in sorted(docs.rglob("*.md")):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        told = Path(relpath(path, root))
        problems += [*cited.problems(text, told, works), *graded.problems(text, told, made)]
        tables = graded.tables(text)
        shown.update(tables)
        place = (_title(text, path), path.relative_to(docs).as_posix())
        for key in dict.fromkeys([*cited.keys(text), *_in_tables(tables, made)]):
            places[key].append(place)
    if library:
        problems += _unused(works, made, library, {*places, *_in_content(library)}, shown)
    return Cites(tuple(sorted(set(problems))), dict(places))


def _in_tables(tables: list[str], made: Claims) -> Iterator[str]:
    for name in tables:
        for claim in made.about(name):
            yield from (*claim.sources, *claim.against)


def _in_content(library: Library) -> Iterator[str]:
    """What worksheets and safety lines cite."""
    for sheet in library.worksheets.values():
        yield from sheet.sources
    for line in library.safety.values():
        yield from line.sources


def _unused(
    works: Bibliography, made: Claims, library: Library, cites: set[str], shown: set[str]
) -> Iterator[Problem]:
    """Works that nothing cites, claims that no page shows. What is broken may cite any: then none is told."""
    if not library.problems:
        yield from works.uncited(cites)
        yield from made.unshown(shown)


def _title(text: str, path: Path) -> str:
    return str(front_matter(text).get("title", path.stem))


def front_matter(text: str) -> dict[str, object]:
    """What a page says of itself at its top; nothing when that cannot be read.

    Whoever checks front matter says what is wrong with it. The quick reader does not outlive thousands
    of brackets, so it gets nothing that is too long.
    """
    found = FRONT_MATTER_ALONE.match(text)
    try:
        read = yaml.load(found["inside"], LOADER) if found and len(found["inside"]) <= LONGEST else None
    except yaml.YAMLError:
        return {}
    return read if isinstance(read, dict) else {}
