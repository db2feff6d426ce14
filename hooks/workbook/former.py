"""The site as the last build left it: what would come out the same stands in the next one without a copy.

A file gets a second name in the new folder, and loses the first when the old folder goes. That is done only
for a file that is made of the same, and that nobody has touched since we put it there: its number on the
disk, its size and the time of its last change, which no program can set, are those that were written down.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from workbook import cache

State = list[int]


class Former:
    """The site in `folder`; what is known of it is kept in the folder `store`."""

    def __init__(self, folder: Path, store: Path) -> None:
        self._folder, self._store = folder, store
        self._place = store / sha256(str(folder.absolute()).encode()).hexdigest()
        self._keys: dict[str, str] = {}
        self._known: dict[str, tuple[str, State, str]] = {}
        with suppress(OSError, ValueError, TypeError):
            self._known = dict(json.loads(self._place.read_bytes()))

    def give(self, uri: str, key: str, place: str) -> str | None:
        """Let the file at this address stand at `place` too, where no file is yet.

        `key` is a word for all that it is made of. Its hash, or None where it can not be had.
        """
        self._keys[uri] = key
        old, (known, state, digest) = f"{self._folder}/{uri}", self._known.get(uri, ("", [], ""))
        try:
            if known != key or _state(old) != state:
                return None
            os.link(old, place)
        except OSError:  # gone; or a disk without second names
            return None
        return digest

    def asked(self) -> Iterable[str]:
        """The addresses of all that was asked for."""
        return self._keys

    def keep(self, digests: dict[str, str]) -> None:
        """Write down what was asked for, as it stands now in the site, with the hashes that are known."""
        if os.name == "nt":  # there the time of the last change is that of the first
            return
        known = {}
        for uri, key in self._keys.items():
            with suppress(OSError):
                known[uri] = (key, _state(f"{self._folder}/{uri}"), digests.get(uri, ""))
        with suppress(OSError):
            self._store.mkdir(parents=True, exist_ok=True)
            cache.put(self._place, json.dumps(known).encode())
            cache.drop_old(self._store)


def _state(path: str) -> State:
    found = os.stat(path)  # noqa: PTH116 # for a thousand files
    return [found.st_ino, found.st_ctime_ns, found.st_size]
