"""Run a command to its end and tell what it took: seconds, of the clock and of processors, and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from building import ENVIRONMENT

# As a visitor has it: Python may keep what it has compiled.
BARE = {name: value for name, value in ENVIRONMENT.items() if name != "PYTHONDONTWRITEBYTECODE"}
LOOK = 0.1  # seconds between two looks at the memory


@dataclass(frozen=True)
class Took:
    """`seconds` of the clock, `cpu` of all processors, `peak` MB of the process and its children together."""

    seconds: float
    cpu: float
    peak: float


def mkdocs_build(project: Path) -> Took:
    return run([sys.executable, "-m", "mkdocs", "build", "-q"], project)


def run(command: Sequence[str], folder: Path) -> Took:
    """RuntimeError with what it said, when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=BARE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        peaks = [0.0]
        watcher = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
        watcher.start()
        _, told = process.communicate()
        seconds = time.perf_counter() - start
        watcher.join()
    if process.returncode:
        raise RuntimeError(told)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(seconds, cpu, max(peaks) or after.ru_maxrss / 1024)


def _watch(process: subprocess.Popen[str], peaks: list[float]) -> None:
    """On Linux, where /proc says how much of it each has to itself; elsewhere the largest one counts."""
    while process.poll() is None:
        peaks.append(sum(map(_megabytes, _family(process.pid))))
        time.sleep(LOOK)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _megabytes(pid: int) -> float:
    """What a process takes, shared pages in equal parts; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0)
