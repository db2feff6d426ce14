"""Pictures in pages: put into the page, where they take its colours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import get_plugin_logger

from workbook import pictures

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger("pictures")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A picture that is missing has been told by MkDocs, as a link that leads nowhere."""
    folder = Path(config.docs_dir) / pictures.FOLDER

    def read(name: str) -> str:
        return (folder / f"{name}.svg").read_text(encoding="utf-8")

    try:
        return pictures.placed(html, read)
    except (OSError, pictures.NoWords) as problem:
        log.warning(f"{page.file.src_uri}: {problem}")
        return html
