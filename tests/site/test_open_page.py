"""A page stays open while the site is published anew: its parts are gone, and nothing that was written."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from browser.hands import answer, context, keep, press, until_kept
from browsing import Quiet, served
from playwright.sync_api import BrowserContext, Page, expect

from workbook import naming

__all__ = ["context"]

SHEET = "worksheets/change-plan"
GONE = "A newer version of this page may be out."
LONG_AGO = 1_700_000_000  # in 2023
HASH = re.compile(r"(?<=[./])[0-9a-f]{10}(?=\.(?:js|css)\b)")


class Site:
    """The sheet, an early reading page, the packets, and all assets; to be published anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def publish_anew(self) -> None:
        """Every script and style has another name, and the old ones are gone."""
        for path in [path for path in self.folder.rglob("*") if path.suffix in (".html", ".js", ".css")]:
            text = HASH.sub(lambda found: found[0][::-1], path.read_text(encoding="utf-8"))
            path.unlink()
            new = self.folder / HASH.sub(
                lambda found: found[0][::-1], path.relative_to(self.folder).as_posix()
            )
            new.write_text(text, encoding="utf-8")


@pytest.fixture
def published(site: Path, tmp_path: Path) -> Site:
    for part in ("assets", SHEET, "packets", "smart/urges"):
        packed = shutil.ignore_patterns("*.br", "*.gz", "cards")
        shutil.copytree(site / part, tmp_path / part, ignore=packed)
    assert len(list((tmp_path / naming.LISTS).glob("*.js"))) == 1
    # From a host that says nothing of caches, browsers keep what is old for long.
    for path in tmp_path.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return Site(tmp_path)


@pytest.fixture
def base(published: Site) -> Iterator[str]:
    with served(published.folder) as address:
        yield address


def open_(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def begun(context: BrowserContext, base: str) -> Page:
    """A sheet on which someone has begun to write. What comes in the background has come."""
    page = open_(context, f"{base}{SHEET}/")
    with page.expect_response(re.compile(r"/renew\.")):
        page.locator("#change").press_sequentially("Fewer drinks")
    page.wait_for_load_state("networkidle")
    return page


def filled(page: Page) -> None:
    """Ask for a part that is loaded only then."""
    press(page, "More")
    page.get_by_role("dialog").get_by_role("button", name="Filled PDF, A4", exact=True).click()


def test_what_was_written_goes_to_the_newer_page_and_its_parts_work_there(context, base, published):
    page = begun(context, base)
    published.publish_anew()
    filled(page)
    expect(page.locator(".notice")).to_contain_text(GONE)
    assert page.locator("#change").input_value() == "Fewer drinks"
    with context.expect_page() as opened:
        page.get_by_role("button", name="Open it anew with what I wrote").click()
    newer = opened.value
    expect(newer.locator("#change")).to_have_value("Fewer drinks")
    expect(page.locator(".notice")).to_contain_text("What you wrote is in the page that has just opened.")
    filled(newer)

    expect(newer.locator(".said")).to_contain_text("Saved as change-plan-filled.pdf.")
    assert newer.evaluate("indexedDB.databases()") == []
    assert newer.evaluate("[sessionStorage.length, localStorage.length, name]") == [0, 0, ""]


class Hesitant(Quiet):
    """A slow line: a page begins, and the rest of it is long in coming."""

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
        if str(getattr(source, "name", "")).endswith(".html"):
            outputfile.write(source.read(5))
            outputfile.flush()
            time.sleep(0.7)
        super().copyfile(source, outputfile)


# What Firefox shows other windows for a moment, now and then: a document in which nothing is yet.
EMPTY = """{
  const { get } = Object.getOwnPropertyDescriptor(Document.prototype, 'documentElement')
  const root = { get() { return this.readyState === 'loading' ? null : get.call(this) } }
  Object.defineProperty(Document.prototype, 'documentElement', root)
}"""


def test_what_was_written_waits_for_a_newer_page_that_has_only_begun_to_come(context, published):
    with served(published.folder, Hesitant) as base:
        page = begun(context, base)
        published.publish_anew()
        filled(page)
        context.add_init_script(EMPTY)
        with context.expect_page() as opened:
            page.get_by_role("button", name="Open it anew with what I wrote").click()

        expect(opened.value.locator("#change")).to_have_value("Fewer drinks")


def test_what_did_not_arrive_on_the_newer_page_is_not_said_to_have(context, base, published):
    page = begun(context, base)
    published.publish_anew()
    filled(page)
    expect(page.locator(".notice")).to_contain_text(GONE)
    context.route(re.compile(r"/(file|renew)\."), lambda route: route.abort())
    page.get_by_role("button", name="Open it anew with what I wrote").click()

    expect(page.locator(".notice")).to_contain_text("That did not work. Press Save file")
    assert page.locator("#change").input_value() == "Fewer drinks"


def test_what_is_kept_is_there_when_the_page_is_loaded_again(context, base, published):
    page = begun(context, base)
    keep(page)
    until_kept(page, "Fewer drinks")
    published.publish_anew()
    filled(page)
    expect(page.locator(".notice")).to_contain_text(GONE)
    page.get_by_role("button", name="Load it again").click()

    expect(page.locator("#change")).to_have_value("Fewer drinks")
    filled(page)
    expect(page.locator(".said")).to_contain_text("Saved as change-plan-filled.pdf.")


def test_a_sheet_whose_parts_are_gone_says_so_before_one_writes(context, base, published):
    page = open_(context, f"{base}{SHEET}/")
    expect(page.locator(".tools")).to_be_visible()
    published.publish_anew()
    page.locator("#change").press_sequentially("F")
    expect(page.locator(".said")).to_contain_text("load it again before you write.")
    press(page, "Keep")
    expect(page.locator(".said")).to_contain_text("That part of the page did not arrive.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    keep(page)


def test_without_a_connection_it_says_that_instead(context, base):
    page = begun(context, base)
    context.set_offline(True)
    press(page, "More")
    answer(page, "For a health record (FHIR)")

    expect(page.locator(".said")).to_contain_text("If you are offline, try again later.")
    expect(page.locator(".notice")).to_have_count(0)


def test_a_window_that_does_not_open_is_said_with_another_way(context, base, published):
    page = begun(context, base)
    page.evaluate("window.open = () => null")
    published.publish_anew()
    filled(page)
    page.get_by_role("button", name="Open it anew with what I wrote").click()

    expect(page.locator(".notice")).to_contain_text("Press Save file, load this page again")
    press(page, "Save file")
    expect(page.get_by_role("dialog", name="Save to a file")).to_be_visible()
    assert page.locator("#change").input_value() == "Fewer drinks"


def test_a_reading_page_loads_itself_again_for_what_is_gone(context, base, published):
    page = open_(context, f"{base}smart/urges/")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_load_state("networkidle")
    published.publish_anew()
    display = page.locator("[data-display]").filter(visible=True).first
    with page.expect_navigation():
        display.click()
    display.click()

    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_builder_says_so_and_its_address_holds_the_choice(context, base, published):
    page = open_(context, f"{base}packets/#w=change-plan&change")
    button = page.get_by_role("button", name="Show a QR code")
    expect(button).to_be_visible()
    published.publish_anew()
    button.click()
    expect(page.get_by_text("what you chose is in its address")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Show a QR code").click()

    expect(page.locator("svg.qr")).to_be_visible()
