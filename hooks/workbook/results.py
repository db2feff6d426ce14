"""What the answers add up to, and how, in words. tests/vectors/results.json holds JavaScript to the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook import paths
from workbook.amounts import Amount, listed, some, spelled, tenths, tidy, total
from workbook.answers import Answers, Fields, alike, asked, given, in_words, options_of

if TYPE_CHECKING:
    from workbook.fields.result.field import Result
    from workbook.paths import Target


class Item(NamedTuple):
    """One line of a result that is a list; `rest` is what stands beside it."""

    label: str
    value: Amount
    rest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a result shows. Without enough answers only `words` holds anything."""

    value: Amount | None = None
    items: tuple[Item, ...] = ()
    words: str = ""
    say: tuple[str, ...] = ()
    enough: bool = True


class Entry(NamedTuple):
    """An answer under its own name. Entries of two paths with the same key belong together."""

    key: str
    label: str
    value: Any
    rest: tuple[str, ...] = ()


PAIRED = ("difference", "gap")
BY_ROW = (*PAIRED, "rank")

Column = list[Entry]
Worked = tuple[Amount | None, Sequence[Item], str]


def work_out(result: Result, fields: Fields, answers: Answers) -> Outcome:
    """What `result` shows for `answers`. Missing, hidden and impossible answers are left out."""
    targets = [target for path in result.of if (target := paths.find(fields, path))]
    found = _found(result, targets, fields, answers)
    if not targets or len(found) < result.needs:
        return Outcome(words=_too_few(result, targets, len(found)), enough=False)
    value, items, words = OPERATIONS[result.show](result, targets, found)
    say = tuple(one.text for one in result.say if value is not None and one.holds(value))
    return Outcome(value, tuple(items), words, say)


def _found(result: Result, targets: list[Target], fields: Fields, answers: Answers) -> Column:
    """What the result works on: single answers, pairs, or the rows of a table."""
    columns = [_entries(target, fields, answers) for target in targets]
    if result.show in PAIRED:
        return _pairs(*columns) if len(columns) == 2 else []
    if result.show == "rank" and targets and targets[0].field.type == "table":
        return _rows(targets, columns)
    if len(targets) > 1:
        columns = [
            [one._replace(label=f"{one.label}: {target.label}") if one.key else one for one in column]
            for target, column in zip(targets, columns, strict=True)
        ]
    return list(chain.from_iterable(columns))


def _entries(target: Target, fields: Fields, answers: Answers) -> Column:
    scales = {scale.id: scale.label for scale in getattr(target.field, "scales", [])}
    row = getattr(target.field, "row_name", "Row")
    return [
        Entry(key, (scales.get(key) or f"{row} {key}") if key else target.label, value)
        for key, value in given(target, fields, answers)
    ]


def _pairs(first: Column, second: Column) -> Column:
    """First minus second wherever both are given."""
    others = {one.key: tidy(one.value) for one in second}
    both = [(one, tidy(one.value), others[one.key]) for one in first if one.key in others]
    return [one._replace(value=tidy(a - b), rest=(str(a), str(b))) for one, a, b in both]


def _rows(targets: list[Target], columns: list[Column]) -> Column:
    """The rows that have a number in the first column, called by the second, with the others beside them."""
    beside = [
        {one.key: in_words(asked(target), one.value) for one in column}
        for target, column in zip(targets[1:], columns[1:], strict=True)
    ]
    rows = []
    for one in columns[0]:
        name, *rest = [column.get(one.key, "") for column in beside] or [""]
        rows.append(one._replace(label=name or one.label, rest=tuple(rest)))
    return rows


def _mean(result: Result, targets: list[Target], found: Column) -> Worked:
    value = tenths(total(one.value for one in found) / len(found))
    return value, (), f"Average of {some(len(found), 'number')}: {value}"


def _sum(result: Result, targets: list[Target], found: Column) -> Worked:
    value = tidy(total(one.value for one in found))
    return value, (), f"Sum of {some(len(found), 'number')}: {value}"


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
    what = f"{result.show.capitalize()} of {some(len(found), 'number')}"
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


def _too_few(result: Result, targets: list[Target], number: int) -> str:
    if result.needs == 1:
        return "No answers yet"
    by_row = targets and targets[0].field.type == "table" and (len(targets) == 1 or result.show in BY_ROW)
    what = "rows show a pattern" if by_row else "answers are needed"
    return f"{spelled(result.needs).capitalize()} {what}. You have {spelled(number)}."
