"""Files that are slow to make, kept under the hash of everything that went into them."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import get_ident
from typing import Any, Generic, TypeVar

from workbook.aside import Aside, can_split, end_with_parent

Key = TypeVar("Key", bound=Hashable)
Make = Callable[
    [Any], bytes | Mapping[str, bytes]
]  # a file, or that as "" and what lies beside it, by ending
Step = Callable[[], object]

FEW = 6  # fewer than this are made sooner here than a worker starts
SOME = 16  # fewer than this are made in processes split off from this one, while it does other things
AHEAD = 8  # files for each worker whose data waits for it
RENEWED = 1000  # files after which workers give way to new ones: one that draws grows by some 5 kB a PDF
DAY = 24 * 3600  # seconds
KEPT = 30 * DAY  # after which a file that no build asked for is dropped

# Not one of MkDocs' own: a strict build stops at what those warn of, and here nothing is lost.
log = logging.getLogger(__name__)


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
    names = {one: key(data, tools) for one, data in wanted.items()}
    return named(names, wanted.__getitem__, make, folder, workers=workers, step=step)


def named(
    names: Mapping[Key, str],
    data: Callable[[Key], Any],
    make: Make,
    folder: Path,
    *,
    workers: int | None = None,
    step: Step = bool,
) -> dict[Key, Path]:
    """The same, where the name of each is known already; `data` is asked for what is not there alone."""
    places = {one: folder / name for one, name in names.items()}
    _made(_missing(places, folder, step), data, make, workers or os.cpu_count() or 1, step)
    drop_old(folder)
    return places


def _missing(places: Mapping[Key, Path], folder: Path, step: Step) -> dict[Key, Path]:
    """Those of the files that are not there. The others are asked for once more."""
    folder.mkdir(parents=True, exist_ok=True)
    missing: dict[Key, Path] = {}
    for one, place in places.items():
        try:  # asked for, not looked for: another build may take it away in between
            os.utime(place)
        except FileNotFoundError:
            missing[one] = place
        else:
            step()
    return missing


def _made(missing: dict[Key, Path], data: Callable[[Key], Any], make: Make, workers: int, step: Step) -> None:
    """Make what is `missing`, in workers if that is worth it, until nothing is."""
    try:
        if len(missing) >= FEW and workers > 1:
            _spread(missing, data, make, workers, step)
    except BrokenProcessPool:
        log.warning("a worker died while drawing; drawing the remaining %s files here", len(missing))
    for one in list(missing):
        _one(make, missing.pop(one), data(one))
        step()


class Soon(Generic[Key]):
    """The same files, made beside the build where they are few: where each will be is known at once.

    Who needs what is in them calls `wait`, which raises what went wrong. Many are made before this is there:
    more than FEW, or than SOME where the build can be split.
    """

    def __init__(
        self,
        names: Mapping[Key, str],
        data: Callable[[Key], Any],
        make: Make,
        folder: Path,
        *,
        workers: int | None = None,
        step: Step = bool,
    ) -> None:
        self.places = {one: folder / name for one, name in names.items()}
        missing, workers = _missing(self.places, folder, step), workers or os.cpu_count() or 1
        if len(missing) >= FEW and (len(missing) >= SOME or not can_split()):
            _made(missing, data, make, workers, step)
        # Each that works has to load what makes them, so that few are left to one.
        shares = min(workers, len(missing)) if len(missing) >= FEW else min(1, len(missing))
        parts = [list(missing)[at::shares] for at in range(shares)]
        self._making = [Aside(partial(self._make, part, data, make)) for part in parts]
        drop_old(folder)

    def ready(self, one: Key) -> Path:
        """Where one of them is, by now."""
        if not self.places[one].exists():
            self.wait()
        return self.places[one]

    def wait(self) -> None:
        """Until all files are there."""
        for one in self._making:
            one.wait()

    def _make(self, keys: list[Key], data: Callable[[Key], Any], make: Make) -> None:
        """Those of these files that are not there: whoever began them may have died."""
        missing = {one: self.places[one] for one in keys if not self.places[one].exists()}
        _made(missing, data, make, 1, bool)


def kept(place: Path, make: Callable[[], bytes]) -> bytes:
    """The bytes at `place`, made if they are not there yet."""
    with suppress(FileNotFoundError):  # asked for, not looked for: another build may take it away in between
        os.utime(place)
        return place.read_bytes()
    content = make()
    put(place, content)
    return content


class Recall:
    """What was worked out of the same things in an earlier build: for functions of texts, kept in `folder`.

    What they give must be of JSON's kinds. Nothing is lost where nothing can be kept.
    """

    def __init__(self, folder: Path, tools: str) -> None:
        self._folder, self._tools = folder, tools
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)

    def __call__(
        self, make: Callable[..., Any], *asked: Any, keep: Callable[[Any], bool] = lambda made: True
    ) -> Any:
        """`make(*asked)`, asked once for the same things and `tools`. What `keep` says no to is not kept."""
        name = key([make.__module__, make.__qualname__, *asked], self._tools)
        place = f"{self._folder}{os.sep}{name}"
        with suppress(OSError, ValueError):
            with open(place, "rb") as file:  # noqa: PTH123 # a path object takes longer than the file
                told = json.loads(file.read())
            os.utime(place)
            return told
        made = make(*asked)
        if not keep(made):
            return made
        with suppress(OSError):
            put(Path(place), json.dumps(made, ensure_ascii=False).encode())
        return made

    def tidy(self) -> None:
        """Take away what no build has asked for in a while."""
        with suppress(OSError):
            drop_old(self._folder)


def _spread(
    missing: dict[Key, Path],
    data: Callable[[Key], Any],
    make: Make,
    workers: int,
    step: Step,
) -> None:
    """Make what is `missing` in workers, renewed now and then. What is not done when one dies stays in it."""
    package = str(Path(__file__).parents[1])
    if package not in sys.path:  # workers look for the package where this process does
        sys.path.append(package)
    left = list(missing.items())
    for at in range(0, len(left), RENEWED):
        some = left[at : at + RENEWED]
        number = min(workers, len(some))
        with ProcessPoolExecutor(number, get_context("spawn"), initializer=end_with_parent) as pool:
            running: dict[Future[None], Key] = {}
            for one, place in some:
                if len(running) >= workers * AHEAD:  # the data of all at once would fill the memory
                    _reap(running, missing, step)
                running[pool.submit(_one, make, place, data(one))] = one
            while running:
                _reap(running, missing, step)


def _reap(running: dict[Future[None], Key], missing: dict[Key, Path], step: Step) -> None:
    """Wait for the next that is done, and take it off both lists."""
    for done in wait(running, return_when=FIRST_COMPLETED).done:
        done.result()
        del missing[running.pop(done)]
        step()


def _one(make: Make, place: Path, data: Any) -> None:
    made = make(data)
    files = {"": made} if isinstance(made, bytes) else made
    for ending in sorted(files, reverse=True):  # whoever finds the file itself finds all
        put(beside(place, ending), files[ending])


def beside(place: Path, ending: str) -> Path:
    """Where that lies which was made together with the file at `place`."""
    return place.with_name(place.name + ending)


def put(place: Path, content: bytes) -> None:
    """Whoever looks sees all of the file or none."""
    part = _beside(place)
    part.write_bytes(content)
    part.replace(place)


def _beside(place: Path) -> Path:
    """Where this thread alone writes."""
    return place.with_name(f"{place.name}.{os.getpid()}-{get_ident()}")


def drop_old(folder: Path, seconds: float = KEPT) -> None:
    """Take away what no build has asked for in a while: once a day, since it has to look at every file."""
    stamp, now = folder.with_name(f"{folder.name}.tidied"), time.time()
    with suppress(FileNotFoundError):
        if 0 <= now - stamp.stat().st_mtime < DAY:
            return
    oldest = now - seconds
    found = list(folder.iterdir())
    for path in found:
        with suppress(FileNotFoundError):  # another build may be at work here
            if path.stat().st_mtime < oldest:
                path.unlink()
    if found:
        stamp.touch()
