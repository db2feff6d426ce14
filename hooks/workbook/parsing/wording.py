"""What to say about one value that pydantic refused."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from workbook.fields.base import option_id
from workbook.parsing.shapes import Said, mistaken
from workbook.problems import LONGEST_QUOTE, did_you_mean, quoted

if TYPE_CHECKING:
    from workbook.source import Loc, Source

BOUNDS = {
    "greater_than_equal": ("ge", "{} or more"),
    "greater_than": ("gt", "more than {}"),
    "less_than_equal": ("le", "{} or less"),
}


def thing(loc: Loc) -> str:
    """What stands at `loc`, as its author would call it."""
    if not loc:
        return "the file"
    if isinstance(loc[-1], str):
        return quoted(loc[-1])
    holder = next((part for part in reversed(loc) if isinstance(part, str)), "")
    return f"entry {loc[-1] + 1} of {quoted(holder)}"


def of_value(
    kind: str, context: dict[str, Any], value: Any, loc: Loc, source: Source, *, needed: bool
) -> Said:
    """What is wrong with a value, and the cure; `needed` when its setting must be there."""
    if kind not in ("string_type", "list_type") and isinstance(value, float) and not math.isfinite(value):
        return f"{thing(loc)} must be an ordinary number", "Write it in digits, such as 10."
    if kind in BOUNDS:
        return _out_of_bounds(*BOUNDS[kind], context, value, loc)
    match kind:
        case "string_pattern_mismatch":
            return _pattern(context["pattern"], value, loc, needed=needed)
        case "literal_error":
            return _none_of(context["expected"], value, loc)
        case "too_short":
            return _too_few(context["min_length"], value, loc)
        case "too_long":
            return _too_many(context["max_length"], value, loc, "entries")
        case "string_too_long":
            return _too_many(context["max_length"], value, loc, "characters")
    return mistaken(kind, value, thing(loc), loc, source)


def _out_of_bounds(name: str, words: str, context: dict[str, Any], value: float, loc: Loc) -> Said:
    right = words.format(_digits(context[name]))
    return f"{thing(loc)} must be {right}, not {_digits(value)}", f"Write a number that is {right}."


def _digits(number: float) -> str:
    return f"{number:,.0f}" if number == round(number) else f"{number}"


def _too_few(fewest: int, value: list[Any], loc: Loc) -> Said:
    if not value:
        return (
            f"{thing(loc)} is empty",
            f"Give it at least {'one entry' if fewest == 1 else f'{fewest} entries'}.",
        )
    return f"{thing(loc)} needs at least {fewest} entries", f"Add {fewest - len(value)} more."


def _too_many(most: int, value: Any, loc: Loc, what: str) -> Said:
    more = len(value) - most
    cure = f"Take {more:,} out." if what == "entries" else f"Make it shorter by {more:,}."
    return f"{thing(loc)} has {len(value):,} {what}, and {most:,} is the most", cure


def _pattern(pattern: str, value: str, loc: Loc, *, needed: bool) -> Said:
    if not value.strip():
        cure = "Write some words there." if needed else "Write some words there, or take it out."
        return f"{thing(loc)} is empty", cure
    if pattern.startswith("^/"):
        return (
            f"{quoted(value)} is not a page of this site",
            "Write its address between slashes: /smart/urges/.",
        )
    return f"{quoted(value)} is not an id", id_hint(value)


def id_hint(text: str) -> str:
    """How an id is written, with the nearest one to `text`."""
    near = option_id(text).removeprefix("option").strip("-0123456789")
    example = near if 0 < len(near) <= LONGEST_QUOTE else "next-step"
    return f"An id begins with a letter and has only a to z, 0 to 9 and single hyphens: {example}."


def _none_of(expected: str, value: Any, loc: Loc) -> Said:
    """A value that is none of the few that may stand there."""
    known = [name.strip("'") for name in re.split(r", | or ", expected)]
    if isinstance(value, list | dict):
        return f"{thing(loc)} must be one word", one_of("", known)
    written = str(value).lower() if isinstance(value, bool) else str(value)
    if value in known:  # a number that was quoted
        return f"{thing(loc)} cannot be text", f"Write it without quotes: {value}."
    return f"{thing(loc)} cannot be {quoted(written)}", one_of(written, known)


def one_of(wrong: str, known: list[str]) -> str:
    """The nearest of a few names; or all of them, since there are no others."""
    near = did_you_mean(wrong, known)
    return near if near.endswith("?") else f"It can be one of these: {', '.join(known)}."
