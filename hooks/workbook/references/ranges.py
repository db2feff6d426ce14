"""How small and how large a result can be, and what it says of numbers beyond that."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbook import paths
from workbook.fields.base import Field
from workbook.references.raw import entries

if TYPE_CHECKING:
    from workbook.fields.result.field import Result
    from workbook.paths import Target
    from workbook.problems import Problem
    from workbook.references.raw import Raw
    from workbook.source import Loc, Source

Range = tuple[float, float]
ANY: Range = (-math.inf, math.inf)


def never_said(source: Source, at: Loc, raw: Raw, targets: list[Target]) -> Iterator[Problem]:
    """Every bound of the result's `say` that its number cannot reach."""
    low, high = _range(str(raw.get("show")), targets)
    for index, line in enumerate(entries(raw.get("say"))):
        under, least = (_number(line, key) for key in ("under", "at_least"))
        place = (*at, "say", index)
        if under is not None and under <= low:
            message = f"this result is never under {under}"
            yield source.problem((*place, "under"), message, f"The smallest it can be is {low}.")
        if least is not None and least > high:
            message = f"this result is never {least} or more"
            yield source.problem((*place, "at_least"), message, f"The largest it can be is {high}.")


def said_twice(source: Source, at: Loc, raw: Raw) -> Iterator[Problem]:
    """Every line of `say` for the very numbers of a line before it."""
    seen: dict[tuple[float | None, float | None], int] = {}
    for index, line in enumerate(entries(raw.get("say"))):
        numbers = (_number(line, "under"), _number(line, "at_least"))
        place = (*at, "say", index)
        if numbers == (None, None):
            continue
        if numbers in seen:
            hint = f"Line {seen[numbers]} speaks of them too: make one text of both, or change the numbers."
            yield source.problem(place, "these numbers have their words already", hint)
        seen.setdefault(numbers, source.marks[place][0])


def never_enough(source: Source, at: Loc, raw: Raw, targets: list[Target]) -> Iterator[Problem]:
    """More answers asked for than there can be."""
    needs, most = _number(raw, "needs"), sum(_answers(target) for target in targets)
    if needs is not None and needs > most:
        message = f"this result never has {needs} answers"
        yield source.problem((*at, "needs"), message, f"The most there can be is {most}.")


def _answers(target: Target) -> float:
    """How many answers there can be, where each option that is ticked is one."""
    if target.field.type == "table":
        return math.inf
    if target.field.type == "choices":
        return len(target.options)
    return 1 if target.part else len(list(target.field.leaves()))


def _number(line: Any, key: str) -> float | None:
    found = line.get(key) if isinstance(line, dict) else None
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def of_result(result: Result, targets: list[Target]) -> Range:
    """The smallest and the largest number that `result` can be."""
    return _range(result.show, targets)


def _range(show: str, targets: list[Target]) -> Range:
    if show == "count":
        return 0, math.inf
    ranges = [_of(target) for target in targets]
    if show in ("mean", "largest", "smallest"):
        return min(low for low, _ in ranges), max(high for _, high in ranges)
    if show == "difference" and len(ranges) == 2:
        (low, high), (other_low, other_high) = ranges
        return low - other_high, high - other_low
    if show == "sum":  # any of the answers may be missing
        counts = [_count(target) for target in targets]
        lows = (low * many for (low, _), many in zip(ranges, counts, strict=True) if low < 0)
        highs = (high * many for (_, high), many in zip(ranges, counts, strict=True) if high > 0)
        return sum(lows), sum(highs)
    return ANY


def _of(target: Target) -> Range:
    """The smallest and the largest number that one answer there can be."""
    if target.points:
        return min(target.points.values()), max(target.points.values())
    asked: Any = target.part if isinstance(target.part, Field) else target.field
    if asked.type not in paths.NUMBERS:
        return ANY
    return -math.inf if asked.min is None else asked.min, math.inf if asked.max is None else asked.max


def _count(target: Target) -> float:
    """How many answers there can be."""
    if target.field.type == "table":
        return math.inf
    return 1 if target.part else len(paths.parts(target.field)) or 1
