"""Browsers from the system, driven by Playwright, and a small server of the pages under test."""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from sheets import every

from workbook import outputs
from workbook.render import screen

WIDTHS = (320, 360, 768, 1280)
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: a test that fails says enough."""


class Server(ThreadingHTTPServer):
    request_queue_size = 64  # a browser asks for many files at once, and a busy machine keeps them waiting

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing when the visitor has gone: a test that ends leaves while files are on their way."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class InPieces(Quiet):
    """A slow line: a page comes a little at a time, so that it is drawn before it is whole."""

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
        if not str(getattr(source, "name", "")).endswith(".html"):
            super().copyfile(source, outputfile)
            return
        sizes = itertools.cycle((700, 4100, 1900, 5900, 300, 2700))
        with contextlib.suppress(OSError):  # the visitor has gone
            while piece := source.read(next(sizes)):
                outputfile.write(piece)
                outputfile.flush()
                time.sleep(0.03)


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """A folder's address, ending with a slash."""
    server = Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every worksheet's page with the assets it loads, as a folder."""
    folder = tmp_path_factory.mktemp("pages")
    for output in outputs.of_assets():
        place = folder / output.uri
        place.parent.mkdir(parents=True, exist_ok=True)
        content = output.content
        place.write_bytes(content.read_bytes() if isinstance(content, Path) else content)
    for id_, library in every():
        place = folder / "worksheets" / id_ / "index.html"
        place.parent.mkdir(parents=True)
        place.write_text(screen.page(library.worksheets[id_], library, {}), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def address(pages: Path) -> Iterator[str]:
    """Where the pages are served, ending with a slash."""
    with served(pages) as place:
        yield place


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox"])
    yield browser
    browser.close()


# The driver lets pages on a disk read files beside them.
AS_VISITORS_HAVE_IT: dict[str, str | float | bool] = {"security.fileuri.strict_origin_policy": True}


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """The system's Firefox. Playwright 1.65 cannot drive it; see pyproject.toml."""
    browser = playwright.firefox.launch(
        channel="moz-firefox", executable_path=program("firefox-esr"), firefox_user_prefs=AS_VISITORS_HAVE_IT
    )
    yield browser
    browser.close()


@pytest.fixture(params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Browser:
    """Each engine in turn."""
    return request.getfixturevalue(request.param)


@contextmanager
def opened(
    browser: Browser, url: str = "", width: int = 1280, script: bool = False, **settings: Any
) -> Iterator[Page]:
    """A page of its own, by default without script: what the form is by itself."""
    size = {"width": width, "height": 800}
    context = browser.new_context(viewport=size, java_script_enabled=script, bypass_csp=True, **settings)
    if not script:  # Playwright's Firefox runs modules all the same
        context.route("**/*.js", lambda route: route.abort())
    page = context.new_page()
    if url:
        page.goto(url)
    yield page
    context.close()


def program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is not installed; try: sudo apt-get install {name}"
    return found


def axe(page: Page, *rules: str, also: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds by all its rules or by those named, a line for each fault.

    `also`: rules that it leaves out by itself.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # To say where each thing that passed stands takes axe most of its time.
    options: dict[str, Any] = {
        "resultTypes": ["violations"],
        "rules": {one: {"enabled": True} for one in also},
    }
    if rules:
        options["runOnly"] = list(rules)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def words(pdf: bytes) -> str:
    """All the words of a PDF, without spaces, since lines break anywhere."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    return re.sub(r"[\s\ufffe]+", "", text)
