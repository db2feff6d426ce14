"""Citations in pages: `[@key]` becomes a link to its source, and each page gets the list of its sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.utils import meta

from workbook import citations
from workbook.citations import page as cited

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

EVERYTHING = "<!-- references -->"

log = get_plugin_logger("citations")
_command = {"serving": False}  # on_startup gets no config to note it in


@dataclass
class Cited:
    """What one event of this build learns for a later one. `places`: title and file of each page, by key."""

    bibliography: citations.Bibliography
    problems: int = 0
    places: defaultdict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    _command["serving"] = command == "serve"


@event_priority(50)
def on_config(config: MkDocsConfig) -> None:
    """Check every page. Before the worksheets, which may stop the build: all problems are told in one run."""
    root = Path(config.config_file_path).resolve().parent
    found = config.extra["citations"] = Cited(citations.load(root))
    found.bibliography.recall(root / ".cache" / "references")
    for path in sorted(Path(config.docs_dir).rglob("*.md")):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        for problem in cited.problems(text, Path(relpath(path, root)), found.bibliography):
            (log.warning if _command["serving"] else log.error)(f"{problem}\n")
            found.problems += 1
        title = str(meta.get_data(text)[1].get("title", path.stem))
        for key in cited.keys(text):
            found.places[key].append((title, path.relative_to(config.docs_dir).as_posix()))


def on_pre_build(config: MkDocsConfig) -> None:
    """In `build` a problem stops it here, before anything is written."""
    if (count := config.extra["citations"].problems) and not _command["serving"]:
        raise Abort(f"{count} {'problem' if count == 1 else 'problems'} in citations: nothing was built.")


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Links in the text, and the sources at its end; or all the sources, on the page that asks for them."""
    if page.file.generated_by:
        return markdown  # a worksheet's words are no Markdown
    found: Cited = config.extra["citations"]
    text = cited.placed(markdown, found.bibliography)
    if EVERYTHING in text:
        places = _places(found, page, config, files)
        return text.replace(EVERYTHING, cited.references(found.bibliography, places))
    known = [key for key in cited.keys(markdown) if key in found.bibliography.keys]
    return text + cited.sources(known, found.bibliography)


def _places(found: Cited, page: Page, config: MkDocsConfig, files: Files) -> cited.Places:
    """Where each key is cited, by title and by address as seen from this page; worksheets after pages."""
    places = defaultdict(list, {key: list(pages) for key, pages in found.places.items()})
    workbook = config.extra.get("workbook")
    for sheet in workbook.library.worksheets.values() if workbook else ():
        for key in sheet.sources:
            places[key].append((sheet.title, f"worksheets/{sheet.id}.md"))
    return {key: _addresses(citing, page, files) for key, citing in places.items()}


def _addresses(citing: list[tuple[str, str]], page: Page, files: Files) -> list[tuple[str, str]]:
    found = [(title, files.get_file_from_path(uri)) for title, uri in citing]
    return [(title, file.url_relative_to(page.file)) for title, file in found if file]
