"""What becomes of the work when a process is killed, or another is at the same folder."""

from __future__ import annotations

import logging
import os
import signal
import threading
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


def test_workers_give_way_to_new_ones_before_they_have_grown(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "RENEWED", 10)
    wanted = {number: [str(tmp_path / str(number // 10)), 2, number] for number in range(20)}
    for part in ("0", "1"):
        (tmp_path / part).mkdir()

    made = cache.files(wanted, dying.who, tmp_path / "kept", "1", workers=2)

    first, second = ({made[n].read_text() for n in some} for some in (range(10), range(10, 20)))
    assert len(made) == 20
    assert first.isdisjoint(second)


def test_a_few_files_are_made_in_a_thread_and_each_is_there_when_it_is_asked_for(tmp_path):
    asked = threading.Event()

    def make(number):
        assert asked.wait(60)
        return {"": f"file {number}".encode(), ".about": b"made with it"}

    soon = cache.Soon({1: "one", 2: "two"}, lambda one: one, make, tmp_path)
    before = [place.exists() for place in soon.places.values()]
    asked.set()
    place = soon.ready(2)

    assert before == [False, False]
    assert place.read_text() == "file 2"
    assert cache.beside(place, ".about").read_bytes() == b"made with it"
    soon.wait()
    assert soon.places[1].read_text() == "file 1"


def test_what_goes_wrong_in_the_thread_is_told_to_who_waits(tmp_path):
    def make(number):
        raise ValueError("no such letter")

    soon = cache.Soon({1: "one"}, lambda one: one, make, tmp_path)
    with pytest.raises(ValueError, match="no such letter"):
        soon.wait()
    with pytest.raises(ValueError, match="no such letter"):
        soon.ready(1)


def test_many_files_are_made_before_anyone_asks(tmp_path):
    names = {number: str(number) for number in range(20)}
    steps = []
    soon = cache.Soon(
        names, lambda one: [str(tmp_path), one], dying.make, tmp_path / "kept", step=lambda: steps.append(1)
    )

    assert [place.read_text() for place in soon.places.values()] == [f"file {n}" for n in range(20)]
    assert len(steps) == 20
