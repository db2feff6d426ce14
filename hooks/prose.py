"""The words of worksheets and pages: kind, plain, short, and fair to both roads, or the build stops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger

import telling
from workbook import prose

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = get_plugin_logger("prose")
on_startup = telling.on_startup
_found = {"problems": 0}  # what on_config learns for on_pre_build


@event_priority(40)
def _begin(config: MkDocsConfig) -> None:
    """Check all words, while the other hooks read what they need."""
    root = Path(config.config_file_path).resolve().parent
    check = prose.begin(root, docs=Path(config.docs_dir))
    if check.unfit:
        problems = check.report().problems
        telling.tell(log, problems)
        telling.stop(len(problems), "in pages that cannot be read as they are")
    config.extra["prose"] = check


@event_priority(-100)
def _tell(config: MkDocsConfig) -> None:
    check: prose.Check = config.extra["prose"]
    report = check.report()
    if not check.unfit:
        telling.tell(log, report.problems)
    for late in report.due:
        log.info(f"{late}\n")  # told, and no more: a day that passes must not stop a build
    _found["problems"] = len(report.problems)


on_config = CombinedEvent(_begin, _tell)


def on_pre_build(config: MkDocsConfig) -> None:
    telling.stop(_found["problems"], "in the words")
