"""Is whatever stands at a path read as a file, or told as a problem, without a wait?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbook.problems import ContentError
from workbook.reading.text import LARGEST
from workbook.source import parse, read


def test_a_file_at_the_limit_is_read() -> None:
    assert len(parse("a: " + "x" * (LARGEST - 3), Path("a.yml")).data["a"]) == LARGEST - 3


@pytest.mark.parametrize("data", ["x" * (LARGEST + 1), b"x" * (LARGEST + 1)], ids=["text", "bytes"])
def test_one_byte_beyond_the_limit_is_a_problem(data: str | bytes) -> None:
    with pytest.raises(ContentError) as caught:
        parse(data, Path("a.yml"))

    assert caught.value.problems[0].message == "the file is too big (1.0 MB)"


def problem_of_file(path: Path, root: Path) -> str:
    with pytest.raises(ContentError) as caught:
        read(path, root)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == (path.relative_to(root), 1, 1)
    return problem.message


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yml"
    with path.open("wb") as file:
        file.truncate(20_000_000)
    monkeypatch.setattr(Path, "open", None)

    message = problem_of_file(path, tmp_path)

    assert message == "the file is too big (20.0 MB)"


def test_a_folder_is_a_problem(tmp_path: Path) -> None:
    assert problem_of_file(tmp_path, tmp_path.parent) == "this is a folder, not a file"


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert problem_of_file(tmp_path / "a.yml", tmp_path) == "there is no such file"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_to_nothing_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.yml").symlink_to("nowhere.yml")

    assert problem_of_file(tmp_path / "a.yml", tmp_path) == "this link leads to a file that is not there"


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.yml").symlink_to("a.yml")

    assert problem_of_file(tmp_path / "a.yml", tmp_path).startswith("the file cannot be read")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_out_of_the_project_is_a_problem_and_one_within_is_none(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "content").mkdir(parents=True)
    for folder in (tmp_path, root):
        (folder / "secret.yml").write_text("a: 1\n", encoding="utf-8")
    (root / "content" / "a.yml").symlink_to(tmp_path / "secret.yml")
    (root / "content" / "b.yml").symlink_to(root / "secret.yml")
    (root / "more").symlink_to(tmp_path)

    for path in ("content/a.yml", "more/secret.yml"):
        assert problem_of_file(root / path, root) == "this is a link to a file outside of the project"
    assert read(root / "content" / "b.yml", root).data == {"a": 1}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yml")

    assert problem_of_file(tmp_path / "a.yml", tmp_path) == "this is not an ordinary file"


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yml").write_text("a: 1")

    def refuse(*_: object) -> None:  # root may read all, so the refusal is played
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "open", refuse)

    assert problem_of_file(tmp_path / "a.yml", tmp_path) == "the file cannot be read: permission denied"


def test_a_file_outside_the_project_is_shown_by_its_whole_path(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a: 1")

    assert read(path, tmp_path / "project").path == path
