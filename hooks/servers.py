"""What servers need beside the pages: headers and redirects in their own words, and each text file packed."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

import telling
from workbook import cache, headers, moved, packing, policy

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

on_startup = telling.on_startup


@event_priority(-95)
def on_post_build(config: MkDocsConfig) -> None:
    """After all that writes files, and before the site is put in place. `serve` has no use for it."""
    if telling.serving():
        return
    folder = Path(config.site_dir)
    clinic = config.extra["workbook"].library.clinic
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
    store = Path(config.config_file_path).resolve().parent / ".cache" / "packed"
    store.mkdir(parents=True, exist_ok=True)
    texts = (path for path in folder.rglob("*") if path.suffix in packing.TEXTS)
    new = [path for path in texts if not _needs_none(path, store)]
    if new:
        with ThreadPoolExecutor() as pool:  # both ways of packing let other threads work meanwhile
            list(pool.map(lambda path: _pack(path, store), new))
    cache.drop_old(store)


def _needs_none(path: Path, store: Path) -> bool:
    """Whether a file needs no packing: it is small, or was packed before and has its packed twins now."""
    content = path.read_bytes()
    if not packing.is_worth_it(path.suffix, content):
        return True
    kept = f"{store}{os.sep}{sha256(content).hexdigest()}"
    try:
        for way in packing.WAYS:
            os.utime(f"{kept}{way}")
            shutil.copyfile(f"{kept}{way}", f"{path}{way}")
    except FileNotFoundError:
        return False
    return True


def _pack(path: Path, store: Path) -> None:
    """Write the packed twins of a file, and keep them."""
    content = path.read_bytes()
    name = sha256(content).hexdigest()
    for way, pack in packing.WAYS.items():
        packed = cache.kept(store / f"{name}{way}", lambda pack=pack: pack(content))
        path.with_name(path.name + way).write_bytes(packed)
