"""Work beside a build: done in another process where that is safe, and never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import ROOT, small
from running_still import lives

HOOKS = ROOT / "hooks"
needs_fork = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells of all threads"
)

# A process with one thread, which that of the tests is not. `work` leaves the number of whoever does it.
BEGIN = """
import logging, multiprocessing, os, signal, sys, threading
from pathlib import Path
from workbook.aside import Aside
logging.basicConfig(format="%(message)s")
done = Path("done")

def in_copy():
    return multiprocessing.parent_process() is not None

def work():
    done.write_text(str(os.getpid()))
"""


# After what a test changes, in the same process.
BUILD = """
import runpy
sys.argv[1:] = ["build", "--strict", "--quiet"]
runpy.run_module("mkdocs", run_name="__main__")
"""


def fresh(folder: Path) -> Path:
    """A small project with nothing kept of other builds, which would leave it nothing to do."""
    project = small(folder)
    (project / ".cache").unlink()
    return project


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(HOOKS)}
    command = [sys.executable, "-c", BEGIN + code]
    return subprocess.run(
        command, check=False, cwd=folder, env=environment, capture_output=True, text=True, timeout=60
    )


@needs_fork
def test_it_is_done_in_another_process(tmp_path: Path) -> None:
    ended = run(tmp_path, "Aside(work).wait()\nprint(os.getpid())")

    assert ended.stderr == ""
    assert (tmp_path / "done").read_text() != ended.stdout.strip()


def test_beside_other_threads_it_is_done_in_one_of_this_process(tmp_path: Path) -> None:
    """A copy has none of them, and would wait for ever for a lock that one of them held."""
    waiting = "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    ended = run(tmp_path, f"{waiting}Aside(work).wait()\nprint(os.getpid())")

    assert ended.stderr == ""
    assert (tmp_path / "done").read_text() == ended.stdout.strip()


@pytest.mark.parametrize("threads", [0, 1])
def test_what_goes_wrong_is_told_to_everyone_who_waits(tmp_path: Path, threads: int) -> None:
    waiting = "threading.Thread(target=threading.Event().wait, daemon=True).start()\n" * threads
    bad = "def bad():\n    raise ValueError('no such letter')\naside = Aside(bad)\n"
    asked = "try:\n    aside.wait()\nexcept ValueError as error:\n    print('told:', error)\n"
    ended = run(tmp_path, waiting + bad + asked * 2)

    assert ended.stdout == "told: no such letter\n" * 2
    assert ended.stderr == ""


@needs_fork
def test_what_dies_is_done_here_and_told(tmp_path: Path) -> None:
    deadly = "def deadly():\n    in_copy() and os.kill(os.getpid(), signal.SIGKILL)\n    work()\n"
    ended = run(tmp_path, f"{deadly}aside = Aside(deadly)\naside.wait()\naside.wait()\nprint(os.getpid())")

    assert (tmp_path / "done").read_text() == ended.stdout.strip()
    assert ended.stderr.count("died") == 1


SOON = """
from workbook.cache import Soon

def make(number):
    number == 5 and die and in_copy() and os.kill(os.getpid(), signal.SIGKILL)
    return str(os.getpid()).encode()

soon = Soon({n: str(n) for n in range(12)}, lambda n: n, make, Path("kept"), workers=2)
soon.wait()
makers = [int(place.read_text()) for place in soon.places.values()]
print(len(makers), len(set(makers)), makers.count(os.getpid()))
"""


@needs_fork
def test_some_files_are_shared_out_among_as_many_processes_as_work_at_once(tmp_path: Path) -> None:
    ended = run(tmp_path, f"die = False\n{SOON}")

    assert ended.stderr == ""
    assert ended.stdout == "12 2 0\n"


@needs_fork
def test_of_a_share_whose_process_died_only_the_rest_is_made_here(tmp_path: Path) -> None:
    ended = run(tmp_path, f"die = True\n{SOON}")

    assert "died" in ended.stderr
    made, makers, here = map(int, ended.stdout.split())
    assert (made, makers) == (12, 3)
    assert here == len([5, 7, 9, 11])  # one process has the odd ones


@needs_fork
def test_nothing_is_left_at_work_when_a_build_stops(tmp_path: Path) -> None:
    """It ends with the process that began it, whether that waits or not."""
    slow = "def slow():\n    threading.Event().wait(600)\n"
    ended = run(tmp_path, f"{slow}aside = Aside(slow)\nprint(aside._process.pid)")

    assert ended.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(ended.stdout), 0)


@needs_fork
@pytest.mark.parametrize("how", ["SIGTERM", "SIGKILL"])
def test_it_does_not_outlive_a_build_that_is_killed(tmp_path: Path, how: str) -> None:
    slow = "def slow():\n    work()\n    threading.Event().wait(600)\n"
    # The second has what the first hears its end by open too, as every copy has.
    begun = "asides = [Aside(slow), Aside(lambda: threading.Event().wait(600))]\nasides[0].wait()"
    command = [sys.executable, "-c", BEGIN + slow + begun]
    environment = {**os.environ, "PYTHONPATH": str(HOOKS)}
    build = subprocess.Popen(command, cwd=tmp_path, env=environment)
    place, end = tmp_path / "done", time.monotonic() + 60
    while not (place.exists() and place.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    beside = int(place.read_text())

    build.send_signal(getattr(signal, how))
    build.wait()

    while lives(beside) and time.monotonic() < end:
        time.sleep(0.02)
    assert not lives(beside)


@needs_fork
def test_trying_out_a_leaflet_leaves_no_thread_behind(tmp_path: Path) -> None:
    """What typesets has threads of its own, and the build would have them ever after."""
    code = f"""
from dataclasses import replace
from workbook import library, packed, site
root = Path({str(ROOT)!r})
whole = library.load(root, site.read(root))
few = replace(whole, packets={{"early-days": whole.packets["early-days"]}})
made, problems = packed.leaflets(few, Path("leaflets"))
print(len(made), problems, len(os.listdir("/proc/self/task")))
"""
    ended = run(tmp_path, code)

    assert ended.stdout == "1 [] 1\n", ended.stderr


@needs_fork
def test_a_strict_build_goes_on_when_what_worked_beside_it_died(tmp_path: Path) -> None:
    project = fresh(tmp_path)
    code = """
from workbook.render import paper
drawn = paper.drawn

def deadly(made):
    in_copy() and os.kill(os.getpid(), signal.SIGKILL)
    return drawn(made)

paper.drawn = deadly
"""
    ended = run(project, code + BUILD)

    assert ended.returncode == 0, ended.stderr
    assert "died; doing its work here" in ended.stderr
    assert (project / "site" / "worksheets" / "a" / "a-letter.pdf").read_bytes().startswith(b"%PDF")


@needs_fork
def test_a_build_with_one_changed_sheet_has_no_thread_when_it_splits_off_work(tmp_path: Path) -> None:
    """One that any hook or library left running would put an end to it, and nobody would see."""
    project = fresh(tmp_path)
    code = """
from workbook import aside
able = aside.can_split

def can_split():
    told = able()
    print("split off" if told else f"not split: {threading.enumerate()}")
    return told

aside.can_split = can_split
"""
    first = run(project, code + BUILD)
    assert first.returncode == 0, first.stderr
    sheet = project / "content" / "worksheets" / "a.yml"
    sheet.write_text(sheet.read_text().replace("summary: ", "summary: Now with "))
    (project / "content" / "versions.txt").unlink(missing_ok=True)

    ended = run(project, code + BUILD)
    assert ended.returncode == 0, ended.stderr
    asked = [line for line in ended.stdout.splitlines() if "split" in line]
    assert len(asked) >= 3  # its words, its papers, its documents
    assert set(asked) == {"split off"}
