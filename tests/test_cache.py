"""What becomes of the work when a process is killed, or another is at the same folder."""

from __future__ import annotations

import logging
import os
import signal
from collections import Counter

import dying
import pytest

from workbook import cache


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signal")
def test_a_worker_that_is_killed_loses_nothing_and_is_told(tmp_path, caplog):
    steps = []
    wanted = {number: [str(tmp_path), number] for number in range(20)}

    with caplog.at_level(logging.WARNING):
        made = cache.files(
            wanted, dying.make, tmp_path / "kept", "1", workers=2, step=lambda: steps.append(1)
        )

    assert (tmp_path / "died").exists()
    assert {number: path.read_text() for number, path in made.items()} == {n: f"file {n}" for n in range(20)}
    assert len(steps) == 20
    assert "a worker died" in caplog.text
    whole = {
        path.name for path in (tmp_path / "kept").iterdir() if not path.suffix
    }  # beside what another was at
    assert whole == {path.name for path in made.values()}


def test_what_another_build_takes_away_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.exists", lambda path: True)  # it was, a moment ago

    assert cache.kept(tmp_path / "one", lambda: b"new") == b"new"


def test_as_many_workers_as_asked_for_make_all_files(tmp_path):
    wanted = {number: [str(tmp_path), 2, number] for number in range(40)}

    made = cache.files(wanted, dying.who, tmp_path / "kept", "1", workers=2)

    makers = Counter(path.read_text() for path in made.values())
    assert len(made) == makers.total() == 40
    assert len(makers) == 2
    assert str(os.getpid()) not in makers


def test_what_is_written_is_whole_or_not_there(tmp_path):
    place = tmp_path / "big"

    def half(part):
        part.write_text("half")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        cache.written(place, half)
    assert list(tmp_path.iterdir()) == []
    assert cache.written(place, lambda part: part.write_text("whole")).read_text() == "whole"
    cache.written(place, half)
    assert place.read_text() == "whole"
