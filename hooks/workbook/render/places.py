"""Where a note leads, as a title and a whole address, for media that are read away from the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from workbook.library import Library


class Place(NamedTuple):
    """Somewhere to go."""

    title: str
    address: str


def place(target: str, library: Library) -> Place | None:
    """The page '/smart/urges/' or the worksheet 'urge-log'; None for a sheet that is not on the site."""
    if target.startswith("/"):
        return Place(library.name_of(target), library.site.address(target))
    sheet = library.worksheets.get(target)
    if sheet is None or sheet.status == "draft":
        return None
    return Place(sheet.title, library.site.address(f"worksheets/{target}/"))
