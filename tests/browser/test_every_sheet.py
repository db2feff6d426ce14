"""Worksheets as one person uses it: its example filled in, kept, reloaded, printed, saved, loaded."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from browser.hands import keep, site, visit
from browser.test_take_away_files import load, save
from playwright.sync_api import Page, expect
from sheets import real

from workbook.fields.base import Field

__all__ = ["site"]


def boxes(field: Field) -> Iterator[tuple[str, Any]]:
    """What a field's example puts where: the name of a control, and the value."""
    example = field.example  # type: ignore[attr-defined]
    if field.type == "table":
        rows = enumerate(example, 1)
        yield from ((f"{field.id}.{at}.{column}", one) for at, row in rows for column, one in row.items())
    elif field.type == "grid":
        yield from (
            (f"{field.id}.{row}.{at}", one) for row, cells in example.items() for at, one in cells.items()
        )
    elif field.type == "wheel":
        yield from ((f"{field.id}.{scale}", one) for scale, one in example.items())
    elif field.type == "rank":
        yield from ((f"{field.id}.{at}", one) for at, one in enumerate(example, 1))
    elif field.type == "choices":
        yield from ((field.id, one) for one in example)
    else:
        yield field.id, example


def write(page: Page, name: str, value: Any) -> None:
    """As a hand does: tap a mark, pick from a list, type the rest."""
    control = page.locator(f'[name="{name}"]').first
    kind = control.evaluate("one => one.type")
    if kind in ("radio", "checkbox"):
        page.locator(f'label:has([name="{name}"][value="{value}"])').click()
    elif kind == "select-one":
        control.select_option(str(value))
    else:
        control.fill(str(value))


def fill(page: Page, fields: list[Field]) -> dict[str, Any]:
    """Fill in the example of every field that shows, from top to bottom; what the sheet then holds."""
    answers = {}
    for field in fields:
        if not getattr(field, "example", None) and getattr(field, "example", None) != 0:
            continue
        for name, value in boxes(field):
            if page.locator(f'.field:has([name="{name}"])').first.is_visible():
                write(page, name, value)
                answers[field.id] = in_order(field)
    return answers


def in_order(field: Field) -> Any:
    """The example as the page gives it back: ticks in the order in which they stand."""
    if field.type != "choices":
        return field.example  # type: ignore[attr-defined]
    return [option.id for option in field.options if option.id in field.example]  # type: ignore[attr-defined]


def saved(page: Page) -> dict[str, Any]:
    return json.loads(save(page)[1])["answers"]


def printed(page: Page) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    return "".join("".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize("id_", sorted(real().worksheets))
def test_its_own_example_is_filled_in_kept_printed_saved_and_loaded_back(chromium, site, id_):
    fields = list(real().worksheets[id_].fields)
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = visit(context, site, id_)
    page.keyboard.press("Shift")
    answers = fill(page, fields)

    assert answers
    assert saved(page) == answers
    keep(page)
    page.reload()
    expect(page.locator(".tools").get_by_role("button", name="Kept")).to_be_visible()
    again = save(page)
    assert json.loads(again[1])["answers"] == answers
    paper = printed(page)
    texts = [one.example for one in fields if one.id in answers and one.type in ("text", "paragraph")]
    assert [text for text in texts if "".join(text.split()) not in paper] == []

    context.close()
    fresh = chromium.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    other = visit(fresh, site, id_)
    load(other, again[1], again[0])
    expect(other.locator(".said")).not_to_be_empty()
    assert saved(other) == answers
    fresh.close()
