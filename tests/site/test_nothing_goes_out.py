"""Every page of the site, all its controls worked: no other host is asked, and no policy is broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browsing import program, served
from crawling import ASK, FEW, PRESSED, WATCH, WORK, Careful, outside, the_rest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

ON_PURPOSE = "status of 404"  # a page that is not there, asked for to see what is shown

# Chromium asks Google which fields of a form it could fill in. That is its own doing; no page can stop it.
NO_HELP = ["--no-sandbox", "--disable-features=AutofillServerCommunication"]


@pytest.fixture(scope="module")
def quiet_chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program("chromium"), args=NO_HELP)
    yield browser
    browser.close()


@pytest.fixture(params=["quiet_chromium", "firefox"])
def engine(request: pytest.FixtureRequest) -> Browser:
    """Each in turn."""
    return request.getfixturevalue(request.param)


@dataclass
class Seen:
    """What went wrong, a line for each, and what was asked of a host that is not ours."""

    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    worked: int = 0
    pressed: set[str] = field(default_factory=set)  # "dialog: way on"


@contextmanager
def watched(browser: Browser) -> Iterator[tuple[BrowserContext, Seen]]:
    seen = Seen()
    with outside(seen.asked) as proxy:
        context = browser.new_context(
            viewport={"width": 800, "height": 800}, proxy={"server": proxy, "bypass": "127.0.0.1"}
        )
        context.add_init_script(WATCH)
        yield context, seen
        assert context.cookies() == []
        context.close()


def watch(page: Page, seen: Seen) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("pageerror", lambda error: seen.faults.append(f"{page.url}: {error}"))

    def note(message: str, kind: str) -> None:
        if "policy" in message.lower() or (kind == "error" and ON_PURPOSE not in message):
            seen.faults.append(f"{page.url}: {message}")

    page.on("console", lambda message: note(message.text, message.type))


def crawl(browser: Browser, site: Path, addresses: list[str]) -> Seen:
    """Works all controls of each page, and on one of each kind all dialogs."""
    with served(site, Careful) as base, watched(browser) as (context, seen):
        for address in addresses:
            page = context.new_page()  # a fresh one: no file that is being saved is in the way
            watch(page, seen)
            page.goto(base + address)
            if address in FEW:
                seen.pressed.update(page.evaluate(ASK))
            seen.worked += page.evaluate(WORK)
            page.close()
    return seen


def test_no_page_asks_another_host_or_breaks_its_policy(quiet_chromium, site):
    addresses = [*the_rest(site), *FEW]

    seen = crawl(quiet_chromium, site, addresses)
    assert seen.asked == []
    assert seen.faults == []
    assert seen.worked > 20 * len(addresses)
    assert seen.pressed >= PRESSED


def test_the_other_pages_are_opened_in_firefox_and_ask_no_one(firefox, site):
    """Without their controls: those of each kind are worked in the next test."""
    with served(site, Careful) as base, watched(firefox) as (context, seen):
        page = context.new_page()
        watch(page, seen)
        for address in the_rest(site):
            page.goto(base + address)

    assert seen.asked == []
    assert seen.faults == []


def test_every_control_of_each_kind_of_page_asks_no_one_and_keeps_to_the_policy_in_firefox(firefox, site):
    seen = crawl(firefox, site, list(FEW))

    assert seen.asked == []
    assert seen.faults == []
    assert seen.pressed >= PRESSED
    assert seen.worked > 300


def test_search_answers_from_the_site_alone(engine, site):
    with served(site, Careful) as base, watched(engine) as (context, seen):
        page = context.new_page()
        watch(page, seen)
        page.goto(f"{base}about/privacy/")
        page.get_by_role("link", name="Search").first.click()
        page.get_by_role("searchbox").press_sequentially("urge log")
        found = page.locator("a[href*='/worksheets/urge-log/']").filter(visible=True)
        expect(found.first).to_be_visible(timeout=20_000)

    assert seen.asked == []
    assert seen.faults == []


@pytest.mark.parametrize("markup", ["<img src='https://example.org/a.png'>", "<p style='color: red'>a</p>"])
def test_the_crawl_would_notice(quiet_chromium, site, tmp_path, markup):
    """What it looks for is there to be seen: the page is changed, and its policy with it for the picture."""
    text = (site / "index.html").read_text(encoding="utf-8").replace("</body>", f"{markup}</body>")
    allowed = text.replace("img-src 'self' data:", "img-src *")
    (tmp_path / "index.html").write_text(allowed, encoding="utf-8")
    (tmp_path / "assets").symlink_to(site / "assets")

    seen = crawl(quiet_chromium, tmp_path, [""])
    assert bool(seen.asked) == ("<img" in markup)
    assert bool([one for one in seen.faults if "style" in one]) == ("<p" in markup)
