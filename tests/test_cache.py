"""What becomes of the work when a process is killed, or another is at the same folder."""

from __future__ import annotations

import logging
import signal

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
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {path.name for path in made.values()}


def test_what_another_build_takes_away_is_made_anew(tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.exists", lambda path: True)  # it was, a moment ago

    assert cache.kept(tmp_path / "one", lambda: b"new") == b"new"
