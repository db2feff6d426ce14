"""The handbook on a visitor's device: which files there are, in which groups, and their worker."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import splitext

import rjsmin  # type: ignore[import-untyped]

from workbook.published import Published

WORKER = "sw.js"  # at the root: a worker answers for addresses below its own
GROUPS = "offline.json"
MANIFEST = "manifest.webmanifest"
PAGE = "about/offline/"  # where a visitor chooses what to keep

HANDBOOK, SHEETS, PROGRAMS = "handbook", "worksheets", "programs"
PAPERS = frozenset([".docx", ".pdf"])
FOR_PROGRAMS = frozenset([".json", ".tgz"])
# What no page shows: for servers, for search engines, for cards on other sites; and the copy of all of it.
NOT_SHOWN = frozenset([".br", ".caddy", ".gz", ".map", ".nginx", ".zip"])
NOT_KEPT = ("assets/cards/",)
AT_THE_ROOT = frozenset(
    [
        "build.json",
        "licenses.txt",
        "llms.txt",
        "robots.txt",
        "sbom.cdx.json",
        "sitemap.xml",
    ]
) | {GROUPS, WORKER}
LENGTH = 16  # of a hash: enough to find what was damaged on the way


@dataclass(frozen=True)
class File:
    """One published file: its address from the site's root, its content's hash, and how many bytes it has."""

    address: str
    digest: str
    size: int


Groups = Mapping[str, list[File]]


def file(uri: str, size: int, digest: str) -> File:
    address = uri[: -len("index.html")] if uri.endswith("/index.html") or uri == "index.html" else uri
    return File(address, digest[:LENGTH], size)


def group(uri: str) -> str | None:
    """What a visitor chooses a file with: the handbook, a packet's papers, …; None for what is not kept."""
    suffix = splitext(uri)[1]
    if suffix in NOT_SHOWN or uri.startswith(NOT_KEPT) or uri in AT_THE_ROOT or uri.startswith("_"):
        return None
    if suffix in PAPERS and uri.startswith("packets/"):
        return "/".join(uri.split("/")[:2])
    if suffix in PAPERS:
        return SHEETS
    return PROGRAMS if suffix in FOR_PROGRAMS else HANDBOOK


def made(site: Published, titles: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """offline.json and sw.js for the site; `titles` of groups, where their name does not do."""
    groups: dict[str, list[File]] = defaultdict(list)
    for uri in site:
        if name := group(uri):
            groups[name].append(file(uri, *site.told(uri)))
    told = summary(groups, titles)
    groups[HANDBOOK].append(file(GROUPS, len(told), sha256(told).hexdigest()))
    yield GROUPS, told
    yield WORKER, worker(groups)


def summary(groups: Groups, titles: Mapping[str, str]) -> bytes:
    """offline.json: [name, title, files, bytes] of each group, the handbook first. Read by offline.js."""
    order = sorted(groups, key=lambda name: (name != HANDBOOK, name == PROGRAMS, name))
    told = [
        [name, titles.get(name, name), len(groups[name]), sum(one.size for one in groups[name])]
        for name in order
    ]
    return (json.dumps(told, ensure_ascii=False) + "\n").encode()


def worker(groups: Groups) -> bytes:
    """sw.js: the list of all files is in it, so that a browser which asks for it anew sees any change."""
    listed = {
        name: {one.address: one.digest for one in sorted(some, key=lambda one: one.address)}
        for name, some in sorted(groups.items())
    }
    text = json.dumps(listed, separators=(",", ":"), ensure_ascii=False)
    return _source().replace("{/*FILES*/}", text, 1).encode()


@cache
def _source() -> str:
    text = Path(__file__).with_name("worker.js").read_text(encoding="utf-8")
    return str(rjsmin.jsmin(text.replace("{ /* FILES */ }", "'FILES'"))).replace("'FILES'", "{/*FILES*/}")


def manifest(name: str, says: str, ground: str, icons: Iterable[str]) -> bytes:
    """What a phone shows when someone puts the handbook on the home screen. `ground` is its colour."""
    told = {
        "name": name,
        "short_name": name,
        "description": says,
        "lang": "en",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": ground,
        "theme_color": ground,
        "icons": [_icon(uri) for uri in icons],
    }
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def _icon(uri: str) -> dict[str, str]:
    """icon-192.png and icon-maskable-192.png say their size and purpose in their names."""
    stem = splitext(uri.rpartition("/")[2])[0]
    size = stem.rpartition("-")[2]
    purpose = "maskable" if "maskable" in stem else "any"
    return {"src": uri, "type": "image/png", "sizes": f"{size}x{size}", "purpose": purpose}
