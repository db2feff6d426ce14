"""Some pages in WebKit, all their controls worked, behind a proxy that notes any word to the outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from browser.test_webkit import DRIVER, MINIBROWSER, pytestmark, screen
from browsing import served
from crawling import FEW, WATCH, WORK, Careful, outside
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

__all__ = ["pytestmark", "screen"]

BROKEN = (
    "window.broken = []; const told = console.error; console.error = (it) => { broken.push(it); told(it) };"
)
WORKED = (
    f"const done = arguments[0]; {BROKEN} {WATCH}; ({WORK})().then((count) => done([count, window.broken]))"
)


@pytest.fixture
def driven(screen: str) -> Iterator[tuple[webdriver.WebKitGTK, list[str]]]:
    """WebKit, and what it has asked of hosts that are not ours."""
    asked: list[str] = []
    with outside(asked) as proxy:
        options = Options()
        options.binary_location = str(MINIBROWSER)
        for one in ("--automation", f"--proxy={proxy}", "--ignore-host=127.0.0.1"):
            options.add_argument(one)
        driver = webdriver.WebKitGTK(options=options, service=Service(str(DRIVER)))
        driver.set_page_load_timeout(60)
        driver.set_script_timeout(60)
        yield driver, asked
        driver.quit()


def test_pages_ask_no_other_host_and_keep_to_their_policy_in_webkit(driven, site: Path) -> None:
    driver, asked = driven
    worked, broken = 0, []
    with served(site, Careful) as base:
        for address in (*FEW, "search/", "packets/", "compare/", "about/privacy/"):
            driver.get(base + address)
            count, told = driver.execute_async_script(WORKED)
            worked, broken = worked + count, broken + told
            driver.execute_script("onbeforeunload = null")
            with suppress(WebDriverException):  # it asks only where something is written
                driver.switch_to.alert.accept()
        assert driver.get_cookies() == []

    assert asked == []
    assert broken == []
    assert worked > 100


def test_the_watch_would_notice(driven) -> None:
    driver, asked = driven
    with suppress(WebDriverException):
        driver.get("http://example.org/")

    assert asked[0].startswith("GET http://example.org/ ")
