"""Numbers and short lists as results say them. Every rounding is one that JavaScript does bit for bit."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Iterable

Amount = float | int
SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def tenths(number: float) -> Amount:
    """To one decimal, halves up. JavaScript: Math.floor(x * 10 + 0.5) / 10."""
    return whole(math.floor(number * 10 + 0.5) / 10)


def tidy(number: Amount) -> Amount:
    """To three decimals: 0.1 + 0.2 is 0.3. JavaScript: the same with 1000; integers stay as they are."""
    return whole(number if number == math.floor(number) else math.floor(number * 1000 + 0.5) / 1000)


def whole(number: Amount) -> Amount:
    """7.0 as 7."""
    return int(number) if number == math.floor(number) else number


def total(numbers: Iterable[Amount]) -> Amount:
    """Added one by one, as JavaScript does; from Python 3.12 on, sum() makes up for lost digits."""
    return functools.reduce(operator.add, numbers, 0)


def spelled(number: int) -> str:
    """Small numbers as words: 'three'."""
    return SMALL[number] if number < len(SMALL) else str(number)


def some(number: int, what: str) -> str:
    """'1 row', '4 rows'."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def listed(names: list[str]) -> str:
    """'Body', 'Body and Mind', 'Body, Mind and Home'."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
