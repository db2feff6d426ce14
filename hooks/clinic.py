"""A clinic's own copy: its crisis lines on the crisis page, before ours, and who it is."""

from __future__ import annotations

from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape
from mkdocs.plugins import event_priority, get_plugin_logger

import telling
from workbook.clinic import LINES
from workbook.problems import Problem
from workbook.render import screen

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

PAGE = "crisis.md"
WHOSE = "<!-- clinic: who runs this copy -->"
CURE = f"Write {LINES} on a line of its own, after what to do in danger."

log = get_plugin_logger("clinic")
on_startup = telling.on_startup
_found = {"problems": 0}  # what on_config learns for on_pre_build


@event_priority(-10)
def on_config(config: MkDocsConfig) -> None:
    """After the content is loaded: a clinic's numbers need a place on the crisis page."""
    clinic = config.extra["workbook"].loaded.clinic
    page = Path(config.docs_dir) / PAGE
    problems = []
    if clinic and clinic.about.crisis and page.exists() and LINES not in page.read_text(encoding="utf-8"):
        shown = Path(relpath(page, Path(config.config_file_path).parent))
        problems.append(Problem(shown, 1, 1, "the clinic's crisis lines have no place on this page", CURE))
    telling.tell(log, problems)
    _found["problems"] = len(problems)


def on_pre_build(config: MkDocsConfig) -> None:
    telling.stop(_found["problems"], "on the crisis page")


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Each in its place; nothing there where no clinic says who it is."""
    clinic = config.extra["workbook"].loaded.clinic
    lines = screen.filled("clinic-lines.html", clinic=clinic) if clinic and clinic.about.crisis else ""
    whose = f"<p>This copy is run by {escape(clinic.in_words)}.</p>" if clinic else ""
    return html.replace(LINES, lines).replace(WHOSE, whose)
