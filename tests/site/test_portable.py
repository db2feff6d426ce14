"""The .zip of the whole site, unpacked and opened from the disk: read, searched and filled in."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

PATIENT = 30_000
LAST = """() => {
    const all = [...document.querySelectorAll('form [type=radio]:not([value=""])')]
    const last = new Map(all.map((one) => [one.name, one]))
    for (const one of last.values()) one.click()
}"""


@pytest.fixture(scope="module")
def copy(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a stick & more")
    zipfile.ZipFile(site / "handbook.zip").extractall(folder)
    return folder / "handbook"


@pytest.fixture
def page(browser: Browser, copy: Path) -> Iterator[Page]:
    """The first page of the copy. Whatever is done on it asks no one, and tells no fault."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    context.set_default_timeout(PATIENT)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith("file:") else None)
    page.goto((copy / "index.html").as_uri())
    yield page
    context.close()
    assert [one for one in faults if not one.startswith("data:")] == []


def test_these_browsers_let_a_page_on_a_disk_read_no_file(browser, copy):
    """As those of visitors: one that did would prove nothing of the rest."""
    page = browser.new_page()
    page.goto((copy / "index.html").as_uri())

    assert page.evaluate("fetch('404.html').then(() => 'read', () => 'refused')") == "refused"
    page.close()


def test_the_copy_is_read_searched_and_filled_in(page):
    page.get_by_role("link", name="Side by side").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("compare/index.html")
    page.get_by_role("link", name="Search").first.click()
    page.get_by_role("searchbox").press_sequentially("drinking check")
    page.locator(".found-list a[href*='/worksheets/']").first.click()
    expect(page.locator(".tools")).to_be_visible()
    assert page.url.endswith("/index.html")

    page.evaluate(LAST)
    expect(page.locator(".came").first).to_contain_text("Sum of")
    page.locator(".tools").get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator(".tools").get_by_role("button", name="Kept")).to_be_visible()
    page.reload()
    expect(page.locator("input[type=radio]:checked").first).to_be_visible()


def test_the_shelf_the_packets_and_what_scripts_add_work(page, copy):
    page.goto((copy / "worksheets/index.html").as_uri())
    page.get_by_label("Search by a word").fill("balance wheel")
    page.get_by_role("link", name="Life balance wheel", exact=True).click()
    page.locator("input[type=radio], input[type=range], input[type=number]").first.focus()
    expect(page.locator("svg.wheel, .wheel svg").first).to_be_visible()
    page.goto((copy / "packets/index.html").as_uri())
    expect(page.locator("#build select, #build button").first).to_be_visible()
    page.goto((copy / "about/offline/index.html").as_uri())
    expect(page.get_by_text("You opened this handbook from a file.")).to_be_visible()
    expect(page.get_by_text("You are reading that copy.")).to_be_visible()


def test_a_packet_of_ones_own_is_printed_sheet_by_sheet(page, copy):
    """From a disk no page may read a PDF, so nothing could put them together."""
    page.goto((copy / "packets/index.html").as_uri() + "#w=urge-log,my-reasons&p=crisis")
    box = page.get_by_role("complementary", name="Print all")
    expect(box).to_contain_text("A copy of the site on a disk cannot put these together.")
    expect(box.get_by_role("button")).to_have_count(0)
    expect(box.get_by_role("link")).to_have_text(["Urge log", "My own reasons card", "Crisis help"])
    box.get_by_role("link", name="My own reasons card").click()
    expect(page.locator(".tools").get_by_role("button", name="Print")).to_be_visible()


def test_every_link_within_the_copy_leads_to_a_file(copy):
    missing = set()
    for place in copy.rglob("*.html"):
        for link in re.findall(r'<a\b[^>]*?\shref="([^"]*)"', place.read_text(encoding="utf-8")):
            if link.partition("#")[0] and ":" not in link:
                found = place.parent / link.partition("#")[0]
                if not found.is_file():
                    missing.add((place.relative_to(copy).as_posix(), link))
    assert missing == set()


def test_its_size_stands_beside_its_link(site):
    size = (site / "handbook.zip").stat().st_size

    assert f"one file</a>, {size / 1e6:.0f} MB</p>" in (site / "about/offline/index.html").read_text()
