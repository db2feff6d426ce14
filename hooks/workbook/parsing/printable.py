"""Characters that the paper's font cannot print: people who fill a sheet in by hand would see a gap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbook import fonts
from workbook.parsing.places import values
from workbook.problems import Problem

if TYPE_CHECKING:
    from workbook.source import Loc, Place, Source

MOST = 10  # characters named in one problem
HINT = "The font of the paper has no shape for that: write it in other characters, or as a word."


def unprintable(source: Source, data: Any, at: Loc) -> Iterator[Problem]:
    """A problem for each text below `at` of which something would be missing on paper."""
    texts = [(loc, value) for loc, value in values(data, at) if isinstance(value, str)]
    wrong = fonts.missing("".join(text for _, text in texts))
    for loc, text in texts if wrong else ():
        if found := [one for one in dict.fromkeys(text) if one in wrong][:MOST]:
            line, column = _find(found[0], source, loc)
            message = f"{' '.join(found)} cannot be printed on paper"
            yield Problem(source.path, line, column, message, HINT, source.lines[line - 1])


def _find(character: str, source: Source, loc: Loc) -> Place:
    """Where `character` stands in the text at `loc`; where the text begins, if it is written as an escape."""
    start, column = source.marks[loc]
    for number, line in enumerate(source.lines[start - 1 :], start):
        index = line.find(character, column - 1 if number == start else 0)
        if index >= 0:
            return number, index + 1
    return start, column
