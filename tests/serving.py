"""A `mkdocs serve` of its own, and waiting for what it shows."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from building import ENVIRONMENT


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """The address of the project's server, which ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", address]
    server = subprocess.Popen(
        command, cwd=project, env=ENVIRONMENT, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://{address}"
    finally:
        os.killpg(server.pid, signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(20)


@contextmanager
def asking_for(page: str) -> Iterator[list[int]]:
    """The status of every answer to someone who asks for `page` again and again."""
    answers: list[int] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.wait(0.02):
            try:
                with urlopen(page, timeout=60) as answer:
                    answers.append(answer.status)
            except HTTPError as error:
                answers.append(error.code)
            except (URLError, ConnectionError, TimeoutError):
                answers.append(0)

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        yield answers
    finally:
        stop.set()
        asker.join(70)


def wait_for(page: str, words: str, seconds: float = 90) -> str:
    """The page, as soon as it holds `words`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urlopen(page, timeout=20) as answer:
                text: str = answer.read().decode()
                if words in text:
                    return text
        except (URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.03)
    raise TimeoutError(f"{page} never said {words!r}")
