"""The end of each reading page: who wrote it, whether a clinician has read it, how to report a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority, get_plugin_logger

from workbook import frontmatter
from workbook.render import reading

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger("status")
_state = {"serving": False, "problems": 0}  # on_startup gets no config to note it in


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    _state["serving"] = command == "serve"


@event_priority(30)
def on_config(config: MkDocsConfig) -> None:
    """Check what each page says of itself."""
    found = frontmatter.check(Path(config.docs_dir), Path(config.config_file_path).resolve().parent)
    for problem in found:
        (log.warning if _state["serving"] else log.error)(f"{problem}\n")
    _state["problems"] = len(found)


def on_pre_build(config: MkDocsConfig) -> None:
    """In `build` a problem stops it here, before anything is written."""
    if (count := _state["problems"]) and not _state["serving"]:
        raise Abort(
            f"{count} {'problem' if count == 1 else 'problems'} at the top of pages: nothing was built."
        )


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its end. In `serve` one that says nothing of itself goes without."""
    matter = frontmatter.of(page.meta)
    if matter is None or page.file.generated_by:
        return html
    author = str(config.extra.get("author") or config.site_name)
    home = "../" * page.url.removeprefix("./").count("/")
    return html + reading.status(matter, author, page.meta.get("sources", 0), home)
