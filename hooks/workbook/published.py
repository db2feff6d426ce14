"""The files of a site as they stand: listed in one go, and each read once as long as it stays the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path


class Published:
    """All that is below `folder`, by address from the site's root. Threads may share it."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = str(folder)
        self._known: dict[str, tuple[tuple[int, int], str]] = {}  # state and hash at the last look

    def __iter__(self) -> Iterator[str]:
        """Every file's address, in order."""
        return iter(sorted(_below(self._folder, "")))

    def path(self, uri: str) -> Path:
        return Path(self._folder, uri)

    def state(self, uri: str) -> tuple[int, int]:
        """When a file was written last, in ns, and how many bytes it has."""
        found = os.stat(f"{self._folder}/{uri}")  # noqa: PTH116 # for a thousand files, several times
        return found.st_mtime_ns, found.st_size

    def digest(self, uri: str) -> str:
        """The SHA-256 of a file, in hexadecimal digits."""
        state, known = self.state(uri), self._known.get(uri)
        if known is None or known[0] != state:
            with open(f"{self._folder}/{uri}", "rb") as file:  # noqa: PTH123 # and one is as big as the site
                known = self._known[uri] = (state, file_digest(file, "sha256").hexdigest())
        return known[1]

    def know(self, uri: str, digest: str) -> None:
        """The SHA-256 of a file that is found out already."""
        self._known[uri] = (self.state(uri), digest)

    def told(self, uri: str) -> tuple[int, str]:
        """How many bytes a file has, and their hash."""
        digest = self.digest(uri)
        return self._known[uri][0][1], digest


def _below(folder: str, address: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for one in found:
            if one.is_dir():
                yield from _below(one.path, f"{address}{one.name}/")
            else:
                yield f"{address}{one.name}"
