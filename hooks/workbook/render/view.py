"""What a page says beyond its worksheet: where things lead, how large files are, how results come about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from workbook import paths
from workbook.fields.result.field import HOW_WITH_POINTS

if TYPE_CHECKING:
    from workbook.fields.base import Condition, Field
    from workbook.library import Library
    from workbook.safety import Link, SafetyLine
    from workbook.worksheet import Worksheet

PAPERS = {
    "-letter.pdf": "Letter",
    "-a4.pdf": "A4",
    "-large-letter.pdf": "large print, Letter",
    "-large-a4.pdf": "large print, A4",
}
DATA = {
    ".txt": ("Plain text", "text/plain"),
    "-letter.docx": ("Word, Letter", ""),  # its type is longer than its link
    ".docx": ("Word, A4", ""),
    ".fhir.json": ("FHIR form", "application/fhir+json"),
}
CHANGES = "/changes/"  # what changed in each sheet
CRISIS = (
    "In danger, or thinking of ending your life? Call your local emergency number now. "
    "To talk to someone, US: call or text 988. UK and Ireland: 116 123."
)


class File(NamedTuple):
    """A file beside the page."""

    name: str
    label: str
    size: str
    kind: str


class Place(NamedTuple):
    """Somewhere to go."""

    title: str
    address: str


class SafetyNote(NamedTuple):
    """A safety line: its first sentence, which is set in bold, the rest, and when it holds."""

    id: str
    first: str
    rest: str
    link: Link | None
    when: list[Condition]


@dataclass(frozen=True)
class View:
    """One sheet in its library, seen from /worksheets/<id>/."""

    sheet: Worksheet
    library: Library
    sizes: Mapping[str, int]
    index: str = ""

    def to(self, path: str) -> str:
        """The relative address of a page of the site, given from its root."""
        return "../../" + path.lstrip("/") + self.index

    def see(self, target: str) -> Place | None:
        """Where a note leads: a sheet by id, or a page. None for a sheet that is not on the site."""
        if target.startswith("/"):
            return Place(self.library.name_of(target), self.to(target))
        sheet = self.library.worksheets.get(target)
        if not sheet or sheet.status == "draft":
            return None
        return Place(sheet.title, self.to(f"/worksheets/{target}/"))

    @property
    def next(self) -> list[Worksheet]:
        return [self.library.worksheets[id_] for id_ in self.sheet.next if self.see(id_)]

    @property
    def newer(self) -> Place | None:
        """The sheet that took the place of this one."""
        return self.see(self.sheet.replaced_by) if self.sheet.replaced_by else None

    @property
    def changes(self) -> str:
        """Where what changed is told; nothing on a site without that page."""
        if CHANGES not in self.library.pages:
            return ""
        return self.to(CHANGES) + (f"#{self.sheet.id}" if self.sheet.changes else "")

    @property
    def safety(self) -> Iterator[SafetyNote]:
        for rule in self.sheet.safety:
            if line := self.library.safety.get(rule.line):
                yield _warning(line, rule.when)

    @property
    def for_all(self) -> list[SafetyNote]:
        """The lines that hold whatever is answered: before the questions."""
        return [note for note in self.safety if not note.when]

    def called(self, fields: Iterable[Field]) -> list[SafetyNote]:
        """The lines that answers to these fields call for: below the last question that a line looks at."""
        ids = {field.id for field in fields}
        return [note for note in self.safety if note.when and note.when[-1].field in ids]

    @property
    def crisis(self) -> SafetyNote:
        """The line at the foot of a printed page."""
        return crisis(self.library)

    @property
    def papers(self) -> list[File]:
        return [self._file(ending, label, "application/pdf") for ending, label in PAPERS.items()]

    @property
    def data(self) -> list[File]:
        return [self._file(ending, *about) for ending, about in DATA.items()]

    def _file(self, ending: str, label: str, kind: str) -> File:
        name = self.sheet.id + ending
        return File(name, label, size_words(self.sizes.get(name)), kind)

    @property
    def sources(self) -> list[Markup]:
        """The works this sheet leans on. The bibliography has escaped them."""
        books = self.library.bibliography
        known = [key for key in self.sheet.sources if key in books.keys]
        return [Markup(books.entry_html(key)) for key in books.in_order(known)]

    @property
    def date(self) -> str:
        return day_words(self.sheet.date)

    @property
    def address(self) -> str:
        """The page's address as one writes it by hand."""
        return self.library.site.address(f"worksheets/{self.sheet.id}/").partition("://")[2].rstrip("/")

    def how(self, result: Any) -> str:
        """How to work a result out by hand, and from what."""
        if said := with_points(result, self.sheet):
            return said
        labels = self._labels(result)
        if result.is_:
            return f"Count how often {self._counted(result)} is your answer at {'; '.join(labels)}."
        if not labels:
            return str(result.how)
        if result.show in ("difference", "gap") and len(labels) == 2:
            return f"{result.how} Start with {labels[0]}. Take away {labels[1]}."
        if result.show == "rank" and len(labels) > 1:
            return f"{result.how} The number: {labels[0]}. Beside it: {'; '.join(labels[1:])}."
        return f"{result.how} From: {'; '.join(labels)}."

    def _labels(self, result: Any) -> list[str]:
        known: dict[str, Field] = {field.id: field for field in self.sheet.fields}
        targets = [target for path in result.of if (target := paths.find(known, path))]
        wholes = {target.field.id for target in targets}
        several = len(wholes) > 1 or len([field for field in known.values() if field.type == "table"]) > 1
        return [
            f"“{target.label}” in “{target.field.label}”" if target.part and several else f"“{target.label}”"
            for target in targets
        ]

    def _counted(self, result: Any) -> str:
        known: dict[str, Field] = {field.id: field for field in self.sheet.fields}
        target = paths.find(known, result.of[0])
        labels = {option.id: option.label for option in target.options} if target else {}
        return " or ".join(f"“{labels.get(one, one)}”" for one in result.is_)


def day_words(day: str) -> str:
    """A day as people say it: '1 December 2026'."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def crisis(library: Library) -> SafetyNote:
    """Whom to call, for the foot of a printed page."""
    line = library.safety.get("crisis")
    first, rest = _split(line.text if line else CRISIS)
    return SafetyNote("crisis", first, rest, None, [])


def with_points(result: Any, sheet: Worksheet) -> str:
    """How to add up by hand what answers count for; nothing where none of them has points."""
    known: dict[str, Field] = {field.id: field for field in sheet.fields}
    targets = [target for path in result.of if (target := paths.find(known, path))]
    if result.show not in HOW_WITH_POINTS or not any(target.points for target in targets):
        return ""
    numbers = [int(found[1]) for one in targets if (found := re.match(r"(\d+)\. ", one.label))]
    if len(numbers) == len(targets) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        source = f"Questions {numbers[0]} {'to' if len(numbers) > 2 else 'and'} {numbers[-1]}."
    else:
        source = f"From: {'; '.join(f'“{target.label}”' for target in targets)}."
    return f"{HOW_WITH_POINTS[result.show]} {source}"


def _warning(line: SafetyLine, when: list[Condition]) -> SafetyNote:
    return SafetyNote(line.id, *_split(line.text), line.link, when)


def _split(text: str) -> tuple[str, str]:
    first, stop, rest = text.partition(". ")
    return (first + ".", " " + rest) if stop else (text, "")


def size_words(size: int | None) -> str:
    """A file's size as people say it: '84 kB'."""
    return f"{max(1, round(size / 1000))} kB" if size else ""


def range_words(say: Any) -> str:
    """When a sentence of a result holds: 'If it is under 7'."""
    if say.at_least is None:
        return f"If it is under {say.under}"
    if say.under is None:
        return f"If it is {say.at_least} or more"
    return f"If it is {say.at_least} or more, and under {say.under}"
