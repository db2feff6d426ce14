"""A budget of bytes for each kind of page. One that weighs more stops the build; a clinic is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority, get_plugin_logger

import telling
from workbook import weight

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File
    from mkdocs.structure.pages import Page

# What shows all there is of something, and so grows with it.
LISTS = ("worksheets/index.md", "packets/index.md", "evidence/references.md", "glossary.md", "changes.md")
SHELF_WORDS = "assets/hashed/workbook/js/sheetwords"

log = get_plugin_logger("weight")
on_startup = telling.on_startup


@dataclass
class Scales:
    """What one event of this build learns for a later one. `pages`: kind and source of each, by address."""

    budgets: weight.Budgets
    problems: int
    pages: dict[str, tuple[str, Path]] = field(default_factory=dict)


def on_config(config: MkDocsConfig) -> None:
    place = Path(Path(config.config_file_path).name)
    budgets, problems = weight.budgets(config.extra.get("budgets"), place)
    telling.tell(log, problems)
    config.extra["scales"] = Scales(budgets, len(problems))


def on_pre_build(config: MkDocsConfig) -> None:
    telling.stop(config.extra["scales"].problems, "in the budgets")


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    config.extra["scales"].pages[page.file.dest_uri] = (_kind(page), _source(page.file, config))
    return output


def _kind(page: Page) -> str:
    if page.meta.get("worksheet"):
        return weight.SHEET
    if page.meta.get("packet"):
        return weight.PACKET
    return weight.LIST if page.file.src_uri in LISTS else weight.PAGE


def _source(file: File, config: MkDocsConfig) -> Path:
    """The file to mend, as authors name it."""
    if file.generated_by:
        return Path((file.edit_uri or file.src_uri).removeprefix("../"))
    return Path(config.docs_dir).relative_to(Path(config.config_file_path).parent) / file.src_uri


@event_priority(-96)
def on_post_build(config: MkDocsConfig) -> None:
    """When all is packed, and before the site is put in place. `serve` packs nothing."""
    if telling.serving():
        return
    folder, scales = Path(config.site_dir), config.extra["scales"]
    parts: dict[str, int] = {}
    found = []
    for uri, (kind, source) in [*scales.pages.items(), *_indexes(folder)]:
        if not (budget := scales.budgets.get(kind)):
            continue
        loaded = (
            weight.at_once((folder / uri).read_text(encoding="utf-8"), uri) if uri.endswith("html") else ()
        )
        parts |= {one: weight.packed(folder / one) for one in loaded if one not in parts}
        more = sum(parts[one] for one in loaded)
        found += weight.too_heavy(kind, weight.packed(folder / uri), more, budget, source)
    if config.extra["workbook"].loaded.clinic:
        for one in found:
            log.info(f"{one}\n")  # told, and no more: what a clinic adds is its own to weigh
        return
    telling.tell(log, found)
    telling.stop(len(found), "in what pages weigh")


def _indexes(folder: Path) -> list[tuple[str, tuple[str, Path]]]:
    """The index of the search, which comes from all pages, and that of the shelf."""
    found = [*sorted(folder.glob("assets/search*.js")), *sorted(folder.glob(f"{SHELF_WORDS}*.js"))]
    return [(path.relative_to(folder).as_posix(), (weight.INDEX, Path("docs"))) for path in found]
