"""Packets: content/packets/*.yml become pages, combined PDFs, FHIR bundles, plain text, and a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority
from mkdocs.structure.files import InclusionLevel
from tqdm import tqdm

import generated
from workbook import library, outputs, packed
from workbook.render import screen
from workbook.render.packet import screen as packets

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from workbook.packet import Packet

INDEX = "packets/index.md"
IN_A_VISIT = "<!-- packets: in a visit -->"


@dataclass
class Packed:
    """What one event of this build learns for a later one: bytes of each file, pages of each sheet's PDF."""

    library: library.Library
    sizes: dict[str, dict[str, int]] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add every generated file. The worksheets' hook has loaded the content and drawn their paper."""
    loaded: library.Library = config.extra["workbook"].library
    folder = Path(config.config_file_path).parent / ".cache"
    counted = packed.pages(config.extra["workbook"].papers, folder / "names")
    content = config.extra["packed"] = Packed(loaded, pages=counted)
    drawn = {**_draw(loaded, folder / "papers"), **packed.texts(loaded, folder / "texts")}
    for packet in loaded.packets.values():
        beside = list(packed.of_packet(packet, drawn))
        content.sizes[packet.id] = outputs.sizes(beside)
        for output in [_page(packet, found=not packets.unlisted(packet, loaded)), *beside]:
            generated.add(files, config, output)
    for name in loaded.broken_packets:
        generated.add(files, config, generated.page(_uri(name), name, "", "", _origin(name), packet=name))
    newest = max((one.date for one in loaded.packets.values()), default="")
    about = (INDEX, packets.TITLE, packets.ABOUT, newest, library.PACKETS.as_posix())
    generated.add(files, config, generated.page(*about, packets="all"), InclusionLevel.INCLUDED)


def _page(packet: Packet, *, found: bool) -> outputs.Output:
    about = (packet.title, packet.summary, packet.date, _origin(packet.id))
    return generated.page(_uri(packet.id), *about, found=found, packet=packet.id)


def _uri(name: str) -> str:
    return f"packets/{name}.md"


def _origin(name: str) -> str:
    return (library.PACKETS / f"{name}.yml").as_posix()


def _draw(content: library.Library, folder: Path) -> packed.Papers:
    total = len(content.packets) * len(packed.SIZES)
    with tqdm(total=total, unit="file", desc="Drawing packets", disable=None, leave=False) as bar:
        return packed.papers(content, folder, step=bar.update)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A packet's own page, its author's problems, the list with the builder, or what to do in a visit."""
    content: Packed = config.extra["packed"]
    name = page.meta.get("packet", "")
    if packet := content.library.packets.get(name):
        return packets.render(packet, content.library, content.sizes[name], content.pages)
    if name in content.library.broken_packets:
        return screen.problems(name, content.library.broken_packets[name])
    if page.meta.get("packets"):
        return packets.shelf(content.library, content.pages, moved=config.extra["permalinks"].moved)
    home = "../" * page.url.removeprefix("./").count("/")
    return html.replace(IN_A_VISIT, packets.in_a_visit(content.library, home)) if IN_A_VISIT in html else html


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> None:
    """What the lean page around it needs."""
    loaded: library.Library = config.extra["packed"].library
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
    folder = Path(config.site_dir)
    place = folder / "packets" / "index.json"
    place.write_bytes(packed.index(content.library, lambda uri: (folder / uri).read_bytes()))
