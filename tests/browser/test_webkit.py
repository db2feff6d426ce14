"""The core journeys in WebKit: open, fill, keep, reload, print whole, erase."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from urllib3.exceptions import ReadTimeoutError

DRIVER = shutil.which("WebKitWebDriver")
MINIBROWSER = next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), None)
PATIENCE = 90  # seconds that an answer may take; no page here has a right to more than 60
LONG = "\n".join(f"Line {number} of a long answer" for number in range(1, 41))

SILENT = f"""#!{sys.executable}
import http.server, sys, threading

class Silent(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # whether it is there
        self.send_response(200 if self.path == '/status' else 404)
        self.end_headers()
        self.wfile.write(b'{{"value": {{"ready": true}}}}')

    def do_POST(self):
        threading.Event().wait()

http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[2])), Silent).serve_forever()
"""

pytestmark = [
    # where make test installs it, its absence is a failure
    pytest.mark.skipif(not Path("/etc/debian_version").exists(), reason="WebKitGTK comes with Debian"),
    pytest.mark.xdist_group("webkit"),  # one screen
]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A screen of its own, at the first number that is free: WebKitGTK waits for ever without one."""
    tell, told = os.pipe()
    shown = subprocess.Popen(
        ["Xvfb", "-displayfd", str(told), "-screen", "0", "1280x1024x24"],
        pass_fds=[told],
        stderr=subprocess.DEVNULL,
    )
    os.close(told)
    with os.fdopen(tell) as number:
        os.environ["DISPLAY"] = f":{number.readline().strip()}"
    yield os.environ["DISPLAY"]
    shown.terminate()
    shown.wait(20)


def started(options: Options, driver: str | None = DRIVER) -> webdriver.WebKitGTK:
    """A browser that is given up on when it is silent: Selenium waits for ever for one that has died."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(PATIENCE)  # taken over by the driver's client, which can be told in no other way
    try:
        return webdriver.WebKitGTK(options=options, service=Service(str(driver)))
    finally:
        socket.setdefaulttimeout(before)


@pytest.fixture
def webkit(screen: str, address: str) -> Iterator[webdriver.WebKitGTK]:
    options = Options()
    options.binary_location = str(MINIBROWSER)
    options.add_argument("--automation")
    driver = started(options)
    driver.set_page_load_timeout(60)
    driver.get(f"{address}worksheets/change-plan/")
    yield driver
    driver.quit()


def until(driver: webdriver.WebKitGTK, script: str) -> object:
    return WebDriverWait(driver, 20).until(lambda browser: browser.execute_script(f"return {script}"))


def field(driver: webdriver.WebKitGTK, name: str) -> WebElement:
    return driver.find_element(By.NAME, name)


def write(driver: webdriver.WebKitGTK, name: str, words: str) -> None:
    """As a person does who looks at what came of it: on a busy machine the driver at times loses a key."""

    def written(driver: webdriver.WebKitGTK) -> bool:
        box = field(driver, name)
        # The driver does not go to what lies below the screen.
        driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", box)
        box.clear()
        box.send_keys(words)
        return box.get_property("value") == words

    WebDriverWait(driver, 20, ignored_exceptions=[WebDriverException]).until(written)


def press(driver: webdriver.WebKitGTK, name: str, inside: str = "body") -> None:
    """The button that shows these words."""
    buttons = f"[...document.querySelectorAll('{inside} button')]"
    # The bar is in the page from the start, unseen until the script answers it.
    seen = "one.offsetParent && getComputedStyle(one).visibility === 'visible'"
    found = f"{buttons}.find((one) => one.textContent.trim() === '{name}' && {seen})"
    until(driver, f"!!{found}")
    driver.execute_script(f"{found}.click()")


def keep(driver: webdriver.WebKitGTK) -> None:
    press(driver, "Keep", ".tools")
    press(driver, "Keep", "dialog[open]")
    until(
        driver,
        "[...document.querySelectorAll('.tools button')].some((one) => one.textContent.trim() === 'Kept')",
    )
    until(driver, "!document.querySelector('dialog[open]')")


def test_a_sheet_is_filled_kept_and_there_after_a_reload_until_erased(webkit):
    write(webkit, "change", "No drinks on weekdays")
    keep(webkit)
    write(webkit, "why", "I sleep better")
    time.sleep(1.2)  # what was typed is kept within a second

    webkit.refresh()
    until(webkit, "document.forms[0]?.elements.change.value === 'No drinks on weekdays'")
    assert field(webkit, "why").get_property("value") == "I sleep better"

    press(webkit, "Erase", ".tools")
    press(webkit, "Erase everything on this device", "dialog[open]")
    until(webkit, "document.body.textContent.includes('Nothing of yours is left on this device')")
    webkit.refresh()
    until(webkit, "document.documentElement.matches('.js')")
    assert field(webkit, "change").get_property("value") == ""


def test_a_long_answer_is_shown_whole(webkit):
    """WebKitGTK lacks field-sizing, so the script gives the box the height that screen and print need."""
    set_ = "const box = document.forms[0].elements.why; box.focus(); box.value = arguments[0];"
    webkit.execute_script(set_ + "box.dispatchEvent(new Event('input', { bubbles: true }))", LONG)

    until(webkit, "document.forms[0].elements.why.clientHeight > 40 * 16")
    cut = "return document.forms[0].elements.why.scrollHeight - document.forms[0].elements.why.clientHeight"
    assert webkit.execute_script(cut) <= 2


def test_nothing_is_kept_unless_asked(webkit):
    write(webkit, "change", "Gone when the page is closed")

    webkit.execute_script("onbeforeunload = null")
    webkit.get("about:blank")
    webkit.back()
    until(webkit, "document.readyState === 'complete'")
    assert webkit.execute_script("return Object.keys(localStorage).length") == 0


def test_a_browser_that_never_answers_is_given_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = tmp_path / "driver"
    silent.write_text(SILENT, encoding="utf-8")
    silent.chmod(0o755)
    monkeypatch.setattr(sys.modules[__name__], "PATIENCE", 1)

    with pytest.raises(ReadTimeoutError):
        started(Options(), str(silent))
