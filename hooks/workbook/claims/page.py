"""A page with its claims: `[evidence: id]`, `[grade: id]` become grades, `<!-- claims: name -->` a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from workbook import microcopy
from workbook.citations.markdown import inert, prose
from workbook.citations.page import keys
from workbook.problems import Problem, did_you_mean
from workbook.reading.text import Text

if TYPE_CHECKING:
    from workbook.claims import Claim, Claims

GRADES_PAGE = "evidence/grades.md"
GRADE = re.compile(r"\[(?P<what>evidence|grade):[ \t]*(?P<id>[^\]\n]*?)[ \t]*\](?![\[(])")
TABLE = re.compile(r"<!--[ \t]*claims:[ \t]*(?P<about>[^\n>]*?)[ \t]*-->")
BY_HAND = re.compile(r"\[[^\]\n]*\]\([^)\n]*\)\{[^}\n]*\.grade\b[^}\n]*\}")


def problems(text: str, path: Path, claims: Claims) -> Iterator[Problem]:
    """What is wrong with a page's grades. `text` is the whole file, so that lines are the file's own."""
    cited = set(keys(text)) | {
        key for name in tables(text) for one in claims.about(name) for key in one.sources
    }
    for found in GRADE.finditer(prose(text)):
        id_ = found["id"]
        if not claims.mentions(id_):
            hint = did_you_mean(id_, claims.ids or ()) or "Add it to content/claims.yml."
            yield _problem(text, path, found.start("id"), f"no claim is called {id_!r}", hint)
        elif (claim := claims.claims.get(id_)) and claim.sources and cited.isdisjoint(claim.sources):
            message = f"the page gives the grade of {id_!r}, and cites none of its sources"
            hint = f"Cite one of them beside it: {' or '.join(f'[@{key}]' for key in claim.sources)}."
            yield _problem(text, path, found.start(), message, hint)
    for found in BY_HAND.finditer(prose(text)):
        hint = "Write [evidence: id] or [grade: id], with the id of a claim in content/claims.yml."
        yield _problem(text, path, found.start(), "a grade is typed by hand", hint)
    for found in TABLE.finditer(text):
        if claims.ids is not None and not claims.about(found["about"]):
            known = {claim.about for claim in claims.claims.values()}
            hint = did_you_mean(found["about"], known)
            yield _problem(text, path, found.start("about"), f"no claim is about {found['about']!r}", hint)


def _problem(text: str, path: Path, at: int, message: str, hint: str) -> Problem:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return Text(path, text, tuple(text.split("\n"))).problem(line, column, message, hint)


def tables(text: str) -> list[str]:
    """The tables of claims that a page holds."""
    return [found["about"] for found in TABLE.finditer(text)]


def placed(text: str, claims: Claims, page: str) -> str:
    """The page with its grades and tables, in Markdown; `page` is its path below docs. The unknown stays."""
    target = _way(page)
    out, end = [], 0
    for found in GRADE.finditer(prose(text)):
        if claim := claims.claims.get(found["id"]):
            out += [text[end : found.start()], _grade(claim, found["what"], target)]
            end = found.end()
    text = "".join([*out, text[end:]])
    return TABLE.sub(lambda found: _table(claims.about(found["about"]), target), text)


def _way(page: str) -> str:
    """From a page to the one that explains the grades."""
    return "../" * (len(PurePosixPath(page).parts) - 1) + GRADES_PAGE


def _grade(claim: Claim, what: str, target: str) -> str:
    word = claim.grade.lower()
    said = microcopy.say("claims.evidence", grade=word) if what == "evidence" else claim.grade
    return f"[{said}]({target}#{word}){{ .grade }}"


def _table(claims: list[Claim], target: str) -> str:
    rows = (f"| {inert(one.says)} | {_grade(one, 'grade', target)} | {_sources(one)} |" for one in claims)
    heads = (
        microcopy.say("claims.statement"),
        microcopy.say("claims.how_sure"),
        microcopy.say("sheet.sources"),
    )
    return "\n".join([f"| {' | '.join(heads)} |", "| --- | --- | --- |", *rows]) if claims else ""


def _sources(claim: Claim) -> str:
    if not claim.against:
        return _cited(claim.sources) or microcopy.say("claims.no_study")
    ours, others, note = _cited(claim.sources), _cited(claim.against), inert(claim.note or "")
    if note:
        return microcopy.say("claims.for_and_against_noted", note=note, sources=ours, others=others)
    return microcopy.say("claims.for_and_against", sources=ours, others=others)


def _cited(keys_: list[str]) -> str:
    return f"[{'; '.join(f'@{key}' for key in keys_)}]" if keys_ else ""
