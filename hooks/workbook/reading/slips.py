"""Slips of the pen in YAML, told in the author's words: from the parser's error to a problem."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from workbook.reading.tree import place

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook.problems import Problem
    from workbook.reading.text import Text
    from workbook.reading.tree import Place, Tree

QUOTE_IT = "Put the whole text in quotes."
BACKSLASH = "the backslash has no meaning here"
DOUBLE_IT = r"Write \\ for a backslash, or put the text in single quotes."
BEYOND_UNICODE = re.compile(r"\\U(?!000|0010)")
# In brackets, outside quotes: a value such as #0a5, which is none.
COMMENT = re.compile(r"""(?:[^"'#]|"[^"]*"|'[^']*'|(?<![\s,:])#)*?[:,]\s+(?P<word>#\w[^\s,}\]]*)""")
NO_SPACE = re.compile(r"[ \-]*([\w-]+):(?=[^\s:/])")


@dataclass(frozen=True)
class Slip:
    """Where the parser stopped, where what it was reading began, and what stood before."""

    text: Text
    at: Place
    since: Place
    last: yaml.Event | None
    bracket: Place | None

    @property
    def line(self) -> str:
        """The line on which the parser stopped, nothing beyond the last one."""
        return self.text.lines[self.at[0] - 1] if self.at[0] <= len(self.text.lines) else ""

    @property
    def before(self) -> str:
        """The line up to where the parser stopped."""
        return self.line[: self.at[1] - 1]

    def character(self, place: Place) -> str:
        """The character at `place`."""
        line, column = place
        return self.text.lines[line - 1][column - 1 : column]

    def problem(self, place: Place, message: str, hint: str) -> Problem:
        """A problem in this text."""
        return self.text.problem(*place, message, hint)


def slip(error: yaml.MarkedYAMLError, tree: Tree) -> Problem:
    """The problem behind a syntax error."""
    at = place(error.problem_mark)
    since = place(error.context_mark) if error.context_mark else at
    bracket = tree.open[-1].place if tree.open else None
    found = Slip(tree.text, at, since, tree.last, bracket)
    told = f"{error.context} {error.problem}"
    return next(tell for pattern, tell in RULES if re.search(pattern, told))(found)


def comment_hint(word: str) -> str:
    """The cure for a value that begins with #, as a colour does."""
    return f'A # begins a comment. Put quotes around it: "{word}".'


def impossible_escape(text: Text) -> Problem:
    """The problem behind an escape such as \\UFFFFFFFF, which stands for no character."""
    found = (
        (number, match.start() + 1)
        for number, line in enumerate(text.lines, 1)
        for match in BEYOND_UNICODE.finditer(line)
    )
    return text.problem(*next(found, (1, 1)), BACKSLASH, DOUBLE_IT)


def _bad_start(slip: Slip) -> Problem:
    if slip.character(slip.at) == "\t":
        hint = "Use spaces: delete the tab and press the space bar."
        return slip.problem(slip.at, "a tab stands where only spaces may", hint)
    return _cannot_begin(slip, slip.at)


def _bad_mark(slip: Slip) -> Problem:
    return _cannot_begin(slip, slip.since)


def _cannot_begin(slip: Slip, place: Place) -> Problem:
    return slip.problem(place, f"text cannot begin with '{slip.character(place)}'", QUOTE_IT)


def _percent(slip: Slip) -> Problem:
    return slip.problem(slip.since, "lines that begin with '%' are not used here", "Delete the line.")


def _list_on_line(slip: Slip) -> Problem:
    hint = "Put its first '- ' on the next line; or put quotes around a text that begins with '- '."
    return slip.problem(slip.at, "a list cannot begin on this line", hint)


def _colon(slip: Slip) -> Problem:
    """A colon where no name can stand: in a text, or on a line that hangs from the one above."""
    if re.search(r":\s", slip.before):
        return slip.problem(slip.at, "': ' stands inside the text", QUOTE_IT)
    above = slip.at[0] - 1
    while above > 1 and not slip.text.lines[above - 1].strip():
        above -= 1
    indent = _indent(slip.line)
    if not above:
        return slip.problem(slip.at, "no ':' can stand here", QUOTE_IT)
    if indent <= _indent(slip.text.lines[above - 1]):
        return _no_colon(slip, above)
    hint = "Line it up with the line above; or quote the text above if this is a part of it."
    return slip.problem((slip.at[0], indent + 1), "this line is indented too far", hint)


def _name_alone(slip: Slip) -> Problem:
    return _no_colon(slip, slip.since[0])


def _no_colon(slip: Slip, number: int) -> Problem:
    line = slip.text.lines[number - 1]
    if found := NO_SPACE.match(line):
        hint = f"Write '{found[1]}: ', with a space before the value."
        return slip.problem((number, found.end() + 1), "a space is missing after ':'", hint)
    hint = "Write 'name: value'; or, if the line goes on with the text above it, indent it more than that."
    return slip.problem((number, _indent(line) + 1), "':' is missing after the name", hint)


def _open_quote(slip: Slip) -> Problem:
    quote = slip.character(slip.since)
    return slip.problem(slip.since, "the quote is not closed", f"Add {quote} where the text ends.")


def _escape(slip: Slip) -> Problem:
    column = slip.line.rfind("\\", 0, slip.at[1]) + 1 or slip.at[1]
    return slip.problem((slip.at[0], column), BACKSLASH, DOUBLE_IT)


def _in_brackets(slip: Slip) -> Problem:
    """A list or mapping in brackets that breaks off, or is wrong within."""
    start = slip.bracket or slip.since
    opening = slip.character(start)
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    if comment := COMMENT.match(slip.text.lines[start[0] - 1], start[1]):
        hint = comment_hint(comment["word"])
        return slip.problem((start[0], comment.start("word") + 1), "the rest of this line is a comment", hint)
    if slip.at[0] > start[0] or not slip.character(slip.at):
        hint = f"Add '{closing}' where it ends, and a ',' between its parts."
        return slip.problem(start, f"'{opening}' is not closed", hint)
    if slip.character(slip.at) == ",":
        return slip.problem(slip.at, "a value is missing before ','", "Write it, or delete the ','.")
    hint = "Look for a bracket of the other kind; put a text that holds , : [ ] { or } in quotes."
    return slip.problem(slip.at, f"',' or '{closing}' is missing here", hint)


def _out_of_line(slip: Slip) -> Problem:
    """Something that follows where nothing can: after a quote or bracket, or at a depth of its own."""
    if slip.before.strip():
        return _after_end(slip)
    character = slip.character(slip.at)
    if character in {"]", "}"}:
        hint = "Delete it, or add the bracket that opens; put quotes around a text."
        return slip.problem(slip.at, f"'{character}' closes nothing", hint)
    if character == ":":
        return slip.problem(slip.at, "a name is missing before ':'", "Write the name of the setting there.")
    hint = "Indent it with exactly as many spaces as the lines that it belongs with."
    return slip.problem(slip.at, "this line does not line up with those above", hint)


def _after_end(slip: Slip) -> Problem:
    last = slip.last
    if isinstance(last, yaml.ScalarEvent) and last.style in {"'", '"'}:
        start, end = place(last.start_mark), place(last.end_mark)
        if end[0] > start[0]:
            message = f"the quote is closed only on line {end[0]}"
            return slip.problem(start, message, f"Add {last.style} where the text ends.")
        hint = 'Put the whole text in double quotes; write \\" for a double quote in it.'
        return slip.problem(slip.at, "the text goes on after its closing quote", hint)
    return slip.problem(slip.at, "more text follows where the value has ended", QUOTE_IT)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


# libyaml and PyYAML word the same error a little differently; the first pattern found tells it.
RULES: list[tuple[str, Callable[[Slip], Problem]]] = [
    (r"tab character|cannot start any token", _bad_start),
    (r"directive|%YAML|%TAG|YAML document", _percent),
    (r"an (anchor|alias)|a tag|tag handle|block scalar|mapping keys", _bad_mark),
    (r"sequence entries", _list_on_line),
    (r"mapping values", _colon),
    (r"could not find expected ':'", _name_alone),
    (r"end of stream|unexpected document", _open_quote),
    (r"escape|hexdecimal|hexadecimal", _escape),
    (r"flow (sequence|mapping|node)", _in_brackets),
    (r"block node", _bad_start),
    (r"", _out_of_line),
]
