"""A clinic's copy, built and opened: in its own name, and in a frame of the sites that it names alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from browsing import Quiet, axe, served
from building import ROOT, built, headed, mkdocs, small
from clinics import OURS, TEXT, THEIRS, copy_in
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

SHEET, PACKET = "worksheets/a/", "packets/one/"
CRISIS = """# Crisis { #crisis }

**In danger now? Call your local emergency number.**

<!-- clinic: crisis lines -->

## United States

Call [988](tel:988).
"""
ABOUT = """# About

<!-- clinic: who runs this copy -->
"""
PACKETS = """\
id: one
title: One packet
group: start
summary: Two sheets.
for_whom: Anyone.
note: Be kind to yourself.
version: 1
date: 2026-11-23
parts: [/crisis/, a, b]
"""
HEARD = "addEventListener('message', ({ data, origin }) => (window.heard ??= []).push({ data, origin }))"


@dataclass(frozen=True)
class Copy:
    """The copy of a clinic, with the headers that it comes with and without; and two sites around it."""

    site: Path
    there: str
    bare: str
    named: str
    other: str

    def parent(self, sheets: str, around: str, page: Page) -> Frame:
        """Our sample of another site's page, with a sheet in it; the frame."""
        sample = (ROOT / "tools" / "publish" / "embed.html").read_text(encoding="utf-8")
        name = f"{sheets.rpartition(':')[2].strip('/')}.html"
        text = sample.replace("https://handbook.example/worksheets/urge-log/", f"{sheets}{SHEET}")
        (self.site.parent / "around" / name).write_text(text, encoding="utf-8")
        page.add_init_script(HEARD)
        page.goto(f"{around}{name}")
        found = page.query_selector("iframe")
        assert found
        frame = found.content_frame()
        assert frame
        return frame


class WithHeaders(Quiet):
    """As a host that reads `_headers` sends them."""

    def end_headers(self) -> None:
        said = (Path(self.directory) / "_headers").read_text(encoding="utf-8")
        for line in said.partition("/*\n")[2].partition("\n/")[0].splitlines():
            name, _, value = line.strip().partition(": ")
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    folder = tmp_path_factory.mktemp("clinic")
    around = folder / "around"
    around.mkdir()
    with served(around) as named, served(around) as other:
        copy_in(small(folder), TEXT.replace("https://portal.example.org", named.rstrip("/")))
        (folder / "docs" / "crisis.md").write_text(headed(CRISIS), encoding="utf-8")
        (folder / "docs" / "about").mkdir()
        (folder / "docs" / "about" / "index.md").write_text(headed(ABOUT), encoding="utf-8")
        (folder / "content" / "packets").mkdir()
        (folder / "content" / "packets" / "one.yml").write_text(PACKETS, encoding="utf-8")
        site = built(folder)
        with served(site, WithHeaders) as there, served(site) as bare:
            yield Copy(site, there, bare, named, other)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1280, "height": 800})
    made.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
    yield made
    made.close()


# ---- its own name


@pytest.mark.parametrize("address", ["", SHEET, PACKET, "crisis/"])
def test_a_page_of_the_copy_is_whole_on_a_phone_and_on_a_desk(
    context: BrowserContext, copy: Copy, address: str
):
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(copy.there + address)
        expect(page.locator(".top .clinic")).to_contain_text("Riverside Recovery Clinic")
        expect(page.locator(".top .clinic img")).to_have_js_property("complete", value=True)
        assert page.locator(".top .clinic img").evaluate("one => one.naturalWidth") > 0
        expect(page.locator(".foot")).to_contain_text("12 River Road, Springfield")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
    assert wrong == []


def test_the_clinics_lines_come_first_on_the_crisis_page(context: BrowserContext, copy: Copy):
    page = context.new_page()
    page.goto(f"{copy.there}crisis/")
    links = page.locator("main a[href^='tel:'], main a[href^='sms:']")

    assert links.evaluate_all("some => some.map((one) => one.getAttribute('href'))") == [
        *("tel:+15550100199", "sms:55501", "tel:015550198", "sms:55502"),
        "tel:988",
    ]


def test_the_page_about_the_site_says_who_runs_this_copy(copy: Copy):
    page = (copy.site / "about" / "index.html").read_text(encoding="utf-8")

    assert "<p>This copy is run by Riverside Recovery Clinic · 12 River Road, Springfield" in page


def test_a_copy_whose_crisis_page_lost_its_place_for_them_is_not_built(tmp_path: Path):
    folder = copy_in(small(tmp_path))
    done = mkdocs(folder, "build")

    assert done.returncode != 0
    assert "docs/crisis.md:1:1: the clinic's crisis lines have no place on this page" in done.stderr
    assert not (folder / "site").exists()


def test_a_copy_with_our_address_is_not_built(tmp_path: Path):
    folder = copy_in(small(tmp_path))
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(THEIRS, OURS), encoding="utf-8")
    done = mkdocs(folder, "build")

    assert done.returncode != 0
    assert "content/clinic.yml:1:1: this copy is a clinic's, and its address is still" in done.stderr
    assert not (folder / "site").exists()


def test_colours_are_those_of_the_clinic_in_the_light_and_in_the_dark(chromium: Browser, copy: Copy):
    for scheme, colour in (("light", "rgb(11, 61, 145)"), ("dark", "rgb(169, 199, 255)")):
        made = chromium.new_context(color_scheme=scheme)
        page = made.new_page()
        for address, link in ((SHEET, "All worksheets"), ("crisis/", "text 55501")):
            page.goto(copy.there + address)
            found = page.locator("main").get_by_role("link", name=link)
            assert found.evaluate("one => getComputedStyle(one).color") == colour
        made.close()


def test_slips_a_handout_and_a_message_name_the_clinic(context: BrowserContext, copy: Copy):
    page = context.new_page()
    page.add_init_script("window.print = () => {}")
    page.goto(f"{copy.there}packets/#w=a,b&change")
    page.get_by_role("button", name="Print tear-off slips").click()
    slip = page.locator(".slip").first

    expect(slip).to_contain_text("Riverside Recovery Clinic · 12 River Road, Springfield · +1 555 010 0100")
    expect(slip).to_contain_text("Riverside crisis line (United States)")
    expect(slip.get_by_text("No camera?")).to_have_text(re.compile(r"Type 127\.0\.0\.1:\d+/packets/#w=a,b$"))
    assert page.locator(".slip img").count() == page.locator(".slip").count() > 4
    for size in ("Letter", "A4"):  # none is alone on a second sheet
        margins = dict.fromkeys(("top", "right", "bottom", "left"), "13mm")
        with pypdfium2.PdfDocument(page.pdf(format=size, margin=margins)) as paper:
            assert len(paper) == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.get_by_role("button", name="Print a hand-out").click()
    expect(page.locator(".printed")).to_contain_text("You are welcome here, whichever road you take.")
    message = page.locator("#message_").input_value()
    assert message.startswith("You are welcome here, whichever road you take.\n\nHere are some things")
    assert "Riverside Recovery Clinic · 12 River Road" in message


# ---- in a frame


def test_a_named_site_shows_the_sheet_alone_as_high_as_it_is(browser: Browser, copy: Copy):
    made = browser.new_context(viewport={"width": 1280, "height": 800})
    page = made.new_page()
    frame = copy.parent(copy.there, copy.named, page)

    for gone in (".brand", ".foot", ".top .clinic", "[data-display]", "[data-act=keep]"):
        expect(frame.locator(gone)).to_be_hidden()
    for there in (".strip", ".safety", ".exit", "[data-act=print]"):
        expect(frame.locator(there)).to_be_visible()
    expect(frame.locator(".private")).to_contain_text("the site around this sheet cannot read it")
    frame.wait_for_function("document.documentElement.scrollHeight <= innerHeight")
    before = page.locator("iframe").evaluate("one => one.clientHeight")
    frame.locator("#one").evaluate("one => { one.style.height = '5000px' }")
    page.wait_for_function(
        "before => document.querySelector('iframe').clientHeight > before + 4000", arg=before
    )
    frame.wait_for_function("document.documentElement.scrollHeight <= innerHeight")
    made.close()


def test_that_site_hears_a_height_and_nothing_else(context: BrowserContext, copy: Copy):
    page = context.new_page()
    frame = copy.parent(copy.there, copy.named, page)
    frame.locator("#one").fill("a secret")
    frame.locator("[data-act=file]").click()
    frame.get_by_role("button", name="Go back").click()
    page.wait_for_function("window.heard?.length")

    for one in page.evaluate("heard"):
        assert one["origin"] == copy.there.rstrip("/")
        assert list(one["data"]) == ["height"]
        assert isinstance(one["data"]["height"], int)


def test_a_question_stands_where_it_was_asked_for(context: BrowserContext, copy: Copy):
    page = context.new_page()
    frame = copy.parent(copy.there, copy.named, page)
    button = frame.locator("[data-act=file]")
    button.click()
    asked = frame.locator("dialog.ask").bounding_box()
    pressed = button.bounding_box()

    assert asked
    assert pressed
    assert abs(asked["y"] - pressed["y"]) < 400


@pytest.mark.parametrize("name", ["_headers", "_headers.nginx", "_headers.caddy"])
def test_every_kind_of_server_is_told_who_may_frame_a_page(copy: Copy, name: str):
    assert f"; frame-ancestors {copy.named.rstrip('/')}" in (copy.site / name).read_text(encoding="utf-8")


def test_a_site_that_is_not_named_is_kept_out_by_the_headers(browser: Browser, copy: Copy):
    made = browser.new_context()
    page = made.new_page()
    frame = copy.parent(copy.there, copy.other, page)
    page.wait_for_timeout(500)

    assert frame.locator(".sheet").count() == 0
    assert page.evaluate("window.heard") is None
    made.close()


def test_where_a_host_sends_no_headers_it_sees_the_whole_page_and_hears_nothing(
    context: BrowserContext, copy: Copy
):
    page = context.new_page()
    frame = copy.parent(copy.bare, copy.other, page)
    expect(frame.locator(".tools")).to_be_visible()
    page.wait_for_timeout(300)

    for there in (".brand", ".top .clinic", ".foot", ".exit"):
        expect(frame.locator(there)).to_be_visible()
    assert page.evaluate("window.heard") is None


def test_by_itself_a_page_stays_whole_whatever_its_address_says(context: BrowserContext, copy: Copy):
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{copy.there}{SHEET}?embed")
    expect(page.locator(".tools")).to_be_visible()

    for there in (".brand", ".top .clinic", ".foot", "[data-act=keep]"):
        expect(page.locator(there)).to_be_visible()
    assert not [one for one in asked if "embed.js" in one]


@pytest.mark.parametrize("way", ["button", "keys"])
def test_leave_now_leaves_the_other_site_too(context: BrowserContext, copy: Copy, way: str):
    page = context.new_page()
    frame = copy.parent(copy.there, copy.named, page)
    frame.locator("#one").click()
    frame.locator("#one").press_sequentially("a secret")
    if way == "button":
        frame.locator(".exit").click()
    else:
        for _ in range(3):
            page.keyboard.press("Escape")

    page.wait_for_url("https://www.wikipedia.org/")


def test_leave_now_leaves_the_other_site_without_script(chromium: Browser, copy: Copy):
    made = chromium.new_context(java_script_enabled=False)
    made.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
    page = made.new_page()
    frame = copy.parent(copy.there, copy.named, page)
    expect(frame.locator(".brand")).to_be_visible()
    frame.locator(".exit").click()

    page.wait_for_url("https://www.wikipedia.org/")
    made.close()


def test_links_open_beside_the_other_site(context: BrowserContext, copy: Copy):
    page = context.new_page()
    frame = copy.parent(copy.there, copy.named, page)
    expect(frame.locator(".brand")).to_be_hidden()

    with context.expect_page() as opened:
        frame.get_by_role("link", name="All worksheets").first.click()
    assert opened.value.url == f"{copy.there}worksheets/"
    assert opened.value.evaluate("window.opener") is None
