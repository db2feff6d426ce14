"""Addresses that never break: content/permalinks.txt beside what the site publishes now."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from workbook import glossary, outputs, packed, record
from workbook.citations import export
from workbook.problems import ContentError, Problem, did_you_mean, first, quoted
from workbook.reading.text import Text, decode, load

if TYPE_CHECKING:
    from workbook.library import Library

FILE = Path("content/permalinks.txt")
ARROW = " -> "
ADDRESS = re.compile(r"/(?!/)(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/|(?=#|$)))*(?:#\w[\w-]*)?", re.ASCII)
NAMED = re.compile(r"\{[^{}\n]*?#(?P<id>\w[\w-]*)[^{}\n]*\}", re.ASCII)  # an id that an author gave
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
REFERENCES = "<!-- references -->"
# What stands at the root and in no folder of content.
ROOTS = (
    "/build.json",
    "/favicon.ico",
    "/feed.xml",
    "/handbook.zip",
    "/licenses.txt",
    "/llms.txt",
    "/manifest.webmanifest",
    "/offline.json",
    "/robots.txt",
    "/sbom.cdx.json",
    "/sitemap.xml",
    "/sw.js",  # those who keep the handbook ask for it by this name
)
ADD = "Run: python -m workbook permalinks"
FEW = 4
HEAD = [
    "# Addresses that people have printed, saved or linked to. A build that loses one stops.",
    "# One a line, sorted. One that has moved says where it is now: /old/ -> /new/",
    "# New ones come with: python -m workbook permalinks",
    "",
]


@dataclass(frozen=True)
class Link:
    """One line: an address, where it has moved to if it has, and the number of the line, from 1."""

    old: str
    new: str | None
    line: int


@dataclass(frozen=True)
class Permalinks:
    """The lines of the file, and what is wrong with them. `text` is None where there is no file."""

    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    text: Text | None = None

    @property
    def moved(self) -> dict[str, str]:
        """Old address → new one."""
        return {one.old: one.new for one in self.links if one.new}

    def missing(self, there: Collection[str]) -> list[str]:
        """What is published and stands in no line."""
        known = {one.old for one in self.links}
        return sorted(one for one in there if one not in known) if self.text else []


@dataclass(frozen=True)
class Move:
    """An old page, and the one that took its place."""

    old: str
    new: str

    def of(self, address: str, there: Collection[str]) -> str:
        """Where an address is now; itself, unless it lay at or below the old page and its like is there."""
        if not address.startswith(self.old):
            return address
        rest = address.removeprefix(self.old)
        own, other = (one.strip("/").rpartition("/")[2] for one in (self.old, self.new))
        like = self.new + (other + rest.removeprefix(own) if own and rest.startswith(own) else rest)
        return like if like in there else address


def published(library: Library, root: Path) -> frozenset[str]:
    """Every address that is a promise, from the site's root. Assets are none: their names change."""
    return frozenset(_published(library, root))


def _published(library: Library, root: Path) -> Iterator[str]:
    yield from ROOTS
    yield from ("/packets/", "/packets/index.json", "/worksheets/index.json", f"/{record.PACKAGE}")
    for sheet in library.worksheets.values():
        if sheet.status != "draft":
            yield from _with_files("worksheets", sheet.id, outputs.ENDINGS)
    for name in library.packets:
        yield from _with_files("packets", name, packed.ENDINGS)
    for page in library.pages:
        yield page
        name = page.strip("/")
        paths = (root / "docs" / one for one in (f"{name}.md", f"{name}/index.md".lstrip("/")))
        text = next(
            (path.read_text(encoding="utf-8", errors="replace") for path in paths if path.exists()), ""
        )
        yield from (f"{page}#{id_}" for id_ in _anchors(text, page, library))
        if REFERENCES in text:
            yield from (f"{page}{one}" for one in export.WRITERS)


def _with_files(folder: str, name: str, endings: Collection[str]) -> Iterator[str]:
    yield f"/{folder}/{name}/"
    yield from (f"/{folder}/{name}/{name}{ending}" for ending in endings)


def _anchors(text: str, page: str, library: Library) -> Iterator[str]:
    """What an author named, terms of the glossary, and works in the list of them."""
    yield from (found["id"] for found in NAMED.finditer(CODE.sub("", text)))
    if page == f"/{Path(glossary.PAGE).stem}/":
        yield from (term.id for term in glossary.terms(text))
    if REFERENCES in text:
        yield from (f"source-{key}" for key in library.bibliography.keys)


def read(root: Path, library: Library) -> Permalinks:
    """The file, checked against what the content becomes. Without a file nothing is promised."""
    path = root / FILE
    if not path.exists():
        return Permalinks()
    try:
        text = decode(load(path, FILE, root), FILE)
    except ContentError as error:
        return Permalinks(problems=error.problems)
    there = published(library, root)
    bad: list[Problem] = []
    links = tuple(_links(text, bad))
    broken = library.bibliography.problems or library.broken or library.broken_packets
    lost = () if broken else _lost(text, links, there)  # what is broken may be what is missing
    found = chain(bad, _order(text, links), lost, _misled(text, links, there))
    return Permalinks(links, tuple(first(found)), text)


def _links(text: Text, problems: list[Problem]) -> Iterator[Link]:
    for number, line in enumerate(text.lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.rstrip().split(ARROW)
        wrong = next((one for one in parts if not ADDRESS.fullmatch(one)), None)
        if wrong is not None or len(parts) > 2:
            hint = "Write an address from the site's root, or an old one and its successor: /old/ -> /new/"
            at = line.find(wrong) + 1 if wrong else line.rfind(ARROW) + 2
            message = f"{quoted(wrong.strip())} is not an address" if wrong else "there are two arrows"
            problems.append(text.problem(number, max(at, 1), message, hint))
        else:
            yield Link(parts[0], parts[1] if len(parts) == 2 else None, number)


def _order(text: Text, links: Collection[Link]) -> Iterator[Problem]:
    """Sorted, so that two who add lines do not meet, and no address is there twice."""
    before = ""
    for one in links:
        if one.old == before:
            yield text.problem(one.line, 1, f"{quoted(one.old)} is there twice", "Take one of them out.")
        elif one.old < before:
            message = f"{quoted(one.old)} stands after {quoted(before)}"
            yield text.problem(one.line, 1, message, f"{ADD}: it sorts them.")
            return
        before = one.old


def _lost(text: Text, links: Collection[Link], there: Collection[str]) -> Iterator[Problem]:
    """Addresses that lead nowhere any more. What lay in a page's folder is told with the page."""
    gone = {one.old: one for one in links if not one.new and one.old not in there}
    moved = {one.old for one in links if one.new}
    ordered = sorted(gone)
    for address, one in gone.items():
        if address.partition("#")[0] in moved:
            continue  # whoever follows it comes to the page that took its place
        above = {address.partition("#")[0], address[: address.rindex("/") + 1]} - {address}
        if above & gone.keys():
            continue
        below = bisect(ordered, f"{address}~~") - bisect(ordered, address) if address[-1] == "/" else 0
        more = f", nor {'is 1 address' if below == 1 else f'are {below} addresses'} below it" if below else ""
        message = f"{quoted(address)} is published no more{more}"
        hint = (
            f"People may have it printed: bring it back, or say where it is now, {address}{ARROW}"
            f"{_beside(address)}. Take the line out only if nobody ever saw it."
        )
        if below and address.startswith("/worksheets/"):
            hint = f"Keep a sheet that is given up: bring it back, with 'status: retired'. {hint}"
        if below:
            hint += f" For all of them: python -m workbook permalinks --moved {address} {_beside(address)}"
        yield text.problem(one.line, 1, message, hint)


def _beside(address: str) -> str:
    """What a successor looks like."""
    if "#" in address:
        return f"{address.partition('#')[0]}#new"
    return "/new/" if address.endswith("/") else f"/new{Path(address).suffix}"


def _misled(text: Text, links: Collection[Link], there: Collection[str]) -> Iterator[Problem]:
    """Arrows that are not needed, and those that lead nowhere."""
    moved = {one.old: one.new for one in links if one.new}
    for one in links:
        if not one.new:
            continue
        at = len(one.old) + len(ARROW) + 1
        page = one.old.partition("#")[0]
        if one.old in there:
            hint = f"Take '{ARROW.strip()} {one.new}' out, or take the page away."
            yield text.problem(one.line, at, f"{quoted(one.old)} is still there itself", hint)
        elif further := moved.get(one.new):
            yield text.problem(one.line, at, f"{quoted(one.new)} has moved too", f"Write {further} here.")
        elif one.new not in there:
            hint = did_you_mean(one.new, there)
            yield text.problem(one.line, at, f"nothing is published at {quoted(one.new)}", hint)
        elif "#" in one.old and page in there and one.new.partition("#")[0] != page:
            hint = f"Name another part of {page}: a browser keeps what follows the # to itself."
            yield text.problem(one.line, at, f"{quoted(one.new)} is on another page", hint)
        elif "#" not in one.old and Path(one.old).suffix != Path(one.new.partition("#")[0]).suffix:
            hint = "A page can only lead to a page, and a file to one of its kind."
            yield text.problem(one.line, at, f"{quoted(one.new)} is of another kind", hint)


def unlisted(found: Permalinks, there: Collection[str]) -> Problem | None:
    """What is published and not yet promised, told once for all of it."""
    if not found.text or not (new := found.missing(there)):
        return None
    named = ", ".join(new[:FEW]) + (f" and {len(new) - FEW} more" if len(new) > FEW else "")
    message = (
        f"{len(new)} {'address is' if len(new) == 1 else 'addresses are'} published and not in this list"
    )
    line = len(found.text.lines)
    hint = f"{ADD}. It adds {named}."
    return found.text.problem(line, 1, message, hint)


def updated(found: Permalinks, there: Collection[str], move: Move | None = None) -> str:
    """The file as it should be: new addresses added, all in order, each comment above its line.

    After a `move` what lay below the old page leads to its like below the new one.
    """
    above: list[str] = []
    kept: dict[str, list[str]] = {}
    head, body = _head(found.text.lines) if found.text and found.text.content.strip() else (HEAD, ())
    for line in body:
        if line.strip() and not line.startswith("#"):
            old, _, new = line.rstrip().partition(ARROW)
            if move:
                new = move.of(new, there) if new else "" if old in there else move.of(old, there)
            new = "" if new == old else new
            kept.setdefault(old, [*above, old + (ARROW + new if new else "")])
            above = []
        elif line.strip():
            above.append(line)
    for address in there:
        kept.setdefault(address, [address])
    return "\n".join([*head, *(line for old in sorted(kept) for line in kept[old]), *above, ""])


def _head(lines: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """The comment that the file begins with, up to its empty line, and the rest."""
    end = next((at for at, line in enumerate(lines) if line and not line.startswith("#")), len(lines))
    empty = [at for at in range(end) if not lines[at].strip()]
    cut = empty[-1] + 1 if empty else 0
    return list(lines[:cut]), lines[cut:]
