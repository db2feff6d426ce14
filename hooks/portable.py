"""The whole site as one .zip that opens from a disk, and a link to it that says how big it is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

import telling
from listing import is_there_already, published
from workbook import fingerprint, portable

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

MARK = "<!-- one file -->"
on_startup = telling.on_startup


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    base = "../" * page.url.count("/")
    return html.replace(MARK, portable.link(base + portable.FILE)) if MARK in html else html


@event_priority(-91)
def on_post_build(config: MkDocsConfig) -> None:
    """After all that pages show; before the lists of all files, which say what it is. `serve` has none."""
    if telling.serving():
        return
    folder = Path(config.site_dir)
    site = published(config)
    files = {uri: site.digest(uri) for uri in site if portable.belongs(uri)}
    parts = Path(config.config_file_path).resolve().parent / ".cache" / "portable-parts"
    parts.mkdir(parents=True, exist_ok=True)
    digest = sha256(_tools().encode())
    for uri, word in files.items():
        digest.update(f"{uri}\0{word}".encode())
    place = folder / portable.FILE
    if not is_there_already(config, portable.FILE, digest.hexdigest()):
        portable.zipped(site, files, place, parts)  # as big as the site: it is kept nowhere else
    size = place.stat().st_size
    for path in (site.path(uri) for uri in files if uri.endswith(".html")):
        if portable.is_linked(text := path.read_text(encoding="utf-8")):
            path.write_text(portable.sized(text, size), encoding="utf-8")


def _tools() -> str:
    return fingerprint.fingerprint(Path(portable.__file__).parent.glob("*.[jp]*"))
