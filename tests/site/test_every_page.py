"""Every page of the site as it is served: axe finds nothing, nothing moves while it comes, all of it fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import axe, opened, served
from playwright.sync_api import Browser, Page

PARTS = 4  # so that the workers share them
# Contrast as WCAG has it at its highest level, which axe leaves out by itself.
CONTRAST = ("color-contrast-enhanced",)
MOVED = """() => new Promise((done) => {
    let sum = 0
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) sum += one.hadRecentInput ? 0 : one.value
    }).observe({ type: 'layout-shift', buffered: true })
    requestAnimationFrame(() => setTimeout(() => done(sum), 60))
})"""
LEADS_ON = 'http-equiv="refresh"'  # of an old address
SEEN = 0.0005  # of layout shift: less is none as it is told, to three places
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_nothing_moves_and_all_of_it_fits(
    chromium: Browser, site: Path, address: str, part: int
) -> None:
    there = [path for path in sorted(site.rglob("index.html")) if LEADS_ON not in path.read_text("utf-8")]
    folders = [path.parent.relative_to(site).as_posix() for path in there]
    pages = [f"{address}{folder}/".replace("/./", "/") for folder in folders]
    found: list[str] = []
    assert len(pages) > 100
    for page_address in pages[part::PARTS]:
        with opened(chromium, page_address, 360, script=True) as page:
            # Sheets are asked about light and dark, with all that folds open, in tests/browser/test_page.py.
            is_sheet = "/worksheets/" in page_address and not page_address.endswith("/worksheets/")
            found += [f"{page_address}: {one}" for one in faults(page, ask=not is_sheet)]

    assert found == []


def faults(page: Page, *, ask: bool) -> Iterator[str]:
    if (moved := page.evaluate(MOVED)) > SEEN:
        yield f"moves by {moved}"
    if ask:
        yield from axe(page, also=CONTRAST)
    for width in (320, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        if (over := page.evaluate(WIDE)) > 0:
            yield f"{over} px too wide at {width}"
