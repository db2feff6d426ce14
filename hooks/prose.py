"""The words of worksheets and pages: kind, plain, short, and fair to both roads, or the build stops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority, get_plugin_logger

import telling
from workbook import prose

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = get_plugin_logger("prose")
on_startup = telling.on_startup
_found = {"problems": 0}  # what on_config learns for on_pre_build


@event_priority(40)
def on_config(config: MkDocsConfig) -> None:
    """Check all words. Before the worksheets, which may stop the build: all problems are told in one run."""
    root = Path(config.config_file_path).resolve().parent
    report = prose.check(root, docs=Path(config.docs_dir))
    telling.tell(log, report.problems)
    if report.unfit:
        telling.stop(len(report.problems), "in pages that cannot be read as they are")
    for late in report.due:
        log.info(f"{late}\n")  # told, and no more: a day that passes must not stop a build
    _found["problems"] = len(report.problems)


def on_pre_build(config: MkDocsConfig) -> None:
    telling.stop(_found["problems"], "in the words")
