"""Results and conditions as FHIRPath, equal to results.py. Expressions name ids, never an author's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from workbook.answers import asked, options_of

if TYPE_CHECKING:
    from workbook.fields.base import Condition
    from workbook.fields.result.field import Result
    from workbook.paths import Target

Item = dict[str, Any]
Items = Mapping[str, Item]  # the FHIR item of each field, by the field's id

ADD = "aggregate($this + $total, 0)"
LARGEST = "aggregate(iif($total.empty() or $this > $total, $this, $total))"
SMALLEST = "aggregate(iif($total.empty() or $this < $total, $this, $total))"


def calculated(result: Result, targets: list[Target], items: Items) -> tuple[str, str] | None:
    """The type of item and the expression that work the result out; None where FHIRPath cannot say it."""
    if result.show == "count":
        return _count(result, targets, items)
    kinds = {
        "integer" if target.points else item["type"]
        for target in targets
        for _, item in _questions(target, items)
    }
    kind = "integer" if kinds == {"integer"} else "decimal"
    if result.show == "difference":
        return _difference(result, targets, items, kind)
    numbers = _combined(_numbers(target, items) for target in targets)
    match result.show:
        case "mean":
            return "decimal", _when_enough(result, numbers, _mean(numbers))
        case "sum":
            return kind, _when_enough(result, numbers, _tidy(f"{numbers}.{ADD}", kind))
        case "largest":
            return kind, _when_enough(result, numbers, _tidy(f"{numbers}.{LARGEST}", kind))
        case "smallest":
            return kind, _when_enough(result, numbers, _tidy(f"{numbers}.{SMALLEST}", kind))
    return None  # FHIRPath has no order and no groups, which rank, tally and gap need


def holds(condition: Condition) -> str:
    """Whether `condition` is met."""
    answers = f"{_item(condition.field)}.answer.value"
    if condition.is_ is not None:
        return f"{answers}.where({_one_of('code', condition.is_)}).exists()"
    if condition.under is not None:
        return f"{answers}.where($this < {condition.under}).exists()"
    return f"{answers}.where($this >= {condition.at_least}).exists()"


def _count(result: Result, targets: list[Target], items: Items) -> tuple[str, str] | None:
    answers = _combined(_answers(target, items) for target in targets)
    if result.is_ is None:
        return "integer", _when_enough(result, answers, f"{answers}.count()")
    if not all(options_of(asked(target)) for target in targets):
        return None  # free words are compared in a way that FHIRPath has no words for
    return "integer", _when_enough(result, answers, f"{answers}.where({_one_of('code', result.is_)}).count()")


def _difference(result: Result, targets: list[Target], items: Items, kind: str) -> tuple[str, str] | None:
    """One pair of answers, the rows of one table, or the parts that two wheels share."""
    first, second = targets
    if "table" in (first.field.type, second.field.type):
        if first.field.id != second.field.id:
            return None
        row = [f"item.where(linkId='{path}').answer.value" for path in result.of]
        pairs = f"{_item(first.field.id)}.select({_tidy(f'({row[0]} - {row[1]})', kind)})"
        return "decimal", _when_enough(result, pairs, _mean(pairs))
    one, other = _singly(first, items), _singly(second, items)
    each = [_tidy(f"({one[key]} - {other[key]})", kind) for key in one if key in other]
    if not each:
        return None
    pairs = _combined(each)
    if "" in one:
        return kind, _when_enough(result, pairs, pairs)
    return "decimal", _when_enough(result, pairs, _mean(pairs))


def _singly(target: Target, items: Items) -> dict[str, str]:
    """The path of each answer by the key that results.py gives it."""
    if target.field.type != "wheel" or target.part:
        return {"": _answers(target, items)}
    above = f"{_item(target.field.id)}.item"
    scales = [(item["linkId"], item["linkId"].rpartition(".")[2]) for _, item in _questions(target, items)]
    return {scale: f"{above}.where(linkId='{link_id}').answer.value" for link_id, scale in scales}


def _answers(target: Target, items: Items) -> str:
    """The path of all answers at `target`."""
    asked = _questions(target, items)
    below = ".item" * asked[0][0]
    if target.part:
        below += f".where({_one_of('linkId', [item['linkId'] for _, item in asked])})"
    return f"{_item(target.field.id)}{below}.answer.value"


def _numbers(target: Target, items: Items) -> str:
    """The numbers at `target`: the answers, or what each counts for.

    The points are written out: each client looks up an option's ordinal value in its own way, or not at all.
    """
    by_points: dict[int, list[str]] = {}
    for id_, points in target.points.items():
        by_points.setdefault(points, []).append(id_)
    if not by_points:
        return _answers(target, items)
    *others, (last, _) = by_points.items()
    value = str(last)
    for points, ids in reversed(others):
        value = f"iif({_one_of('code', ids)}, {points}, {value})"
    return f"{_answers(target, items)}.select({value})"


def _questions(target: Target, items: Items) -> list[tuple[int, Item]]:
    """The questions at `target`, each with how many items deep it lies in its field's own."""
    end = f".{target.part.id}" if target.part else ""
    return [(depth, item) for depth, item in _inside(items[target.field.id]) if item["linkId"].endswith(end)]


def _inside(item: Item, depth: int = 0) -> Iterator[tuple[int, Item]]:
    if item["type"] not in ("group", "display"):
        yield depth, item
    for one in item.get("item", []):
        yield from _inside(one, depth + 1)


def _item(field: str) -> str:
    """Every field lies in a section: two items deep."""
    return f"%resource.item.item.where(linkId='{field}')"


def _one_of(name: str, ids: Iterable[str]) -> str:
    return " or ".join(f"{name}='{id_}'" for id_ in ids)


def _combined(collections: Iterable[str]) -> str:
    """All of them in one collection. The | of FHIRPath would keep only one of equal numbers."""
    first, *others = collections
    return first + "".join(f".combine({other})" for other in others)


def _when_enough(result: Result, answers: str, value: str) -> str:
    return f"iif({answers}.count() >= {result.needs}, {value})"


def _mean(numbers: str) -> str:
    return _rounded(f"{numbers}.{ADD} / {numbers}.count()", 10)


def _tidy(number: str, kind: str) -> str:
    return number if kind == "integer" else _rounded(number, 1000)


def _rounded(number: str, parts: int) -> str:
    """Half up, as amounts.py does it."""
    return f"((({number}) * {parts} + 0.5).floor() / {parts})"
