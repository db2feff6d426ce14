"""A worksheet as plain text to print, write on and mail: lines of 72 columns, nothing to mark but blanks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from workbook.fields.base import Field, sentences
from workbook.fields.result.field import Result
from workbook.render.blanks import legend, room
from workbook.render.places import Place, place
from workbook.render.view import CRISIS, View, range_words
from workbook.render.wrap import columns, wrap
from workbook.worksheet import GRADES

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.worksheet import Section, Worksheet

PRIVACY = "Skip any question. This sheet is yours: nothing you write on it is sent to anyone."
LICENCE = "Free to copy and share: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


def render(sheet: Worksheet, library: Library) -> str:
    """The whole sheet; a line feed ends every line."""
    lines = list(_head(sheet, library))
    lines += _warned(sheet, library)
    for section in sheet.sections:
        lines += ["", "", *_section(section, sheet, library)]
    return "\n".join([*lines, "", "", *_foot(sheet, library), ""])


def _head(sheet: Worksheet, library: Library) -> Iterator[str]:
    day = date.fromisoformat(sheet.date)
    minutes = "1 minute" if sheet.minutes == 1 else f"{sheet.minutes} minutes"
    yield from _underlined(sheet.title, "=")
    yield from wrap(f"{sheet.point_name} · {minutes} · version {sheet.version} · {day.day} {day:%B %Y}")
    yield from wrap(library.site.address(f"worksheets/{sheet.id}/"))
    if newer := sheet.replaced_by and place(sheet.replaced_by, library):
        yield ""
        yield from wrap(f"There is a newer version: {newer.title}, {newer.address}", "! ", "  ")
    for text in (sheet.summary, f"When: {sheet.use_when}", PRIVACY):
        yield ""
        yield from wrap(text)


class Warned(NamedTuple):
    """A safety line: when it holds, its first sentence, what follows, and where it leads."""

    condition: str
    first: str
    rest: str

    def __str__(self) -> str:
        return " ".join(filter(None, self))


def safety(sheet: Worksheet, library: Library, after: str = "") -> Iterator[Warned]:
    """The safety lines that hold for all, or those that answers to the field `after` call for."""
    for rule in sheet.safety:
        if (rule.when[-1].field if rule.when else "") != after or not (line := library.safety.get(rule.line)):
            continue  # a line that is broken is told as a problem of its own file
        condition = f"{sheet.condition(rule.when, after)}:" if rule.when else ""
        first, stop, rest = line.text.partition(". ")
        more = f"{line.link.text}: {library.site.address(line.link.page)}" if line.link else ""
        yield Warned(condition, first + stop.strip(), " ".join(filter(None, [rest, more])))


def _warned(sheet: Worksheet, library: Library, after: str = "") -> Iterator[str]:
    for one in safety(sheet, library, after):
        yield ""
        yield from wrap(str(one), "! ", "  ")


def _section(section: Section, sheet: Worksheet, library: Library) -> Iterator[str]:
    yield from _underlined(section.title, "-")
    yield from wrap(section.intro or "")
    for field in cast("list[Field]", section.fields):
        yield ""
        yield from _field(field, sheet, library)
        yield from _warned(sheet, library, field.id)


def _field(field: Field, sheet: Worksheet, library: Library) -> Iterator[str]:
    """What to know before answering, then room to answer."""
    if field.when:
        yield from wrap(f"{sheet.condition(field.when)}:")
    yield from wrap(field.label)
    yield from wrap(sentences(*asides(field)), "  ")
    if isinstance(field, Result):
        yield from wrap(View(sheet, library, {}).how(field), "  ")
    for column in getattr(field, "columns", ()):
        aside = sentences(*asides(column)) if isinstance(column, Field) else ""
        yield from wrap(f"{column.label}: {aside}" if aside else "", "  ")
    for one in getattr(field, "see", ()):
        if found := place(one, library):
            yield from wrap(f"{found.title}: {found.address}", "  ")
    yield from room(field)
    for say in getattr(field, "say", ()):
        yield from wrap(f"{range_words(say)}: {say.text}", "  ")


def asides(field: Field) -> Iterator[str]:
    """The hint, what the numbers mean, what is counted, how many to mark."""
    yield field.hint or ""
    yield legend(field)
    if unit := getattr(field, "unit", None):
        yield f"In {unit}"
    if (most := getattr(field, "max", None)) and any(leaf.control == "many" for leaf in field.leaves()):
        yield f"At most {most}"


def _foot(sheet: Worksheet, library: Library) -> Iterator[str]:
    """Why it may help, where next, what it rests on, whose it is; and last of all whom to call."""
    if sheet.why:
        yield from _underlined("Why this may help", "-")
        yield from wrap(sheet.why.text)
        yield from wrap(f"How sure we are: {sheet.why.grade}. {GRADES[sheet.why.grade]}")
        yield ""
    if following := onward(sheet, library):
        yield from _underlined("Where next", "-")
        for found in following:
            yield from wrap(f"{found.title}: {found.address}", "- ", "  ")
        yield ""
    if rests_on := sources(sheet, library):
        yield from _underlined("Sources", "-")
        for source in rests_on:
            yield from wrap(source, "- ", "  ")
        yield ""
    if sheet.similar:
        yield from wrap(f"Similar tools are used in {sheet.similar}. This sheet is our own.")
    yield from wrap(sentences(sheet.rights and f"Not ours: {sheet.rights}"))
    yield from wrap(f"The rest is ours. {LICENCE}" if sheet.rights else LICENCE)
    crisis = library.safety.get("crisis")
    if library.clinic:
        yield ""
        yield from wrap(library.clinic.in_words)
    yield ""
    yield from wrap(crisis.text if crisis else CRISIS)


def onward(sheet: Worksheet, library: Library) -> list[Place]:
    """Where to go from here."""
    return [found for id_ in sheet.next if (found := place(id_, library))]


def sources(sheet: Worksheet, library: Library) -> list[str]:
    """The works it leans on, written out."""
    books = library.bibliography
    known = [key for key in sheet.sources if key in books.keys] if books else []
    return [books.entry_text(key) for key in books.in_order(known)] if books else []


def _underlined(title: str, sign: str) -> list[str]:
    lines = wrap(title)
    return [*lines, sign * max(map(columns, lines))]
