"""What a page says beyond its worksheet: where things lead, how large files are, how results come about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from workbook import microcopy, paths
from workbook.fields.result.field import HOW_WITH_POINTS

if TYPE_CHECKING:
    from workbook.fields.base import Condition, Field
    from workbook.library import Library
    from workbook.safety import Link, SafetyLine
    from workbook.worksheet import Worksheet

CHANGES = "/changes/"  # what changed in each sheet


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
    def numbers(self) -> list[str]:
        """What safety lines say one can call, as they say it."""
        return sorted({number for line in self.library.safety.values() for number in line.numbers})

    @property
    def papers(self) -> list[File]:
        return [self._file(ending, label, "application/pdf") for ending, label in papers().items()]

    @property
    def data(self) -> list[File]:
        return [
            self._file(".txt", microcopy.say("files.plain_text"), "text/plain"),
            self._file("-letter.docx", microcopy.say("files.word", size="Letter"), ""),  # its type is longer
            self._file(".docx", microcopy.say("files.word", size="A4"), ""),  # than its link
            self._file(".fhir.json", microcopy.say("files.fhir_form"), "application/fhir+json"),
        ]

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
            return microcopy.say("paper.count", what=self._counted(result), where="; ".join(labels))
        if not labels:
            return str(result.how)
        if result.show in ("difference", "gap") and len(labels) == 2:
            parts = microcopy.say("paper.take_away", first=labels[0], second=labels[1])
            return f"{result.how} {parts}"
        if result.show == "rank" and len(labels) > 1:
            parts = microcopy.say("paper.number_first", first=labels[0], others="; ".join(labels[1:]))
            return f"{result.how} {parts}"
        parts = microcopy.say("paper.from_what", what="; ".join(labels))
        return f"{result.how} {parts}"

    def _labels(self, result: Any) -> list[str]:
        known: dict[str, Field] = {field.id: field for field in self.sheet.fields}
        targets = [target for path in result.of if (target := paths.find(known, path))]
        wholes = {target.field.id for target in targets}
        several = len(wholes) > 1 or len([field for field in known.values() if field.type == "table"]) > 1
        return [
            microcopy.say("paper.part_in_whole", part=target.label, whole=target.field.label)
            if target.part and several
            else f"“{target.label}”"
            for target in targets
        ]

    def _counted(self, result: Any) -> str:
        known: dict[str, Field] = {field.id: field for field in self.sheet.fields}
        target = paths.find(known, result.of[0])
        labels = {option.id: option.label for option in target.options} if target else {}
        return microcopy.say("paper.or").join(f"“{labels.get(one, one)}”" for one in result.is_)


def papers() -> dict[str, str]:
    """What ends the name of each PDF of a sheet or a packet, and what the link to it says."""
    large = {
        f"-large-{size.lower()}.pdf": microcopy.say("files.large", size=size) for size in ("Letter", "A4")
    }
    return {"-letter.pdf": "Letter", "-a4.pdf": "A4"} | large


def day_words(day: str) -> str:
    """A day as people say it: '1 December 2026'."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def crisis(library: Library) -> SafetyNote:
    """Whom to call, for the foot of a printed page."""
    line = library.safety.get("crisis")
    first, rest = _split(line.text if line else microcopy.say("paper.crisis"))
    return SafetyNote("crisis", first, rest, None, [])


def with_points(result: Any, sheet: Worksheet) -> str:
    """How to add up by hand what answers count for; nothing where none of them has points."""
    known: dict[str, Field] = {field.id: field for field in sheet.fields}
    targets = [target for path in result.of if (target := paths.find(known, path))]
    if result.show not in HOW_WITH_POINTS or not any(target.points for target in targets):
        return ""
    numbers = [int(found[1]) for one in targets if (found := re.match(r"(\d+)\. ", one.label))]
    if len(numbers) == len(targets) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        first, last = numbers[0], numbers[-1]
        source = microcopy.say("paper.questions", first=first, last=last)
        if len(numbers) == 2:
            source = microcopy.say("paper.both", first=first, last=last)
    else:
        labels = "; ".join(f"“{target.label}”" for target in targets)
        source = microcopy.say("paper.from_what", what=labels)
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
        return microcopy.say("paper.if_under", most=say.under)
    if say.under is None:
        return microcopy.say("paper.if_more", least=say.at_least)
    return microcopy.say("paper.if_between", least=say.at_least, most=say.under)
