"""From a YAML source to a model, or to problems in the author's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from workbook.fields import FIELDS
from workbook.fields.base import Condition, Id, Option
from workbook.fields.result.field import Say
from workbook.problems import ContentError, Problem, did_you_mean
from workbook.references import problems_within
from workbook.worksheet import SafetyRule, Section, Worksheet

if TYPE_CHECKING:
    from workbook.source import Loc, Source

Model = TypeVar("Model", bound=BaseModel)

KINDS = {
    "string_type": ("text", "Put it in quotes to make it text."),
    "int_type": ("a whole number", "Write it without quotes: 10."),
    "int_from_float": ("a whole number", "Write it without a fraction: 10."),
    "float_type": ("a number", "Write it without quotes: 10."),
    "bool_type": ("true or false", "Write true or false, without quotes."),
    "list_type": ("a list", "Start each entry with a hyphen, or write [one, two]."),
    "dict_type": ("a group of settings", "Write 'name: value' lines below it, indented."),
    "model_type": ("a group of settings", "Write 'name: value' lines below it, indented."),
    "model_attributes_type": ("a group of settings", "Write 'name: value' lines below it, indented."),
}


def parse(source: Source, model: type[Model], **known: Any) -> Model:
    """Validate one file, or raise `ContentError` naming every line that is wrong."""
    problems: list[Problem] = []
    made = validated(source, model, source.data, (), problems, known)
    if made is None:
        raise ContentError(problems)
    return made


def validated(
    source: Source, model: type[Model], data: Any, at: Loc, problems: list[Problem], known: dict[str, Any] | None = None
) -> Model | None:
    """The model made from `data`, which stands at `at`; or None, with the reasons added to `problems`."""
    try:
        return model.model_validate({**(known or {}), **data} if isinstance(data, dict) else data)
    except ValidationError as error:
        found = (problem for item in error.errors() for problem in _problems(source, item, data, at, model))
        problems.extend(dict.fromkeys(found))
        return None


def _problems(source: Source, item: Any, data: Any, at: Loc, model: type[BaseModel]) -> Iterator[Problem]:
    loc = (*at, *real(item["loc"], data, missing=item["type"] == "missing"))
    match item["type"]:
        case "faults":
            for fault in item["ctx"]["faults"]:
                yield source.problem((*loc, *fault.at), fault.message, fault.hint)
        case "union_tag_invalid":
            wrong = item["ctx"]["tag"]
            known = _quoted(item["ctx"]["expected_tags"])
            yield source.problem((*loc, "type"), f"unknown field type {wrong!r}", did_you_mean(wrong, known))
        case "union_tag_not_found":
            yield source.problem(loc, "'type' is missing", f"Known: {', '.join(FIELDS)}.")
        case "extra_forbidden":
            known = _settings(model, item["loc"][:-1], data)
            message = f"unknown setting {loc[-1]!r}"
            yield source.problem(loc, message, did_you_mean(str(loc[-1]), known), at_key=True)
        case "missing":
            yield source.problem(loc, f"{loc[-1]!r} is missing", f"Add a line '{loc[-1]}: …' here.")
        case kind:
            message, hint = _value(kind, item, loc[-1] if loc else "the file")
            yield source.problem(loc, message, hint)


def _value(kind: str, item: Any, name: str | int) -> tuple[str, str]:
    """What is wrong with one value, and the cure."""
    what = f"entry {name + 1}" if isinstance(name, int) else f"{name!r}"
    context = item.get("ctx", {})
    if kind in KINDS:
        wanted, hint = KINDS[kind]
        if item["input"] is None:
            return f"{what} has no value", f"Write {wanted} after it."
        return f"{what} must be {wanted}", hint
    match kind:
        case "string_pattern_mismatch":
            return _pattern(what, item)
        case "literal_error":
            known = [part.strip("'") for part in context["expected"].replace(" or ", ", ").split(", ")]
            return f"{item['input']!r} is not a {what[1:-1]}", did_you_mean(str(item["input"]), known)
        case "too_short":
            return f"{what} needs at least {_count(context['min_length'])}", "Add what is missing."
        case "too_long":
            return f"{what} takes at most {_count(context['max_length'])}", "Take some out."
        case "string_too_long":
            return f"{what} is longer than {context['max_length']} characters", "Say it in fewer words."
        case "greater_than_equal":
            return f"{what} must be {context['ge']:g} or more", "Choose a larger number."
        case "greater_than":
            return f"{what} must be more than {context['gt']:g}", "Choose a larger number."
        case "less_than_equal":
            return f"{what} must be {context['le']:g} or less", "Choose a smaller number."
        case "finite_number":
            return f"{what} must be an ordinary number", "Write digits."
        case _:
            return f"{what} is not right: {item['msg'][:1].lower()}{item['msg'][1:]}", ""


def _pattern(what: str, item: Any) -> tuple[str, str]:
    pattern = item["ctx"]["pattern"]
    if pattern == r"\S":
        return f"{what} is empty", "Write some words, or take the line out."
    if pattern.startswith("^/"):
        return f"{item['input']!r} is not an address on this site", "Write it with slashes: /smart/urges/."
    if r"\." in pattern:
        return f"{item['input']!r} is not a field", "Write a field's id, or a table's and a column's: log.strength."
    hint = "Ids are lower-case words joined by hyphens: 'what-happened'."
    return f"{item['input']!r} is not an id", hint


def is_id(text: str) -> bool:
    """Whether a worksheet may have this id."""
    try:
        TypeAdapter(Id).validate_python(text)
    except ValidationError:
        return False
    return True


def _count(number: int) -> str:
    return "one entry" if number == 1 else f"{number} entries"


def _quoted(text: str) -> list[str]:
    return [part.strip("' ") for part in text.split(",")]


def real(loc: tuple[str | int, ...], data: Any, *, missing: bool = False) -> Loc:
    """`loc` without what pydantic adds to it: the type of a field, the index of a value given without its list.

    With `missing` the last part names what is not there, and stays.
    """
    place: list[str | int] = []
    for part in loc[:-1] if missing else loc:
        if (isinstance(data, dict) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        ):
            data = data[part]
            place.append(part)
    return (*place, loc[-1]) if missing else tuple(place)


def _settings(model: type[BaseModel], loc: tuple[str | int, ...], data: Any) -> list[str]:
    """The settings that may stand where the unknown one stands."""
    inside: type[BaseModel] = model
    models = {"sections": Section, "safety": SafetyRule, "when": Condition, "say": Say}
    models |= dict.fromkeys(("options", "rows", "columns", "scales"), Option)
    for part in loc:
        inside = FIELDS.get(part, models.get(part, inside)) if isinstance(part, str) else inside
    return [info.alias or name for name, info in inside.model_fields.items()]


def worksheet(source: Source) -> tuple[Worksheet | None, list[Problem]]:
    """The worksheet in `source` and every problem in it, references between its parts included."""
    problems: list[Problem] = []
    made = validated(source, Worksheet, source.data, (), problems)
    problems.extend(problems_within(source))
    return (None if problems else made), sorted(set(problems))
