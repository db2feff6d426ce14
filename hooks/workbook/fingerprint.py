"""One word for the state of some files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *versions: str) -> str:
    """One word for the state of the tools: their versions, and the bytes of their files."""
    digest = hashlib.sha256("\n".join(versions).encode())
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
