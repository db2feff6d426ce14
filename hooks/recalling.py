"""What hooks found out about the same texts in an earlier build. No hook itself: hooks share it."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from workbook import cache
from workbook.fingerprint import core, fingerprint

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

KEPT = Path(".cache/recalled")


def recall(config: MkDocsConfig) -> cache.Recall:
    """One for each build. All code of hooks counts as its tools."""
    if "recall" not in config.extra:
        tools = fingerprint(Path(__file__).parent.glob("*.py"), core(), version("segno"))
        config.extra["recall"] = cache.Recall(Path(config.config_file_path).parent / KEPT, tools)
    made: cache.Recall = config.extra["recall"]
    return made
