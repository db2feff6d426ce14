"""A worksheet's page with its script, as a person meets it on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

WIDE = {"width": 1280, "height": 800}  # a table shows all its rows; a phone shows one blank card
PATIENT = 30_000  # a busy machine is no fault of the page
PAUSE = 4000  # longer than the script waits before it tells a screen reader
Open = Callable[..., Page]


@pytest.fixture
def sheet(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a worksheet by id; whatever goes wrong in its script fails the test."""
    yield from _opening(browser, address)


@pytest.fixture
def sheet_in_chromium(chromium: Browser, address: str) -> Iterator[Open]:
    """The same in one engine, for what is no engine's own and takes long."""
    yield from _opening(chromium, address)


def _opening(browser: Browser, address: str) -> Iterator[Open]:
    contexts, errors = [], []

    def start(id_: str, ready: str = "", **settings) -> Page:
        context = browser.new_context(**{"viewport": {"width": 360, "height": 740}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}worksheets/{id_}/")
        expect(page.locator("html.js")).to_be_attached()
        with page.expect_request_finished(lambda one: one.url.endswith("parts.css"), timeout=PATIENT):
            page.keyboard.press("Shift")  # the first sign of a person, upon which the parts are loaded
        if ready:
            expect(page.locator(ready).first).to_be_attached()
        return page

    yield start
    assert errors == [], errors
    for context in contexts:
        context.close()


def control(page: Page, name: str) -> Locator:
    return page.locator(f'[name="{name}"]')


def value(page: Page, name: str) -> str:
    return control(page, name).input_value()


def mark(page: Page, name: str, option: str) -> None:
    """Choose one of a group by keyboard or mouse alike."""
    page.locator(f'[name="{name}"][value="{option}"]').check(force=True)


def focused(page: Page) -> str:
    """The id or the words of what has the focus."""
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def told(page: Page) -> Locator:
    """The one live region."""
    return page.locator("body > p[role=status]")
