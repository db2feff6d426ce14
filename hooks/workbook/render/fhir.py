"""A worksheet as a FHIR R4 Questionnaire."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from workbook.fields.base import fhir_item, sentences
from workbook.fields.result.field import Result
from workbook.render.fhir_logic import enabled, unsaid, worked_out
from workbook.render.places import place
from workbook.render.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.fields.base import Condition, Field
    from workbook.library import Library
    from workbook.render.fhir_logic import Item, Items
    from workbook.worksheet import Section, Worksheet

LICENCE = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"


def render(sheet: Worksheet, library: Library) -> dict[str, Any]:
    """The whole resource. Its version is the sheet's, and a sum of all that it says: '3-1a2b3c4d'.

    So two that differ never share a version: a clinic's numbers and shared safety lines stand in it too.
    """
    made = _resource(sheet, library)
    digest = sha256(json.dumps(made, ensure_ascii=False).encode()).hexdigest()
    return made | {"version": f"{sheet.version}-{digest[:8]}"}


def _resource(sheet: Worksheet, library: Library) -> dict[str, Any]:
    items = _items(sheet, library)
    return {
        "resourceType": "Questionnaire",
        "id": sheet.id,
        "language": "en",
        "url": address(sheet, library),
        "version": "",
        "name": "".join(map(str.capitalize, sheet.id.split("-"))),
        "title": sheet.title,
        "status": sheet.status,
        "subjectType": ["Patient"],
        "date": sheet.date,
        "publisher": library.clinic.about.name if library.clinic else library.site.name,
        "description": sheet.summary,
        "purpose": _purpose(sheet),
        "copyright": _copyright(sheet, library),
        "item": [
            *_safety(sheet, library, items),
            *(_section(section, sheet, library, items) for section in sheet.sections),
        ],
    }


def _items(sheet: Worksheet, library: Library) -> Items:
    """The item of every field. A result's is of the kind of number that it works out."""
    items: Items = {}
    for field in sheet.fields:
        made = isinstance(field, Result) and worked_out(field, View(sheet, library, {}), items)[0]
        items[field.id] = made or fhir_item(field, field.id)
    return items


def address(sheet: Worksheet, library: Library) -> str:
    """The canonical url: where the file itself lies, so that whoever follows it finds it."""
    return library.site.address(f"worksheets/{sheet.id}/{sheet.id}.fhir.json")


def _purpose(sheet: Worksheet) -> str:
    """When to use it, why it may help, and what a clinician should know before handing it out."""
    parts = [sheet.use_when]
    if sheet.why:
        parts.append(f"{sheet.why.text} How sure we are: {sheet.why.grade}")
    if sheet.clinician:
        aim, session, not_when = sheet.clinician.aim, sheet.clinician.session, sheet.clinician.not_when
        parts += [f"Aim: {aim}", f"In a session: {session}", f"Not when: {not_when}"]
    return sentences(*parts)


def _copyright(sheet: Worksheet, library: Library) -> str:
    books = library.bibliography
    known = books.in_order(key for key in sheet.sources if key in books.keys) if books else []
    sources = "; ".join(books.short(key) for key in known) if books else ""
    rights = sheet.rights and f"Not under it: {sheet.rights}"
    return sentences(f"{LICENCE}, {library.site.name}", rights, sources and f"Sources: {sources}")


def _safety(sheet: Worksheet, library: Library, items: Items) -> Iterator[Item]:
    """The safety lines, before everything else; those with a condition appear as soon as it holds."""
    times: dict[str, int] = {}
    for rule in sheet.safety:
        if not (line := library.safety.get(rule.line)):
            continue  # it is broken, and told as a problem of its own file
        times[rule.line] = times.get(rule.line, 0) + 1
        again = f":{times[rule.line]}" if times[rule.line] > 1 else ""
        more = f"{line.link.text}: {library.site.address(line.link.page)}" if line.link else ""
        text = " ".join(filter(None, [_in_words(rule.when, sheet, items), line.text, more]))
        yield _display(f"safety:{rule.line}{again}", text, enabled(rule.when, items))


def _section(section: Section, sheet: Worksheet, library: Library, items: Items) -> Item:
    intro = [_display(f"{section.id}:intro", section.intro)] if section.intro else []
    fields = [item for field in section.fields for item in _field(field, sheet, library, items)]
    return {"linkId": section.id, "text": section.title, "type": "group", "item": [*intro, *fields]}


def _field(field: Field, sheet: Worksheet, library: Library, items: Items) -> Iterator[Item]:
    """The item of a field, and after it the words that may not stand inside: a display holds nothing."""
    when = enabled(field.when, items)
    item, *said = (
        worked_out(field, View(sheet, library, {}), items) if isinstance(field, Result) else [items[field.id]]
    )
    if condition := _in_words(field.when, sheet, items):
        yield _display(f"{field.id}:if", condition, when)
    yield _with(item, when)
    yield from said
    if item["type"] == "display":
        places = [found for one in getattr(field, "see", []) if (found := place(one, library))]
        words = [*filter(None, [field.hint]), *(f"{one.title}: {one.address}" for one in places)]
        yield from (_display(f"{field.id}:more-{n}", text, when) for n, text in enumerate(words, 1))


def _in_words(when: Sequence[Condition], sheet: Worksheet, items: Items) -> str:
    """The conditions that FHIR cannot test, for a person to read: 'If “Gap” is 3 or more:'"""
    return f"{sheet.condition(left)}:" if (left := unsaid(when, items)) else ""


def _display(link_id: str, text: str, when: Item | None = None) -> Item:
    """Words alone. No id of an author holds a colon, so the linkId is nobody else's."""
    return _with({"linkId": link_id, "text": text, "type": "display"}, when or {})


def _with(item: Item, when: Item) -> Item:
    extensions = [*item.get("extension", []), *when.get("extension", [])]
    return item | when | ({"extension": extensions} if extensions else {})
