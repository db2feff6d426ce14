"""The end of each reading page: who wrote it, whether a clinician has read it, how to report a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority, get_plugin_logger

import telling
from workbook import frontmatter
from workbook.render import reading

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger("status")
on_startup = telling.on_startup
_found = {"problems": 0}  # what on_config learns for on_pre_build


@event_priority(30)
def on_config(config: MkDocsConfig) -> None:
    """Check what each page says of itself."""
    found = frontmatter.check(Path(config.docs_dir), Path(config.config_file_path).resolve().parent)
    telling.tell(log, found)
    _found["problems"] = len(found)


def on_pre_build(config: MkDocsConfig) -> None:
    telling.stop(_found["problems"], "at the top of pages")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its end. In `serve` one that says nothing of itself goes without."""
    matter = frontmatter.of(page.meta)
    if matter is None or page.file.generated_by:
        return html
    author = str(config.extra.get("author") or config.site_name)
    home = "../" * page.url.removeprefix("./").count("/")
    return html + reading.status(matter, author, page.meta.get("sources", 0), home)
