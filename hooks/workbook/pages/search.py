"""The index of the search: what there is, and by which words it may be found.

It is small, since it holds each word of a page once; and it is a script, since a page that was opened
from a disk may run a script but may not fetch a file.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from sys import intern
from typing import Any

from workbook.otherwords import plain

WORD = re.compile(r"[^\W_]{2,}")
# So frequent that they find everything.
STOP = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be but by can do for from has have how i if in is it its may me my no not of on
        one or our so some than that the their them then there they this to up was we what when which who
        will with you your""",
    )
)
KINDS = ("page", "worksheet", "packet", "term", "claim")
GLOSSARY = "glossary/"  # here a list of definitions explains words; elsewhere it answers what people say
NOT_READ = frozenset({"script", "style", "svg", "select", "template"})
VOID = frozenset({"br", "hr", "img", "input", "wbr", "col", "source"})


@dataclass
class Entry:
    """A page, a worksheet, a packet or a term to find. `parts`: headings on it, each with its id."""

    kind: str
    title: str
    address: str
    says: str
    words: Collection[str] = ()
    parts: list[tuple[str, str]] = field(default_factory=list)


def words(text: str) -> set[str]:
    return {one for one in WORD.findall(plain(text)) if one not in STOP}


def as_data(found: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries as JSON has them."""
    return [vars(one) | {"words": sorted(one.words)} for one in found]


def of_data(told: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """What `as_data` made data of. A word is held once, however many entries have it."""
    words = (tuple(map(intern, one["words"])) for one in told)
    parts = ([(name, id_) for name, id_ in one["parts"]] for one in told)
    return [
        Entry(**{**one, "words": some, "parts": theirs})
        for one, some, theirs in zip(told, words, parts, strict=True)
    ]


def entries(kind: str, title: str, address: str, says: str, content: str) -> list[Entry]:
    """A page as an entry, and each term or claim of its lists as one more. `content` is its HTML."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    page = Entry(kind, title, address, says, words(f"{title} {says} {reader.text}"), reader.parts)
    each = "term" if address == GLOSSARY else "claim"
    terms = [
        Entry(each, term, f"{address}#{id_}" if id_ else address, meaning, words(f"{term} {meaning}"))
        for term, id_, meaning in reader.terms
    ]
    return [page, *terms]


def index(found: Iterable[Entry], same: Iterable[Iterable[str]] = ()) -> bytes:
    """A call of searchIndex with {entries: [[kind, title, address, says, [[heading, id], ...]], ...],
    words: {word: [number of an entry, ...]}, same: [[phrase, ...], ...]}. A kind is its place in KINDS.
    """
    every = sorted(found, key=lambda one: (KINDS.index(one.kind), one.title, one.address))
    where: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(every):
        for word in one.words:
            where[word].append(number)
    data = {
        "entries": [[KINDS.index(one.kind), one.title, one.address, one.says, one.parts] for one in every],
        "words": dict(sorted(where.items())),
        "same": [list(some) for some in same],
    }
    return f"searchIndex({json.dumps(data, ensure_ascii=False, separators=(',', ':'))})\n".encode()


class _Reader(HTMLParser):
    """The words of a page, its headings with their ids, and the terms of its definition lists."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.parts: list[tuple[str, str]] = []
        self.terms: list[tuple[str, str, str]] = []
        self.silent = 0
        self.open: tuple[str, str, list[str]] | None = (
            None  # a heading or term that is being read: tag, id, words
        )
        self.meaning: list[str] | None = None

    @property
    def text(self) -> str:
        return " ".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag in VOID:
            return
        if (
            self.silent
            or tag in NOT_READ
            or "data-search-exclude" in about
            or about.get("class") == "headerlink"
        ):
            self.silent += 1
        elif tag in ("h2", "h3", "dt"):
            self.open = (tag, about.get("id") or "", [])
        elif tag == "dd":
            self.meaning = []

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.silent:
            self.silent -= 1
        elif self.open and tag == self.open[0]:
            name = " ".join("".join(self.open[2]).split())
            if tag == "dt":
                self.terms.append((name, self.open[1], ""))
            elif self.open[1]:
                self.parts.append((name, self.open[1]))
            self.open = None
        elif tag == "dd" and self.meaning is not None and self.terms:
            term, id_, before = self.terms[-1]
            self.terms[-1] = (term, id_, before or " ".join("".join(self.meaning).split()))
            self.meaning = None

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.pieces.append(data)
        if self.open:
            self.open[2].append(data)
        if self.meaning is not None:
            self.meaning.append(data)
