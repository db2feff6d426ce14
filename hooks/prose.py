"""The words of worksheets and pages: kind, plain, short, and fair to both roads, or the build stops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority, get_plugin_logger

from workbook import prose

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = get_plugin_logger("prose")
_state = {"serving": False, "problems": 0}  # on_startup gets no config to note it in


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    _state["serving"] = command == "serve"


@event_priority(40)
def on_config(config: MkDocsConfig) -> None:
    """Check all words. Before the worksheets, which may stop the build: all problems are told in one run."""
    root = Path(config.config_file_path).resolve().parent
    report = prose.check(root, docs=Path(config.docs_dir))
    for problem in report.problems:
        (log.warning if _state["serving"] else log.error)(f"{problem}\n")
    for late in report.due:
        log.info(f"{late}\n")  # told, and no more: a day that passes must not stop a build
    _state["problems"] = len(report.problems)


def on_pre_build(config: MkDocsConfig) -> None:
    """In `build` a problem stops it here, before anything is written."""
    if (count := _state["problems"]) and not _state["serving"]:
        raise Abort(f"{count} {'problem' if count == 1 else 'problems'} in the words: nothing was built.")
