"""Results: does each work on earlier answers, and on ones that its sum can be done with?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from workbook import paths
from workbook.fields.partly import as_far_as_known
from workbook.fields.result.field import HOW, PAIRS
from workbook.problems import MOST_LOOKED_AT, did_you_mean, quoted
from workbook.references.names import twice
from workbook.references.ranges import never_enough, never_said, said_twice
from workbook.references.raw import texts

if TYPE_CHECKING:
    from workbook.fields.base import Field
    from workbook.paths import Target
    from workbook.problems import Problem
    from workbook.references.raw import Known, Raw
    from workbook.source import Loc, Source

ANY_ANSWER = ("tally", "count")
ADDED = ("mean", "sum", "largest", "smallest")  # what the points of a choice may go into


def result(source: Source, at: Loc, raw: Raw, known: Known) -> Iterator[Problem]:
    """What is wrong with what the result at `at` refers to."""
    show = str(raw.get("show"))
    named = list(islice(texts(raw.get("of")), MOST_LOOKED_AT))
    others = {path for _, path in named}
    found = [target for _, path in named if (target := paths.find(known.sound, path))]
    yield from twice(source, (((*at, "of", index), path) for index, path in named))
    yield from twice(source, (((*at, "is", index), one) for index, one in texts(raw.get("is"))))
    yield from said_twice(source, at, raw)
    for index, path in named:
        for said in as_far_as_known(_of(path, index, raw, others, known)):
            yield source.problem((*at, "of", index), *said)
    if named and len(found) == len(named):
        yield from as_far_as_known(_together(source, (*at, "of"), show, found))
        yield from as_far_as_known(never_said(source, at, raw, found))
        yield from as_far_as_known(never_enough(source, at, raw, found))
        yield from as_far_as_known(_counted(source, (*at, "is"), raw.get("is"), found))


def _of(path: str, index: int, raw: Raw, others: set[str], known: Known) -> Iterator[tuple[str, str]]:
    """What is wrong with one path."""
    show = str(raw.get("show"))
    if said := _unfollowed(path, raw.get("id"), others, known) or _uncountable(path, index, show, known):
        yield said


def _uncountable(path: str, index: int, show: str, known: Known) -> tuple[str, str] | None:
    """Words where the result needs numbers. A rank may show words beside its numbers."""
    target = paths.find(known.sound, path)
    if (
        target is None
        or target.numeric
        or (show in ADDED and target.points)
        or show not in HOW
        or show in ANY_ANSWER
        or (show == "rank" and index)
    ):
        return None
    needed = f"A {show} needs numbers: a number, a scale, a wheel, or such a column."
    if show in ADDED and target.field.type == "choice":
        needed = f"A {show} needs numbers: give each of its options 'points'."
    return f"{quoted(path)} is not a number", needed


def _unfollowed(path: str, own: Any, others: set[str], known: Known) -> tuple[str, str] | None:
    """Why a path leads nowhere, and what to do; nothing if it leads somewhere, or to a broken field."""
    name, *rest = path.split(".")
    sound = known.sound
    if paths.find(sound, path):
        return None
    if name == own:
        return f"{quoted(name)} cannot work on itself", "Name an answer that comes before it."
    if name in known.earlier and name not in sound:
        return None
    if name in known.names and name not in sound:
        return f"{quoted(name)} does not come before this", "Move it up: a result works on answers before it."
    if name in known.sections:
        return f"{quoted(name)} is a section, not an answer", "Name fields: a result works on single answers."
    hint = did_you_mean(path, paths.known(sound), others) or "Name an answer that comes before it."
    field = sound.get(name)
    if field is None:
        return f"no answer is called {quoted(path)}", hint
    return _wrong_part(field, path, rest, hint)


def _wrong_part(field: Field, path: str, rest: list[str], hint: str) -> tuple[str, str]:
    """Why a path that begins at a sound field goes no further."""
    below = [part.id for part in paths.parts(field)]
    if not field.answered:
        return f"'{field.id}' is a {field.type}, which has no answer", hint
    if not rest:
        return f"'{field.id}' is a whole table", f"Name one of its columns: {field.id}.{below[0]}."
    if not below:
        return f"'{field.id}' has no parts", f"Write '{field.id}' alone."
    what = "scale" if field.type == "wheel" else "column"
    return f"'{field.id}' has no {what} {quoted('.'.join(rest))}", hint


def _together(source: Source, at: Loc, show: str, targets: list[Target]) -> Iterator[Problem]:
    """Answers that do not go together in one result."""
    fields = [target.field for target in targets]
    if show == "rank" and len({field.id for field in fields}) > 1:
        yield source.problem(at, "a rank shows columns of one table", "Name columns of the same table.")
    if show not in PAIRS or len(targets) != 2:
        return
    first, second = map(_many, targets)
    if first.keys() != second.keys():
        hint = "Name two single answers, two columns of one table, or two wheels."
        yield source.problem(at, f"these two cannot have a {show}", hint)
    elif first and not {*chain(*first.values())} & {*chain(*second.values())}:
        hint = "Give the same id to the scales that belong together."
        yield source.problem(at, f"'{fields[0].id}' and '{fields[1].id}' have no scale in common", hint)


def _many(target: Target) -> dict[str, list[str]]:
    """What many answers belong to: the rows of a table, or the scales of a wheel. Nothing for one answer."""
    if target.field.type == "table":
        return {target.field.id: ["rows"]}
    if target.field.type == "wheel" and not target.part:
        return {"wheel": [part.id for part in paths.parts(target.field)]}
    return {}


def _counted(source: Source, at: Loc, wanted: Any, targets: list[Target]) -> Iterator[Problem]:
    """An answer to count that nobody can choose."""
    options = {option.id for target in targets for option in target.options}
    for index, one in texts(wanted):
        if options and one not in options and all(target.options for target in targets):
            hint = did_you_mean(one, options, wanted)
            yield source.problem((*at, index), f"{quoted(one)} is not an option there", hint)
