"""What the answers add up to, and how, in words. tests/vectors/results.json holds JavaScript to the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from workbook import paths
from workbook.amounts import Amount, spelled, tidy
from workbook.answers import Answers, Fields, Given, asked, counts, in_words, is_number, options_of, stored
from workbook.operations import OPERATIONS, Column, Entry, Item
from workbook.paths import Target

if TYPE_CHECKING:
    from workbook.fields.base import Condition, Field
    from workbook.fields.result.field import Result


@dataclass(frozen=True)
class Outcome:
    """What a result shows. Without enough answers only `words` holds anything."""

    value: Amount | None = None
    items: tuple[Item, ...] = ()
    words: str = ""
    say: tuple[str, ...] = ()
    enough: bool = True


ADDED = ("mean", "sum", "largest", "smallest")
PAIRED = ("difference", "gap")
BY_ROW = (*PAIRED, "rank")


def work_out(result: Result, fields: Fields, answers: Answers) -> Outcome:
    """What `result` shows for `answers`. Missing, hidden and impossible answers are left out."""
    targets = [target for path in result.of if (target := paths.find(fields, path))]
    found = _found(result, targets, fields, answers)
    if not targets or len(found) < result.needs:
        return Outcome(words=_too_few(result, targets, len(found)), enough=False)
    value, items, words = OPERATIONS[result.show](result, targets, found)
    say = tuple(one.text for one in result.say if value is not None and one.holds(value))
    return Outcome(value, tuple(items), words, say)


def given(target: Target, fields: Fields, answers: Answers) -> list[Given]:
    """The answers at `target`, in order. Blank, hidden and impossible ones are left out."""
    if not shown(target.field, fields, answers):
        return []
    options = [option.id for option in options_of(asked(target))]
    found = stored(target, answers.get(target.field.id))
    return [one for one in found if counts(one.value, target.numeric, options)]


def shown(field: Field, fields: Fields, answers: Answers) -> bool:
    """Whether the conditions of `field` hold. An answer that is itself hidden fulfils none."""
    return all(holds(condition, fields, answers) for condition in field.when)


def holds(condition: Condition, fields: Fields, answers: Answers) -> bool:
    """Whether the answer is one that `condition` looks for. Without an answer it is not."""
    field = fields.get(condition.field)
    found = _compared(field, fields, answers) if field else []
    if condition.is_ is not None:
        return any(value in condition.is_ for value in found)
    if condition.under is not None:
        return any(is_number(value) and value < condition.under for value in found)
    return any(is_number(value) and value >= condition.at_least for value in found)


def _compared(field: Any, fields: Fields, answers: Answers) -> list[Any]:
    """What there is to compare: the answers of a field, or the number of a result that is shown."""
    if field.type != "result":
        return [one.value for one in given(Target(field), fields, answers)]
    return [work_out(field, fields, answers).value] if shown(field, fields, answers) else []


def _found(result: Result, targets: list[Target], fields: Fields, answers: Answers) -> Column:
    """What the result works on: single answers, pairs, or the rows of a table."""
    columns = [_entries(target, fields, answers) for target in targets]
    if result.show in ADDED:
        columns = [
            [_in_points(one, target) for one in column]
            for target, column in zip(targets, columns, strict=True)
        ]
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


def _in_points(one: Entry, target: Target) -> Entry:
    """What an answer counts for, where its options have points."""
    return one._replace(value=target.points[one.value]) if target.points else one


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


def _too_few(result: Result, targets: list[Target], number: int) -> str:
    if result.needs == 1:
        return "No answers yet"
    by_row = targets and targets[0].field.type == "table" and (len(targets) == 1 or result.show in BY_ROW)
    what = "rows show a pattern" if by_row else "answers are needed"
    return f"{spelled(result.needs).capitalize()} {what}. You have {spelled(number)}."
