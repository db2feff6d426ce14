"""The handbook kept on a device: asked for, whole without its server, brought up to date, and gone again."""

from __future__ import annotations

import json
import re
import shutil
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from browser.hands import keep
from browsing import Quiet, Server
from playwright.sync_api import Browser, BrowserContext, Page, expect

from workbook import naming, offline
from workbook.published import Published

KEEP, OFF, WHAT_IS_TICKED = (
    "Keep this handbook on this device",
    "Take it off this device",
    "Keep what is ticked",
)
ARRIVED = re.compile(r"([\d.]+) MB of ([\d.]+) MB has arrived")
PATIENT = 60_000
PACKET = "packets/urges"
SHEET = "worksheets/change-plan/"
HEARD = """(where) => {
    window.heard = []
    const line = document.querySelector(where)
    new MutationObserver(() => window.heard.push(line.textContent))
        .observe(line, { childList: true, characterData: true, subtree: true })
}"""
GONE = "Erased. Nothing of yours is left on this device: no kept sheets, no settings, no stored pages."


class Host:
    """The site's server, to be stopped, changed and started again at its address. `asked` is what it was."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[str]()
        self.drops: int | None = None  # after so many answers it gives none
        self.pause = 0.0  # seconds before each answer
        self.server: ThreadingHTTPServer | None = None
        self.port = 0
        self.start()

    def start(self) -> None:
        self.server = Server(("127.0.0.1", self.port), partial(Answering, self, directory=str(self.folder)))
        self.port = self.server.server_port
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def change(self, address: str, words: str, instead: str) -> None:
        """A new version, as a build would make it."""
        place = self.folder / address / "index.html"
        text = place.read_text(encoding="utf-8")
        assert words in text
        place.write_text(text.replace(words, instead), encoding="utf-8")
        self.list_anew()

    def change_part(self, name: str) -> set[str]:
        """A new version of a module that is imported later, as a build makes it. What has other bytes."""
        (parts,) = (self.folder / naming.LISTS).glob("*.js")
        (old,) = (self.folder / naming.FOLDER / "workbook" / "js").glob(f"{name}.*.js")
        new = old.with_name(f"{name}.0123456789.js")
        new.write_bytes(old.read_bytes() + b"\n")
        old.unlink()
        text = parts.read_text(encoding="utf-8")
        assert old.name in text
        parts.write_text(text.replace(old.name, new.name), encoding="utf-8")
        self.list_anew()
        return {path.relative_to(self.folder).as_posix() for path in (new, parts)}

    def list_anew(self) -> None:
        for name in (offline.GROUPS, offline.WORKER):
            (self.folder / name).unlink()
        for uri, content in offline.made(Published(self.folder), {}):
            (self.folder / uri).write_bytes(content)


class Answering(Quiet):
    def __init__(self, host: Host, *args: Any, **settings: Any) -> None:
        self.host = host
        super().__init__(*args, **settings)

    def do_GET(self) -> None:  # noqa: N802  the library's name
        self.host.asked.append(self.path.removeprefix("/"))
        time.sleep(self.host.pause)
        if self.host.drops is not None and len(self.host.asked) > self.host.drops:
            self.close_connection = True
            return
        super().do_GET()


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    folder = tmp_path / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("*.br", "*.gz", "cards"))
    host = Host(folder)
    yield host
    host.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 360, "height": 740})
    made.set_default_timeout(PATIENT)
    yield made
    made.close()


def choosing(context: BrowserContext, host: Host, copy: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{host.home}{copy}{offline.PAGE}")
    expect(page.get_by_role("button", name=KEEP)).to_be_visible(timeout=PATIENT)
    return page


def told(page: Page) -> Any:
    return expect(page.locator(".keeping [role=status]"))


def kept(page: Page) -> None:
    told(page).to_contain_text("is on this device", timeout=PATIENT)


def load_the_newer(page: Page) -> None:
    """Presses the button and waits for the whole page: what still loads is in the way of the next step."""
    with page.expect_navigation():
        page.get_by_role("button", name="Load it now").click()


def left(page: Page) -> list[Any]:
    """Workers, caches and databases of the site."""
    return page.evaluate(
        """async () => [
            ...(await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
            ...await caches.keys(),
            ...(await indexedDB.databases()).map((one) => one.name)]"""
    )


def papers(page: Page) -> list[str]:
    """The PDFs that are kept."""
    keys = "caches.open('handbook/').then((one) => one.keys())"
    return page.evaluate(
        f"{keys}.then((all) => all.map(({{ url }}) => url).filter((url) => url.includes('.pdf')))"
    )


def bytes_of(page: Page, address: str) -> list[Any]:
    """The status, the kind and the first letters of what is answered."""
    return page.evaluate(
        """async (address) => {
            const answer = await fetch(address)
            return [answer.status, answer.headers.get('content-type'), (await answer.text()).slice(0, 5)]
        }""",
        address,
    )


def test_nothing_is_installed_or_fetched_before_one_asks(context, host):
    page = choosing(context, host)
    page.goto(f"{host.home}worksheets/urge-log/")
    page.goto(host.home)

    assert left(page) == []
    assert not {"sw.js", "manifest.webmanifest"} & set(host.asked)


def test_the_handbook_works_with_its_server_dead_and_goes_when_erased(context, host):
    page = choosing(context, host)
    told(page).to_have_text("This handbook is not on this device.")
    page.get_by_text("PDFs to print, and more").click()
    page.locator(f"[value='{PACKET}']").check()
    page.get_by_role("button", name=KEEP).click()
    kept(page)
    host.stop()

    page.goto(host.home)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Search").first.click()
    page.get_by_role("searchbox").press_sequentially("urge log")
    expect(page.locator(".found-list a[href*='/worksheets/urge-log/']").first).to_be_visible()
    page.locator(".found-list a[href*='/worksheets/change-plan/'], .found-list a").first.click()

    page.goto(f"{host.home}worksheets/change-plan/index.html")
    page.locator("#change").fill("Fewer drinks")
    page.locator(".tools").get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator(".tools").get_by_role("button", name="Kept")).to_be_visible()
    page.reload()
    expect(page.locator("#change")).to_have_value("Fewer drinks")

    assert bytes_of(page, f"/{PACKET}/urges-a4.pdf")[2] == "%PDF-"
    for odd in ("nowhere/at/all/", "100%/", "%zz", "%ff", "constructor", "__proto__"):
        assert page.goto(f"{host.home}{odd}").status == 404
        expect(page.get_by_role("heading", name="We cannot find that page")).to_be_visible()
    page.goto(f"{host.home}worksheets/urge-log")
    expect(page).to_have_url(f"{host.home}worksheets/urge-log/")
    with pytest.raises(Exception, match="fetch"):
        bytes_of(page, "/worksheets/urge-log/urge-log-a4.pdf")
    page.goto(f"{host.home}worksheets/urge-log/urge-log-a4.pdf")
    told(page).to_contain_text("that file is not kept on this device")

    page.goto(f"{host.home}about/privacy/")
    page.get_by_role("button", name="Erase everything on this device").click()
    page.get_by_role("dialog").get_by_role("button", name="Erase", exact=True).click()
    expect(page.get_by_text(GONE)).to_be_visible()
    assert left(page) == []
    host.start()
    page.goto(f"{host.home}{offline.PAGE}")
    told(page).to_have_text("This handbook is not on this device.")


def test_no_answer_gets_into_what_is_kept(context, host):
    page = choosing(context, host)
    page.get_by_role("button", name=KEEP).click()
    kept(page)
    page.goto(f"{host.home}worksheets/change-plan/?zebra77=of")
    page.locator("#change").fill("A secret of mine")
    page.goto(f"{host.home}search/#q=zebra77")
    page.goto(f"{host.home}build.json")
    page.goto(f"{host.home}{offline.PAGE}")

    held = page.evaluate(
        """async () => {
            const cache = await caches.open('handbook/')
            const texts = await Promise.all((await cache.keys()).map(async (key) =>
                `${key.url} ${await (await cache.match(key)).text()}`))
            const heard = (text) => (/A secret of mine|zebra77/.test(text) ? 'ANSWER' : '')
            return texts.map((text) => text.slice(0, 60) + heard(text))
        }"""
    )
    listed = json.loads((host.folder / "sw.js").read_text().partition("FILES=")[2].partition("}}")[0] + "}}")
    assert [one for one in held if one.endswith("ANSWER") or "build.json" in one] == []
    assert len(held) == len(listed["handbook"]) + 1  # the last is what was chosen


def test_a_new_version_is_taken_in_quietly_and_asks_before_it_shows(context, host):
    page = choosing(context, host)
    page.get_by_role("button", name=KEEP).click()
    kept(page)
    host.stop()
    host.change("smart/urges", "</h1>", " anew</h1>")
    host.asked.clear()
    host.start()

    page.goto(f"{host.home}smart/urges/")
    assert " anew</h1>" not in page.content()
    expect(page.get_by_role("region", name="A newer version")).to_be_visible(timeout=PATIENT)
    asked = [one for one in host.asked if one != "sw.js"]
    assert " anew</h1>" not in page.content()
    load_the_newer(page)
    assert " anew</h1>" in page.content()

    assert set(asked) - {"offline.json"} == {"smart/urges/"}
    host.stop()
    page.goto(f"{host.home}smart/urges/")
    assert " anew</h1>" in page.content()


def test_one_changed_script_is_all_that_an_update_fetches(context, host):
    page = choosing(context, host)
    page.get_by_role("button", name=KEEP).click()
    kept(page)
    host.stop()
    files = host.change_part("store")
    host.asked.clear()
    host.start()

    page.goto(host.home)
    expect(page.get_by_role("region", name="A newer version")).to_be_visible(timeout=PATIENT)
    assert sorted(set(host.asked)) == sorted({"sw.js", "offline.json"} | files)
    load_the_newer(page)
    host.stop()
    page.goto(f"{host.home}worksheets/")
    page.evaluate("list => import(list).then((one) => one.load('workbook/js/store'))", f"/{max(files)}")


def test_a_sheet_with_answers_loses_none_to_a_new_version(context, host):
    page = choosing(context, host)
    page.get_by_role("button", name=KEEP).click()
    kept(page)
    sheet = context.new_page()
    sheet.goto(f"{host.home}worksheets/change-plan/")
    sheet.locator("#change").fill("Not kept yet")
    host.change("smart/urges", "</h1>", " anew</h1>")
    page.goto(host.home)
    load_the_newer(page)
    host.stop()

    assert sheet.locator("#change").input_value() == "Not kept yet"
    sheet.locator(".tools").get_by_role("button", name="More").click()  # a part that comes only now
    expect(sheet.get_by_role("dialog")).to_be_visible()


def test_a_line_that_breaks_leaves_nothing_behind(context, host):
    page = choosing(context, host)
    host.drops = len(host.asked) + 80
    page.get_by_role("button", name=KEEP).click()
    told(page).to_contain_text("The connection broke off. Nothing of it is kept.", timeout=PATIENT)
    assert left(page) == []

    host.drops = None
    page.get_by_role("button", name=KEEP).click()
    kept(page)
    page.get_by_text("PDFs to print, and more").click()
    page.get_by_label("All of it").check()
    host.drops = len(host.asked) + 20
    page.get_by_role("button", name=WHAT_IS_TICKED).click()
    told(page).to_contain_text("What was kept before stays as it was.", timeout=PATIENT)
    assert papers(page) == []


def test_what_is_no_longer_ticked_goes(context, host):
    page = choosing(context, host)
    page.get_by_text("PDFs to print, and more").click()
    page.locator(f"[value='{PACKET}']").check()
    page.get_by_role("button", name=KEEP).click()
    kept(page)
    page.locator(f"[value='{PACKET}']").uncheck()
    page.get_by_role("button", name=WHAT_IS_TICKED).click()
    kept(page)
    urls = page.evaluate(
        "caches.open('handbook/').then((one) => one.keys()).then((all) => all.map(({ url }) => url))"
    )

    assert [one for one in urls if ".pdf" in one] == []
    page.get_by_role("button", name=OFF).click()
    told(page).to_contain_text("no longer on this device")
    assert left(page) == []


def test_too_little_room_is_said_and_nothing_is_half_kept(chromium, host):
    context = chromium.new_context()
    page = choosing(context, host)
    page.evaluate("navigator.storage.estimate = async () => ({ quota: 3e6, usage: 0 })")
    page.get_by_role("button", name=KEEP).click()
    told(page).to_contain_text("not enough room on this device. Tick less, or make room. This takes 6")
    assert "sw.js" not in host.asked

    page.evaluate("delete navigator.storage.estimate")  # Chromium tells 10 GB, whatever there is
    room = {"origin": host.home.rstrip("/"), "quotaSize": 3_000_000}
    context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", room)
    page.get_by_role("button", name=KEEP).click()
    told(page).to_contain_text("Tick less, or make room. Nothing of it is kept.", timeout=PATIENT)
    assert left(page) == []
    context.close()


def test_what_has_arrived_adds_up_to_the_whole(chromium, host):
    context = chromium.new_context()
    page = choosing(context, host)
    page.evaluate(HEARD, ".keeping [role=status]")
    page.get_by_role("button", name=KEEP).click()
    kept(page)

    lines = [ARRIVED.match(one) for one in page.evaluate("heard")]
    parts = [(float(one[1]), float(one[2])) for one in lines if one]
    assert len(parts) > 10
    assert parts == sorted(parts)
    assert all(0.8 * whole < parts[-1][0] <= whole for _, whole in parts)
    context.close()


def test_what_was_changed_on_the_way_is_not_kept(context, host):
    (host.folder / "smart/urges/index.html").write_text("<title>Buy this</title>")
    page = choosing(context, host)
    page.get_by_role("button", name=KEEP).click()

    told(page).to_contain_text("What arrived is not what was published.", timeout=PATIENT)
    assert left(page) == []


def test_the_manifest_comes_with_the_keeping_and_its_icons_are_there(context, host):
    page = choosing(context, host)
    assert page.locator("link[rel=manifest]").count() == 0
    page.get_by_role("button", name=KEEP).click()
    kept(page)
    page.goto(f"{host.home}worksheets/urge-log/")
    expect(page.locator("link[rel=manifest]")).to_have_count(1)
    manifest = json.loads((host.folder / "manifest.webmanifest").read_text())

    assert {one["purpose"] for one in manifest["icons"]} == {"any", "maskable"}
    assert all((host.folder / one["src"]).exists() for one in manifest["icons"])
    assert (
        page.evaluate("document.querySelector('link[rel=manifest]').href")
        == f"{host.home}manifest.webmanifest"
    )


def test_what_is_erased_while_it_arrives_is_said_to_be_gone(context, host):
    page = choosing(context, host)
    other = context.new_page()
    other.goto(f"{host.home}about/privacy/")
    erase = other.get_by_role("button", name="Erase everything on this device")
    erase.click()
    host.pause = 0.1
    page.get_by_role("button", name=KEEP).click()
    told(page).to_contain_text("has arrived")
    other.get_by_role("dialog").get_by_role("button", name="Erase", exact=True).click()

    told(page).to_contain_text("Nothing of it is kept.")
    host.pause = 0.0
    expect(page.get_by_role("button", name=KEEP)).to_be_enabled()
    expect(other.get_by_text(GONE)).to_be_visible()
    assert left(page) == []


@pytest.fixture(params=["one/", ""], ids=["beside", "above"])
def first(request: pytest.FixtureRequest) -> str:
    """Where the first of two copies lies; the second lies in two/."""
    return request.param


@pytest.fixture
def both(site: Path, tmp_path: Path, first: str) -> Iterator[Host]:
    """Two copies at one origin, as on a host that gives each project a folder."""
    (tmp_path / first).mkdir(exist_ok=True)
    for path in site.iterdir():
        (tmp_path / first / path.name).symlink_to(path)
    (tmp_path / "two").symlink_to(site)
    host = Host(tmp_path)
    yield host
    host.stop()


def written(context: BrowserContext, host: Host, copy: str, words: str) -> Page:
    """A sheet of a copy, with these words, which are kept."""
    page = context.new_page()
    page.goto(f"{host.home}{copy}{SHEET}")
    assert page.locator("#change").input_value() == ""
    page.locator("#change").fill(words)
    keep(page)
    return page


def test_two_copies_at_one_origin_keep_apart_and_one_goes_without_the_other(context, both, first):
    one = choosing(context, both, first)
    one.get_by_role("button", name=KEEP).click()
    kept(one)
    sheet = written(context, both, first, "Words on the first")
    two = choosing(context, both, "two/")
    two.get_by_role("button", name=KEEP).click()
    kept(two)
    written(context, both, "two/", "Words on the second").close()
    two.get_by_role("button", name=OFF).click()
    told(two).to_contain_text("no longer on this device")
    two.goto(f"{both.home}two/about/privacy/")
    two.get_by_role("button", name="Erase everything on this device").click()
    two.get_by_role("dialog").get_by_role("button", name="Erase", exact=True).click()
    expect(two.get_by_text(GONE)).to_be_visible()
    two.goto(f"{both.home}two/{SHEET}")

    assert two.locator("#change").input_value() == ""
    expect(sheet.get_by_role("button", name="Kept")).to_be_visible()
    both.stop()
    sheet.reload()
    expect(sheet.locator("#change")).to_have_value("Words on the first")
    one.reload()
    kept(one)
    one.get_by_role("button", name=OFF).click()
    told(one).to_contain_text("no longer on this device")
    assert [name for name in left(one) if not name.startswith("points-and-steps")] == []


def test_erasing_while_it_arrives_says_so_and_a_page_that_is_open_hears_of_it(chromium, host):
    context = chromium.new_context()
    context.set_default_timeout(PATIENT)
    other, page = choosing(context, host), choosing(context, host)
    host.pause = 0.05
    page.get_by_role("button", name=KEEP).click()
    told(page).to_have_text(ARRIVED)
    eraser = context.new_page()
    eraser.goto(f"{host.home}about/privacy/")
    eraser.get_by_role("button", name="Erase everything on this device").click()
    eraser.evaluate(HEARD, "[data-erase] [role=status]")
    eraser.get_by_role("dialog").get_by_role("button", name="Erase", exact=True).click()
    expect(eraser.get_by_text(GONE)).to_be_visible(timeout=PATIENT)
    assert eraser.evaluate("heard") == ["Erasing. This can take a few seconds.", GONE]
    told(page).to_contain_text("Nothing of it is kept.", timeout=PATIENT)
    host.pause = 0

    page.get_by_role("button", name=KEEP).click()
    kept(page)
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    kept(other)
    eraser.reload()
    eraser.get_by_role("button", name="Erase everything on this device").click()
    eraser.get_by_role("dialog").get_by_role("button", name="Erase", exact=True).click()
    expect(eraser.get_by_text(GONE)).to_be_visible(timeout=PATIENT)
    for one in (page, other):
        told(one).to_have_text("This handbook is not on this device.", timeout=PATIENT)
        expect(one.get_by_role("button", name=OFF)).to_have_count(0)
    assert left(page) == []
    context.close()
