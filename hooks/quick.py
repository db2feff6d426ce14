"""What makes a build quick: what it takes over from the one before, and short turns for its threads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

from recalling import recall
from workbook import cache
from workbook.fingerprint import core
from workbook.render import screen

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

KEPT = Path(".cache/templates")
# Seconds after which a thread that waits gets its turn. What draws paper beside the pages asks for hundreds
# of turns a sheet; next to a busy thread it takes seven times as long at Python's own 0.005.
TURN = 0.0005


def on_startup(**_: object) -> None:
    """For the threads of the whole build."""
    sys.setswitchinterval(TURN)


def on_config(config: MkDocsConfig) -> None:
    """For the pages that are not Material's."""
    folder = Path(config.config_file_path).parent / KEPT
    folder.mkdir(parents=True, exist_ok=True)
    screen.keep_compiled(folder)


def on_post_build(config: MkDocsConfig) -> None:
    recall(config).tidy()
    cache.drop_old(Path(config.config_file_path).parent / KEPT)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Compiling templates takes as long as filling them. What is compiled holds our words."""
    folder = Path(config.config_file_path).parent / KEPT
    env.bytecode_cache = FileSystemBytecodeCache(str(folder), f"mkdocs-%s.{core()[:10]}")
