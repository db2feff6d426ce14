"""For those who ask to keep the handbook on their device: its worker, the list of its files, a manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

import telling
from listing import published
from workbook import microcopy, offline
from workbook.colours import colours

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

ICONS = tuple(
    f"assets/workbook/{name}"
    for name in ("icon-192.png", "icon-512.png", "icon-maskable-192.png", "icon-maskable-512.png")
)

on_startup = telling.on_startup


@event_priority(-92)
def on_post_build(config: MkDocsConfig) -> None:
    """After all that pages show, before it is traced and packed. In `serve` pages change too often for it."""
    if telling.serving():
        return
    folder = Path(config.site_dir)
    about = (config.site_name, str(config.site_description or ""))
    (folder / offline.MANIFEST).write_bytes(offline.manifest(*about, colours("light")["paper"], ICONS))
    for uri, content in offline.made(published(config), _titles(config)):
        (folder / uri).write_bytes(content)


def _titles(config: MkDocsConfig) -> dict[str, str]:
    packets = config.extra["workbook"].loaded.packets.values()
    return {
        offline.HANDBOOK: microcopy.say("offline.handbook"),
        offline.SHEETS: microcopy.say("offline.sheets"),
        offline.PROGRAMS: microcopy.say("offline.programs"),
        **{f"packets/{packet.id}": packet.title for packet in packets},
    }
