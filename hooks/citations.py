"""Citations and grades in pages: `[@key]` leads to its source, `[evidence: id]` says how sure a claim is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File

import telling
from recalling import recall
from workbook import citations, cites, claims
from workbook.citations import export
from workbook.citations import page as cited
from workbook.claims import page as graded

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

FOLDER = "evidence/references"
EVERYTHING = "<!-- references -->"

log = get_plugin_logger("citations")
on_startup = telling.on_startup


@dataclass(frozen=True)
class Cited:
    """What one event of this build learns for a later one."""

    bibliography: citations.Bibliography
    claims: claims.Claims
    cites: cites.Cites


@event_priority(-10)
def on_config(config: MkDocsConfig) -> None:
    """Check every page. After the worksheets, whose sources count as cited."""
    root = Path(config.config_file_path).resolve().parent
    workbook = config.extra.get("workbook")
    library = workbook.loaded if workbook else None
    works = library.bibliography if library else citations.load(root)
    made = library.claims if library else claims.load(root, works)
    works.recall(root / ".cache" / "references")
    read = cites.read(Path(config.docs_dir), root, works, made, library)
    telling.tell(log, read.problems)
    config.extra["citations"] = Cited(works, made, read)


def on_pre_build(config: MkDocsConfig) -> None:
    telling.stop(len(config.extra["citations"].cites.problems), "in citations")


def on_files(files: Files, config: MkDocsConfig) -> None:
    """All references for reference managers, beside the page that lists them."""
    works = config.extra["citations"].bibliography
    told = recall(config)(lambda _: export.files(works), repr(works.records))
    for name, text in told.items():
        files.append(File.generated(config, f"{FOLDER}/{name}", content=text))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Grades and links in the text, and its sources at the end; or all of them where a page asks for that."""
    if page.file.generated_by:
        return markdown  # a worksheet's words are no Markdown
    found: Cited = config.extra["citations"]
    markdown = graded.placed(markdown, found.claims, page.file.src_uri)
    numbered = page.meta.get("cite") == "numbers"
    text = cited.placed(markdown, found.bibliography, numbered=numbered)
    if EVERYTHING in text:
        places = _places(found, page, config, files)
        return text.replace(EVERYTHING, cited.references(found.bibliography, places))
    known = [key for key in cited.keys(markdown) if key in found.bibliography.keys]
    page.meta["sources"] = len(known)
    return text + cited.sources(known, found.bibliography, numbered=numbered)


def _places(found: Cited, page: Page, config: MkDocsConfig, files: Files) -> cited.Places:
    """Where each key is cited, by title and by address as seen from this page; worksheets after pages."""
    places = defaultdict(list, {key: list(pages) for key, pages in found.cites.places.items()})
    workbook = config.extra.get("workbook")
    for sheet in workbook.loaded.worksheets.values() if workbook else ():
        # What is for a session is led to from the page that says how to use it, not from a list for everyone.
        where = "clinicians/index.md" if sheet.for_clinicians else f"worksheets/{sheet.id}.md"
        for key in sheet.sources:
            places[key].append((sheet.title, where))
    return {key: _addresses(citing, page, files) for key, citing in places.items()}


def _addresses(citing: list[tuple[str, str]], page: Page, files: Files) -> list[tuple[str, str]]:
    found = [(title, files.get_file_from_path(uri)) for title, uri in citing]
    return [(title, file.url_relative_to(page.file)) for title, file in found if file]
