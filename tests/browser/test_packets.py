"""Packets: what someone sees who was given a link, and how a clinician makes one; at 360 px, in the dark."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pikepdf
import pypdfium2
import pytest
from browser.hands import PATIENT, databases, site
from browsing import axe, opened
from paper_sheets import pdf, terminal_fields
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sheets import ROOT, real

from workbook import kept, packed
from workbook.render.packet import screen

__all__ = ["site"]

GIVEN = "#p=crisis&w=urge-log,my-reasons"


@pytest.fixture(scope="module")
def home(pages: Path, site: str) -> str:
    """The page of packets, with every sheet's files beside it."""
    folder = ROOT / ".cache"
    counted = packed.pages(kept.papers(real(), folder / "papers"), folder / "names")
    place = pages / "packets" / "index.html"
    place.parent.mkdir(exist_ok=True)
    place.write_text(screen.shelf_page(real(), counted), encoding="utf-8")
    return f"{site}packets/index.html"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A small screen; whatever is logged there must be nothing."""
    context: BrowserContext = chromium.new_context(
        viewport={"width": 360, "height": 740}, accept_downloads=True, color_scheme="dark"
    )
    told: list[str] = []
    made = context.new_page()
    made.set_default_timeout(PATIENT)
    made.on("console", lambda message: told.append(message.text))
    made.on("pageerror", lambda error: told.append(str(error)))
    yield made
    context.close()
    assert told == []


def shows(page: Page, *names: str) -> None:
    """The parts that are chosen, in order."""
    expect(page.locator(".chosen .name")).to_have_text(list(names))


def test_a_link_shows_what_was_chosen_in_order_with_its_time(page: Page, home: str) -> None:
    page.goto(home + GIVEN)

    expect(page.get_by_role("heading", name="Your packet")).to_be_visible()
    expect(page.locator(".mine .parts h2")).to_have_text(["Crisis help", "Urge log", "My own reasons card"])
    expect(page.locator(".mine .lead")).to_contain_text("2 sheets · 1 page to read")
    expect(page.get_by_text("Only you can see what you write and tick.")).to_be_visible()
    expect(page.get_by_role("link", name="Leave now")).to_be_visible()
    expect(page.locator(".list")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert axe(page) == []


def test_ticks_are_kept_only_when_asked_and_go_when_asked(page: Page, home: str) -> None:
    page.goto(home + GIVEN)
    page.get_by_label("Done: Urge log").check()
    page.reload()
    expect(page.get_by_label("Done: Urge log")).not_to_be_checked()
    assert databases(page) == []

    page.get_by_label("Done: Urge log").check()
    page.get_by_role("button", name="Keep my ticks on this device").click()
    expect(page.get_by_text("Your ticks are kept until")).to_be_visible()
    page.get_by_label("Done: Crisis help").check()
    page.wait_for_timeout(300)
    page.reload()
    expect(page.get_by_label("Done: Urge log")).to_be_checked()
    expect(page.get_by_label("Done: Crisis help")).to_be_checked()
    expect(page.get_by_label("Done: My own reasons card")).not_to_be_checked()

    page.get_by_role("button", name="Stop keeping my ticks").click()
    expect(page.get_by_text("Your ticks are no longer kept.")).to_be_visible()
    assert databases(page) == []


def test_ticks_that_another_tab_erases_are_not_said_to_be_kept(page: Page, home: str) -> None:
    page.goto(home + GIVEN)
    page.get_by_label("Done: Urge log").check()
    page.get_by_role("button", name="Keep my ticks on this device").click()
    expect(page.get_by_text("Your ticks are kept until")).to_be_visible()
    other = page.context.new_page()
    other.goto(home + GIVEN)
    other.get_by_role("button", name="Stop keeping my ticks").click()
    expect(other.get_by_text("Your ticks are no longer kept.")).to_be_visible()

    expect(page.get_by_text("they were erased in another tab")).to_be_visible()
    expect(page.get_by_label("Done: Urge log")).to_be_checked()
    page.get_by_label("Done: Crisis help").check()
    page.wait_for_timeout(300)
    assert databases(page) == []
    page.get_by_role("button", name="Keep my ticks on this device").click()
    expect(page.get_by_text("Your ticks are kept until")).to_be_visible()


def test_ticks_that_two_tabs_keep_are_joined(page: Page, home: str) -> None:
    page.goto(home + GIVEN)
    other = page.context.new_page()
    other.goto(home + GIVEN)
    for tab, part in ((page, "Urge log"), (other, "Crisis help")):
        tab.get_by_label(f"Done: {part}").check()
        tab.get_by_role("button", name="Keep my ticks on this device").click()
        expect(tab.get_by_text("Your ticks are kept until")).to_be_visible()

    for tab in (page, other):
        for part in ("Urge log", "Crisis help"):
            expect(tab.get_by_label(f"Done: {part}")).to_be_checked()
    other.reload()
    expect(other.get_by_label("Done: Urge log")).to_be_checked()
    expect(other.get_by_label("Done: Crisis help")).to_be_checked()


def test_all_sheets_come_as_one_pdf_with_their_fields(page: Page, home: str, tmp_path: Path) -> None:
    page.goto(home + GIVEN)
    with page.expect_download() as download:
        page.get_by_role("button", name="Make one PDF of all sheets").click()
    download.value.save_as(tmp_path / "packet.pdf")
    made = (tmp_path / "packet.pdf").read_bytes()

    alone = {f"{id_}.{name}" for id_ in ("urge-log", "my-reasons") for name in terminal_fields(pdf(id_))}
    assert terminal_fields(made).keys() == alone
    with pikepdf.open(io.BytesIO(made)) as whole:
        assert whole.check_pdf_syntax() == []
        assert len(whole.pages) == sum(_pages(pdf(id_)) for id_ in ("urge-log", "my-reasons"))
        assert all(one.obj.Parent == whole.Root.Pages for one in whole.pages)


def _pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as one:
        return len(one.pages)


def test_pages_to_read_that_no_file_holds_are_named_with_where_they_are(page: Page, home: str) -> None:
    """The PDF of a packet that someone put together has its sheets alone."""
    page.goto(home + GIVEN)

    box = page.get_by_role("complementary", name="Print all")
    expect(box).to_contain_text("Pages to read are not in that file.")
    expect(box.get_by_role("link", name="Crisis help")).to_have_attribute("href", "../crisis/")


def test_a_packet_of_ours_is_printed_from_its_own_files(page: Page, home: str) -> None:
    page.goto(f"{home}#p=find/meetings&w=where-am-i,my-reasons,meeting-notes")

    expect(page.get_by_text("One file with a cover, what to read and every sheet.")).to_be_visible()
    expect(page.get_by_text("Pages to read are not in that file.")).to_have_count(0)

    expect(page.get_by_role("heading", name="Your first meeting")).to_be_visible()
    link = page.get_by_role("link", name="PDF, large print, A4")
    expect(link).to_have_attribute("href", "first-meeting/first-meeting-large-a4.pdf")


def test_what_is_unknown_is_told_and_the_rest_is_there(page: Page, home: str) -> None:
    page.goto(f"{home}#w=urge-log,you-must-pay&p=../../etc/passwd")

    about = page.get_by_role("region", name="About this link")
    expect(about).to_contain_text("2 parts of this link are not on this site.")
    expect(page.locator(".mine .parts h2")).to_have_text(["Urge log"])
    assert not re.search("must-pay|passwd", page.locator("main").inner_text())


@pytest.mark.parametrize(
    "fragment",
    ["#w=" + "a" * 100_000, "#w=<img src=x onerror=alert(1)>", "#w=%252e%252e%252f&p=__proto__"],
    ids=["100 kB", "script", "encoded twice"],
)
def test_a_bad_link_is_answered_and_runs_nothing(page: Page, home: str, fragment: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url) if "passwd" in request.url else None)
    page.goto(home + fragment)

    expect(page.get_by_role("region", name="About this link")).to_contain_text(
        re.compile("this link", re.IGNORECASE)
    )
    expect(page.get_by_role("heading", name="Packets", exact=True)).to_be_visible()
    expect(page.locator(".list")).to_be_visible()
    assert page.locator("main img").count() == 0
    assert asked == []


def test_a_packet_is_built_ordered_and_handed_over_by_keyboard(page: Page, home: str) -> None:
    page.goto(home)
    expect(page.get_by_role("heading", name="Your own packet")).to_be_visible()
    assert axe(page) == []

    page.get_by_label("Search by a word").focus()
    page.keyboard.type("urge log")
    _tab_to(page, page.get_by_label(re.compile("^Urge log")))
    page.keyboard.press("Space")
    page.get_by_label("Search by a word").fill("own reasons")
    _tab_to(page, page.get_by_label(re.compile("^My own reasons")))
    page.keyboard.press("Space")
    shows(page, "Urge log", "My own reasons card")
    sheets = [real().worksheets[id_] for id_ in ("urge-log", "my-reasons")]
    minutes = sum(one.minutes for one in sheets)
    expect(page.locator(".total")).to_contain_text(f"2 sheets · {minutes} minutes in all · 3 pages on paper")

    page.get_by_role("button", name="Move up: My own reasons card").focus()
    page.keyboard.press("Enter")
    shows(page, "My own reasons card", "Urge log")
    expect(page.get_by_role("button", name="Move down: My own reasons card")).to_be_focused()

    link = page.get_by_role("textbox", name="The link").input_value()
    assert urlsplit(link).fragment == "w=my-reasons,urge-log"
    assert link in page.get_by_label("A message").input_value()
    expect(page.get_by_text("An e-mail can be read by others in the house.")).to_be_visible()
    assert urlsplit(page.url).fragment == "w=my-reasons,urge-log&change"
    assert axe(page) == []

    page.get_by_role("link", name="See it as the patient does").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your packet")).to_be_focused()
    expect(page.locator(".mine .parts h2")).to_have_text(["My own reasons card", "Urge log"])
    page.get_by_role("link", name="Change this packet").click()
    shows(page, "My own reasons card", "Urge log")


def _tab_to(page: Page, place: object) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if place.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("the keyboard does not reach it")


def test_one_may_start_from_a_packet_of_ours_and_take_a_part_out(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_label("Start from").select_option("early-days")
    page.get_by_role("button", name="Use this packet").click()
    packet = real().packets["early-days"]
    expect(page.locator(".chosen .name")).to_have_count(len(packet.parts))

    page.get_by_role("button", name="Take out: My week").click()

    expect(page.locator(".chosen .name", has_text="My week")).to_have_count(0)
    expect(page.get_by_role("textbox", name="The link")).to_have_value(
        re.compile(r"#p=safety/withdrawal&w=[a-z,-]+$")
    )


def test_what_was_chosen_comes_back_after_another_packet_took_its_place(page: Page, home: str) -> None:
    page.goto(f"{home}#w=urge-log,my-reasons&change")
    shows(page, "Urge log", "My own reasons card")
    page.get_by_label("Start from").select_option("early-days")
    shows(page, "Urge log", "My own reasons card")  # to look through the list changes nothing
    page.get_by_role("button", name="Use this packet").click()
    expect(page.locator(".told")).to_contain_text("is in your packet, in place of what you had chosen.")
    expect(page.locator(".told")).to_be_in_viewport()

    page.get_by_role("button", name="Undo").click()

    shows(page, "Urge log", "My own reasons card")
    expect(page.get_by_text("Your packet is as it was.")).to_be_visible()
    expect(page.get_by_role("heading", name="2. Put in order")).to_be_focused()
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    assert urlsplit(page.url).fragment == "w=urge-log,my-reasons&change"

    page.get_by_role("button", name="Take out: Urge log").click()
    page.get_by_role("button", name="Undo").click()
    shows(page, "Urge log", "My own reasons card")


def test_eyes_are_told_too_that_nothing_was_found_that_it_is_full_and_what_was_copied(
    page: Page, home: str
) -> None:
    sheets = [one.id for one in real().worksheets.values() if one.status == "active"][:20]
    page.goto(f"{home}#w={','.join(sheets)}&change")
    expect(page.locator(".chosen .name")).to_have_count(20)

    page.get_by_label("Search by a word").fill("zzz")
    told = page.get_by_text("Nothing here has these words.")
    expect(told).to_be_visible()
    assert told.bounding_box()["height"] > 10
    page.get_by_label("Search by a word").fill("crisis help")
    expect(page.get_by_text("1 found")).to_be_visible()
    page.get_by_label(re.compile("^Crisis help")).click()

    expect(page.get_by_label(re.compile("^Crisis help"))).not_to_be_checked()
    full = page.get_by_text("A packet holds 20 parts at most. Take one out first.")
    expect(full).to_be_in_viewport()
    assert full.bounding_box()["height"] > 10
    expect(page.locator(".chosen .name")).to_have_count(20)
    assert axe(page) == []

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("The link is copied.")).to_be_in_viewport()


def test_the_code_is_that_of_the_link(page: Page, home: str) -> None:
    """That the code is a right one is asked in test_packetlink_js.py."""
    page.goto(f"{home}#w=urge-log&change")
    page.get_by_role("button", name="Show a QR code").click()
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    link = page.get_by_role("textbox", name="The link").input_value()

    squares = re.findall(r"M(\d+) (\d+)h1v1h-1z", page.locator(".qr path").get_attribute("d"))
    code = page.evaluate(
        """link => import('../assets/workbook/js/vendor/uqr.js')
            .then(({ encode }) => encode(link, { ecc: 'M', border: 4 }).data)""",
        link,
    )
    dark = {(x, y) for y, row in enumerate(code) for x, on in enumerate(row) if on}
    assert {(int(x), int(y)) for x, y in squares} == dark


@pytest.mark.parametrize(("name", "count"), [("Print tear-off slips", 6), ("Print a hand-out", 1)])
def test_slips_and_a_hand_out_are_printed_alone_and_leave_nothing(
    page: Page, home: str, name: str, count: int
) -> None:
    page.add_init_script(
        "window.print = () => { window.printed = document.querySelector('.printed').innerHTML }"
    )
    page.goto(f"{home}#w=urge-log,my-reasons&p=crisis&change")
    page.get_by_role("button", name=name).click()
    page.wait_for_function("'printed' in window")

    page.emulate_media(media="print")
    expect(page.locator(".printed .qr")).to_have_count(count)
    expect(page.locator(".build")).to_be_hidden()
    expect(page.locator(".printed")).to_contain_text("988")
    if count == 1:
        where = re.compile(r"Crisis help \d+ minutesRead it at 127\.0\.0\.1:\d+/crisis$")
        expect(page.locator(".printed li").last).to_have_text(where)
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".printed")).to_have_count(0)


def test_no_slip_is_alone_on_a_second_page_however_much_a_clinic_says(page: Page, home: str) -> None:
    page.add_init_script("window.print = () => {}")
    page.goto(f"{home}#w=urge-log,my-reasons&change")
    margins = {"top": "16mm", "bottom": "16mm", "left": "17mm", "right": "17mm"}  # as reading.css has them
    counts = []
    for words in range(0, 60, 6):
        page.evaluate(
            """words => {
                const [foot, whose] = [document.querySelector('.foot'), document.createElement('p')]
                foot.querySelector('.whose')?.remove()
                whose.className = 'whose'
                whose.textContent = 'Riverside clinic '.repeat(words)
                if (words) foot.append(whose)
            }""",
            words,
        )
        page.get_by_role("button", name="Print tear-off slips").click()
        expect(page.locator(".slip").first).to_be_attached()
        counts.append(page.locator(".slip").count())
        with pypdfium2.PdfDocument(page.pdf(format="Letter", margin=margins)) as paper:
            assert len(paper) == 1, (words, counts)
        page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert counts == sorted(counts, reverse=True)
    assert counts[0] == 6
    assert 1 < counts[-1] < 5


@pytest.mark.parametrize(
    ("fragment", "typed"),
    [
        ("#w=urge-log,my-reasons", r"Type 127\.0\.0\.1:\d+/packets/#w=urge-log,my-reasons$"),
        (
            "#p=find/meetings&w=where-am-i,my-reasons,meeting-notes",
            r"Type 127\.0\.0\.1:\d+/packets/first-meeting/$",
        ),
        (
            "#w=urge-log,my-reasons,my-week,trigger-map,delay-plan,name-it-answer-it,take-a-break",
            r"Go to 127\.0\.0\.1:\d+/ and look for: Urge log; My own reasons card; .*; Take a break",
        ),
    ],
)
def test_whoever_has_no_camera_can_type_what_is_on_a_slip(
    page: Page, home: str, fragment: str, typed: str
) -> None:
    page.add_init_script("window.print = () => {}")
    page.goto(f"{home}{fragment}&change")
    page.get_by_role("button", name="Print tear-off slips").click()

    slip = page.locator(".slip").first
    expect(slip.get_by_text("No camera?")).to_have_text(re.compile(typed))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.get_by_role("button", name="Print a hand-out").click()
    expect(page.locator(".hand p")).to_have_text(re.compile(typed))


def test_whoever_hands_over_a_sheet_for_a_session_is_told_and_so_is_the_patient(
    page: Page, home: str
) -> None:
    page.add_init_script("window.print = () => {}")
    page.goto(f"{home}#w=urge-log,phq-9&change")
    title = real().worksheets["phq-9"].title
    sentence = "This sheet is for a session. Fill it in with whoever gave you this, and not alone."

    notice = page.locator(".build .notice")
    expect(notice).to_contain_text(f"“{title}”: for a session.")
    expect(notice).to_be_visible()
    expect(page.locator(".chosen small")).to_have_text(["For a session"])
    expect(page.locator(".chosen li", has_text=title)).to_contain_text("For a session")
    assert (
        notice.bounding_box()["y"] < page.get_by_role("heading", name="3. Hand it over").bounding_box()["y"]
    )
    assert f"- {title}\n  {sentence}\n" in page.get_by_label("A message").input_value()
    assert axe(page) == []
    page.get_by_role("button", name="Print a hand-out").click()
    expect(page.locator(".to-tick li").last).to_contain_text(sentence)
    expect(page.locator(".to-tick li").first).not_to_contain_text("session")
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    page.get_by_role("button", name=f"Take out: {title}").click()
    expect(notice).to_be_hidden()
    assert "session" not in page.get_by_label("A message").input_value()


def test_nothing_is_asked_of_the_network_but_our_own_files(page: Page, home: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(home + GIVEN)
    page.get_by_role("link", name="Change this packet").click()
    page.get_by_role("button", name="Show a QR code").click()
    expect(page.locator(".qr")).to_be_visible()

    host = urlsplit(home).netloc
    assert [url for url in asked if urlsplit(url).netloc != host] == []
    assert not any("urge-log" in url for url in asked)


def test_three_times_escape_leaves(page: Page, home: str) -> None:
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="<title>Elsewhere</title>"))
    page.goto(home + GIVEN)
    expect(page.get_by_role("heading", name="Your packet")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.wikipedia.org/")


def test_every_packet_is_there_without_script(chromium: Browser, home: str) -> None:
    with opened(chromium, home, 360) as page:
        links = page.locator(".list .parts a").evaluate_all(
            "all => all.map((one) => one.getAttribute('href'))"
        )

        assert sorted(links) == sorted(f"{id_}/index.html" for id_ in real().packets)
        expect(page.get_by_text("The builder needs a script")).to_be_visible()
        given = page.locator(".scriptless")
        expect(given).to_be_visible()
        expect(given).to_contain_text("Did someone give you a link or a code? It needs a script.")
        assert (
            json.loads(page.locator("#catalogue_").text_content())["packets"].keys() == real().packets.keys()
        )


def test_a_packets_page_offers_without_script_only_what_works(
    chromium: Browser, page: Page, pages: Path, home: str
) -> None:
    folder = pages / "packets" / "early-days"
    folder.mkdir(exist_ok=True)
    text = screen.page(real().packets["early-days"], real(), {}, {})
    (folder / "index.html").write_text(text, encoding="utf-8")
    there = home.replace("index.html", "early-days/index.html")
    names = ("Go through it here, with a tick for each part", "Change this packet")

    page.goto(there)
    for name in names:
        expect(page.get_by_role("link", name=name)).to_be_visible()
    page.goto(home)
    expect(page.get_by_role("heading", name="Your own packet")).to_be_visible()
    expect(page.locator(".scriptless")).to_be_hidden()
    with opened(chromium, there, 360) as bare:
        for name in names:
            expect(bare.get_by_text(name)).to_be_hidden()
        expect(bare.locator("main").get_by_role("link", name="All packets")).to_be_visible()
