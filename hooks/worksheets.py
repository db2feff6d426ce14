"""Worksheets: content/worksheets/*.yml become pages, PDFs, FHIR files and plain text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import InclusionLevel

import generated
import telling
from listing import published
from workbook import cache, kept, library, microcopy, outputs, site, versions
from workbook.render import screen, shelf

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from workbook.worksheet import Worksheet

SHELF = "<!-- worksheets -->"
CHANGES = "<!-- changes -->"
CACHE = ".cache"

log = get_plugin_logger("worksheets")
on_startup = telling.on_startup


@dataclass
class Workbook:
    """What one event of this build learns for a later one. `beside`: the files of each sheet, by its id;
    `drawing` and `writing`: papers and documents of all, which may still be at work."""

    loaded: library.Library
    beside: dict[str, list[outputs.Output]] = field(default_factory=dict)
    drawing: cache.Soon[tuple[str, str]] | None = None
    writing: cache.Soon[tuple[str, str]] | None = None
    sizes: dict[str, dict[str, int]] = field(default_factory=dict)
    contents: dict[str, Path] = field(default_factory=dict)
    pictures: dict[str, tuple[int, int]] = field(default_factory=dict)

    def papers(self) -> kept.Papers:
        """PDFs and pictures of all sheets, which are drawn then."""
        if not self.drawing:
            return {}
        self.drawing.wait()
        return self.drawing.places

    def written(self) -> None:
        """Wait until all files beside the pages are there."""
        for making in (self.drawing, self.writing):
            if making:
                making.wait()

    def finish(self, root: Path) -> None:
        """Find out what pages say of the files beside them; once, when the first page asks."""
        if self.contents or not self.drawing:
            return
        self.written()
        drawn = self.drawing.places
        for id_, beside in self.beside.items():
            self.sizes[id_] = outputs.sizes(beside)
            self.pictures[id_] = outputs.picture_size(self.loaded.worksheets[id_], drawn)
        self.contents = kept.contents(self.loaded, self.sizes, root / CACHE / "contents")

    def renew(self, path: Path, root: Path) -> bool:
        """Read one worksheet again, for its page alone. False: its change reaches other pages too."""
        name, known = path.stem, dict(self.loaded.worksheets)
        if (before := known.pop(name, None)) is None:
            return False
        sheet, found = library.check(path, root, self.loaded.shelf)
        if sheet is None:
            broken = {**self.loaded.broken, name: tuple(found)}
            self.loaded = replace(self.loaded, worksheets=known, broken=broken)
        elif _about(sheet) == _about(before):
            self.loaded = replace(self.loaded, worksheets={**self.loaded.worksheets, name: sheet})
            self.contents = kept.contents(self.loaded, self.sizes, root / CACHE / "contents")
        else:
            return False
        return True


def _about(sheet: Worksheet) -> dict[str, Any]:
    """What other pages may show of it."""
    return sheet.model_dump(exclude={"sections"})


def on_config(config: MkDocsConfig) -> None:
    """Load the content once, and tell what is wrong with it."""
    root = Path(config.config_file_path).parent
    loaded = library.load(root, site.read(root))
    telling.tell(log, [*loaded.problems, *loaded.versions.problems])
    if not telling.serving() and (new := versions.unlisted(loaded.versions)):
        log.info(f"{new}\n")  # told, and no more: whoever raised a version by hand has done what matters
    config.extra["workbook"] = Workbook(loaded)


def on_pre_build(config: MkDocsConfig) -> None:
    """In `build` a problem stops it here: all others have told theirs, and nothing is written yet."""
    loaded: library.Library = config.extra["workbook"].loaded
    telling.stop(len(loaded.problems) + len(loaded.versions.problems), "in the content")


def _draw_all(files: Files, config: MkDocsConfig) -> None:
    """First: packets are drawn of what is drawn here."""
    content: Workbook = config.extra["workbook"]
    papers = Path(config.config_file_path).parent / CACHE / "papers"
    content.drawing = _draw(content.loaded, papers)


@event_priority(-10)
def _add(files: Files, config: MkDocsConfig) -> None:
    """Add every generated file, when the workers that draw packets are gone too: what is written here takes
    room that it gives back late."""
    content: Workbook = config.extra["workbook"]
    assert content.drawing
    folder = Path(config.config_file_path).parent / CACHE / "texts"
    content.writing = kept.documents(content.loaded, folder)
    texts = kept.texts(content.loaded, folder)
    drawn = {**content.drawing.places, **content.writing.places, **texts}
    for sheet in content.loaded.worksheets.values():
        inclusion = InclusionLevel.DRAFT if sheet.status == "draft" else InclusionLevel.NOT_IN_NAV
        content.beside[sheet.id] = beside = list(outputs.of_worksheet(sheet, drawn))
        page = _page(sheet.id, sheet.title, sheet.summary, sheet.date, found=not sheet.for_clinicians)
        for output in [page, *beside]:
            generated.add(files, config, output, inclusion)
    for name in content.loaded.broken:
        generated.add(files, config, _page(name, name, "", ""), InclusionLevel.NOT_IN_NAV)
    for output in outputs.of_assets(content.loaded):
        generated.add(files, config, output)


on_files = CombinedEvent(_draw_all, _add)


def _draw(content: library.Library, folder: Path) -> cache.Soon[tuple[str, str]]:
    total = len(content.worksheets) * len(kept.DRAWN)
    with telling.progress("Drawing", total) as bar:
        return kept.drawing(content, folder, step=bar.update)


def _page(name: str, title: str, summary: str, day: str, *, found: bool = True) -> outputs.Output:
    origin = (library.WORKSHEETS / f"{name}.yml").as_posix()
    return generated.page(f"worksheets/{name}.md", title, summary, day, origin, found=found, worksheet=name)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A worksheet's form, its author's problems, or the shelf or the changes on a page that asks for them."""
    content: Workbook = config.extra["workbook"]
    name = page.meta.get("worksheet")
    if name or SHELF in html:
        content.finish(Path(config.config_file_path).parent)
    if name in content.loaded.worksheets:
        return content.contents[name].read_text(encoding="utf-8")
    if name in content.loaded.broken:
        return screen.problems(name, content.loaded.broken[name])
    if CHANGES in html:
        return html.replace(CHANGES, screen.changes(content.loaded, config.extra["permalinks"].moved))
    return html.replace(SHELF, shelf.render(content.loaded, content.pictures)) if SHELF in html else html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Let overrides/ include the same templates that the workbook uses alone, and say the same words."""
    config.extra["workbook"].written()  # what MkDocs copies next is there
    env.filters["words"] = microcopy.say
    env.loader = ChoiceLoader([env.loader, PrefixLoader({"workbook": FileSystemLoader(screen.TEMPLATES)})])


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> None:
    content: Workbook = config.extra["workbook"]
    if name := page.meta.get("worksheet"):
        context.update(screen.shell(content.loaded, name, page.title, page.meta["description"], page.content))


@event_priority(-90)
def on_post_build(config: MkDocsConfig) -> None:
    """The index of all files comes last, since it holds their sizes and hashes as published."""
    content: Workbook = config.extra["workbook"]
    place = Path(config.site_dir) / "worksheets" / "index.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(outputs.index(content.loaded, published(config).told))
