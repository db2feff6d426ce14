"""The words of worksheets and pages, checked: kind, plain, short, and fair to both roads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from os.path import relpath
from pathlib import Path

from workbook import library, source
from workbook.problems import ContentError, Problem, first
from workbook.prose import allowed, grade, rules, sheets, whole
from workbook.prose.pages import Page
from workbook.prose.passage import Finding, Passage, number_of_words
from workbook.prose.words import Words, load
from workbook.reading.text import Text
from workbook.source import Source

KEPT = Path(".cache/prose")


@dataclass(frozen=True)
class Report:
    """What is wrong, and which pages are due to be reviewed: that stops nothing."""

    problems: tuple[Problem, ...]
    due: tuple[Problem, ...]


@dataclass
class _Read:
    """One file that has been read. `graded`: passages that are graded together, and their highest grade."""

    text: Text
    findings: list[Finding]
    exceptions: list[allowed.Allowed]
    graded: list[tuple[int, list[Passage]]] = field(default_factory=list)

    def problem(self, finding: Finding) -> Problem:
        return self.text.problem(*finding.place, finding.message, finding.hint)


def check(root: Path, *, docs: Path | None = None, today: date | None = None) -> Report:
    """Read every worksheet, safety line and page of the project at `root`."""
    words, problems = load(root)
    pages = list(_pages(root, docs or root / "docs"))
    read = [*_sheets(root, words), *(_page(page, words) for page in pages)]
    _grade(read, words, root / KEPT)
    for one in read:
        problems += first(map(one.problem, allowed.left(one.findings, one.exceptions)))
    late = [
        Text(Path(page.path), page.text, page.lines).problem(*found.place, found.message, found.hint)
        for page in pages
        for found in whole.due(page, today or date.today())
    ]
    return Report(tuple(sorted(set(problems))), tuple(sorted(late)))


def _sheets(root: Path, words: Words) -> Iterator[_Read]:
    """The worksheets that can be read as YAML; what else is wrong with one is told elsewhere."""
    for path in [*library.files(root), root / library.SAFETY]:
        try:
            yield _sheet(source.read(path, root), words, graded=path != root / library.SAFETY)
        except ContentError:
            continue


def _sheet(sheet: Source, words: Words, *, graded: bool) -> _Read:
    passages = list(sheets.passages(sheet))
    found = [*rules.findings(passages, words), *sheets.findings(sheet, words)]
    read = _Read(Text(sheet.path, "", sheet.lines), found, list(allowed.in_sheet(sheet)))
    if graded:
        for_people = [one for one in passages if one.kind == "sentence" and not one.clinicians]
        read.graded = [
            (grade.SHEET, [*for_people, *sheets.labels(sheet)]),
            (grade.CLINICIANS, [one for one in passages if one.clinicians]),
        ]
    return read


def _pages(root: Path, docs: Path) -> Iterator[Page]:
    for path in sorted(docs.rglob("*.md")):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        yield Page(Path(relpath(path, root)), text)


def _page(page: Page, words: Words) -> _Read:
    found = [*rules.findings(page.passages, words), *whole.findings(page)]
    read = _Read(Text(Path(page.path), page.text, page.lines), found, list(allowed.in_page(page)))
    most = grade.CLINICIANS if page.for_clinicians else grade.PAGE
    read.graded = [(most, [one for one in page.passages if one.kind == "sentence"])]
    return read


def _grade(read: list[_Read], words: Words, folder: Path) -> None:
    """Grade all the texts at once, and tell those that are too hard."""
    asked = []
    for one in read:
        for most, passages in one.graded:
            text = grade.plain((said for each in passages for _, said in each.sentences()), words)
            if number_of_words(text) >= grade.FEWEST:
                asked.append((one, most, passages, text))
    if not asked:
        return
    made = grade.grades([text for *_, text in asked], folder)
    for one, most, passages, text in asked:
        if made[text] > most:
            one.findings.append(grade.finding(passages, made[text], most, words))
