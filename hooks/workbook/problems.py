"""What is wrong, where, and what to do about it."""

from __future__ import annotations

import unicodedata
from bisect import bisect
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WINDOW = 100  # characters of a long line that are shown
BEFORE = 60  # how many of them stand before the caret
MANY = 200  # names that are compared one by one
MOST_NAMES = 12  # names listed when none is near
LONGEST_QUOTE = 60
MOST_TOLD = 50  # problems of one file; whoever mends these sees the others next
MOST_LOOKED_AT = 1000
MEND_FIRST = "Mend the ones above first, then check again."
JOINERS = "\u200c\u200d\u3000"  # not "printable" to Python, but part of real words, emoji and CJK text


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one content file, in the form that terminals and editors make a link of."""

    path: Path
    line: int
    column: int
    message: str
    hint: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        text = visible(f"{self.path.as_posix()}:{self.line}:{self.column}: {self.message}")
        if self.excerpt:
            before, after = _window(self.excerpt, self.column - 1)
            gutter = f"  {self.line} | "
            text += f"\n{gutter}{before}{after}\n{' ' * _width(gutter + before)}^"
        if self.hint:
            text += f"\n  {visible(self.hint)}"
        return text


class ContentError(Exception):
    """Content that cannot be built; carries every problem found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems)  # what pickle hands back to us between processes

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.problems))


def first(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of one file in order; of very many the first, and how many more there are."""
    found = sorted(set(islice(problems, MOST_LOOKED_AT)))
    if len(found) <= MOST_TOLD:
        return found
    at_least = "at least " if len(found) >= MOST_LOOKED_AT else ""
    message = f"and {at_least}{len(found) - MOST_TOLD} more like these"
    return [*found[:MOST_TOLD], replace(found[MOST_TOLD], message=message, hint=MEND_FIRST)]


def did_you_mean(wrong: str, known: Iterable[str], named: Iterable[str] = ()) -> str:
    """A closing sentence: the nearest known name, or the known names. Those `named` already are not meant."""
    every = set(known)
    names = sorted(every.difference(named)) or sorted(every)
    by_lower = {name.lower(): name for name in _beside(wrong, names)}
    short = wrong[:WINDOW].lower()
    for near in get_close_matches(short, by_lower):
        if not wrong.startswith("/") or get_close_matches(_last(short), [_last(near)]):
            return f"Did you mean '{by_lower[near]}'?"
    if len(names) > MOST_NAMES:
        return f"Known: {', '.join(names[:MOST_NAMES])} and {len(names) - MOST_NAMES} more."
    return f"Known: {', '.join(names)}." if names else ""


def _last(address: str) -> str:
    """The last part of an address: what comes before it is often the same for many."""
    return address.strip("/").rpartition("/")[2]


def _beside(wrong: str, names: list[str]) -> list[str]:
    """The names to compare with; of very many, those beside `wrong` in the alphabet, to be done in time."""
    at = bisect(names, wrong)
    return names if len(names) <= MANY else names[max(0, at - MANY // 2) : at + MANY // 2]


def quoted(text: str) -> str:
    """The author's own text in quotes, cut when it is long."""
    return f"'{text}'" if len(text) <= LONGEST_QUOTE else f"'{text[:LONGEST_QUOTE]}…'"


def visible(text: str) -> str:
    """`text` with control, invisible and direction characters written as escapes such as \\u202e."""
    return text if text.isprintable() else "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    if character.isprintable() or character in JOINERS:
        return character
    return character.encode("unicode_escape").decode()


def _window(line: str, at: int) -> tuple[str, str]:
    """What is shown of `line` before and from the character at index `at`."""
    at = min(at, len(line))
    start = max(0, min(at - BEFORE, len(line) - WINDOW))
    end = start + WINDOW
    before = ("…" if start else "") + visible(line[start:at])
    return before, visible(line[at:end]) + ("…" if end < len(line) else "")


def _width(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
