"""A maker of files whose process is killed once, as a system that lacks memory does it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

DEADLY = 7


def make(asked: list[str | int]) -> bytes:
    """`asked` is a folder and a number. In a worker, the first who is asked for DEADLY dies of it."""
    folder, number = Path(str(asked[0])), asked[1]
    if number == DEADLY and multiprocessing.parent_process() is not None:
        (folder / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return f"file {number}".encode()


def who(asked: list[str | int]) -> bytes:
    """The number of the process that was asked."""
    return str(os.getpid()).encode()
