"""Files packed for the way, once at the build, so that a server need not do it for each visitor."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

import brotli  # type: ignore[import-untyped]

TEXTS = frozenset([".bib", ".css", ".html", ".js", ".json", ".ris", ".svg", ".txt", ".webmanifest", ".xml"])
SMALLEST = 300  # bytes: less than this fits into one packet as it is

# What lists all there is, changes with each change, and no page waits for: packed in a third of the time, for
# two bytes more in a hundred.
LISTS = frozenset(["build.json", "offline.json", "packets/index.json", "sw.js", "worksheets/index.json"])

# Of the address and content of a file. The same bytes on any machine, in any year: gzip would write the
# time into its head.
WAYS: Mapping[str, Callable[[str, bytes], bytes]] = {
    ".br": lambda uri, content: bytes(
        brotli.compress(content, mode=brotli.MODE_TEXT, quality=10 if uri in LISTS else 11)
    ),
    ".gz": lambda uri, content: gzip.compress(content, 9, mtime=0),
}


def is_worth_it(suffix: str, size: int) -> bool:
    return suffix in TEXTS and size >= SMALLEST
