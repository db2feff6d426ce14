"""Our worksheet beside the same one of others, in one browser and in turn; and what reading pages weigh."""

from __future__ import annotations

import gzip
import json
import statistics
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import peers
import pypdfium2
from browsing import AXE, Quiet, program, served
from figures import beside, ratio, row
from peers import OURS, PEERS, Peer
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# CPU throttle, and a slow 4G line as Chromium's own tools have it: ms, then bytes a second down and up.
LINES = {"1×": (1, None), "4×": (4, None), "4× and slow 4G": (4, (150, 200_000, 93_750))}
TEXTS = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")
LONG = "This is a long answer that a person might write about a hard week. " * 6
# Before any script of the page: notes when the control is drawn and the page has time for two more frames.
PROBE = """(() => {
  const told = window.told = { long: [], shift: 0 }
  const watch = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true })
  watch('longtask', ({ duration }) => told.long.push(duration))
  watch('layout-shift', (one) => { if (!one.hadRecentInput) told.shift += one.value })
  const there = () => document.querySelector(%s)?.getBoundingClientRect().height
  const done = () => { told.usable = performance.now() }
  const look = () => requestAnimationFrame(there() ? () => requestAnimationFrame(done) : look)
  look()
})()"""
# Types a word as soon as there is a box for it, and notes when the first result is drawn. It does so in the
# page: Playwright asks in steps that grow to half a second, and looks at every element each time.
TYPED = """(() => {
  window.told = {}
  const shown = (one) => one?.checkVisibility({ visibilityProperty: true }) ? one : null
  const type = () => {
    const box = shown(document.querySelector(%s))
    if (!box) return requestAnimationFrame(type)
    told.typed = performance.now()
    box.value = 'quiet'
    box.dispatchEvent(new Event('input', { bubbles: true }))
    requestAnimationFrame(look)
  }
  const look = () => requestAnimationFrame(shown(document.querySelector(%s)) ? done : look)
  const done = () => { told.found = performance.now() }
  requestAnimationFrame(type)
})()"""
COUNT = "document.querySelectorAll('*').length"
FIELDS = "input:visible, textarea:visible, select:visible"


class Packing(Quiet):
    """A server that packs texts, as every real one does."""

    def do_GET(self) -> None:  # noqa: N802 # its own name
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        if path.suffix in TEXTS:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def measure(folder: Path, runs: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    made = peers.write(folder)
    with served(made, Packing) as address, chromium() as browser:
        rows = []
        for line, (slower, net) in LINES.items():
            say(f"pages, {line}")
            rows += _timed(browser, address, runs, line, slower, net)
        say("pages: bytes, axe, paper, no script")
        return [*rows, *_looked_at(browser, address)]


def _timed(
    browser: Browser, address: str, runs: int, line: str, slower: int, net: tuple[int, int, int] | None
) -> list[dict[str, Any]]:
    usable: dict[Peer, list[float]] = {peer: [] for peer in PEERS}
    blocked: dict[Peer, list[float]] = {peer: [] for peer in PEERS}
    for turn in range(runs + 1):
        for peer in PEERS:
            told = _one(browser, address + peer.page, peer.control, slower, net)
            if turn:  # the first warms the browser
                usable[peer].append(told["usable"])
                blocked[peer].append(sum(max(0, one - 50) for one in told["long"]))
    rows = [_row(f"usable at {line}", usable, "ms")]
    return [*rows, _row(f"blocking time at {line}", blocked, "ms")] if slower > 1 else rows


def _row(what: str, found: dict[Peer, list[float]], unit: str) -> dict[str, Any]:
    """Ours, beside each other one."""
    others = {peer.name: values for peer, values in found.items() if peer is not OURS}
    return row(f"page: {what}", found[OURS], unit, beside(found[OURS], others, unit))


@contextmanager
def _page(browser: Browser, **settings: Any) -> Iterator[tuple[BrowserContext, Page]]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **settings)
    yield context, context.new_page()
    context.close()


def _one(
    browser: Browser, address: str, control: str, slower: int, net: tuple[int, int, int] | None
) -> dict[str, Any]:
    with _page(browser) as (context, page):
        client = context.new_cdp_session(page)
        client.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        if net:
            about = dict(zip(("latency", "downloadThroughput", "uploadThroughput"), net, strict=True))
            client.send("Network.enable")
            client.send("Network.emulateNetworkConditions", {"offline": False, **about})
        page.add_init_script(PROBE % json.dumps(control))
        page.goto(address, wait_until="commit", timeout=120_000)
        while not page.evaluate("window.told?.usable"):  # our policy lets no page wait for a text of script
            page.wait_for_timeout(20)
        page.wait_for_timeout(600)
        told: dict[str, Any] = page.evaluate("told")
        return told


def _looked_at(browser: Browser, address: str) -> list[dict[str, Any]]:
    found: dict[str, dict[Peer, list[float]]] = {}
    for peer in PEERS:
        for what, value in _facts(browser, address + peer.page, peer.control).items():
            found.setdefault(what, {})[peer] = [value]
    units = {"bytes, without fonts": "kB", "heap": "MB"}
    return [_row(what, values, units.get(what, "")) for what, values in found.items()]


def _facts(browser: Browser, address: str, control: str) -> dict[str, float]:
    with _page(browser, bypass_csp=True) as (context, page):
        loads: list[tuple[str, int]] = []
        page.on("response", lambda answer: loads.append((answer.url, _weight(answer))))
        page.goto(address, wait_until="load")
        page.wait_for_selector(control, timeout=120_000)
        page.wait_for_timeout(1500)
        client = context.new_cdp_session(page)
        client.send("HeapProfiler.collectGarbage")
        heap = client.send("Runtime.getHeapUsage")["usedSize"]
        page.add_script_tag(path=AXE)
        broken = page.evaluate(
            "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.length)"
        )
        facts = {
            "bytes, without fonts": sum(size for url, size in loads if ".woff2" not in url) / 1000,
            "requests": len(loads),
            "heap": heap / 1_048_576,
            "elements": page.evaluate(COUNT),
            "rules of axe that it breaks": broken,
            "long answers cut on paper": _cut(page),
        }
    with _page(browser, java_script_enabled=False) as (_, page):
        page.goto(address)
        return facts | {"controls without script": page.locator(FIELDS).count()}


def _weight(answer: Any) -> int:
    """What the body weighs when it is packed well, whatever the server does."""
    if answer.url.startswith(("data:", "blob:")):
        return 0
    body = answer.body()
    return len(gzip.compress(body, 9)) if Path(answer.url.partition("?")[0]).suffix != ".png" else len(body)


def _cut(page: Page) -> int:
    """How many of the page's long answers are not whole in what it prints."""
    areas = page.locator("textarea:visible")
    count = areas.count()
    for number in range(count):
        areas.nth(number).fill(f"BEGIN{number}X {LONG} MIDDLE{number}X {LONG} END{number}X")
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    with pypdfium2.PdfDocument(BytesIO(page.pdf(format="A4"))) as paper:
        words = "".join("".join(one.get_textpage().get_text_bounded().split()) for one in paper)
    marks = ("BEGIN", "MIDDLE", "END")
    return sum(not all(f"{mark}{number}X" in words for mark in marks) for number in range(count))


def reading(site: Path) -> list[dict[str, Any]]:
    """A first visit to a built site, then a second page."""
    with served(site, Packing) as address, chromium() as browser, _page(browser) as (_, page):
        seen: set[str] = set()
        rows = []
        page.add_init_script(PROBE % '"h1"')
        for what, uri in (
            ("first visit to a page", "smart/urges/"),
            ("a second page after it", "smart/thoughts/"),
        ):
            loads: dict[str, int] = {}
            page.on("response", lambda answer, loads=loads: loads.update({answer.url: _weight(answer)}))
            page.goto(address + uri, wait_until="load")
            page.wait_for_timeout(800)
            new = {url: size for url, size in loads.items() if url not in seen}
            seen |= new.keys()
            fonts = sum(size for url, size in new.items() if ".woff2" in url)
            searched = any("/search" in url for url in new)
            notes = f"of it fonts {fonts / 1000:.1f} kB; the search's index {'too' if searched else 'not'}"
            rows.append(row(f"reading: {what}", [sum(new.values()) / 1000], "kB", notes))
            rows.append(row(f"reading: layout shift, {what}", [page.evaluate("told.shift")], ""))
        return rows


def first_result(sites: Mapping[int, Path], runs: int) -> Iterator[dict[str, Any]]:
    """Shelf, search and packet builder at a quarter of the speed: from going there to the first result.

    `sites`: one of few sheets and one of many, by their number.
    """
    ways = {
        "shelf": ("worksheets/", "#find-words", ".fitting .card"),
        "search": ("search/", "#q", ".found-list li"),
        "packet builder": ("packets/", "#build input[type=search]", ".pick li:not([hidden])"),
    }
    few, many = sites
    with served(sites[few], Packing) as one, served(sites[many], Packing) as other, chromium() as browser:
        for name, (uri, control, result) in ways.items():
            found: dict[str, list[tuple[float, float]]] = {one: [], other: []}
            for turn in range(runs + 1):
                for address, times in found.items():
                    took = _first(browser, address + uri, control, result)
                    if turn:  # the first warms the browser
                        times.append(took)
            there, base = ([end for _, end in found[address]] for address in (other, one))
            since = statistics.median(end - typed for typed, end in found[other])
            said = f"of it {since:.0f} ms from typing; {ratio(there, base, f'{few} sheets')}"
            yield row(f"{name} of {many} sheets, first result at 4×", there, "ms", said)


def _first(browser: Browser, address: str, control: str, result: str) -> tuple[float, float]:
    """ms from going there until something is typed, as soon as it can be, and until the first result."""
    with _page(browser) as (context, page):
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.add_init_script(TYPED % (json.dumps(control), json.dumps(result)))
        page.goto(address, wait_until="commit")
        while not page.evaluate("window.told?.found"):
            page.wait_for_timeout(200)  # each question takes of the page's own time
        return float(page.evaluate("told.typed")), float(page.evaluate("told.found"))
