"""All the content, loaded and checked together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbook import citations, parsing, source
from workbook.citations import Bibliography
from workbook.references import raw_fields
from workbook.problems import ContentError, Problem, did_you_mean
from workbook.safety import SafetyLine
from workbook.site import Site

if TYPE_CHECKING:
    from workbook.source import Loc, Source
    from workbook.worksheet import Worksheet

WORKSHEETS = Path("content/worksheets")
SAFETY = Path("content/safety.yml")


@dataclass(frozen=True)
class Library:
    """The worksheets that are sound, what they share, and what is wrong with the rest, by file name."""

    site: Site
    worksheets: dict[str, Worksheet] = field(default_factory=dict)
    safety: dict[str, SafetyLine] = field(default_factory=dict)
    bibliography: Bibliography = Bibliography({})
    broken: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def load(root: Path, site: Site) -> Library:
    """Read everything under `root`. A bad file hides no other file's problems."""
    problems: list[Problem] = []
    safety = _safety(root, problems)
    bibliography = citations.load(root)
    problems.extend(bibliography.problems)
    sheets: dict[str, tuple[Source | None, Worksheet | None, list[Problem]]] = {}
    for path in sorted((root / WORKSHEETS).glob("*.yml")):
        sheets[path.stem] = _read(path, root)
    broken, sound = {}, {}
    for name, (text, sheet, found) in sheets.items():
        if text is not None:
            found = [*found, *_abroad(text, sheets.keys(), safety, bibliography)]
        if found or sheet is None:
            broken[name] = tuple(sorted(set(found)))
        else:
            sound[name] = sheet
    everything = sorted({*problems, *(one for found in broken.values() for one in found)})
    return Library(site, sound, safety, bibliography, broken, tuple(everything))


def _read(path: Path, root: Path) -> tuple[Source | None, Worksheet | None, list[Problem]]:
    try:
        text = source.read(path, root)
    except ContentError as error:
        return None, None, list(error.problems)
    return text, *parsing.worksheet(text)


def _safety(root: Path, problems: list[Problem]) -> dict[str, SafetyLine]:
    if not (root / SAFETY).exists():
        return {}
    try:
        text = source.read(root / SAFETY, root)
    except ContentError as error:
        problems.extend(error.problems)
        return {}
    made = {}
    for name, data in (text.data or {}).items():
        line = parsing.validated(text, SafetyLine, data, (name,), problems, {"id": name})
        if line:
            made[name] = line
    return made


def _abroad(
    text: Source, sheets: Collection[str], safety: dict[str, SafetyLine], bibliography: Bibliography
) -> Iterator[Problem]:
    """References that lead out of the file: citation keys, safety lines, other worksheets."""
    data = text.data if isinstance(text.data, dict) else {}
    known = {"sources": bibliography.keys, "next": sheets, "safety": safety.keys()}
    what = {"sources": "reference", "next": "worksheet", "safety": "safety line"}
    for key, names in known.items():
        for loc, name in _named(key, data.get(key)):
            if name not in names and not (key == "sources" and bibliography.mentions(name)):
                yield text.problem(loc, f"no {what[key]} is called {name!r}", did_you_mean(name, names))
    for loc, name in _seen(data):
        if not name.startswith("/") and name not in sheets:
            yield text.problem(loc, f"no worksheet is called {name!r}", did_you_mean(name, sheets))


def _named(key: str, value: object) -> Iterator[tuple[Loc, str]]:
    for index, one in enumerate(value if isinstance(value, list) else []):
        if isinstance(one, dict) and isinstance(one.get("line"), str):
            yield (key, index, "line"), one["line"]
        elif isinstance(one, str):
            yield (key, index), one


def _seen(data: dict) -> Iterator[tuple[Loc, str]]:  # type: ignore[type-arg]
    for at, raw in raw_fields(data):
        if isinstance(raw.get("see"), list):
            yield from (((*at, "see", index), one) for index, one in enumerate(raw["see"]) if isinstance(one, str))


def problems_abroad(text: Source, library: Library) -> Iterator[Problem]:
    """What a worksheet from elsewhere refers to that this library does not have."""
    return _abroad(text, {*library.worksheets, *library.broken, text.path.stem}, library.safety, library.bibliography)
