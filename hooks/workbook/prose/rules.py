"""Rules for every passage: words that we do not use, long sentences, exclamation marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbook.prose.passage import Finding, Passage, number_of_words
from workbook.prose.words import Rule, Words, met, within

MOST_WORDS = 30


def findings(passages: Iterable[Passage], words: Words) -> Iterator[Finding]:
    every = list(passages)
    rules = within("\n".join(one.text for one in every), words)
    for passage in every:
        for start, sentence in passage.sentences():
            yield from _words(passage, start, sentence, rules)
            yield from _form(passage, start, sentence)


def _words(passage: Passage, start: int, sentence: str, rules: list[Rule]) -> Iterator[Finding]:
    for found in met(sentence, rules, clinicians=passage.clinicians):
        place = passage.at(start + found.start, found.said)
        hint = f"Say: {found.rule.say[:1].lower()}{found.rule.say[1:]}."
        yield Finding(place, found.said, f"'{found.said}' {found.rule.why}", hint)


def _form(passage: Passage, start: int, sentence: str) -> Iterator[Finding]:
    if (at := sentence.find("!")) >= 0:
        hint = "End it with a full stop."
        yield Finding(passage.at(start + at, "!"), "!", "an exclamation mark shouts", hint)
    count = number_of_words(sentence)
    if passage.kind == "sentence" and count > MOST_WORDS:
        message = f"a sentence of {count} words; {MOST_WORDS} is the most"
        hint = "Cut it in two: one idea in each."
        yield Finding(passage.at(start, sentence), "long sentence", message, hint)
