"""What other programs read: cards for links, schema.org's terms, robots.txt and llms.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel

from workbook import cache, cites, frontmatter, glossary, microcopy, outputs, questions, site
from workbook.prose.pages import CLINICIANS
from workbook.render import card, discovery, head
from workbook.render.discovery import Listed

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

QUESTIONS = "faq.md"
TAB = "favicon.ico"  # asked for at the root, whatever a page says
# What schema.org calls a page that tells nothing about health.
KINDS = {
    "about/index.md": "AboutPage",
    "about/privacy.md": "WebPage",
    "about/accessibility.md": "WebPage",
    "worksheets/index.md": "CollectionPage",
}


@event_priority(-60)
def on_files(files: Files, config: MkDocsConfig) -> None:
    """After the worksheets have added their pages: a card for each page, and the files at the root."""
    matters = {file: cites.front_matter(file.content_string) for file in files.documentation_pages()}
    pages = {file: _said(file, matter, config) for file, matter in matters.items()}
    wanted = {
        file: card.data(one.title, one.says, _about(file, config), config.site_name)
        for file, one in pages.items()
    }
    folder = Path(config.config_file_path).parent / ".cache" / "cards"
    for file, path in cache.files(wanted, card.draw, folder, card.tools()).items():
        made = File.generated(
            config, head.card_uri(_address(file)), abs_src_path=str(path), inclusion=file.inclusion
        )
        files.append(made)
    home = _site(config)
    listed = {file.src_uri: one for file, one in pages.items()}
    shown = (file for file, matter in matters.items() if not _unlisted(matter))
    found = [told for file in shown for told in _told(pages[file], file, config)]
    for uri, text in [
        (discovery.FEED, discovery.feed(home, str(config.site_description), found)),
        ("robots.txt", discovery.robots(home)),
        ("llms.txt", discovery.llms(home, str(config.site_description), _parts(config.nav, listed))),
    ]:
        files.append(File.generated(config, uri, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    files.append(File.generated(config, TAB, abs_src_path=str(outputs.ASSETS / TAB)))


def _site(config: MkDocsConfig) -> site.Site:
    return site.Site(config.site_name, config.site_url or "http://127.0.0.1:8000/")


def _address(file: File) -> str:
    """From the site's root: smart/urges/, and nothing for home."""
    return file.url.removeprefix("./")


def _said(file: File, meta: Mapping[str, object], config: MkDocsConfig) -> Listed:
    return Listed(
        _address(file),
        str(meta.get("title", file.name)),
        str(meta.get("description") or config.site_description or ""),
        str(meta.get("updated") or meta.get("written") or ""),
    )


def _told(one: Listed, file: File, config: MkDocsConfig) -> list[Listed]:
    """A page as the feed tells it; a worksheet once for each version, with what that changed."""
    workbook = config.extra.get("workbook")
    sheets = workbook.loaded.worksheets if workbook and file.src_uri.startswith("worksheets/") else {}
    sheet = sheets.get(Path(file.src_uri).stem)
    changes = sheet.changes if sheet and file.generated_by else []
    return [
        one._replace(
            says=microcopy.say("changes.version", number=change.version, what=change.what), day=change.date
        )
        for change in changes
    ] or [one]


def _unlisted(meta: Mapping[str, object]) -> bool:
    """Whether a page is kept out of searches."""
    search = meta.get("search")
    return isinstance(search, dict) and bool(search.get("exclude"))


def _about(file: File, config: MkDocsConfig) -> str:
    """The last line of a card."""
    workbook = config.extra.get("workbook")
    folder, _, name = file.src_uri.rpartition("/")
    if not workbook or not file.generated_by or folder not in ("worksheets", "packets"):
        return microcopy.say("card.handbook")
    if folder == "packets":
        return microcopy.say("card.packet")
    sheet = workbook.loaded.worksheets.get(Path(name).stem)
    return microcopy.say("card.sheet", minutes=sheet.minutes) if sheet else microcopy.say("card.handbook")


def _parts(nav: Any, listed: dict[str, Listed]) -> Iterator[tuple[str, list[Listed]]]:
    """The parts of the navigation and their pages; pages that stand alone come first."""
    entries = [one for entry in nav or () if isinstance(entry, dict) for one in entry.items()]
    alone = [listed[path] for _, path in entries if isinstance(path, str) and path in listed]
    yield "Start", alone or list(listed.values())
    for title, inside in entries:
        if isinstance(inside, list):
            paths = [path for one in inside for path in (one.values() if isinstance(one, dict) else [one])]
            yield title, [listed[path] for path in paths if path in listed]


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> None:
    """The values of head.html. A worksheet brings its own."""
    matter = frontmatter.of(page.meta)
    if matter is None or page.file.generated_by:
        return
    path = page.file.src_uri
    context["head"] = head.of_page(
        _site(config),
        _address(page.file),
        matter,
        _crumbs(page, config),
        str(config.extra.get("author") or config.site_name),
        kind=KINDS.get(path, "MedicalWebPage"),
        clinicians=f"docs/{path}".startswith(CLINICIANS),
        questions=questions.questions(page.file.content_string) if path == QUESTIONS else (),
        terms=glossary.terms(page.file.content_string) if path == glossary.PAGE else (),
    )


def _crumbs(page: Page, config: MkDocsConfig) -> list[tuple[str, str]]:
    """Home, and the first page of each part of the navigation that the page stands in."""
    crumbs = [] if page.is_homepage else [("Home", _site(config).address(""))]
    for part in reversed(page.ancestors):
        first = next((one for one in part.children or () if one.is_page), None)
        if first and first is not page and first.file.name == "index":
            crumbs.append((part.title, _site(config).address(_address(first.file))))
    return crumbs
