"""Work that is done beside a build: in a process split off from it, or in a thread where that is not safe."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path

TASKS = Path("/proc/self/task")  # a folder for each thread, those of libraries too; Linux has it
POLITE = 10  # what waits for the work goes first where there are fewer cores than processes

# Not one of MkDocs' own: a strict build stops at what those warn of, and here nothing is lost.
log = logging.getLogger(__name__)


class Aside:
    """`work`, begun at once. All that it makes has to be in files: nothing else comes back from a process."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._process = self._thread = None
        if can_split():
            self._process = get_context("fork").Process(target=_apart, args=(work,), daemon=True)
            self._process.start()
        else:
            self._thread = _in_thread(work)

    def wait(self) -> None:
        """Until it is done. What died or went wrong in a process is done again here, and raised."""
        if self._thread:
            self._thread.result()
        elif self._process:
            self._process.join()
            if code := self._process.exitcode:
                if code < 0:
                    log.warning("a process that worked beside this one died; doing its work here")
                self._work()
            self._process = None  # nobody needs to wait any more


def can_split() -> bool:
    """Whether this process has one thread: a lock that another holds would be held in the copy for ever."""
    try:
        return len(list(TASKS.iterdir())) == 1
    except OSError:
        return False


def end_with_parent() -> None:
    """For a process that works for another: if that is killed, nobody waits for what it does."""
    if parent := parent_process():
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _in_thread(work: Callable[[], object]) -> Future[object]:
    thread = ThreadPoolExecutor(1)
    running = thread.submit(work)
    thread.shutdown(wait=False)
    return running


def _apart(work: Callable[[], object]) -> None:
    """In the copy. It knows all that the build has read, and shares the memory as long as it looks only."""
    gc.freeze()
    os.nice(POLITE)
    end_with_parent()
    done = False
    with suppress(BaseException):  # told by who waits, where it happens again
        work()
        done = True
    sys.exit(not done)
