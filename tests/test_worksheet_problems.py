"""Does the author of each bad file in `problems/worksheets` see exactly what its `.txt` says?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbook import library
from workbook.problems import ContentError, Problem
from workbook.references.abroad import Shelf

FOLDER = Path(__file__).parent / "problems" / "worksheets"
# What the bad files may refer to, so that none of their problems depends on the real content.
SHELF = Shelf({"other-sheet", "third-sheet"}, {"crisis", "withdrawal"}, {"hill-2020", "marsh-2019"})
JARGON = re.compile(
    r"\b(str|int|dict|bool|float|None|True|False|null|literal|tag|union|model|pydantic|valid\w*|input|items?"
    r"|key|mapping|string|integer|discriminator|extra|Error)\b"
)

every_bad_file = pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)


def problems_of(path: Path) -> list[Problem]:
    return library.check(path, FOLDER, SHELF)[1]


@every_bad_file
def test_the_author_sees_exactly_this(path: Path) -> None:
    assert f"{ContentError(problems_of(path))}\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


@every_bad_file
def test_problems_speak_plainly_and_end_with_a_cure(path: Path) -> None:
    for problem in problems_of(path):
        words = re.sub(r"'[^']*'", "''", problem.message)
        assert not JARGON.search(words + re.sub(r"'[^']*'|: .*", "''", problem.hint))
        assert not re.match(r"[A-Z][a-z]|.*\.$", problem.message)
        assert re.match(r"[A-Z'].*[.?]$", problem.hint)


@every_bad_file
def test_the_caret_stands_under_a_character(path: Path) -> None:
    for problem in problems_of(path):
        after_colon = problem.message.endswith("has no value")
        assert after_colon or problem.excerpt[problem.column - 1].strip()


def test_every_expected_text_has_its_file() -> None:
    texts = {path.stem for path in FOLDER.glob("*.txt")}

    assert texts == {path.stem for path in FOLDER.glob("*.yml")}


def test_every_file_is_told_in_one_run_in_order(tmp_path: Path) -> None:
    (tmp_path / library.WORKSHEETS).mkdir(parents=True)
    for path in FOLDER.glob("*.yml"):
        (tmp_path / library.WORKSHEETS / path.name).write_bytes(path.read_bytes())

    loaded = library.load(tmp_path, library.Site("", ""))

    assert set(loaded.broken) == {path.stem for path in FOLDER.glob("*.yml")}
    assert list(loaded.problems) == sorted(set(loaded.problems))
    assert {problem.path.stem for problem in loaded.problems} >= set(loaded.broken)
