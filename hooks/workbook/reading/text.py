"""The text of a file: decoded, cut into lines, free of characters that mislead."""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from workbook.problems import ContentError, Problem, first

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ABROAD = ("this is a link to a file outside of the project", "Put a copy in its place, or delete it.")
LARGEST = 1_000_000  # bytes; a real worksheet has about five thousand
LINE_END = re.compile(r"\r\n|\r|\n")
LEADING_TAB = re.compile(r" *\t")
# Control characters, other line ends, direction overrides, byte order marks and half characters:
# none can be seen in an editor, and each can make a text read differently from what it is.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
FOREIGN_ENCODINGS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
SAVE_AS_UTF8 = "Save the file as UTF-8: most editors offer this under 'Save as' or 'Encoding'."


@dataclass(frozen=True)
class Text:
    """The text of one file and its lines; `path` is the one shown to the author."""

    path: Path
    content: str
    lines: tuple[str, ...]

    def problem(self, line: int, column: int, message: str, hint: str = "") -> Problem:
        """A problem at this place, or at the end of the last line with text when it lies beyond."""
        while line > len(self.lines) or (line > 1 and line == len(self.lines) and not self.lines[-1]):
            line -= 1
            column = len(self.lines[line - 1]) + 1
        excerpt = self.lines[line - 1]
        return Problem(self.path, line, min(column, len(excerpt) + 1), message, hint, excerpt)


def load(path: Path, shown: Path, root: Path) -> bytes:
    """The bytes of an ordinary file of sensible size; anything else is a problem.

    A name in `root` that leads out of it is one too: whoever sends a change to read should not be able to
    publish what lies on this machine.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _refusal(shown, "this is a folder, not a file", "Name a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise _refusal(shown, "this is not an ordinary file", "Put a plain YAML file in its place.")
        if path.is_relative_to(root) and not path.resolve().is_relative_to(root.resolve()):
            raise _refusal(shown, *ABROAD)
        _check_size(status.st_size, shown)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        if path.is_symlink():
            message = "this link leads to a file that is not there"
            raise _refusal(shown, message, "Mend the link, or delete it.") from error
        raise _refusal(shown, "there is no such file", "Look for a slip in its name.") from error
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise _refusal(shown, f"the file cannot be read: {reason}", "Check its permissions.") from error
    return data


def decode(data: bytes | str, shown: Path) -> Text:
    """`data` as text without a byte order mark; every unseen character and leading tab is a problem."""
    if isinstance(data, bytes):
        _check_size(len(data), shown)
        data = _from_utf8(data, shown)
    else:
        _check_size(len(data), shown)
    content = data.removeprefix("\ufeff")
    text = Text(shown, content, tuple(LINE_END.split(content)))
    if problems := first(chain(_unseen(text), _tabs(text))):
        raise ContentError(problems)
    return text


def unseen_message(character: str) -> tuple[str, str]:
    """What is wrong with a character matched by `UNSEEN`, and the cure."""
    message = f"the unseen character U+{ord(character):04X} stands here"
    if character in "\u2028\u2029\x85":
        return message, "Delete it and press Enter, if a new line is meant."
    if "\u202a" <= character <= "\u2069":
        return message, "Delete it: it makes the text read differently from what it is."
    if character == "\0":
        return message, f"Delete it. {SAVE_AS_UTF8}"
    return message, "Delete it, or type the line again."


def _check_size(size: int, shown: Path) -> None:
    if size > LARGEST:
        hint = "Keep it under 1 MB: a worksheet seldom needs more than a few thousand characters."
        raise _refusal(shown, f"the file is too big ({size / 1_000_000:.1f} MB)", hint)


def _from_utf8(data: bytes, shown: Path) -> str:
    for mark, encoding in FOREIGN_ENCODINGS:
        if data.startswith(mark):
            raise _refusal(shown, f"the file is saved as {encoding}", SAVE_AS_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        good = data[: error.start].decode().removeprefix("\ufeff")
        lines = LINE_END.split(good)
        rest = LINE_END.split(data[error.start :].decode(errors="backslashreplace"), maxsplit=1)[0]
        message = f"the byte {data[error.start]:02X} is not UTF-8 text"
        place = len(lines), len(lines[-1]) + 1
        raise ContentError([Problem(shown, *place, message, SAVE_AS_UTF8, lines[-1] + rest)]) from error


def _unseen(text: Text) -> Iterator[Problem]:
    """The first unseen character of each line: a file of another kind has them everywhere."""
    if not UNSEEN.search(text.content):
        return
    for number, line in enumerate(text.lines, 1):
        if found := UNSEEN.search(line):
            yield text.problem(number, found.start() + 1, *unseen_message(found[0]))


def _tabs(text: Text) -> Iterator[Problem]:
    if "\t" not in text.content:
        return
    for number, line in enumerate(text.lines, 1):
        if found := LEADING_TAB.match(line):
            hint = "Indent with spaces: delete the tab and press the space bar."
            yield text.problem(number, found.end(), "a tab stands where only spaces may", hint)


def _refusal(shown: Path, message: str, hint: str) -> ContentError:
    return ContentError([Problem(shown, 1, 1, message, hint)])
