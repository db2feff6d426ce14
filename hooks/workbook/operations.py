"""What is done with the answers of a result, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.amounts import Amount, listed, some, tenths, tidy, total
from workbook.answers import alike, asked, in_words, options_of

if TYPE_CHECKING:
    from workbook.fields.result.field import Result
    from workbook.paths import Target


class Item(NamedTuple):
    """One line of a result that is a list; `rest` is what stands beside it."""

    label: str
    value: Amount
    rest: tuple[str, ...] = ()


class Entry(NamedTuple):
    """An answer under its own name. Entries of two paths with the same key belong together."""

    key: str
    label: str
    value: Any
    rest: tuple[str, ...] = ()


Column = list[Entry]
Worked = tuple[Amount | None, Sequence[Item], str]


def _mean(result: Result, targets: list[Target], found: Column) -> Worked:
    value = tenths(total(one.value for one in found) / len(found))
    return value, (), f"Average of {_numbers(targets, found)}: {value}"


def _sum(result: Result, targets: list[Target], found: Column) -> Worked:
    value = tidy(total(one.value for one in found))
    return value, (), f"Sum of {_numbers(targets, found)}: {value}"


def _numbers(targets: list[Target], found: Column) -> str:
    """How many were worked with: people wrote numbers, or gave answers that have points."""
    return some(len(found), "answer" if any(target.points for target in targets) else "number")


def _difference(result: Result, targets: list[Target], found: Column) -> Worked:
    """One pair gives its difference. Rows and parts give the average of theirs."""
    if not found[0].key:
        first, second = found[0].rest
        return found[0].value, (), f"{first} minus {second} is {found[0].value}"
    value = tenths(total(one.value for one in found) / len(found))
    what = some(len(found), "row" if targets[0].field.type == "table" else "part")
    return value, (), f"{_minus(targets)}, average of {what}: {value}"


def _largest(result: Result, targets: list[Target], found: Column) -> Worked:
    """The largest or the smallest, and whose it is: all of them when several share it."""
    best = (max if result.show == "largest" else min)(one.value for one in found)
    items = [Item(one.label, tidy(best)) for one in found if one.value == best]
    what = f"{result.show.capitalize()} of {_numbers(targets, found)}"
    return tidy(best), items, f"{what}: {tidy(best)} ({listed([item.label for item in items])})"


def _count(result: Result, targets: list[Target], found: Column) -> Worked:
    if result.is_ is None:
        return len(found), (), f"{some(len(found), 'answer')} given"
    wanted = {alike(one) for one in result.is_}
    number = sum(alike(in_words(None, one.value)) in wanted for one in found)
    labels = {option.id: option.label for target in targets for option in options_of(asked(target))}
    names = " or ".join(f"“{labels.get(one, one)}”" for one in result.is_)
    return number, (), f"{number} of {some(len(found), 'answer')}: {names}"


def _rank(result: Result, targets: list[Target], found: Column) -> Worked:
    items = [Item(one.label, tidy(one.value), one.rest) for one in _falling(found)]
    return None, items, f"In order of “{targets[0].label}”, the largest first"


def _tally(result: Result, targets: list[Target], found: Column) -> Worked:
    """Every option, the unchosen too; other words as they were first written."""
    names = {alike(option.id): option.label for target in targets for option in options_of(asked(target))}
    times = dict.fromkeys(names, 0)
    for one in found:
        written = in_words(None, one.value)
        same = alike(written)
        names.setdefault(same, written)
        times[same] = times.get(same, 0) + 1
    items = [Item(names[same], number) for same, number in sorted(times.items(), key=lambda one: -one[1])]
    most = [item.label for item in items if item.value == items[0].value]
    each = " each" if len(most) > 1 else ""
    words = f"{listed(most)} came up most: {items[0].value} of {some(len(found), 'answer')}{each}"
    return None, items, words


def _gap(result: Result, targets: list[Target], found: Column) -> Worked:
    items = [Item(one.label, one.value, one.rest) for one in _falling(found)]
    return None, items, f"{_minus(targets)}, the largest first"


OPERATIONS = {
    "mean": _mean,
    "sum": _sum,
    "difference": _difference,
    "largest": _largest,
    "smallest": _largest,
    "count": _count,
    "rank": _rank,
    "tally": _tally,
    "gap": _gap,
}


def _falling(found: Column) -> Column:
    """Largest first; equals stay as they stand on the sheet."""
    return sorted(found, key=lambda one: -one.value)


def _minus(targets: list[Target]) -> str:
    first, second = targets
    return f"“{first.label}” minus “{second.label}”"
