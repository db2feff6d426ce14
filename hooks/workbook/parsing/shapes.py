"""What to say about a value of the wrong kind: text for a number, a list for text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workbook.parsing.places import type_around, written
from workbook.problems import LONGEST_QUOTE

if TYPE_CHECKING:
    from workbook.source import Loc, Source

Said = tuple[str, str]

KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a group of names and values",
    "model_type": "a group of settings",
    "model_attributes_type": "a group of settings",
}

# How to write what has parts of its own, by the setting that holds it.
PATTERNS = {
    "sections": "- {id: now, title: Where am I now?, fields: […]}",
    "fields": "- {id: what, type: text, label: What happened?}",
    "options": "[Stop, Cut down], or - {id: stop, label: Stop}",
    "rows": "[Morning, Evening], or - {id: morning, label: Morning}",
    "columns": "[Before, After], or - {id: before, label: Before}",
    "scales": "[Body, Mind], or - {id: body, label: My body}",
    "columns of a table": "- {id: day, type: date, label: Date}",
    "example of a table": "- {day: 2026-11-23, strength: 7}",
    "example of a grid": "example: {monday: {morning: Walk}}",
    "example of a wheel": "example: {body: 6, mind: 4}",
    "when": "when: {field: goal, is: [stop]}",
    "say": "- {under: 5, text: One small step is enough.}",
    "why": "why: {text: A plan is easier to keep than a wish., grade: Limited}",
    "clinician": "clinician: {aim: One plan, session: Write it together, not_when: In crisis}",
    "safety": "[crisis], or - {line: crisis, when: {field: mood, under: 3}}",
    "link": "link: {text: More help, page: /crisis/}",
    "author": "- {family: Velasquez, given: Mary}",
    "issued": "issued: {date-parts: [[2016]]}",
    "custom": "custom: {confirmed: page}",
    "crisis": '- {country: Ireland, name: Night line, phone: "01 555 0198"}',
    "colours": 'colours: {light: "#184d3d", dark: "#9fe2c4"}',
}
PLAIN = re.compile(r"[^\[\]{}]*")  # reads well between brackets; a comma there is meant to part entries
TEXT_OR_PART = ("options", "rows", "columns", "scales", "safety")


def mistaken(kind: str, value: Any, what: str, loc: Loc, source: Source) -> Said:
    """A value that is not of the kind that belongs there, and how to write that kind."""
    setting = next((part for part in loc if part == "example"), _last_name(loc))
    around = type_around(source.data, loc)
    wanted = KINDS[kind]
    own = PATTERNS.get(f"{setting} of a {around}", "")
    pattern = own or PATTERNS.get(setting, "")
    if kind == "model_type" and setting in TEXT_OR_PART and not own:
        wanted = "text"
    elif setting == "when" and wanted == "a list":
        wanted = KINDS["model_type"]
    line = written(source, loc)
    message = f"{what} must be {wanted}, not {_found(value, wanted, line)}"
    if own or (pattern and not _as_it_stands(kind, setting, value)):
        return message, f"Write it like this: {pattern}."
    return message, CURES.get(wanted, _as_number)(value, line)


def _as_it_stands(kind: str, setting: str, value: Any) -> bool:
    """Whether quotes, brackets or digits are all it takes to put the value right."""
    if kind in ("list_type", "model_type", "model_attributes_type"):
        return setting in TEXT_OR_PART and isinstance(value, str | int | float)
    return kind != "dict_type"


def _last_name(loc: Loc) -> str:
    return next((part for part in reversed(loc) if isinstance(part, str)), "")


def _found(value: Any, wanted: str, line: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return "a number" if wanted != KINDS["int_type"] else _sign(line)
    return (
        "a list" if isinstance(value, list) else "text" if isinstance(value, str) else "a group of settings"
    )


def _as_text(value: Any, line: str) -> str:
    if isinstance(value, list | dict):
        signs = {"[": "brackets", "{": "braces"}.get(line[:1])
        return (
            f"Take the {signs} off, or put quotes around all of it."
            if signs
            else "Write one text there, on one line."
        )
    return f'Put it in quotes to make it text: "{_sign(line)}".'


def _sign(line: str) -> str:
    """A number, true or false at the beginning of `line`, as its author wrote it: 1.50, 007, 0o17, True."""
    return re.split(r"[\s,\]}]", line, maxsplit=1)[0]


def _as_number(value: Any, line: str) -> str:
    if isinstance(value, float):
        return f"Write it without a fraction, such as {int(value)}."
    if isinstance(value, str) and (found := re.fullmatch(r"\s*(-?\d+(?:\.\d+)?)(.*)", value, re.ASCII)):
        return f"Write {'only the number' if found[2].strip() else 'it without quotes'}: {found[1]}."
    return "Write it in digits, such as 10."


def _as_truth(value: Any, line: str) -> str:
    return "Write true or false, without quotes."


def _as_list(value: Any, line: str) -> str:
    if isinstance(value, dict) or len(str(value)) > LONGEST_QUOTE:
        return "Begin each entry with a hyphen and a space, on a line of its own."
    if not isinstance(value, str):
        return f"Put brackets around it: [{_sign(line)}]."
    if found := re.match(r"""'[^',]*'|"[^"\\,]*\"""", line):
        return f"Put brackets around it: [{found[0]}]."
    if not PLAIN.fullmatch(value):
        return "Begin each entry with a hyphen and a space, on a line of its own."
    return f"Put brackets around it: [{value}]."


def _as_group(value: Any, line: str) -> str:
    return "Write 'name: value' lines below it, indented."


CURES: dict[str, Callable[[Any, str], str]] = {
    "text": _as_text,
    "true or false": _as_truth,
    "a list": _as_list,
    KINDS["dict_type"]: _as_group,
    KINDS["model_type"]: _as_group,
}
