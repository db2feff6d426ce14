"""What a plain YAML value means: the core schema of YAML 1.2, where `Yes` and `12:30` are text."""

from __future__ import annotations

import math
import re

WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"], None),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
    **dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], math.inf),
    **dict.fromkeys(["-.inf", "-.Inf", "-.INF"], -math.inf),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], math.nan),
}
WHOLE = re.compile(r"[-+]?[0-9]+")
OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
LARGEST_WHOLE = 2**53 - 1  # beyond it JavaScript, and so the page, loses digits
MOST_DIGITS = 20


class NumberTooBigError(ValueError):
    """A number that the page and the PDF could not hold exactly."""


def resolve(text: str) -> str | bool | float | None:
    """The value that a plain (unquoted) `text` stands for."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in "-+.0123456789":
        return text
    if WHOLE.fullmatch(text):
        return _whole(text, 10)
    if OTHER_BASE.fullmatch(text):
        return _whole(text[2:], 8 if text[1] == "o" else 16)
    if DECIMAL.fullmatch(text):
        return _decimal(text)
    return text


def _whole(digits: str, base: int) -> int:
    if len(digits) > MOST_DIGITS:
        raise NumberTooBigError
    number = int(digits, base)
    if abs(number) > LARGEST_WHOLE:
        raise NumberTooBigError
    return number


def _decimal(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise NumberTooBigError
    return number
