"""A worksheet as plain text to print, write on and mail: lines of 72 columns, nothing to mark but blanks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from workbook import microcopy
from workbook.fields.base import Field, sentences
from workbook.fields.result.field import Result
from workbook.render.blanks import legend, room
from workbook.render.places import Place, place
from workbook.render.view import View, day_words, range_words
from workbook.render.wrap import columns, wrap
from workbook.worksheet import GRADES

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.worksheet import Section, Worksheet

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def render(sheet: Worksheet, library: Library) -> str:
    """The whole sheet; a line feed ends every line."""
    lines = list(_head(sheet, library))
    lines += _warned(sheet, library)
    for section in sheet.sections:
        lines += ["", "", *_section(section, sheet, library)]
    return "\n".join([*lines, "", "", *_foot(sheet, library), ""])


def _head(sheet: Worksheet, library: Library) -> Iterator[str]:
    minutes = microcopy.say("shared.minutes", minutes=sheet.minutes)
    version = microcopy.say("paper.version", number=sheet.version)
    yield from _underlined(sheet.title, "=")
    yield from wrap(f"{sheet.point_name} · {minutes} · {version} · {day_words(sheet.date)}")
    yield from wrap(library.site.address(f"worksheets/{sheet.id}/"))
    if newer := newer_one(sheet, library):
        yield ""
        yield from wrap(newer, "! ", "  ")
    for text in intro(sheet):
        yield ""
        yield from wrap(text)


def newer_one(sheet: Worksheet, library: Library) -> str:
    """Which sheet took the place of this one; empty where none did."""
    newer = sheet.replaced_by and place(sheet.replaced_by, library)
    return microcopy.say("paper.newer", title=newer.title, address=newer.address) if newer else ""


def intro(sheet: Worksheet) -> list[str]:
    """What it is for, when to use it, and that nobody else sees it."""
    when = microcopy.say("sheet.when")
    return [sheet.summary, f"{when} {sheet.use_when}", microcopy.say("paper.private")]


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
        yield microcopy.say("paper.in_unit", unit=unit)
    if (most := getattr(field, "max", None)) and any(leaf.control == "many" for leaf in field.leaves()):
        yield microcopy.say("paper.at_most", most=most)


def _foot(sheet: Worksheet, library: Library) -> Iterator[str]:
    """Why it may help, where next, what it rests on, whose it is; and last of all whom to call."""
    if sheet.why:
        yield from _underlined(microcopy.say("sheet.why_it_may_help"), "-")
        yield from wrap(sheet.why.text)
        yield from wrap(how_sure(sheet.why.grade))
        yield ""
    if following := onward(sheet, library):
        yield from _underlined(microcopy.say("sheet.where_next"), "-")
        for found in following:
            yield from wrap(f"{found.title}: {found.address}", "- ", "  ")
        yield ""
    if rests_on := sources(sheet, library):
        yield from _underlined(microcopy.say("sheet.sources"), "-")
        for source in rests_on:
            yield from wrap(source, "- ", "  ")
        yield ""
    for said in rights(sheet):
        yield from wrap(said)
    crisis = library.safety.get("crisis")
    if library.clinic:
        yield ""
        yield from wrap(library.clinic.in_words)
    yield ""
    yield from wrap(crisis.text if crisis else microcopy.say("paper.crisis"))


def how_sure(grade: str) -> str:
    return microcopy.say("paper.how_sure", grade=grade, meaning=GRADES[grade])


def rights(sheet: Worksheet) -> Iterator[str]:
    """Whose it is, and what may be done with it."""
    if sheet.similar:
        yield microcopy.say("paper.similar_and_ours", where=sheet.similar)
    if sheet.rights:
        yield sentences(microcopy.say("sheet.not_ours", rights=sheet.rights))
    yield licence(theirs=bool(sheet.rights))


def licence(*, theirs: bool) -> str:
    """How free the words are, or those that are not `theirs`."""
    free = microcopy.say("paper.licence", address=LICENCE)
    return microcopy.say("paper.rest_is_ours", licence=free) if theirs else free


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
