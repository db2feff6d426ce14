"""What servers need beside the pages: headers and redirects in their own words, and each text file packed."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from posixpath import splitext
from typing import TYPE_CHECKING

from mkdocs.plugins import CombinedEvent, event_priority

import telling
from listing import is_there_already, published
from workbook import cache, headers, moved, packing, policy

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

on_startup = telling.on_startup


class Packer:
    """Packs the text files of a site in threads: both ways of packing let other work go on meanwhile."""

    def __init__(self, config: MkDocsConfig, store: Path) -> None:
        store.mkdir(parents=True, exist_ok=True)
        self._config, self._site, self._store = config, published(config), store
        self._pool = ThreadPoolExecutor(os.cpu_count())
        self._begun: dict[str, tuple[int, int]] = {}  # the time, in ns, and the bytes of each at its turn
        self._running: list[Future[None]] = []

    def begin(self) -> None:
        """With all files that are there, or have changed since. The longest first, or all wait for it."""
        found = {uri: self._site.state(uri) for uri in self._site if splitext(uri)[1] in packing.TEXTS}
        for uri, now in sorted(found.items(), key=lambda one: -one[1][1]):
            if self._begun.get(uri) != now and packing.is_worth_it(splitext(uri)[1], now[1]):
                self._begun[uri] = now
                self._running.append(self._pool.submit(self._pack, uri))

    def wait(self) -> None:
        """Until all that was begun is packed. Raises what went wrong."""
        for one in self._running:
            one.result()
        self._running.clear()

    def _pack(self, uri: str) -> None:
        """Write the packed twins of a file: as they were kept when such bytes were packed, or made now."""
        path, digest = self._site.path(uri), self._site.digest(uri)
        for way, pack in packing.WAYS.items():
            twin, kept = path.with_name(path.name + way), f"{self._store}{os.sep}{digest}{way}"
            twin.unlink(missing_ok=True)  # packed at the turn before
            try:
                os.utime(kept)
                if not is_there_already(self._config, f"{uri}{way}", digest):
                    shutil.copyfile(kept, twin)
            except FileNotFoundError:
                content = path.read_bytes()  # others by now, perhaps: they are kept under their own hash
                name = f"{sha256(content).hexdigest()}{way}"
                twin.write_bytes(cache.kept(self._store / name, partial(pack, uri, content)))

    def end(self) -> None:
        """Leave the rest."""
        self._pool.shutdown(cancel_futures=True)


_packer: dict[str, Packer] = {}  # on_build_error is handed no config


@event_priority(40)
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """With the index of the search alone, which `pages.py` has written: it takes longest."""
    if telling.serving():
        return
    store = Path(config.config_file_path).resolve().parent / ".cache" / "packed"
    _packer["now"] = Packer(config, store)
    _packer["now"].begin()


@event_priority(-90)
def _begin(config: MkDocsConfig) -> None:
    """After all pages and their lists. What lists all files is not there yet, and is made meanwhile."""
    if not telling.serving():
        _packer["now"].begin()


@event_priority(-95)
def _finish(config: MkDocsConfig) -> None:
    """After all that writes files, and before the site is put in place. `serve` has no use for it."""
    if telling.serving():
        return
    folder = Path(config.site_dir)
    clinic = config.extra["workbook"].loaded.clinic
    ancestors = " ".join(clinic.about.embed) if clinic else ""
    rules = policy.together(config.extra["guard"].rules.values())
    said = headers.of_every_page(rules, ancestors or "'none'")
    short = headers.of_short_lines(rules, ancestors or "'none'")
    gone = config.extra["permalinks"].moved
    for name, words in (
        ("_headers", headers.for_hosts(short)),
        ("_redirects", moved.for_hosts(gone)),
        ("_headers.nginx", headers.for_nginx(said) + moved.for_nginx(gone)),
        ("_headers.caddy", headers.for_caddy(said) + moved.for_caddy(gone)),
    ):
        (folder / name).write_text(words, encoding="utf-8")
    packer = _packer.pop("now")
    packer.wait()  # a file that has changed while it was packed is packed again, after that
    packer.begin()
    packer.wait()
    packer.end()
    cache.drop_old(Path(config.config_file_path).resolve().parent / ".cache" / "packed")


on_post_build = CombinedEvent(_begin, _finish)


def on_build_error(error: Exception) -> None:
    """Nothing writes any more when the half of a site is taken away."""
    if packer := _packer.pop("now", None):
        packer.end()
