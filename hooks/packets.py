"""Packets: content/packets/*.yml become pages, combined PDFs, FHIR bundles, plain text, and a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import InclusionLevel

import generated
import telling
from listing import published
from workbook import cache, library, outputs, packed
from workbook.render import screen
from workbook.render.packet import screen as packets

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from workbook.packet import Packet
    from workbook.render.leaflet import Leaflets

INDEX = "packets/index.md"
IN_A_VISIT = "<!-- packets: in a visit -->"

log = get_plugin_logger("packets")
on_startup = telling.on_startup
_found = {"problems": 0}  # what on_config learns for on_pre_build


@dataclass
class Packed:
    """What one event of this build learns for a later one. `beside`: the files of each packet, by its id;
    `drawing`: papers of all, which may still be at work."""

    loaded: library.Library
    leaflets: Leaflets = field(default_factory=dict)
    beside: dict[str, list[outputs.Output]] = field(default_factory=dict)
    drawing: cache.Soon[tuple[str, str]] | None = None

    def written(self) -> None:
        """Wait until all files beside the pages are there."""
        if self.drawing:
            self.drawing.wait()


@event_priority(-20)
def on_config(config: MkDocsConfig) -> None:
    """After the citations are there: what of the handbook's pages packets print."""
    loaded: library.Library = config.extra["workbook"].loaded
    leaflets, problems = packed.leaflets(loaded, Path(config.config_file_path).parent / ".cache" / "leaflets")
    telling.tell(log, problems)
    _found["problems"] = len(problems)
    config.extra["packed"] = Packed(loaded, leaflets)


def on_pre_build(config: MkDocsConfig) -> None:
    telling.stop(_found["problems"], "in pages that packets print")


def _draw_all(files: Files, config: MkDocsConfig) -> None:
    """The worksheets' hook has loaded the content and drawn their paper, by which packets are set."""
    content: Packed = config.extra["packed"]
    papers = Path(config.config_file_path).parent / ".cache" / "papers"
    content.drawing = _draw(content, papers, config.extra["workbook"].drawing.ready)


@event_priority(-15)
def _add(files: Files, config: MkDocsConfig) -> None:
    """Add every generated file, after those of sheets: their pages come first, while packets are drawn."""
    content: Packed = config.extra["packed"]
    loaded = content.loaded
    assert content.drawing
    texts = packed.texts(loaded, Path(config.config_file_path).parent / ".cache" / "texts", content.leaflets)
    drawn = {**content.drawing.places, **texts}
    for packet in loaded.packets.values():
        content.beside[packet.id] = beside = list(packed.of_packet(packet, drawn))
        for output in [_page(packet, found=not packets.unlisted(packet, loaded)), *beside]:
            generated.add(files, config, output)
    for name in loaded.broken_packets:
        generated.add(files, config, generated.page(_uri(name), name, "", "", _origin(name), packet=name))
    newest = max((one.date for one in loaded.packets.values()), default="")
    about = (INDEX, *packets.about(), newest, library.PACKETS.as_posix())
    generated.add(files, config, generated.page(*about, packets="all"), InclusionLevel.INCLUDED)


on_files = CombinedEvent(_draw_all, _add)


def _page(packet: Packet, *, found: bool) -> outputs.Output:
    about = (packet.title, packet.summary, packet.date, _origin(packet.id))
    return generated.page(_uri(packet.id), *about, found=found, packet=packet.id)


def _uri(name: str) -> str:
    return f"packets/{name}.md"


def _origin(name: str) -> str:
    return (library.PACKETS / f"{name}.yml").as_posix()


def _draw(content: Packed, folder: Path, sheets: packed.Drawn) -> cache.Soon[tuple[str, str]]:
    total = len(content.loaded.packets) * len(packed.SIZES)
    with telling.progress("Drawing packets", total) as bar:
        return packed.drawing(content.loaded, folder, content.leaflets, sheets, step=bar.update)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A packet's own page, its author's problems, the list with the builder, or what to do in a visit."""
    content: Packed = config.extra["packed"]
    name = page.meta.get("packet", "")
    if packet := content.loaded.packets.get(name):
        content.written()
        sizes = outputs.sizes(content.beside[name])
        return packets.render(packet, content.loaded, sizes, _pages(config))
    if name in content.loaded.broken_packets:
        return screen.problems(name, content.loaded.broken_packets[name])
    if page.meta.get("packets"):
        return packets.shelf(content.loaded, _pages(config), moved=config.extra["permalinks"].moved)
    home = "../" * page.url.removeprefix("./").count("/")
    return html.replace(IN_A_VISIT, packets.in_a_visit(content.loaded, home)) if IN_A_VISIT in html else html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    config.extra["packed"].written()  # MkDocs copies it next


def _pages(config: MkDocsConfig) -> packed.Pages:
    """How many pages each sheet takes on paper, counted once, when a page asks: sheets are drawn by then."""
    if "pages on paper" not in config.extra:
        folder = Path(config.config_file_path).parent / ".cache" / "names"
        config.extra["pages on paper"] = packed.pages(config.extra["workbook"].papers(), folder)
    counted: packed.Pages = config.extra["pages on paper"]
    return counted


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> None:
    """What the lean page around it needs."""
    loaded: library.Library = config.extra["packed"].loaded
    content = page.content or ""
    if packet := loaded.packets.get(page.meta.get("packet", "")):
        context.update(packets.shell(packet, loaded, content))
    elif page.meta.get("packet") or page.meta.get("packets"):
        about = (page.url, str(page.title), page.meta["description"], content)
        context.update(packets.around(loaded, *about))


@event_priority(-90)
def on_post_build(config: MkDocsConfig) -> None:
    """The index of all files comes last, since it holds their sizes and hashes as published."""
    content: Packed = config.extra["packed"]
    place = Path(config.site_dir) / "packets" / "index.json"
    place.write_bytes(packed.index(content.loaded, published(config).told))
