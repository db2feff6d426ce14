"""What a page says of itself between the two lines of dashes at its top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, ValidationError

from workbook import source
from workbook.citations.markdown import FRONT_MATTER_ALONE
from workbook.fields.base import Fault, Strict, Text
from workbook.fields.date.field import Day
from workbook.parsing import validated
from workbook.problems import ContentError, Problem, did_you_mean
from workbook.source import Source

MISSING = "the page says nothing of itself"
OPEN = "what the page says of itself has no end"
END = "Write '---' on a line of its own below the last of it."
CURE = "Begin it with '---', then title, description, written and review, each on a line, and '---'."
ONE_OF_A_KIND = ("title", "description")


class FrontMatter(Strict):
    """`written`, `updated`: days of the words. `review`: the day by which they are to be read again.

    `paper`: what a packet prints of the page. `cite`: whether its text names sources, or numbers them.
    """

    model_config = ConfigDict(extra="ignore")  # a theme's own settings may stand beside these

    title: Text
    description: Text
    written: Day
    review: Day
    updated: Day | None = None
    author: Text | None = None
    awaits: Text = "a clinician"
    reviewed: Day | None = None
    reviewer: Text | None = None
    paper: Literal["short", "whole"] = "short"
    cite: Literal["names", "numbers"] = "names"

    def faults(self) -> Iterator[Fault]:
        if (self.reviewed is None) != (self.reviewer is None):
            has, lacks = ("reviewed", "reviewer") if self.reviewed else ("reviewer", "reviewed")
            yield Fault(f"'{has}' stands without '{lacks}'", (has,), "Say both: on which day, and who.")
        if self.updated and self.updated < self.written:
            yield Fault("'updated' is before 'written'", ("updated",), "Put the days right.")


NAMES = frozenset(FrontMatter.model_fields)


def of(meta: Mapping[str, Any]) -> FrontMatter | None:
    """What a program has read at the top of a page, perhaps with dates for days; None when it is wrong."""
    try:
        return FrontMatter.model_validate({name: str(meta[name]) for name in NAMES & meta.keys()})
    except ValidationError:
        return None


def check(docs: Path, root: Path) -> list[Problem]:
    """What is wrong at the top of the pages below `docs`; titles and descriptions that two of them share."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], Path] = {}
    for path in sorted(docs.rglob("*.md")):
        shown = path.relative_to(root) if path.is_relative_to(root) else path
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        matter = FRONT_MATTER_ALONE.match(text)
        if not matter:
            begun = text.splitlines()[:1] == ["---"]
            about = (OPEN, END) if begun else (MISSING, CURE)
            problems.append(Problem(shown, 1, 1, *about, excerpt=text.partition("\n")[0]))
            continue
        try:
            read = source.parse(f"\n{matter['inside']}", shown)  # so that its lines are the file's own
        except ContentError as error:
            problems += error.problems
            continue
        validated(read, FrontMatter, read.data, (), problems)
        problems += [*_slips(read), *_shared(read, seen)]
    return sorted(set(problems))


def _slips(read: Source) -> Iterator[Problem]:
    """Names that look like one of ours."""
    for name in read.data:
        hint = did_you_mean(str(name), NAMES)
        if name not in NAMES and hint.startswith("Did you mean"):
            yield read.problem((name,), f"unknown setting {name!r}", hint, at_key=True)


def _shared(read: Source, seen: dict[tuple[str, str], Path]) -> Iterator[Problem]:
    for name in ONE_OF_A_KIND:
        value = read.data.get(name)
        if isinstance(value, str):
            first = seen.setdefault((name, value), read.path)
            if first != read.path:
                hint = f"Write another: in lists of pages nobody could tell it from {first.as_posix()}."
                yield read.problem((name,), f"the {name} of another page", hint)
