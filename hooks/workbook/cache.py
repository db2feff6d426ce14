"""Files that are slow to make, kept under the hash of everything that went into them."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Make = Callable[[Any], bytes]
Step = Callable[[], object]

FEW = 6  # fewer than this are made sooner here than a worker starts
KEPT = 30 * 24 * 3600  # seconds after which a file that no build asked for is dropped

log = logging.getLogger("mkdocs.workbook.cache")


def key(data: Any, tools: str) -> str:
    """The name of what `make` turns `data` into, as long as `tools` stay the same."""
    text = json.dumps([tools, data], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def files(
    wanted: Mapping[Key, Any],
    make: Make,
    folder: Path,
    tools: str,
    *,
    workers: int | None = None,
    step: Step = bool,
) -> dict[Key, Path]:
    """The file of each wanted thing, made where it is not there yet. `step` is called once for each."""
    folder.mkdir(parents=True, exist_ok=True)
    places = {one: folder / key(data, tools) for one, data in wanted.items()}
    missing = {}
    for one, place in places.items():
        if place.exists():
            os.utime(place)
            step()
        else:
            missing[place] = wanted[one]
    _make(missing, make, workers or os.cpu_count() or 1, step)
    _drop_old(folder)
    return places


def _make(missing: dict[Path, Any], make: Make, workers: int, step: Step) -> None:
    todo = dict(missing)
    if len(todo) >= FEW and workers > 1:
        try:
            _spread(todo, make, workers, step)
        except BrokenProcessPool:
            log.warning("a worker died while drawing; drawing the remaining %s files here", len(todo))
    for place, data in todo.items():
        _one(make, place, data)
        step()


def _spread(todo: dict[Path, Any], make: Make, workers: int, step: Step) -> None:
    """Empty `todo` with processes of their own. What is not done when one dies stays in `todo`."""
    package = str(Path(__file__).parents[1])
    if package not in sys.path:  # workers look for the package where this process does
        sys.path.append(package)
    with ProcessPoolExecutor(min(workers, len(todo)), mp_context=get_context("spawn")) as pool:
        running = {pool.submit(_one, make, place, data): place for place, data in todo.items()}
        for done in as_completed(running):
            done.result()
            del todo[running[done]]
            step()


def _one(make: Make, place: Path, data: Any) -> None:
    """Make one file; whoever looks sees all of it or none."""
    part = place.with_suffix(f".{os.getpid()}")
    part.write_bytes(make(data))
    part.replace(place)


def _drop_old(folder: Path) -> None:
    oldest = time.time() - KEPT
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
