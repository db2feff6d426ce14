"""Does the author of each bad file in `problems/source` see exactly what its `.txt` says?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from workbook import source
from workbook.problems import ContentError
from workbook.source import read

FOLDER = Path(__file__).parent / "problems" / "source"
JARGON = re.compile(
    r"scalar|scann|token|node|anchor|alias|stream|flow|pars|mapping|None|Error|str\b", re.IGNORECASE
)
# The one file that PyYAML without libyaml tells otherwise: it lets half a character through to our own check.
OTHERWISE = {"half-character-escape"}

every_bad_file = pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)


def error_of(path: Path) -> ContentError:
    with pytest.raises(ContentError) as caught:
        read(path, FOLDER)
    return caught.value


def expected(path: Path) -> str:
    return path.with_suffix(".txt").read_text(encoding="utf-8")


@every_bad_file
def test_the_author_sees_exactly_this(path: Path) -> None:
    assert f"{error_of(path)}\n" == expected(path)


@every_bad_file
def test_without_libyaml_the_author_sees_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LOADER", yaml.SafeLoader)

    assert (f"{error_of(path)}\n" == expected(path)) is (path.stem not in OTHERWISE)


@every_bad_file
def test_problems_speak_plainly_and_end_with_a_cure(path: Path) -> None:
    for problem in error_of(path).problems:
        assert not JARGON.search(problem.message + problem.hint)
        assert not re.match(r"[A-Z]|.*\.$", problem.message)
        assert re.match(r"[A-Z'].*\.$", problem.hint)


def test_every_expected_text_has_its_file() -> None:
    texts = {path.stem for path in FOLDER.glob("*.txt")}

    assert texts == {path.stem for path in FOLDER.glob("*.yml")}
