"""Whether a process that a test began, or that began beside one, is at work still."""

from __future__ import annotations

import os
from pathlib import Path


def lives(process: int) -> bool:
    """By its number. One that has ended may still be on the list, until its parent has heard of it."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
