"""One word for the state of some files."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

CODE = (".py", ".html", ".css", ".typ", ".ttf", ".yml")


def fingerprint(paths: Iterable[Path], *versions: str) -> str:
    """One word for the state of the tools: their versions, and the bytes of their files."""
    digest = hashlib.sha256("\n".join(versions).encode())
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def core() -> str:
    """One word for all of our code, read once: a process goes on with what it has loaded."""
    code = (path for path in Path(__file__).parent.rglob("*") if path.suffix in CODE)
    return fingerprint(code, sys.version)
