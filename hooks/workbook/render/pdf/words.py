"""Everything that the paper template prints, as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workbook import microcopy
from workbook.render.pdf.asked import labels, section, titles
from workbook.render.places import place
from workbook.render.view import day_words

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.worksheet import Worksheet

WIDE = 6  # columns that fit across an upright page
NEXT_ON_PAPER = (
    2  # worksheets to go to next: one line, which seldom costs a page; the page on screen names all
)


def words(
    sheet: Worksheet, library: Library, size: str, large: bool, body: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The worksheet as the template reads it, every sentence made. `body`, where it is made already."""
    wide = not large and any(len(getattr(one, "columns", ())) > WIDE for one in sheet.fields)
    data = around(
        library, f"worksheets/{sheet.id}/", _version(sheet, library), licence(bool(sheet.rights)), size, large
    )
    data |= {"landscape": wide, "day": numbers(sheet.date), "record": microcopy.say("paper.health_record")}
    on_one_line: dict[str, Any] = _on_one_line(data)
    return on_one_line | (body or body_of(sheet, library))


def licence(theirs: bool = False) -> str:
    """How free the words are; of a sheet with words that are not ours, those that are."""
    return microcopy.say("paper.ours_alone") if theirs else microcopy.say("paper.free")


def around(library: Library, path: str, version: str, free: str, size: str, large: bool) -> dict[str, Any]:
    """What stands round the body of each page of a sheet, a cover or a leaflet.

    `path` is its address from the site's root, `version` what the foot says of its state, `free` how free
    it is.
    """
    address = library.site.address(path)
    return {
        "paper": {"letter": "us-letter", "a4": "a4"}[size],
        "large": large,
        "landscape": False,
        "site": library.site.name,
        "crisis": urgent(library),
        "imprint": [version, short(address), free],
        "address": short(address),
        "qr": qr(address),
        "clinic": whose(library),
        "says": microcopy.part("drawn"),
    }


def numbers(day: str) -> list[int]:
    """Year, month and day."""
    made = date.fromisoformat(day)
    return [made.year, made.month, made.day]


def short(address: str) -> str:
    """An address as one writes it by hand."""
    return re.sub(r"^https?://", "", address).rstrip("/")


def body_of(sheet: Worksheet, library: Library) -> dict[str, Any]:
    """What stands between the head and the foot of the pages, whatever their size."""
    body = {
        "title": sheet.title,
        "under-title": " · ".join(
            [
                sheet.point_name,
                microcopy.say("shared.minutes", minutes=sheet.minutes),
                microcopy.say("paper.skip_any_question"),
            ]
        ),
        "summary": sheet.summary,
        "use_when": sheet.use_when,
        "safety": list(_safety(sheet, library)),
        "labels": labels(sheet),
        "root": re.sub(r"^https?://", "", library.site.address("")),
        "titles": titles(sheet, library),
        "sections": [section(one, sheet) for one in sheet.sections],
        "closing": list(_closing(sheet, library)),
    }
    on_one_line: dict[str, Any] = _on_one_line(body)
    return on_one_line


def every_text(data: Any) -> Iterator[str]:
    """Each text within `data`."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from every_text(value)
    elif isinstance(data, list):
        for value in data:
            yield from every_text(value)


def urgent(library: Library) -> str:
    """Whom to call, at the foot of every page."""
    return library.safety["crisis"].text if "crisis" in library.safety else microcopy.say("paper.crisis")


def whose(library: Library) -> dict[str, Any] | None:
    """Who gives the sheet out, above its title and at its foot; None where nobody says so."""
    if not (clinic := library.clinic):
        return None
    about, logo = clinic.about, clinic.logo
    return {
        "name": about.name,
        "where": clinic.where,
        "foot": " · ".join(filter(None, [about.name, clinic.phone])),
        "opening": about.opening or "",
        "logo": logo.drawn if logo else "",
        "ratio": logo.width / logo.height if logo else 1,
    }


@lru_cache(maxsize=256)
def qr(address: str) -> str:
    """The QR code of `address` as SVG."""
    import segno  # seldom needed: what is drawn once is kept

    drawn: str = segno.make(address, error="m", micro=False).svg_inline(border=0, dark="#1d202a")
    return drawn


def _version(sheet: Worksheet, library: Library) -> str:
    """Which version of the sheet this is, and which is newer."""
    about = microcopy.say("sheet.version_in_foot", number=sheet.version, date=day_words(sheet.date))
    version = [sheet.title, about]
    if newer := sheet.replaced_by and place(sheet.replaced_by, library):
        version.append(microcopy.say("paper.newer_one", title=newer.title))
    return " · ".join(version)


def _safety(sheet: Worksheet, library: Library) -> Iterator[dict[str, str]]:
    """The lines for all, in the box on the first page, and those that an answer calls for, each with the
    field that it stands `after`. The crisis line stands at the foot of every page instead."""
    for rule in sheet.safety:
        if rule.line != "crisis" and rule.line in library.safety:
            after = rule.when[-1].field if rule.when else ""
            yield {
                "after": after,
                "condition": sheet.condition(rule.when),
                "below": sheet.condition(rule.when, after),
                "text": library.safety[rule.line].text,
            }


def _closing(sheet: Worksheet, library: Library) -> Iterator[list[str]]:
    """The lines under the last section: a name and what it says."""
    nexts = [library.worksheets[one].title for one in sheet.next if one in library.worksheets]
    if nexts:
        yield [microcopy.say("paper.next"), " · ".join(nexts[:NEXT_ON_PAPER])]
    if library.bibliography and sheet.sources:
        known = library.bibliography.keys
        sources = "; ".join(library.bibliography.short(key) for key in sheet.sources if key in known)
        if sources:
            yield [microcopy.say("paper.sources_in_line"), sources + "."]
    if sheet.similar:
        yield ["", microcopy.say("paper.similar", where=sheet.similar)]


def _on_one_line(data: Any) -> Any:
    """`data` with line breaks inside texts as spaces, which is what a page makes of them."""
    if isinstance(data, str):
        return re.sub(r"\s*[\t\n\v\f\r\x85\u2028\u2029]\s*", " ", data).strip()
    if isinstance(data, dict):
        return {name: _on_one_line(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_on_one_line(value) for value in data]
    return data
