"""Citations as Pandoc writes them: `[@key]`, `[@one; @two]`, `[see @key, p. 3]`, `[-@key]` for the year."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# A bracket with an @ where a word begins, and not the text of a link: not [me@home.org], not [@x](y).
CITATION = re.compile(r"(?<![\\\]!])\[(?=[^\[\]]*(?<!\w)@\w)((?:[^\[\]\n]|\n(?![ \t]*\n))*)\](?![\[(])")
DEFINES = re.compile(r"^[ \t]*\Z", re.MULTILINE)  # before '[…]:', which then says where a link leads
KEY = r"\w(?:[\w:.#$%&+?<>~/-]*\w)?"
PART = re.compile(rf"(?P<before>[^@]*?)(?P<year_only>-?)@(?P<key>{KEY})(?P<after>.*)", re.DOTALL)

FRONT_MATTER = r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$"
FENCE = r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)"
COMMENT = r"<!--.*?-->"
RAW = r"<(?P<tag>code|pre|script|style)\b.*?</(?P=tag)>"
SPAN = r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
FRONT_MATTER_ALONE = re.compile(
    r"\A---[ \t]*\n(?P<inside>.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)
ENDS = ("-->", "</code>", "</pre>", "</script>", "</style>")
NOT_PROSE = re.compile("|".join([FRONT_MATTER, FENCE, COMMENT, RAW, SPAN]), re.DOTALL | re.MULTILINE)
HOLDER = re.compile(r" {0,3}(?:[-*+]|\d+[.)]|!!!|\?\?\?\+?|===|:|\[\^[^\]]+\]:)\s")


HIDDEN = "\x00"


class Part(NamedTuple):
    """One work in a citation, with the words around it. `at` is where its key stands in the page."""

    key: str
    before: str
    after: str
    year_only: bool
    at: int


class Cited(NamedTuple):
    """One bracket: where it begins and ends, and what it names. `empty`: where parts without a key stand."""

    start: int
    end: int
    parts: tuple[Part, ...]
    empty: tuple[int, ...]


def citations(text: str) -> Iterator[Cited]:
    """Every citation in a page's prose; code, comments and front matter are left alone."""
    text = prose(text)
    for found in CITATION.finditer(text):
        if text[found.end() : found.end() + 1] == ":" and DEFINES.search(text, 0, found.start()):
            continue
        parts, empty, at = [], [], found.start(1)
        for piece in found[1].split(";"):
            if part := PART.fullmatch(piece):
                words = part["before"].strip(), part["after"].strip(), bool(part["year_only"])
                parts.append(Part(part["key"], *words, at + part.start("key")))
            else:
                empty.append(at + len(piece) - len(piece.lstrip()))
            at += len(piece) + 1
        yield Cited(found.start(), found.end(), tuple(parts), tuple(empty))


@lru_cache(maxsize=8)  # what one page cites, claims and lists is asked for one after the other
def prose(text: str) -> str:
    """The text with everything that is not prose blanked out, so that every place stays where it was."""
    text = _shown(NOT_PROSE.sub(lambda found: _blank(found[0]), _hidden(text)))
    parts, at = [], 0
    for start, end in _indented(text):
        parts += [text[at:start], _blank(text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def _hidden(text: str) -> str:
    """With a mark for the `<` of what has no end: each of them would be sought to the end of the page."""
    for end in ENDS:
        begin = "<!--" if end == "-->" else f"<{end[2:-1]}"
        last = text.rfind(end) + 1
        text = text[:last] + text[last:].replace(begin, f"{HIDDEN}{begin[1:]}")
    return text


def _shown(text: str) -> str:
    return text.replace(HIDDEN, "<")


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _indented(text: str) -> Iterator[tuple[int, int]]:
    """Lines that are code because they are indented; inside a list or a box that takes more."""
    at, needed, after_blank = 0, 4, True
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            after_blank = True
        elif indent >= needed and after_blank:
            yield at, at + len(line)
        else:
            after_blank = False
            if indent < 4:
                needed = 8 if HOLDER.match(line) else 4
        at += len(line)


def inert(text: str) -> str:
    """Text inside a line of Markdown, safe from both Markdown and HTML."""
    return re.sub(r"[\\`*_\[\]{}|~^]", lambda found: f"&#{ord(found[0])};", html.escape(text))
