"""Markdown is converted once: what a page became in an earlier build is taken from there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority
from mkdocs.structure import pages
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from recalling import recall

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

TOOLS = ("mkdocs", "markdown")
# What is made there has a new name whenever it changes, and no page of ours names it.
MADE = "assets/workbook/"


@event_priority(-100)
def on_nav(nav: Any, config: MkDocsConfig, files: Files) -> None:
    """When all files are there: what a link may lead to, and what Markdown may say.

    Names that change with what is made matter to a page that leads to such a file, and to no other: or one
    new word in the index of the shelf would have every page converted again.
    """
    names: dict[str, str] = config.extra["names"]
    made = {uri: name for uri, name in names.items() if uri.startswith(MADE)}
    known = [(one.src_uri, one.url if one.src_uri not in made else "", one.inclusion.value) for one in files]
    ways = [config.markdown_extensions, config.mdx_configs, config.validation, *map(version, TOOLS)]
    config.extra["around"] = sha256(repr([known, ways]).encode()).hexdigest()
    config.extra["made"] = sha256(repr(sorted(made.items())).encode()).hexdigest()


@event_priority(-100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Last, with all that hooks have put into it. A build that tells each step converts for itself."""
    if logging.getLogger("mkdocs").getEffectiveLevel() > logging.DEBUG:
        page.render = partial(_render, page)  # type: ignore[method-assign]
    return markdown


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """In place of `Page.render`."""

    def convert(*asked: str) -> dict[str, Any]:
        with _counted() as told:
            Page.render(page, config, files)
        links = [[to.src_uri, some] for to, some in page.links_to_anchors.items()]
        return {
            "content": page.content,
            "toc": list(map(_token, page.toc)),
            "title": page._title_from_render,
            "ids": sorted(page.present_anchor_ids or ()),
            "links": links,
            "told": len(told),
        }

    made = config.extra["made"] if MADE in page.markdown else ""
    asked = (page.markdown, page.file.src_uri, page.file.url, config.extra["around"], made)
    told = recall(config)(convert, *asked, keep=_is_sound)
    page.content = told["content"]
    page.toc = get_toc(told["toc"])
    page._title_from_render = told["title"]
    page.present_anchor_ids = set(told["ids"])
    found = ((files.get_file_from_path(uri), some) for uri, some in told["links"])
    page.links_to_anchors = {file: some for file, some in found if file}


def _is_sound(made: dict[str, Any]) -> bool:
    """What is told about a page has to be told at every build."""
    return not made["told"]


def _token(one: AnchorLink) -> dict[str, Any]:
    children = list(map(_token, one.children))
    return {"name": one.title, "id": one.id, "level": one.level, "children": children}


@contextmanager
def _counted() -> Iterator[list[logging.LogRecord]]:
    """All that is told of links meanwhile, what a quiet build does not show too."""
    found: list[logging.LogRecord] = []
    shown, before = pages.log.getEffectiveLevel(), pages.log.level

    def count(record: logging.LogRecord) -> bool:
        found.append(record)
        return record.levelno >= shown

    pages.log.addFilter(count)
    pages.log.setLevel(logging.INFO)
    try:
        yield found
    finally:
        pages.log.setLevel(before)
        pages.log.removeFilter(count)
