"""What the benchmarks are made of is sound; how long anything takes, no test asks."""

from __future__ import annotations

import sys
from pathlib import Path

from sheets import ROOT

from workbook import library, parsing, site, source

sys.path.append(str(ROOT / "tests" / "benchmarks"))

import figures
import many


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for name in ("content", "docs") for path in (folder / name).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_many_worksheets_are_sound_varied_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        many.write(tmp_path / name, 60)
    made = library.load(tmp_path / "one", site.read(tmp_path / "one"))

    assert made.problems == ()
    assert len(made.worksheets) == 60
    assert {field.type for sheet in made.worksheets.values() for field in sheet.fields} == set(many.FIELDS)
    assert len({len(list(sheet.leaves)) for sheet in made.worksheets.values()}) > 20
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_the_sheet_that_stands_beside_those_of_others_is_sound() -> None:
    folder = ROOT / "tests" / "benchmarks" / "peers"
    sheet, problems = parsing.worksheet(source.read(folder / "change.yml", folder))

    assert problems == []
    assert sheet is not None


def test_ratios_are_of_runs_that_took_turns() -> None:
    assert figures.ratio([2, 30, 2], [1, 10, 2], "plain") == "2.00 × plain"
    assert figures.beside([10], {"theirs": [40]}, "ms") == "theirs 40 ms (0.25 ×)"
    assert figures.beside([10], {"theirs": [0]}, "") == "theirs 0"
