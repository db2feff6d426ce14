"""What becomes of the work when a process is killed, or another is at the same folder."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import dying
import pytest
from running_still import lives

from workbook import cache

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "hooks", ROOT / "tests")))}


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


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such signal")
def test_no_worker_outlives_a_build_that_was_killed(tmp_path):
    tasks = f"{{n: [{str(tmp_path)!r}, 99, n] for n in range(20)}}"  # each waits for others, who never come
    code = "import dying\nfrom pathlib import Path\nfrom workbook import cache\n"
    code += f"cache.files({tasks}, dying.who, Path('kept'), '1', workers=2)"
    build = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=ENVIRONMENT)
    workers = []
    while len(workers) < 2:
        workers = [int(one.name.partition("-")[2]) for one in tmp_path.glob("began-*")]
        time.sleep(0.05)

    build.kill()
    build.wait()

    end = time.monotonic() + dying.PATIENCE
    while any(map(lives, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(lives, workers))


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


def test_what_nobody_asked_for_in_a_month_is_dropped(tmp_path):
    folder = tmp_path / "kept"
    cache.files({1: "old", 2: "new"}, str.encode, folder, "1", workers=1)
    old, new = (folder / cache.key(one, "1") for one in ("old", "new"))
    aged(old, days=31)
    aged(new, days=29)
    aged(tmp_path / "kept.tidied", days=2)

    cache.files({}, str.encode, folder, "1")

    assert not old.exists()
    assert new.exists()


def test_what_is_asked_for_stays_however_old_it_is(tmp_path):
    folder = tmp_path / "kept"
    for _ in range(2):
        (place,) = cache.files({1: "old"}, str.encode, folder, "1", workers=1).values()
        aged(place, days=300)
        aged(tmp_path / "kept.tidied", days=2)
        before = place.stat().st_ino

    cache.files({1: "old"}, str.encode, folder, "1", workers=1)
    assert place.stat().st_ino == before


def test_all_files_are_looked_at_once_a_day(tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    cache.drop_old(folder)
    assert list(tmp_path.iterdir()) == [folder]  # nothing was looked at, so nothing is written down
    (folder / "new").touch()
    cache.drop_old(folder)
    (folder / "old").touch()
    aged(folder / "old", days=31)

    cache.drop_old(folder)
    assert (folder / "old").exists()
    for days in (2, -2):  # as when a clock was wrong
        (folder / "old").touch()
        aged(folder / "old", days=31)
        aged(tmp_path / "kept.tidied", days=days)
        cache.drop_old(folder)
        assert not (folder / "old").exists()


def aged(place, days):
    then = time.time() - days * 24 * 3600
    os.utime(place, (then, then))
