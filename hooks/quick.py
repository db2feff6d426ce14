"""What makes a build quick and small: what it takes over from the one before, how its threads take turns, and
what pages say held packed."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache
from mkdocs.plugins import event_priority

from recalling import recall
from workbook import cache, source
from workbook.fingerprint import core
from workbook.render import screen

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

TEMPLATES, READ = Path(".cache/templates"), Path(".cache/read")
# Seconds after which a thread that waits gets its turn. What draws paper beside the pages asks for hundreds
# of turns a sheet; next to a busy thread it takes seven times as long at Python's own 0.005.
TURN = 0.0005
MANY = 1000  # pages, from which on the room they take is worth the time of packing them


def on_startup(**_: object) -> None:
    """For the threads of the whole build."""
    sys.setswitchinterval(TURN)


def on_config(config: MkDocsConfig) -> None:
    """For the pages that are not Material's; and for all content, which comes next."""
    root = Path(config.config_file_path).parent
    (root / TEMPLATES).mkdir(parents=True, exist_ok=True)
    screen.keep_compiled(root / TEMPLATES)
    source.keep(root / READ)


def on_post_build(config: MkDocsConfig) -> None:
    recall(config).tidy()
    for folder in (TEMPLATES, READ):
        cache.drop_old(Path(config.config_file_path).parent / folder)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Compiling templates takes as long as filling them. What is compiled holds our words."""
    folder = Path(config.config_file_path).parent / TEMPLATES
    env.bytecode_cache = FileSystemBytecodeCache(str(folder), f"mkdocs-%s.{core()[:10]}")


@event_priority(-110)
def on_nav(nav: object, files: Files, config: MkDocsConfig) -> None:
    """When all pages are there."""
    config.extra["pages held packed"] = len(files.documentation_pages()) > MANY


@event_priority(-110)
def on_page_content(html: str, config: MkDocsConfig, **_: object) -> bytes | None:
    """Last. MkDocs holds what all pages say before it writes the first: packed, that is a fourth."""
    return zlib.compress(html.encode(), 1) if config.extra["pages held packed"] else None


@event_priority(110)
def on_page_context(context: object, page: Page, **_: object) -> None:
    """First, when one page is written."""
    if isinstance(page.content, bytes):
        page.content = zlib.decompress(page.content).decode()


@event_priority(-110)
def on_post_page(output: object, page: Page, **_: object) -> None:
    """No page asks for what another says."""
    page.content = None
