"""What a person does on a worksheet's page, for tests that do it."""

from __future__ import annotations

import contextlib
import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from sheets import ROOT, real

from workbook import kept, outputs

PLAN, LOG, WHEEL = "change-plan", "urge-log", "balance-wheel"
PATIENT = 20_000  # a machine may be busy

expect.set_options(timeout=PATIENT)


@pytest.fixture(scope="session")
def site(pages: Path, address: str) -> str:
    """The address of the pages, with the files that lie beside each real one."""
    folder = ROOT / ".cache"
    (written := kept.documents(real(), folder / "texts")).wait()
    drawn = {
        **kept.papers(real(), folder / "papers"),
        **kept.texts(real(), folder / "texts"),
        **written.places,
    }
    for sheet in real().worksheets.values():
        for output in outputs.of_worksheet(sheet, drawn):
            (pages / output.uri).write_bytes(output.read())
    return address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A small screen. Whatever a test does on it keeps to the policy of the page."""
    made = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    told: list[str] = []
    made.on("console", lambda message: told.append(message.text))
    yield made
    made.close()
    assert [text for text in told if "content security policy" in text.lower().replace("-", " ")] == []


@pytest.fixture
def plan(context: BrowserContext, site: str) -> Page:
    """My change plan, open and ready."""
    return visit(context, site, PLAN)


def visit(context: BrowserContext, site: str, sheet: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENT)
    page.goto(f"{site}worksheets/{sheet}/")
    expect(page.locator(".tools")).to_be_visible()
    return page


def press(page: Page, name: str) -> None:
    """A button of the bar."""
    page.locator(".tools").get_by_role("button", name=name, exact=True).click()


def answer(page: Page, name: str) -> None:
    """A button of the dialog that is open."""
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def keep(page: Page, long: str = "7 days", passphrase: str = "") -> None:
    press(page, "Keep")
    page.get_by_role("dialog").get_by_text(long, exact=True).click()
    if passphrase:
        page.get_by_text("Lock it with a passphrase").click()
        page.get_by_label("Passphrase").fill(passphrase)
    answer(page, "Keep")
    expect(page.locator(".tools").get_by_role("button", name="Kept")).to_be_visible(timeout=20_000)


def unlock(page: Page, passphrase: str) -> None:
    page.get_by_label("Passphrase").fill(passphrase)
    answer(page, "Open")


def said(page: Page) -> str:
    return page.locator(".said").inner_text()


def downloaded(page: Page, act: Callable[[], None]) -> tuple[str, bytes]:
    """The name and bytes of the file that `act` makes, caught where it is made."""
    page.evaluate(CATCH)
    act()
    name, content = page.evaluate("window.made")
    return name, b64decode(content)


CATCH = """() => {
    const blobs = new Map()
    const make = URL.createObjectURL.bind(URL)
    URL.createObjectURL = (blob) => {
        const url = make(blob)
        blobs.set(url, blob)
        return url
    }
    window.made = new Promise((resolve) => {
        HTMLAnchorElement.prototype.click = async function () {
            const bytes = new Uint8Array(await blobs.get(this.href).arrayBuffer())
            resolve([this.download, btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(''))])
        }
    })
}"""

# Looks without making a database. `record` and `store` are what the script that follows may use.
OPEN = """async (sheet) => {
    const known = await indexedDB.databases()
    if (!known.some((one) => one.name === 'points-and-steps/')) return null
    const base = await new Promise((resolve, reject) => {
        const request = indexedDB.open('points-and-steps/')
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
    })
    const to = base.transaction(['sheets', 'set-aside'], 'readwrite')
    const found = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result) })
    const store = to.objectStore('sheets')
    const record = (await found(store.get(sheet))) ?? null
    const aside = await found(to.objectStore('set-aside').getAll())
    const answer = ANSWER
    base.close()
    return answer
}"""


def record(page: Page, sheet: str = PLAN) -> Any:
    """What the device holds of a sheet."""
    return page.evaluate(OPEN.replace("ANSWER", "record"), sheet)


def set_aside(page: Page) -> list[Any]:
    """What the device holds of what it could not read."""
    return page.evaluate(OPEN.replace("ANSWER", "aside"), PLAN)


def change_record(page: Page, change: str, sheet: str = PLAN) -> None:
    """Put `change`, which is JavaScript and may use `record`, in its place: a fault, or another version."""
    page.evaluate(OPEN.replace("ANSWER", f"(store.put({change}, sheet), null)"), sheet)


def until_kept(page: Page, value: str, sheet: str = PLAN) -> None:
    """Wait until the device holds `value` somewhere in the sheet's record."""
    wait(page, lambda: value in json.dumps(record(page, sheet), ensure_ascii=False))


def databases(page: Page) -> list[str]:
    return page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")


def wait(page: Page, holds: Callable[[], Any]) -> None:
    """Wait until something holds that only the device knows."""
    for _ in range(PATIENT // 100):
        with contextlib.suppress(Error):  # the page may be on its way elsewhere
            if holds():
                return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come about")
