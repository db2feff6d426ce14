"""content/words.yml: words that we do not use, what to say instead, and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field as Setting

from workbook import parsing, source
from workbook.fields.base import Fault, Ref, Strict, Text
from workbook.problems import ContentError, Problem

FILE = Path("content/words.yml")


class Term(Strict):
    """Something not to say, as words or as a pattern."""

    avoid: list[Ref] = Setting(default=[])
    pattern: Text | None = None
    say: Text
    fine: list[Text] = Setting(default=[])
    unless: Text | None = None
    for_: Literal["clinicians"] | None = Setting(default=None, alias="for")

    def faults(self) -> Iterator[Fault]:
        if bool(self.avoid) == bool(self.pattern):
            yield Fault("a term has either 'avoid' or 'pattern'", (), "Take one out, or put one in.")
        for name in ("pattern", "unless"):
            try:
                _compiled(getattr(self, name) or "")
            except re.error as error:
                yield Fault(f"the pattern cannot be read: {error}", (name,), "Mend it, or use 'avoid'.")


class Group(Strict):
    """Terms that are wrong for the same reason, which ends the sentence that begins with the term."""

    why: Text
    terms: list[Term]


class Words(Strict):
    """The whole file."""

    groups: list[Group] = Setting(default=[])
    names: list[Text] = Setting(default=[])
    spelling: list[Text] = Setting(default=[])

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(_rule(term, group.why) for group in self.groups for term in group.terms)

    @cached_property
    def name(self) -> re.Pattern[str]:
        """Any of the names, the longest first."""
        return _either(sorted(self.names, key=len, reverse=True), 0)


@dataclass(frozen=True)
class Rule:
    """One term, ready to look for."""

    pattern: re.Pattern[str]
    fine: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    why: str
    say: str
    for_clinicians: bool


class Met(NamedTuple):
    """Where a term stands in a text."""

    start: int
    said: str
    rule: Rule


def _either(phrases: list[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Any of these words, each whole; a blank may be a new line, an apostrophe straight or not."""
    each = (re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)" if phrases else r"(?!)", flags)


def _compiled(pattern: str) -> re.Pattern[str]:
    """Whole words; a blank may be a new line. re.error when it is no pattern, or none with such blanks."""
    spaced = pattern.replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)


def _rule(term: Term, why: str) -> Rule:
    return Rule(
        _compiled(term.pattern) if term.pattern else _either(term.avoid),
        _either(term.fine) if term.fine else None,
        re.compile(term.unless, re.IGNORECASE | re.DOTALL) if term.unless else None,
        why,
        term.say,
        term.for_ == "clinicians",
    )


def load(root: Path) -> tuple[Words, list[Problem]]:
    """The list, and what is wrong with it; a project without the file has no list."""
    problems: list[Problem] = []
    if not (root / FILE).exists():
        return Words(), problems
    try:
        read = source.read(root / FILE, root)
    except ContentError as error:
        return Words(), list(error.problems)
    return parsing.validated(read, Words, read.data, (), problems) or Words(), problems


def within(text: str, words: Words) -> list[Rule]:
    """The rules that a text may break: few of many, so that each sentence is searched for few."""
    return [rule for rule in words.rules if rule.pattern.search(text)]


def met(sentence: str, rules: Iterable[Rule], *, clinicians: bool) -> Iterator[Met]:
    """The terms in one sentence that are not fine there."""
    for rule in rules:
        if clinicians and rule.for_clinicians:
            continue
        for found in rule.pattern.finditer(sentence):
            if rule.unless and rule.unless.search(sentence):
                continue
            fine = rule.fine.finditer(sentence) if rule.fine else ()
            if not any(one.start() <= found.start() and found.end() <= one.end() for one in fine):
                yield Met(found.start(), " ".join(found[0].split()), rule)
