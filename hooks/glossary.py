"""Terms of the glossary: each has an address, and explains itself where a page first uses it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.utils import get_relative_url

from recalling import recall
from workbook import glossary
from workbook.glossary import Term
from workbook.glossary.marking import marked

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

PLAIN = ("index.md", "crisis.md", glossary.PAGE)  # no words there lead away from what is to be done


def on_config(config: MkDocsConfig) -> None:
    config.extra["glossary"] = glossary.read(Path(config.docs_dir))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return glossary.with_ids(markdown) if page.file.src_uri == glossary.PAGE else markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its terms marked; not those whose entry only leads to this page."""
    there = files.get_file_from_path(glossary.PAGE)
    if there is None or page.file.generated_by or page.file.src_uri in PLAIN:
        return html
    terms = (
        one for one in config.extra["glossary"] if not one.everyday and page.file.src_uri not in one.leads
    )
    address = get_relative_url(there.url, page.url)
    known = [[one.id, one.name, one.says, one.also] for one in terms]
    told: str = recall(config)(_marked, html, known, address)
    return told


def _marked(html: str, terms: list[Any], address: str) -> str:
    return marked(html, [Term(id_, name, says, tuple(also)) for id_, name, says, also in terms], address)
