"""A maker of files whose process is killed once, as a system that lacks memory does it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

DEADLY = 7
PATIENCE = 60  # seconds for a process to begin


def make(asked: list[str | int]) -> bytes:
    """`asked` is a folder and a number. In a worker, the first who is asked for DEADLY dies of it."""
    folder, number = Path(str(asked[0])), asked[1]
    if number == DEADLY and multiprocessing.parent_process() is not None:
        (folder / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"file {number}".encode()


def who(asked: list[str | int]) -> bytes:
    """The number of the process that was asked, when all have begun. `asked`: a folder, how many, any."""
    folder, many = Path(str(asked[0])), int(asked[1])
    (folder / f"began-{os.getpid()}").touch()
    end = time.monotonic() + PATIENCE
    while len(list(folder.glob("began-*"))) < many and time.monotonic() < end:
        time.sleep(0.01)
    (folder / "began-long-ago").touch()  # so that nobody waits a second time
    return str(os.getpid()).encode()
