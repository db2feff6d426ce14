"""Reading pages: how long and how hard, a QR code for paper, and the index of the search."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from mkdocs.plugins import event_priority

from recalling import recall
from workbook.otherwords import OtherWords
from workbook.pages import alone, design, search
from workbook.pages.pace import paces

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

INDEX = Path("assets/search.js")
TITLE = re.compile(r"(?<=>)[^<]*(?=</h1>)")  # large letters: a name cut at its hyphen would stand out


@dataclass
class Reading:
    """What one event of this build learns for a later one."""

    paces: dict[str, str]
    entries: list[search.Entry] = field(default_factory=list)


def on_config(config: MkDocsConfig) -> None:
    root = Path(config.config_file_path).resolve().parent
    config.extra["reading"] = Reading(paces(Path(config.docs_dir), root))


@event_priority(-50)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Runs last, on the page as it will be read."""
    reading: Reading = config.extra["reading"]
    sheet = page.meta.get("worksheet")
    html = html if sheet else alone.marked(html)
    html = html.replace(design.MARK, design.table()) if design.MARK in html else html
    title = str(page.title or config.site_name)
    if not (page.meta.get("search") or {}).get("exclude") and _current(sheet, config):
        kind = search.KINDS[1 if sheet else 2 if page.meta.get("packet") else 0]
        about = (kind, title, page.url, page.meta.get("description") or "", html)
        reading.entries += search.of_data(recall(config)(_entries, *about))
    html = TITLE.sub(lambda title: title[0].replace("12-step", '<span class="whole">12-step</span>'), html)
    told = reading.paces.get(page.file.src_uri)
    if sheet or not told or page.is_homepage or "pace" in (page.meta.get("hide") or []):
        return html
    line = "".join(f"<span>{escape(one)}</span>" for one in told.split("|"))
    return html.replace("</h1>", f'</h1>\n<p class="pace">{line}</p>', 1)


def _entries(*about: str) -> list[dict[str, Any]]:
    return search.as_data(search.entries(*about))


def _current(sheet: str | None, config: MkDocsConfig) -> bool:
    """Whether a page is a reading page, or a worksheet that is still handed out."""
    workbook = config.extra.get("workbook")
    found = workbook.loaded.worksheets.get(sheet) if workbook and sheet else None
    return not sheet or bool(found and found.status == "active")


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> None:
    context["alarm"] = _other_words(config).alarm
    if page.canonical_url and not page.meta.get("worksheet"):
        page.meta["qr"] = Markup(recall(config)(_qr, page.canonical_url))


def _other_words(config: MkDocsConfig) -> OtherWords:
    workbook = config.extra.get("workbook")
    return workbook.loaded.other_words if workbook else OtherWords()


def _qr(address: str) -> str:
    """As SVG."""
    import segno  # takes longer to load than a page to make

    drawn: str = segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True)
    return drawn


@event_priority(50)
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """All pages have told their words by now. The index is packed while they are drawn: it takes longest."""
    place = Path(config.site_dir) / INDEX
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(search.index(config.extra["reading"].entries, _other_words(config).meanings))
