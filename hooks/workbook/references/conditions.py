"""Conditions: does each look at an earlier answer, and can it ever hold?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbook import paths
from workbook.fields.partly import as_far_as_known
from workbook.problems import did_you_mean, quoted
from workbook.references.names import twice
from workbook.references.ranges import ANY, of_result
from workbook.references.raw import texts

if TYPE_CHECKING:
    from workbook.fields.base import Field
    from workbook.problems import Problem
    from workbook.references.raw import Known, Raw
    from workbook.source import Loc, Source

COUNTED = ("scale", "number")
CHOSEN = ("choice", "choices")
LISTS = ("rank", "tally", "gap")


def conditions(source: Source, at: Loc, raw: Raw, known: Known) -> Iterator[Problem]:
    """What is wrong with the `when` of a field or of a safety rule that stands at `at`."""
    when = raw.get("when")
    alone = list(_alone(source, at, raw, known))
    yield from alone
    if isinstance(when, list) and not alone:
        yield from _apart(source, (*at, "when"), when)
        yield from as_far_as_known(_no_option_left(source, (*at, "when"), when, known))


def _alone(source: Source, at: Loc, raw: Raw, known: Known) -> Iterator[Problem]:
    """What is wrong with each condition by itself."""
    when = raw.get("when")
    placed = enumerate(when) if isinstance(when, list) else [(None, when)]
    for index, one in placed:
        if isinstance(one, dict) and isinstance(one.get("field"), str) and one["field"].strip():
            place = (*at, "when") if index is None else (*at, "when", index)
            if field := known.earlier.get(one["field"]):
                yield from as_far_as_known(_asks(source, place, one, field, known))
            elif one["field"] not in known.earlier:
                said = _unknown(one["field"], raw.get("id"), known)
                yield source.problem((*place, "field"), *said)


def _apart(source: Source, place: Loc, conditions: list[Any]) -> Iterator[Problem]:
    """Two conditions on one answer that no number can meet together."""
    lowest: dict[str, Any] = {}
    highest: dict[str, Any] = {}
    for index, one in enumerate(conditions):
        name = one.get("field") if isinstance(one, dict) else None
        if not isinstance(name, str):
            continue
        if _is_number(floor := one.get("at_least")):
            lowest[name] = max(floor, lowest.get(name, floor))
        if _is_number(ceiling := one.get("under")):
            highest[name] = min(ceiling, highest.get(name, ceiling))
        if name in lowest and name in highest and lowest[name] >= highest[name]:
            message = f"{quoted(name)} is never under {highest[name]} and also {lowest[name]} or more"
            hint = "Make 'at_least' smaller, or 'under' larger."
            yield source.problem((*place, index), message, hint)
            return


def _no_option_left(source: Source, place: Loc, conditions: list[Any], known: Known) -> Iterator[Problem]:
    """Two conditions on the one answer of a choice that no option meets together."""
    left: dict[str, set[str]] = {}
    for index, one in enumerate(conditions):
        name, wanted = (one.get("field"), one.get("is")) if isinstance(one, dict) else (None, None)
        field = known.earlier.get(name) if isinstance(name, str) else None
        if field is None or field.type != "choice" or not isinstance(wanted, list):
            continue
        asked = {option for _, option in texts(wanted)}
        left[field.id] = left.get(field.id, asked) & asked
        if asked and not left[field.id]:
            message = f"no answer to '{field.id}' meets this and what stands before it"
            hint = f"A choice has one answer: name all that fit in one line, {{field: {field.id}, is: […]}}."
            yield source.problem((*place, index), message, hint)
            return


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unknown(name: str, own: Any, known: Known) -> tuple[str, str]:
    """Why no earlier field has this name, and what to do."""
    if name == own and name in known.names:
        return f"{quoted(name)} cannot depend on itself", "Name a field that comes before it."
    if name in known.names:
        return (
            f"{quoted(name)} does not come before this",
            "Move it up: a condition looks at an answer given before.",
        )
    if name in known.sections:
        return (
            f"{quoted(name)} is a section, not a field",
            "Name one field: a condition looks at a single answer.",
        )
    hint = (
        did_you_mean(name, [one for one in known.names if one != own]) or "Name a field that comes before it."
    )
    return f"no field is called {quoted(name)}", hint


def _asks(source: Source, place: Loc, raw: Raw, field: Field, known: Known) -> Iterator[Problem]:
    """A question that this kind of field cannot answer."""
    bounds = [key for key in ("under", "at_least") if key in raw]
    if "is" in raw and field.type not in CHOSEN:
        cure = "use 'under' or 'at_least'" if _counted(field) else "name a choice or choices field"
        hint = f"'is' looks for an option; {cure}."
        yield source.problem((*place, "is"), f"'{field.id}' has no options", hint, at_key=True)
    elif "is" in raw:
        yield from _options(source, place, raw["is"], field)
    for key in bounds:
        if _counted(field):
            yield from _reach(source, (*place, key), raw[key], field, known)
        elif field.type == "result":
            hint = "Name a result that is one number, such as a sum or a mean."
            yield source.problem((*place, key), f"'{field.id}' is a list, not a number", hint, at_key=True)
        else:
            cure = "use 'is' with its options"
            if field.type not in CHOSEN:
                cure = "name a number, a scale or a result"
            elif any(getattr(one, "points", None) is not None for one in field.__dict__.get("options") or ()):
                cure += ", or name a result that adds up its points"
            hint = f"'{key}' compares numbers; {cure}."
            yield source.problem((*place, key), f"'{field.id}' is not a number", hint, at_key=True)


def _options(source: Source, place: Loc, wanted: Any, field: Any) -> Iterator[Problem]:
    ids = [option.id for option in field.options]
    yield from twice(source, (((*place, "is", index), one) for index, one in texts(wanted)))
    for index, one in texts(wanted):
        if one not in ids:
            message = f"{quoted(one)} is not an option of '{field.id}'"
            yield source.problem(
                (*place, "is", index), message, did_you_mean(one, ids, [one for _, one in texts(wanted)])
            )


def _counted(field: Any) -> bool:
    """Whether there is one number to compare."""
    return field.type in COUNTED or (field.type == "result" and field.show not in LISTS)


def _limits(field: Any, known: Known) -> tuple[float | None, float | None]:
    """The smallest and the largest number that can be there."""
    if field.type != "result":
        return field.min, field.max
    targets = [target for path in field.of if (target := paths.find(known.sound, path))]
    return of_result(field, targets) if len(targets) == len(field.of) else ANY


def _reach(source: Source, place: Loc, bound: Any, field: Any, known: Known) -> Iterator[Problem]:
    """A bound that no answer can be beyond."""
    if not _is_number(bound):
        return
    low, high = _limits(field, known)
    if place[-1] == "under" and low is not None and bound <= low:
        yield source.problem(place, f"'{field.id}' is never under {bound}", f"Its smallest number is {low}.")
    elif place[-1] == "at_least" and high is not None and bound > high:
        yield source.problem(
            place, f"'{field.id}' is never {bound} or more", f"Its largest number is {high}."
        )
