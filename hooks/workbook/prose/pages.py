"""The words of a page: its Markdown cut into passages, each with its place."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePath

from workbook.citations.markdown import FRONT_MATTER, citations, prose
from workbook.prose.passage import Kind, Passage
from workbook.source import Place

CLINICIANS = "docs/clinicians/"
BLANK = re.compile(r"[^\n]")
# Names before a year, as in 'Hill and Dale [-@hill-2020]', are part of the citation.
AUTHOR = re.compile(r"(?:(?<!\w)(?:[A-Z]\.|[A-Z][\w’'-]*),?[ \t]+(?:(?:and|&)[ \t]+)?)+(?:et al\.[ \t]+)?\Z")
ATTRIBUTES = r"(?:\{[^}\n]*\})?"
TARGET = rf"\([^)\n]*\){ATTRIBUTES}"
BOX = r"[ \t]*(?:!!!|\?\?\?\+?|===)"
LIST = r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+"
# What is not read is blanked out, but for the group `keep`.
MARKS = [
    re.compile(r"<div\b[^<>]*\blang=\"(?!en)[^<>]*>.*?</div>", re.DOTALL),  # another language
    re.compile(r"\[(?:evidence|grade):[^\]\n]*\]"),  # how sure we are of a claim
    re.compile(rf"!\[[^\]\n]*\]{TARGET}"),  # a picture
    re.compile(r"^[ \t]*\[[^\]\n]+\]:[^\n]*", re.MULTILINE),  # where a link or a footnote leads
    re.compile(r"\[\^[^\]\n]+\]"),
    re.compile(rf"\[(?P<keep>[^\]\n]*)\](?:{TARGET}|\[[^\]\n]*\])"),
    re.compile(r"\{:?[ \t]*[#.\w][^}\n]*\}"),
    re.compile(r"</?\w[^<>]*>|<?https?://[^\s>)]+>?"),
    re.compile(rf"^{BOX}(?:[ \t]+[\w-]+)*(?:[ \t]+\"(?P<keep>[^\"\n]*)\")?", re.MULTILINE),
    re.compile(r"\\(?=\W)|\*+|(?<!\w)_+|_+(?!\w)"),
]
HEADING = re.compile(r"[ \t]*#+[ \t]")
BOX_LINE = re.compile(rf"{BOX}\s")
TABLE_ROW = re.compile(r"[ \t]*\|")
ONLY_A_LINK = re.compile(rf"{LIST}\**\[[^\]\n]*\]{TARGET}\**[.,:;]?[ \t]*")
ITEM = re.compile(rf"{LIST}|[ \t]*:[ \t]+")
TOLD = re.compile(r"^(?:title|description):[ \t]*(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One Markdown file; `path` as it is shown, from the project's root."""

    path: PurePath
    text: str

    @property
    def for_clinicians(self) -> bool:
        return self.path.as_posix().startswith(CLINICIANS)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n"))

    @cached_property
    def visible(self) -> str:
        """The text with all that is not read blanked out, so that every place stays where it was."""
        text = prose(self.text)
        for cited in citations(self.text):
            author = AUTHOR.search(text, text.rfind("\n", 0, cited.start) + 1, cited.start)
            start = author.start() if author and cited.parts[0].year_only else cited.start
            text = text[:start] + BLANK.sub(" ", text[start : cited.end]) + text[cited.end :]
        for mark in MARKS:
            text = mark.sub(_blanked, text)
        return text

    @cached_property
    def front_matter(self) -> str:
        found = re.match(FRONT_MATTER, self.text, re.DOTALL | re.MULTILINE)
        return found[0] if found else ""

    def place(self, offset: int) -> Place:
        line = bisect(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        told = [found.span(1) for found in TOLD.finditer(self.front_matter)]
        made = [self._passage(self.text, start, end, "words") for start, end in told]
        made += [self._passage(self.visible, *block) for block in self._blocks()]
        return tuple(one for one in made if one.text.strip())

    def _passage(self, text: str, start: int, end: int, kind: Kind) -> Passage:
        return Passage(text[start:end], kind, partial(self._at, start), self.for_clinicians)

    def _at(self, start: int, offset: int, said: str) -> Place:
        return self.place(start + offset)

    def _blocks(self) -> Iterator[tuple[int, int, Kind]]:
        """Paragraphs and list items, headings, rows of tables: where each begins and ends."""
        begun: int | None = None
        for raw, start in zip(self.lines, self._starts, strict=False):
            end = start + len(raw)
            kind, skip = _line(raw, self.visible[start:end])
            if kind != "sentence" or skip:
                if begun is not None:
                    yield begun, start - 1, "sentence"
                begun = start + skip if kind == "sentence" else None
            elif begun is None:
                begun = start
            if kind in ("heading", "words"):
                yield start + skip, end, kind
        if begun is not None:
            yield begun, len(self.text), "sentence"


def _line(raw: str, visible: str) -> tuple[Kind | None, int]:
    """What a line is, and how many characters of it only say so. None: nothing to read."""
    if not visible.strip():
        return None, 0
    if found := HEADING.match(raw):
        return "heading", found.end()
    if BOX_LINE.match(raw):
        return "heading", 0
    if TABLE_ROW.match(raw) or ONLY_A_LINK.fullmatch(raw):
        return "words", 0
    if found := ITEM.match(raw):
        return "sentence", found.end()
    return "sentence", 0


def _blanked(found: re.Match[str]) -> str:
    """Spaces, but for what is kept."""
    blank = BLANK.sub(" ", found[0])
    if "keep" not in found.re.groupindex or found["keep"] is None:
        return blank
    start, end = found.start("keep") - found.start(), found.end("keep") - found.start()
    return blank[:start] + found["keep"] + blank[end:]
