"""All the content, loaded and checked together."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from workbook import (
    citations,
    claims,
    clinic,
    handbook,
    microcopy,
    otherwords,
    parsing,
    site,
    source,
    versions,
)
from workbook.citations import Bibliography
from workbook.claims import Claims
from workbook.clinic import Clinic
from workbook.otherwords import OtherWords
from workbook.problems import ContentError, Problem
from workbook.references.abroad import Shelf, led_to_clinicians, led_to_old, missing, problems_abroad
from workbook.references.packets import problems_of_parts
from workbook.safety import SafetyLine
from workbook.site import Site
from workbook.versions import Versions

if TYPE_CHECKING:
    from workbook.packet import Packet
    from workbook.worksheet import Worksheet

WORKSHEETS = Path("content/worksheets")
PACKETS = Path("content/packets")
SAFETY = Path("content/safety.yml")
NOTHING = Shelf()
WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Library:
    """The worksheets and packets that are sound, what they share, and what is wrong with others, by name."""

    site: Site
    worksheets: dict[str, Worksheet] = field(default_factory=dict)
    safety: dict[str, SafetyLine] = field(default_factory=dict)
    bibliography: Bibliography = field(default_factory=lambda: Bibliography({}))
    claims: Claims = field(default_factory=lambda: Claims({}))
    broken: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    shelf: Shelf = NOTHING
    packets: dict[str, Packet] = field(default_factory=dict)
    broken_packets: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    pages: dict[str, handbook.Page] = field(default_factory=dict)
    clinic: Clinic | None = None
    versions: Versions = field(default_factory=Versions)
    other_words: OtherWords = field(default_factory=OtherWords)

    def name_of(self, address: str) -> str:
        """What a page calls itself: '/smart/urges/'. The words of its address where there is none."""
        page = self.pages.get(address)
        last = address.strip("/").rpartition("/")[2]
        return page.title if page else last.replace("-", " ").capitalize() or "Home"

    @cached_property
    def said(self) -> dict[str, str]:
        """By id of a worksheet, one word for all that it says and for what it may show of others it names.

        As long as that word and `shared` stay the same, so does every file that is made of the sheet.
        """
        return {id_: self._said(sheet) for id_, sheet in self.worksheets.items()}

    def _said(self, sheet: Worksheet) -> str:
        whole = repr(sheet)
        named = {*WORD.findall(whole)} - {sheet.id}
        shown = (self._shown[one] for one in sorted(named & self._shown.keys()))
        return _word(
            whole, *shown, *(page.title for page in self.pages.values() if repr(page.address) in whole)
        )

    @cached_property
    def _shown(self) -> dict[str, str]:
        """By id, what others may show of a worksheet."""
        sheets = self.worksheets.items()
        return {id_: repr(sheet.model_dump(exclude={"sections"})) for id_, sheet in sheets}

    @cached_property
    def shared(self) -> str:
        """One word for what any worksheet may show beside that."""
        about = (self.site, self.safety, self.clinic, self.bibliography.records)
        return _word(*map(repr, about))


def _word(*texts: str) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()


def files(root: Path, folder: Path = WORKSHEETS) -> list[Path]:
    """Every worksheet's file, or every packet's. Names that begin with a dot are an editor's own."""
    return sorted(path for path in (root / folder).glob("*.yml") if not path.name.startswith("."))


def load(root: Path, home: Site, step: Callable[[], object] = bool) -> Library:
    """Read everything under `root`. One bad file hides no problem of another. `step` is called after each."""
    bibliography = citations.load(root)
    made = claims.load(root, bibliography)
    whose, found = clinic.load(root, home.url)
    other_words, unread = otherwords.load(root)
    problems = [*bibliography.problems, *made.problems, *found, *unread, *microcopy.problems()]
    paths = files(root)
    pages = site.pages(root)
    if pages is not None:
        pages |= {f"/worksheets/{path.stem}/" for path in paths}
    lines, named = _safety(root, bibliography.ids, pages, problems)
    fixed = lines
    if whose:
        lines = {name: whose.beside(line) for name, line in lines.items()}
    problems.extend(_misnamed(root))
    names = frozenset(path.stem for path in paths)
    shelf = Shelf(names, named, bibliography.ids, pages, bibliography.unseen)
    sound: dict[str, Worksheet] = {}
    broken: dict[str, tuple[Problem, ...]] = {}
    for path in paths:
        sheet, found = check(path, root, shelf)
        if sheet:
            sound[path.stem] = sheet
        else:
            broken[path.stem] = tuple(found)
            problems.extend(found)
        step()
    for name, found in _led_astray(sound, root).items():
        del sound[name]
        broken[name] = tuple(found)
        problems.extend(found)
    packets, spoilt = _packets(root, shelf, sound)
    problems.extend(chain.from_iterable(spoilt.values()))
    return Library(
        home,
        sound,
        lines,
        bibliography,
        made,
        broken,
        tuple(sorted(set(problems))),
        shelf,
        packets,
        spoilt,
        handbook.pages(root),
        whose,
        versions.read(root, versions.out(sound, packets, fixed)),
        other_words,
    )


def _packets(
    root: Path, shelf: Shelf, sheets: Mapping[str, Worksheet]
) -> tuple[dict[str, Packet], dict[str, tuple[Problem, ...]]]:
    """The packets that are sound, and what is wrong with the others."""
    sound: dict[str, Packet] = {}
    broken: dict[str, tuple[Problem, ...]] = {}
    for path in files(root, PACKETS):
        made, found = check_packet(path, root, shelf, sheets)
        if made:
            sound[path.stem] = made
        else:
            broken[path.stem] = tuple(found)
    return sound, broken


def check_packet(
    path: Path, root: Path, shelf: Shelf, sheets: Mapping[str, Worksheet]
) -> tuple[Packet | None, list[Problem]]:
    """The packet in one file, or everything that is wrong with it."""
    try:
        text = source.read(path, root)
    except ContentError as error:
        return None, list(error.problems)
    made, found = parsing.packet(text)
    state = {name: sheet.status for name, sheet in sheets.items()}
    found = sorted({*found, *problems_of_parts(text, shelf, state)})
    return (None if found else made), found


def check(path: Path, root: Path, shelf: Shelf) -> tuple[Worksheet | None, list[Problem]]:
    """The worksheet in one file, or everything that is wrong with it."""
    try:
        text = source.read(path, root)
    except ContentError as error:
        return None, list(error.problems)
    sheet, found = parsing.worksheet(text)
    found = sorted({*found, *problems_abroad(text, shelf)})
    return (None if found else sheet), found


def _led_astray(sheets: dict[str, Worksheet], root: Path) -> dict[str, list[Problem]]:
    """What is wrong with sheets that lead to one for clinicians, or to an old or hidden one, by file name."""
    clinicians = {name for name, sheet in sheets.items() if sheet.for_clinicians}
    state = {name: sheet.status for name, sheet in sheets.items()}
    found: dict[str, list[Problem]] = {}
    for name, sheet in sheets.items():
        seen = {one for field in sheet.fields for one in getattr(field, "see", ())}
        to_clinicians = not sheet.for_clinicians and not clinicians.isdisjoint({*sheet.next, *seen})
        to_old = state.get(sheet.replaced_by or "", "active") != "active"
        if to_clinicians or to_old:
            text = source.read(root / WORKSHEETS / f"{name}.yml", root)
            told = [*(led_to_clinicians(text, clinicians) if to_clinicians else ()), *led_to_old(text, state)]
            found[name] = sorted(told)
    return found


def _misnamed(root: Path) -> Iterator[Problem]:
    """Files that are meant as worksheets or packets, and would be passed over."""
    for folder, what in ((WORKSHEETS, "worksheet"), (PACKETS, "packet")):
        for path in sorted((root / folder).glob("[!.]*")):
            if path.suffix != ".yml" and path.suffix.lower() in (".yml", ".yaml"):
                message = f"the name of a {what} ends in .yml, not {path.suffix}"
                yield Problem(path.relative_to(root), 1, 1, message, f"Rename it to {path.stem}.yml.")


def _safety(
    root: Path, sources: Collection[str] | None, pages: Collection[str] | None, problems: list[Problem]
) -> tuple[dict[str, SafetyLine], Collection[str] | None]:
    """The lines that are sound, and the names of all; no names when the file cannot be read."""
    if not (root / SAFETY).exists():
        return {}, ()
    try:
        text = source.read(root / SAFETY, root)
    except ContentError as error:
        problems.extend(error.problems)
        return {}, None
    made = {}
    for name, data in text.data.items():
        if line := parsing.validated(text, SafetyLine, data, (name,), problems, {"id": name}):
            made[name] = line
            places = (((name, "sources", index), key) for index, key in enumerate(line.sources))
            problems.extend(missing(text, "source", places, sources))
            link = [((name, "link", "page"), line.link.page)] if line.link else []
            problems.extend(missing(text, "page", link, pages))
    return made, text.data.keys()
