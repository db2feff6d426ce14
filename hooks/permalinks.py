"""Permalinks: a build that loses a published address stops, and what has moved leads to where it is now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel

import telling
from workbook import moved, permalinks, policy
from workbook.render import screen

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger("permalinks")
on_startup = telling.on_startup


def on_config(config: MkDocsConfig) -> None:
    """After the worksheets, whose library says what there is."""
    root = Path(config.config_file_path).resolve().parent
    loaded = config.extra["workbook"].loaded
    found = config.extra["permalinks"] = permalinks.read(root, loaded)
    telling.tell(log, found.problems)
    there = permalinks.published(loaded, root)
    if not telling.serving() and (new := permalinks.unlisted(found, there)):
        log.info(f"{new}\n")  # told, and no more: a new page must not wait for a list


def on_pre_build(config: MkDocsConfig) -> None:
    telling.stop(len(config.extra["permalinks"].problems), "in the addresses")


@event_priority(-60)
def on_files(files: Files, config: MkDocsConfig) -> None:
    """A page at each old address of a page; at that of a file, its successor itself."""
    for old, new in config.extra["permalinks"].moved.items():
        if "#" in old:
            continue
        if old.endswith("/"):
            page = _leading(new, old, config)
            made = File.generated(config, f"{old[1:]}index.html", content=page)
        elif (there := files.get_file_from_path(new[1:])) is None:
            continue  # it is written later than all that is copied: servers alone lead to it
        elif there.abs_src_path:
            made = File.generated(config, old[1:], abs_src_path=there.abs_src_path)
        else:
            made = File.generated(config, old[1:], content=there.content_bytes)
        made.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(made)


def _leading(new: str, old: str, config: MkDocsConfig) -> str:
    """A page that leads on, without a script: for hosts that know no redirects."""
    loaded = config.extra["workbook"].loaded
    page = screen.moved(loaded, old, new)
    return policy.guarded(page, policy.READING)


@event_priority(-70)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """An old anchor stands where its successor is, so that a link to it still arrives."""
    here = "/" + page.url.removeprefix("./")
    for old, new in config.extra["permalinks"].moved.items():
        above, _, anchor = old.partition("#")
        if anchor and above == here:
            html = moved.anchored(html, anchor, new.partition("#")[2])
    return html
