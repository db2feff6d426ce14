"""A piece of an author's text, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from workbook.source import Place

# heading: a title or label; sentence: what is read as sentences; words: options, examples, cells of a table.
Kind = Literal["heading", "sentence", "words"]

WORD = re.compile(r"[^\W_]+(?:[’'\-.,:/&][^\W_]+)*")
END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]*]*(?=\s|$)")
SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|Dr|Mr|Mrs|Ms|St|vs|p|pp|No|approx)|\b[A-Z])\.$")
LONGEST = len("approx.")
CARRIES_ON = re.compile(r"\s+[a-z]")


@dataclass(frozen=True)
class Passage:
    """`text` as people read it. `at` says where a place in it stands in the file, given what stands there."""

    text: str
    kind: Kind
    at: Callable[[int, str], Place]
    clinicians: bool = False

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Each sentence with the place where it begins."""
        start = 0
        for end in self._ends():
            if (sentence := self.text[start:end]).strip():
                yield start + len(sentence) - len(sentence.lstrip()), sentence.strip()
            start = end

    def _ends(self) -> Iterator[int]:
        for found in END.finditer(self.text):
            short = found[0] == "." and SHORT.search(self.text, max(0, found.end() - LONGEST), found.end())
            if not short and not CARRIES_ON.match(self.text, found.end()):
                yield found.end()
        yield len(self.text)


class Finding(NamedTuple):
    """Something wrong. `said` is what an exception names: the words or the rule. `whole`: of all the file."""

    place: Place
    said: str
    message: str
    hint: str
    whole: bool = False


def number_of_words(text: str) -> int:
    return len(WORD.findall(text))
