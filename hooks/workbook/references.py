"""Checks between the parts of one worksheet. They read the raw data, so one broken field hides no other problem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from workbook import paths
from workbook.problems import Problem, did_you_mean
from workbook.worksheet import AnyField

if TYPE_CHECKING:
    from workbook.fields.base import Condition, Field
    from workbook.source import Loc, Source

FIELD = TypeAdapter(AnyField)


def problems_within(source: Source) -> Iterator[Problem]:
    """Every id given twice and every reference to a field that cannot be followed."""
    data = source.data if isinstance(source.data, dict) else {}
    if isinstance(data.get("id"), str) and data["id"] != source.path.stem:
        hint = f"Write 'id: {source.path.stem}', or rename the file to {data['id']}.yml."
        yield source.problem(("id",), f"id {data['id']!r} is not the file's name", hint)
    yield from _repeated(source, data)
    earlier: dict[str, Field] = {}
    names = {raw["id"] for _, raw in raw_fields(data) if isinstance(raw.get("id"), str)}
    for at, raw in raw_fields(data):
        field = _made(raw)
        yield from _conditions(source, (*at, "when"), raw.get("when"), field and field.when, earlier, names)
        if field and field.width is not None:
            hint = "Take it out; it sets the width of a table's column."
            yield source.problem((*at, "width"), "'width' has no meaning here", hint, at_key=True)
        if field and field.type == "result":
            yield from _result(source, at, field, earlier, names)
        if field:
            earlier[field.id] = field
    yield from _safety(source, data, earlier, names)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def raw_fields(data: dict[str, Any]) -> Iterator[tuple[Loc, dict[str, Any]]]:
    """The settings of every field as they were read, and where they stand."""
    for number, section in enumerate(_list(data.get("sections"))):
        for index, raw in enumerate(_list(section.get("fields")) if isinstance(section, dict) else []):
            if isinstance(raw, dict):
                yield ("sections", number, "fields", index), raw


def _made(raw: dict[str, Any]) -> Field | None:
    try:
        return FIELD.validate_python(raw)
    except ValidationError:
        return None


def _repeated(source: Source, data: dict[str, Any]) -> Iterator[Problem]:
    sections = [(("sections", i), one) for i, one in enumerate(_list(data.get("sections"))) if isinstance(one, dict)]
    seen: dict[str, int] = {}
    for at, raw in sorted([*sections, *raw_fields(data)], key=lambda one: source.marks.get(one[0], (0, 0))):
        id_ = raw.get("id")
        if isinstance(id_, str) and id_ in seen:
            message = f"id {id_!r} is already used on line {seen[id_]}"
            yield source.problem((*at, "id"), message, "Give one of them another id; sections and fields share one list.")
        elif isinstance(id_, str):
            seen[id_] = source.marks[(*at, "id")][0]


def _conditions(
    source: Source,
    at: Loc,
    raw: Any,
    made: list[Condition] | None,
    earlier: dict[str, Field],
    names: set[str],
) -> Iterator[Problem]:
    for index, condition in enumerate(made or []):
        place = (*at, index) if isinstance(raw, list) else at
        field = earlier.get(condition.field)
        if field is not None:
            yield from _condition(source, place, condition, field)
        elif condition.field in names:
            hint = "A condition looks at an answer given before it: move one of them."
            yield source.problem((*place, "field"), f"{condition.field!r} does not come before this", hint)
        else:
            hint = did_you_mean(condition.field, names)
            yield source.problem((*place, "field"), f"no field is called {condition.field!r}", hint)


def _condition(source: Source, place: Loc, condition: Condition, field: Field) -> Iterator[Problem]:
    if condition.is_ is None:
        if field.type not in ("scale", "number"):
            key = "under" if condition.under is not None else "at_least"
            hint = "Use 'is' with the options to look for." if field.type in ("choice", "choices") else ""
            yield source.problem((*place, key), f"{field.id!r} is no number to compare", hint, at_key=True)
    elif field.type not in ("choice", "choices"):
        hint = "'is' goes with choice and choices; use 'under' or 'at_least' with a scale or a number."
        yield source.problem((*place, "is"), f"{field.id!r} has no options to look for", hint, at_key=True)
    else:
        options = [option.id for option in field.options]  # type: ignore[attr-defined]
        for index, one in enumerate(condition.is_):
            if one not in options:
                yield source.problem((*place, "is", index), f"{one!r} is not an option of {field.id!r}", did_you_mean(one, options))


def _result(source: Source, at: Loc, result: Any, fields: dict[str, Field], names: set[str]) -> Iterator[Problem]:
    targets = [paths.find(fields, path) for path in result.of]
    for index, (path, target) in enumerate(zip(result.of, targets, strict=True)):
        place = (*at, "of", index)
        if target is None and path.split(".")[0] in names - fields.keys():
            hint = "A result works on answers given before it, in fields that are sound."
            yield source.problem(place, f"{path!r} does not come before this", hint)
        elif target is None:
            yield source.problem(place, f"no answer is called {path!r}", did_you_mean(path, paths.known(fields)))
        elif not target.numeric and (result.show not in ("tally", "count") and not (result.show == "rank" and index)):
            hint = "Name a number, a scale, a wheel, or a table's column of those."
            yield source.problem(place, f"{path!r} is no number, so it has no {result.show}", hint)
    found = [target for target in targets if target]
    if result.show == "rank" and len({target.field.id for target in found}) > 1:
        yield source.problem((*at, "of"), "a rank shows columns of one table", "Name columns of the same table.")
    for index, one in enumerate(result.is_ or []):
        options = {option.id for target in found for option in target.options}
        if options and one not in options:
            yield source.problem((*at, "is", index), f"{one!r} is not an option there", did_you_mean(one, options))


def _safety(source: Source, data: dict[str, Any], fields: dict[str, Field], names: set[str]) -> Iterator[Problem]:
    from workbook.worksheet import SafetyRule

    for index, raw in enumerate(_list(data.get("safety"))):
        if isinstance(raw, dict):
            try:
                rule = SafetyRule.model_validate(raw)
            except ValidationError:
                continue  # said already, by the model
            yield from _conditions(source, ("safety", index, "when"), raw.get("when"), rule.when, fields, names)
