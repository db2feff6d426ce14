"""References that lead out of a file: to sources, safety lines and other worksheets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from workbook.problems import did_you_mean, first, quoted
from workbook.references.names import twice
from workbook.references.raw import entries, raw_fields, texts
from workbook.worksheet import PAGE, SURE

if TYPE_CHECKING:
    from workbook.problems import Problem
    from workbook.references.names import Place
    from workbook.references.raw import Raw
    from workbook.source import Source


class Shelf(NamedTuple):
    """The names of all that stands outside, broken or not. None: not known, so it may have any."""

    worksheets: Collection[str] = ()
    lines: Collection[str] | None = ()
    sources: Collection[str] | None = ()
    pages: Collection[str] | None = None
    unseen: Collection[str] = ()  # sources whose record we have not seen confirmed


def problems_abroad(source: Source, shelf: Shelf) -> list[Problem]:
    """Every reference of a worksheet that leads nowhere outside."""
    return first(_abroad(source, shelf))


def _abroad(source: Source, shelf: Shelf) -> Iterator[Problem]:
    data: Raw = source.data
    own = source.path.stem
    seen = list(_seen(data))
    others = [*_named(data, "next"), *_replaced(data), *(one for one in seen if "/" not in one[1])]
    yield from missing(source, "source", _named(data, "sources"), shelf.sources)
    yield from missing(source, "safety line", _lines(data), shelf.lines)
    yield from missing(source, "worksheet", [one for one in others if one[1] != own], shelf.worksheets)
    for loc, name in others:
        if name == own:
            yield source.problem(
                loc, f"{quoted(name)} is this worksheet itself", "Name another one, or take it out."
            )
    for loc, address in seen:
        if "/" in address and not re.fullmatch(PAGE, address):
            hint = "Write its address between slashes, /smart/urges/, or name a worksheet."
            yield source.problem(loc, f"{quoted(address)} is not a page of this site", hint)
    pages = [*((("page",), one) for one in [data.get("page")] if isinstance(one, str)), *seen]
    yield from missing(source, "page", [one for one in pages if re.fullmatch(PAGE, one[1])], shelf.pages)
    yield from _too_sure(source, data, shelf)
    for key in ("next", "sources", "safety", "needs"):
        yield from twice(source, _named(data, key))
    for at, raw in raw_fields(data):
        yield from twice(source, (((*at, "see", index), one) for index, one in texts(raw.get("see"))))


def led_to_old(source: Source, state: Mapping[str, str]) -> Iterator[Problem]:
    """A problem where the successor of a retired sheet is not handed out. `state`: each one's status."""
    for loc, name in _replaced(source.data):
        if state.get(name) == "draft":
            hint = "Set its status to active first, or name another."
            yield source.problem(loc, f"{quoted(name)} is a draft, which nobody but you can see", hint)
        elif state.get(name) == "retired" and name != source.path.stem:
            yield source.problem(loc, f"{quoted(name)} is retired too", "Name the sheet that took its place.")


def led_to_clinicians(source: Source, clinicians: Collection[str]) -> Iterator[Problem]:
    """A problem for each place where a sheet for everyone leads to one for clinicians."""
    for loc, name in (*_named(source.data, "next"), *_seen(source.data)):
        if name in clinicians:
            hint = "Take it out: readers would take it for a test to take alone."
            yield source.problem(
                loc, f"{quoted(name)} is for clinicians, and this sheet is for everyone", hint
            )


def missing(
    source: Source, what: str, places: Iterable[Place], known: Collection[str] | None
) -> Iterator[Problem]:
    """A problem for each name that is not known."""
    if known is None:
        return
    places = list(places)
    named = {name for _, name in places}
    for loc, name in places:
        if name not in known:
            hint = did_you_mean(name, known, named) or "Take it out: there is none yet."
            yield source.problem(loc, f"no {what} is called {quoted(name)}", hint)


def too_sure(grade: object, sources: Collection[str], unseen: Collection[str]) -> tuple[str, str] | None:
    """The problem and its cure, when a grade is surer than the works below it allow; None when it is not."""
    if grade not in SURE or not set(sources) <= set(unseen):
        return None
    if not sources:
        return f"{grade} rests on no source", "Name the works it rests on, or take a lower grade."
    hint = "Read one of them and set 'confirmed: page' there, name another, or take a lower grade."
    return f"{grade} rests on works alone that we have not read ourselves", hint


def _too_sure(source: Source, data: Raw, shelf: Shelf) -> Iterator[Problem]:
    """Why a sheet may help, told surer than its sources are."""
    why, sources = data.get("why"), [name for _, name in _named(data, "sources")]
    if isinstance(why, dict) and (wrong := too_sure(why.get("grade"), sources, shelf.unseen)):
        yield source.problem(("why", "grade"), *wrong)


def _named(data: Raw, key: str) -> Iterator[Place]:
    return (((key, index), one) for index, one in texts(data.get(key)))


def _replaced(data: Raw) -> Iterator[Place]:
    """The sheet that took the place of a retired one."""
    if isinstance(name := data.get("replaced_by"), str) and name.strip():
        yield ("replaced_by",), name


def _lines(data: Raw) -> Iterator[Place]:
    yield from _named(data, "safety")
    for index, rule in enumerate(entries(data.get("safety"))):
        if isinstance(rule, dict) and isinstance(rule.get("line"), str) and rule["line"].strip():
            yield ("safety", index, "line"), rule["line"]


def _seen(data: Raw) -> Iterator[Place]:
    """The worksheets and pages that notes send to."""
    for at, raw in raw_fields(data):
        yield from (((*at, "see", index), one) for index, one in texts(raw.get("see")))
