"""Everything that the paper template prints, as plain data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import segno
from pydantic import BaseModel

from workbook.fields.base import Field

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.worksheet import Section, Worksheet

WIDE = 6  # columns that fit across an upright page
RECORD = "Once in a clinician's file, this sheet is part of your health record."


def words(sheet: Worksheet, library: Library, size: str, large: bool) -> dict[str, Any]:
    """The worksheet as the template reads it, every sentence made."""
    day = date.fromisoformat(sheet.date)
    address = library.site.address(f"worksheets/{sheet.id}/")
    short = re.sub(r"^https?://", "", address).rstrip("/")
    data = {
        "paper": {"letter": "us-letter", "a4": "a4"}[size],
        "large": large,
        "landscape": not large and any(len(getattr(one, "columns", ())) > WIDE for one in sheet.fields),
        "site": library.site.name,
        "title": sheet.title,
        "under-title": f"{sheet.point_name} · {_minutes(sheet.minutes)} · skip any question",
        "summary": sheet.summary,
        "use_when": sheet.use_when,
        "day": [day.year, day.month, day.day],
        "safety": list(_safety(sheet, library)),
        "crisis": library.safety["crisis"].text if "crisis" in library.safety else "In danger now? Call your local emergency number.",
        "imprint": _imprint(sheet, day, short, large),
        "address": short,
        "qr": _qr(address),
        "labels": _labels(sheet),
        "root": re.sub(r"^https?://", "", library.site.address("")),
        "titles": _titles(sheet, library),
        "sections": [_section(one, sheet) for one in sheet.sections],
        "closing": list(_closing(sheet, library)),
    }
    return _on_one_line(data)


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


def _minutes(minutes: int) -> str:
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


@lru_cache(maxsize=256)
def _qr(address: str) -> str:
    """The QR code of `address` as SVG."""
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(border=0, dark="#1d202a")
    return drawn


def _imprint(sheet: Worksheet, day: date, address: str, large: bool) -> list[str]:
    """What the foot of each page says below the crisis line."""
    version = f"{sheet.title} · version {sheet.version}, {day.day} {day:%B %Y}"
    lines = [version, address] if large else [f"{version} · {address}"]
    return [*lines, f"Free to copy (CC BY 4.0). {RECORD}"]


def _safety(sheet: Worksheet, library: Library) -> Iterator[dict[str, str]]:
    """The lines for the box on the first page. The crisis line stands at the foot of every page instead."""
    for rule in sheet.safety:
        if rule.line != "crisis" and rule.line in library.safety:
            yield {"condition": sheet.condition(rule.when), "text": library.safety[rule.line].text}


def _section(section: Section, sheet: Worksheet) -> dict[str, Any]:
    fields = [_field(one, sheet.condition(one.when)) for one in section.fields]
    return {**section.model_dump(exclude={"fields"}), "fields": fields}


def _field(field: Field, condition: str = "") -> dict[str, Any]:
    """The settings of a field, and whatever else its class can say about itself."""
    kinds = [kind for kind in type(field).__mro__ if issubclass(kind, Field)]
    more = {name: getattr(field, name) for kind in kinds for name, value in vars(kind).items() if isinstance(value, property)}
    data = field.model_dump(mode="json", by_alias=True, exclude={"example", "when"})
    data |= {name: _plain(value) for name, value in more.items()} | {"condition": condition}
    if columns := [one for one in getattr(field, "columns", ()) if isinstance(one, Field)]:
        data["columns"] = [_field(one) for one in columns]
    return data


def _plain(value: Any) -> Any:
    """What a property gives, as data."""
    if isinstance(value, (range, tuple, list)):
        return [_plain(one) for one in value]
    return value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else value


def _titles(sheet: Worksheet, library: Library) -> dict[str, str]:
    """What the sheets that this one names are called; no others, or each new sheet would redraw all paper."""
    named = {place for field in sheet.fields for place in getattr(field, "see", ())}
    return {id_: library.worksheets[id_].title for id_ in sorted(named & library.worksheets.keys())}


def _labels(sheet: Worksheet) -> dict[str, str]:
    """What each path that a result may name is called on the sheet."""
    labels = {}
    columns = Counter(part.label for field in sheet.fields for part in getattr(field, "columns", ()))
    for field in sheet.fields:
        labels[field.id] = _called(field.label)
        for part in (*getattr(field, "columns", ()), *getattr(field, "scales", ())):
            place = f" in “{field.label}”" if columns[part.label] != 1 else ""
            labels[f"{field.id}.{part.id}"] = f"“{part.label}”{place}"
            labels |= {f"{field.id}.{part.id}={one.id}": one.label for one in getattr(part, "options", ())}
        labels |= {f"{field.id}={one.id}": one.label for one in getattr(field, "options", None) or ()}
    return labels


def _called(label: str) -> str:
    """How other lines speak of a field: by its number if its label begins with one."""
    number = re.match(r"(\d+)\. ", label)
    return number[1] if number else f"“{label}”"


def _closing(sheet: Worksheet, library: Library) -> Iterator[list[str]]:
    """The lines under the last section: a name and what it says."""
    nexts = [library.worksheets[one].title for one in sheet.next if one in library.worksheets]
    if nexts:
        yield ["Next:", " · ".join(nexts)]
    if library.bibliography and sheet.sources:
        known = library.bibliography.keys
        sources = "; ".join(library.bibliography.short(key) for key in sheet.sources if key in known)
        if sources:
            yield ["Sources:", sources + "."]
    if sheet.similar:
        yield ["", f"Similar tools are used in {sheet.similar}."]


def _on_one_line(data: Any) -> Any:
    """`data` with line breaks inside texts as spaces, which is what a page makes of them."""
    if isinstance(data, str):
        return re.sub(r"\s*[\t\n\v\f\r\x85\u2028\u2029]\s*", " ", data).strip()
    if isinstance(data, dict):
        return {name: _on_one_line(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_on_one_line(value) for value in data]
    return data
