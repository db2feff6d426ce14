"""Some pages in WebKit, all their controls worked, behind a proxy that notes any word to the outside."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from browser.test_webkit import MINIBROWSER, keep, press, pytestmark, screen, started, until, write
from browsing import served
from crawling import ASK, FEW, PRESSED, WATCH, WORK, Careful, outside, the_rest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options

__all__ = ["pytestmark", "screen"]

BROKEN = (
    "window.broken = []; const told = console.error; console.error = (it) => { broken.push(it); told(it) };"
)
WORKED = f"""const done = arguments[0]; {BROKEN} {WATCH};
({ASK})().then(async (pressed) => done([pressed, await ({WORK})(), window.broken]))"""


@pytest.fixture
def driven(screen: str) -> Iterator[tuple[webdriver.WebKitGTK, list[str]]]:
    """WebKit, and what it has asked of hosts that are not ours."""
    asked: list[str] = []
    with outside(asked) as proxy:
        options = Options()
        options.binary_location = str(MINIBROWSER)
        for one in ("--automation", f"--proxy={proxy}", "--ignore-host=127.0.0.1"):
            options.add_argument(one)
        driver = started(options)
        driver.set_page_load_timeout(60)
        driver.set_script_timeout(60)
        yield driver, asked
        driver.quit()


def test_pages_ask_no_other_host_and_keep_to_their_policy_in_webkit(driven, site: Path) -> None:
    driver, asked = driven
    worked, broken, all_ = 0, [], set[str]()
    with served(site, Careful) as base:
        for address in FEW:
            driver.get("about:blank")  # else another place on the same page is no new page
            driver.get(base + address)
            pressed, count, told = driver.execute_async_script(WORKED)
            worked, broken = worked + count, broken + told
            all_.update(pressed)
            driver.execute_script("onbeforeunload = null")
            with suppress(WebDriverException):  # it asks only where something is written
                driver.switch_to.alert.accept()
        assert driver.get_cookies() == []

    assert asked == []
    assert broken == []
    assert worked > 300
    assert all_ >= PRESSED


def test_the_other_pages_are_opened_in_webkit_and_ask_no_one(driven, site: Path) -> None:
    """Without their controls: those of each kind are worked in the test before."""
    driver, asked = driven
    with served(site, Careful) as base:
        for address in the_rest(site):
            driver.get(base + address)
            assert driver.execute_script("return document.querySelector('h1') !== null"), address
        assert driver.get_cookies() == []

    assert asked == []


STATUS = "document.querySelector('.keeping [role=status]')?.textContent ?? ''"
LEFT = """const done = arguments[0]
navigator.serviceWorker.getRegistrations().then(async (all) => done([all.length, await caches.keys()]))"""


def test_the_handbook_is_kept_works_with_its_server_dead_and_goes_when_erased_in_webkit(driven, site) -> None:
    driver, asked = driven
    with served(site, Careful) as base:
        driver.get(f"{base}about/offline/")
        press(driver, "Keep this handbook on this device")
        WebDriverWait(driver, 120).until(
            lambda one: "is on this device" in one.execute_script(f"return {STATUS}")
        )
    for address, heading in (
        ("worksheets/change-plan/", "My change plan"),
        ("smart/urges/", "urges"),
        ("nowhere/at/all/", "We cannot find that page"),
    ):
        driver.get(base + address)
        assert heading in until(driver, "document.querySelector('h1')?.textContent")
    driver.get(f"{base}search/#q=urge%20log")
    until(driver, "!!document.querySelector(\".found-list a[href*='/worksheets/urge-log/']\")")
    driver.get(f"{base}about/privacy/")
    press(driver, "Erase everything on this device")
    press(driver, "Erase", "dialog[open]")
    until(driver, "document.body.textContent.includes('Nothing of yours is left on this device')")
    assert driver.execute_async_script(LEFT) == [0, []]
    assert asked == []


def test_a_copy_is_read_searched_and_filled_in_from_a_disk_in_webkit(driven, site, tmp_path) -> None:
    driver, asked = driven
    zipfile.ZipFile(site / "handbook.zip").extractall(tmp_path)
    copy = (tmp_path / "handbook").as_uri()
    driver.get(f"{copy}/index.html")
    until(driver, "document.querySelector('.tool.script')?.offsetParent || document.querySelector('.menu')")
    driver.get(f"{copy}/search/index.html#q=urge%20log")
    until(driver, "!!document.querySelector(\".found-list a[href*='/worksheets/urge-log/']\")")
    driver.get(f"{copy}/worksheets/change-plan/index.html")
    until(driver, "document.documentElement.matches('.js')")
    write(driver, "change", "Fewer drinks")
    keep(driver)
    driver.refresh()
    until(driver, "document.forms[0]?.elements.change.value === 'Fewer drinks'")
    assert asked == []


def test_the_watch_would_notice(driven) -> None:
    driver, asked = driven
    with suppress(WebDriverException):
        driver.get("http://example.org/")

    assert asked[0].startswith("GET http://example.org/ ")
