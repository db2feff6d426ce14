"""The shelf: found by keyboard, by link, without script, and with nothing in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser.hands import PATIENT, databases, keep
from browsing import WIDTHS, axe, opened, served, words
from building import site
from playwright.sync_api import Browser, Page, expect
from sheets import real

from workbook.library import Library
from workbook.render import shelf as shelf_of
from workbook.render import style
from workbook.worksheet import Worksheet

__all__ = ["site"]

SHEETS = [
    sheet for sheet in real().worksheets.values() if sheet.status == "active" and not sheet.for_clinicians
]
COUNT = len(SHEETS)


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    """Where the whole site is served, ending with a slash."""
    with served(site) as address:
        yield address


@pytest.fixture
def shelf(browser: Browser, home: str) -> Iterator[Page]:
    with opened(browser, f"{home}worksheets/", 360, script=True) as page:
        expect(page.locator(".find")).to_be_visible(timeout=PATIENT)
        yield page


def shown(page: Page) -> list[str]:
    """The ids of the sheets that one sees."""
    cards = page.locator(".card")
    return cards.evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).map((one) => one.dataset.id)"
    )


def fit(**wanted: object) -> set[str]:
    """The ids of the sheets that have all this."""

    def has(sheet: object, name: str, value: object) -> bool:
        if name == "minutes":
            return sheet.minutes <= value
        if name == "road":
            return sheet.road in (value, "both")
        return value in sheet.needs if name == "need" else getattr(sheet, name) == value

    return {sheet.id for sheet in SHEETS if all(has(sheet, *one) for one in wanted.items())}


def says(page: Page, count: int) -> None:
    expect(page.get_by_role("status").filter(has_text="Showing")).to_have_text(
        f"Showing {count} of {COUNT} sheets"
    )


def test_everything_is_there_without_script(browser, home):
    with opened(browser, f"{home}worksheets/", 360) as page:
        assert len(page.locator(".card:visible").all()) == COUNT
        expect(page.locator(".find")).to_be_hidden()
        expect(page.locator(".kept")).to_be_hidden()
        headings = page.locator("h2:visible").all_inner_texts()
        assert re.sub("\\W+$", "", headings[0]) == "Right now"
        groups = page.locator(".group:not(.fitting) h2").all_inner_texts()
        assert groups[-1] == "For the 12-step road"
        ways = page.get_by_role("navigation", name="Groups of sheets").get_by_role("link")
        assert ways.all_inner_texts() == groups
        ways.last.click()
        expect(page.locator(".group h2").last).to_be_in_viewport()


def test_with_script_the_form_stands_in_for_the_list_of_groups(shelf):
    expect(shelf.get_by_role("navigation", name="Groups of sheets")).to_have_count(0)


def test_right_now_comes_first_and_leads_somewhere(shelf, home):
    row = shelf.locator(".now").first

    assert row.get_by_role("link").all_inner_texts() == [
        "I have an urge",
        "I had a slip",
        "I may be in danger",
        "Before I stop",
    ]
    for link in row.get_by_role("link").all():
        assert shelf.request.get(link.evaluate("link => link.href")).ok
    assert row.bounding_box()["y"] + row.bounding_box()["height"] < 740


def test_choices_are_made_by_keyboard_and_told(shelf):
    shelf.get_by_label("Search by a word").focus()
    shelf.keyboard.press("Tab")
    shelf.keyboard.type("I have an urge")
    expect(shelf.get_by_label("What brings you here?")).to_have_value("urge")
    says(shelf, len(fit(need="urge")))
    assert set(shown(shelf)) == fit(need="urge")

    shelf.keyboard.press("Tab")
    shelf.keyboard.press("Tab")
    shelf.keyboard.type("5 min")
    both = fit(need="urge", minutes=5)
    says(shelf, len(both))
    assert set(shown(shelf)) == both
    assert shelf.locator(".group:visible h2").all_inner_texts() == ["Sheets that fit, nearest first"]

    shelf.keyboard.press("Tab")
    shelf.keyboard.press("Tab")
    expect(shelf.get_by_role("button", name="Show all sheets")).to_be_focused()
    shelf.keyboard.press("Enter")
    says(shelf, COUNT)
    assert shelf.locator(".group:visible").count() > 5
    expect(shelf.get_by_label("Search by a word")).to_be_focused()
    assert "#" not in shelf.url


@pytest.mark.parametrize(
    ("label", "option", "wanted"),
    [
        ("Point", "Point 4: A balanced life", {"point": 4}),
        ("Point", "Not tied to a point", {"point": "any"}),
        ("Road", "For the 12-step road", {"road": "twelve-step"}),
        ("Road", "For the SMART road", {"road": "smart"}),
        ("What brings you here?", "I am not sure I want to change", {"need": "unsure"}),
        ("Time", "10 minutes or less", {"minutes": 10}),
    ],
)
def test_each_choice_shows_what_fits_it(shelf, label, option, wanted):
    shelf.get_by_label(label, exact=True).select_option(label=option)

    assert set(shown(shelf)) == fit(**wanted)
    says(shelf, len(fit(**wanted)))


def test_what_is_for_one_road_comes_before_what_is_for_both(shelf):
    shelf.get_by_label("Road").select_option("twelve-step")

    own = {sheet.id for sheet in SHEETS if sheet.road == "twelve-step"}
    assert own
    assert set(shown(shelf)[: len(own)]) == own
    assert set(shown(shelf)[len(own) :]) == {sheet.id for sheet in SHEETS if sheet.road == "both"}


def test_what_names_a_need_first_comes_first_and_then_the_shortest(shelf):
    first = {"urge": "take-a-break", "slip": "after-a-slip", "crisis": "safety-card", "family": "family-plan"}
    minutes = {sheet.id: (sheet.needs, sheet.minutes) for sheet in SHEETS}
    for need, sheet in first.items():
        shelf.get_by_label("What brings you here?").select_option(need)
        seen = shown(shelf)
        assert seen[0] == sheet
        order = [(minutes[one][0].index(need), minutes[one][1]) for one in seen]
        assert order == sorted(order)
    assert max(minutes[one][1] for one in fit(need="urge")) <= 10


def test_a_sheet_comes_back_to_its_place_when_nothing_is_chosen(shelf):
    before = shown(shelf)
    shelf.get_by_label("Time").select_option("5")
    assert shown(shelf) != before
    shelf.get_by_label("Time").select_option("")

    assert shown(shelf) == before


def looked_for(page: Page, words: str) -> list[str]:
    """What a search by these words shows."""
    page.get_by_label("Search by a word").fill(words)
    status = page.get_by_role("status").filter(has_text="Showing")
    expect(status).not_to_contain_text("Looking for", timeout=PATIENT)
    return shown(page)


def test_words_find_a_sheet_by_its_title_and_by_what_is_inside(shelf):
    box = shelf.get_by_label("Search by a word")
    assert looked_for(shelf, "Balance WHEELS") == ["balance-wheel"]
    assert looked_for(shelf, "routeens") == []
    assert {"sleep-and-routine"} < set(looked_for(shelf, "sleep"))
    assert shown(shelf)[0] == "sleep-and-routine"
    box.press("Enter")
    expect(box).to_have_value("sleep")
    assert "sleep" not in shelf.url


def test_every_word_that_a_sheet_prints_finds_it(shelf):
    for typed, wanted in (
        ("PHQ-2", "mood-check"),  # a note that says whose the questions are
        ("phq2", "mood-check"),
        ("hopeless", "mood-check"),  # a question
        ("depression", "mood-check"),  # what a result says
        ("gambling", "change-plan"),  # an option
        ("lonely", "event-thought-result"),
        ("bored", "interests"),
    ):
        assert wanted in looked_for(shelf, typed), typed
        assert len(shown(shelf)) < COUNT / 2


def test_other_words_for_it_find_a_sheet_too(shelf):
    for typed, wanted in (
        ("craving", "take-a-break"),
        ("relapse", "after-a-slip"),
        ("anxiety", "mood-check"),
        ("depressed", "mood-check"),
        ("booze", "audit"),
        ("weed", "drug-question"),
        ("gamble", "change-plan"),
        ("furious", "body-and-mood"),
    ):
        assert wanted in looked_for(shelf, typed), typed


def test_small_words_are_passed_over_and_some_of_the_words_are_better_than_nothing(shelf):
    assert looked_for(shelf, "how to say no to a drink")[0] == "ways-to-say-no"
    assert "what-matters" in looked_for(shelf, "job zeppelin")
    expect(shelf.locator(".find [role=status]")).to_contain_text("No sheet has all of your words")
    assert len(looked_for(shelf, "the")) == COUNT


def test_words_of_danger_show_first_where_help_is(shelf):
    alert = shelf.locator(".find").get_by_role("alert")
    for typed in ("suicide", "I want to die", "kill", "Self-harm", "overdosed", "hurt myself"):
        assert set(looked_for(shelf, typed)[:3]) == fit(need="crisis")
        expect(alert).to_contain_text("call your local emergency number now")
        assert alert.bounding_box()["y"] < shelf.locator(".card:visible").first.bounding_box()["y"]
    looked_for(shelf, "diet")
    expect(alert).to_be_hidden()


def test_when_the_words_do_not_arrive_it_is_said_and_the_choices_work(browser, home):
    with opened(browser, script=True) as page:
        page.route("**/sheetwords.*", lambda route: route.abort())
        page.goto(f"{home}worksheets/")
        page.get_by_label("Search by a word").fill("suicide")
        expect(page.get_by_text("The words inside the sheets did not arrive.")).to_be_visible()
        expect(page.locator(".find").get_by_role("alert")).to_be_visible()
        page.get_by_label("What brings you here?").select_option("slip")
        assert shown(page)[0] == "after-a-slip"


def test_the_words_come_only_when_someone_is_about_to_type(browser, home):
    asked = []
    with opened(browser, script=True) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{home}worksheets/")
        page.get_by_label("Time").select_option("5")
        before = page.locator(".find").get_by_role("status").inner_text()
        assert not [one for one in asked if "sheetwords" in one]
        with page.expect_response("**/sheetwords.*"):
            page.get_by_label("Search by a word").focus()
        assert page.locator(".find").get_by_role("status").inner_text() == before
        assert looked_for(page, "sleep")
        assert len([one for one in asked if "sheetwords" in one]) == 1


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_group_has_air_above_and_below_its_heading(browser, home, width, script):
    with opened(browser, f"{home}worksheets/", width, script=script) as page:
        if script:
            expect(page.locator(".find")).to_be_visible(timeout=PATIENT)
        above, below = page.evaluate(
            """() => {
                const seen = [...document.querySelectorAll('.on-shelf > *')]
                    .filter((one) => one.checkVisibility())
                const box = (one) => one.getBoundingClientRect()
                const groups = seen.filter((one) => one.matches('.group'))
                const inside = (one) => box(one.querySelector('ul')).top - box(one.querySelector('h2')).bottom
                const before = (one) => box(seen[seen.indexOf(one) - 1]).bottom
                return [groups.map((one) => box(one).top - before(one)), groups.map(inside)]
            }"""
        )
        assert min(above) >= 24
        assert 8 <= min(below) <= max(below) < min(above)


def test_who_may_be_in_danger_is_told_first_where_help_is(shelf):
    shelf.get_by_label("What brings you here?").select_option("crisis")

    expect(shelf.locator(".find").get_by_role("alert")).to_contain_text(
        "call your local emergency number now"
    )
    assert set(shown(shelf)) == fit(need="crisis")
    shelf.get_by_label("What brings you here?").select_option("slip")
    expect(shelf.locator(".find").get_by_role("alert")).to_be_hidden()


def test_nothing_found_is_said_kindly_with_a_way_on(shelf):
    before = shown(shelf)
    looked_for(shelf, "sleep")
    looked_for(shelf, "zeppelin")

    expect(shelf.get_by_text("We have no sheet that fits all of this.")).to_be_visible()
    says(shelf, 0)
    assert shelf.locator(".group:visible").count() == 0
    shelf.get_by_role("button", name="Show all sheets").click()
    expect(shelf.get_by_text("We have no sheet that fits all of this.")).to_be_hidden()
    says(shelf, COUNT)
    assert shown(shelf) == before


def test_a_link_keeps_the_choices(shelf, browser, home):
    shelf.get_by_label("What brings you here?").select_option("session")
    shelf.get_by_label("Time").select_option("5")
    address = shelf.url
    assert address.endswith("/worksheets/#need=session&time=5")

    with opened(browser, address, script=True) as page:
        says(page, len(fit(need="session", minutes=5)))
        expect(page.get_by_label("Time")).to_have_value("5")
        page.evaluate("location.hash = '#need=slip&point=nonsense'")
        says(page, len(fit(need="slip")))
        expect(page.get_by_label("Point", exact=True)).to_have_value("")
    with opened(browser, f"{home}worksheets/#words=wheel", script=True) as page:
        expect(page.get_by_label("Search by a word")).to_have_value("wheel")
        assert looked_for(page, "wheel")[0] == "balance-wheel"


def test_an_address_of_a_heading_leaves_the_choices_alone(shelf):
    shelf.get_by_label("Time").select_option("5")
    shelf.evaluate("location.hash = '#point-2-urges'")
    shelf.wait_for_timeout(200)

    says(shelf, len(fit(minutes=5)))


def test_back_from_a_sheet_finds_the_same_choices(chromium, home):
    """In Chromium alone: Playwright waits in vain for the page that Firefox keeps ready."""
    with opened(chromium, f"{home}worksheets/", script=True) as page:
        page.get_by_label("What brings you here?").select_option("urge")
        page.get_by_role("link", name="Take a break from an urge").last.click()
        page.wait_for_url("**/take-a-break/")
        page.go_back()

        says(page, len(fit(need="urge")))


def test_looking_and_choosing_stores_nothing(shelf):
    before = shelf.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]")
    shelf.get_by_label("What brings you here?").select_option("urge")
    shelf.get_by_label("Search by a word").fill("tea")
    shelf.wait_for_timeout(300)

    assert (
        shelf.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]") == before
    )
    assert databases(shelf) == []
    expect(shelf.locator(".kept")).to_be_hidden()


def test_only_what_is_kept_on_the_device_is_listed_last_kept_first(shelf, home):
    for sheet in ("change-plan", "urge-log"):
        shelf.goto(f"{home}worksheets/{sheet}/")
        keep(shelf)
    shelf.goto(f"{home}worksheets/how-ready/")
    shelf.goto(f"{home}worksheets/")

    kept = shelf.get_by_role("region", name="Kept on this device")
    expect(kept).to_be_visible()
    assert kept.locator("li").all_inner_texts() == ["Urge log", "My change plan"]
    kept.get_by_role("link", name="My change plan").click()
    shelf.wait_for_url("**/change-plan/")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen_and_everything_can_be_pressed(browser, home, width):
    with opened(browser, f"{home}worksheets/", width, script=True) as page:
        expect(page.locator(".find")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for control in page.locator(".find :is(input, select):visible, .now a:visible").all():
            assert control.bounding_box()["height"] >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, home, scheme):
    with opened(browser, f"{home}worksheets/", 360, script=True, color_scheme=scheme) as page:
        expect(page.locator(".find")).to_be_visible()
        assert axe(page) == []
        page.get_by_label("Search by a word").fill("zeppelin")
        assert axe(page) == []


def test_pictures_have_room_before_they_come_and_come_as_they_are_needed(browser, home):
    asked = []
    with opened(browser, width=360, script=True) as page:
        page.on(
            "request", lambda request: asked.append(request.url) if request.url.endswith(".png") else None
        )
        page.goto(f"{home}worksheets/")
        moved = page.evaluate(
            """() => new Promise((resolve) => {
                let sum = 0
                if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return resolve(0)
                new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value })
                    .observe({ type: 'layout-shift', buffered: true })
                setTimeout(() => resolve(sum), 1000)
            })"""
        )
        assert moved < 0.05
        assert len(asked) < COUNT
        for thumb in page.locator(".thumb").all():
            assert thumb.get_attribute("alt") == ""
        page.locator(".thumb").last.scroll_into_view_if_needed()
        expect(page.locator(".thumb").last).to_have_js_property("naturalWidth", 168, timeout=PATIENT)


def test_paper_has_the_list_without_form_and_pictures(chromium, home):
    with opened(chromium, f"{home}worksheets/", script=True) as page:
        page.emulate_media(media="print")
        expect(page.locator(".find")).to_be_hidden()
        assert page.locator(".thumb:visible").count() == 0
        assert len(shown(page)) == COUNT
        edge = page.locator(".text").bounding_box()
        for card in page.locator(".card").all()[:4]:  # a browser cuts off what ends just where the paper does
            box = card.bounding_box()
            assert box["x"] + box["width"] < edge["x"] + edge["width"]


def test_a_card_is_drawn_when_one_comes_near_it_and_each_of_them_on_paper(chromium, home):
    """A shelf of many sheets would hold up its own first drawing."""
    drawn = "(one) => one.checkVisibility({ contentVisibilityAuto: true })"
    with opened(chromium, f"{home}worksheets/", 360) as page:
        last = page.locator(".card h3").last
        assert not last.evaluate(drawn)
        printed = words(page.pdf()).replace(
            "-", ""
        )  # of two parts of a word at the end of a line it says nothing
        assert [one for one in SHEETS if re.sub(r"[\s-]", "", one.title) not in printed] == []
        page.emulate_media(media="screen")
        last.locator("a").focus()
        page.wait_for_function(drawn, arg=last.element_handle())


def crowd(count: int) -> dict[str, Worksheet]:
    """The urge log under as many names, each a minute longer than the one before."""
    log = real().worksheets["urge-log"]
    return {
        f"x{at}": log.model_copy(
            update={"id": f"x{at}", "title": f"Sheet {at}.", "summary": "Short.", "minutes": at - 99}
        )
        for at in range(100, 100 + count)
    }


def crowded(some: dict[str, Worksheet]) -> str:
    return shelf_of.render(Library(real().site, some), dict.fromkeys(some, (84, 119)))


@contextmanager
def of_many(
    browser: Browser, site: Path, home: str, count: int, width: int = 360, **settings: Any
) -> Iterator[Page]:
    """The page of the shelf as it is when there are so many sheets."""
    page_of_site = (site / "worksheets" / "index.html").read_text(encoding="utf-8")
    script = re.search(r'<script type="module" src="[^"]*/shelf\.[^"]*"></script>', page_of_site)
    assert script
    html = re.sub(r"<script.*?</script>", script[0], crowded(crowd(count)), count=1)
    whole = re.sub(r"(?s)<script[^>]*/shelf\..*(?=</main>)", lambda _: html, page_of_site)
    with opened(browser, width=width, **settings) as page:
        page.route("**/worksheets/", lambda route: route.fulfill(body=whole, content_type="text/html"))
        picture = site / "worksheets" / "six-steps" / "six-steps.png"
        page.route("**/x*.png", lambda route: route.fulfill(path=picture))
        page.goto(f"{home}worksheets/")
        yield page


def test_a_list_of_many_is_laid_out_when_one_comes_near_it_and_whole_on_paper(chromium):
    """A thousand sheets would take a second to lay out before one could type."""
    some = crowd(100)
    with opened(chromium, width=360) as page:
        page.set_content(f"<style>{style.reading()}</style><div class=text>{crowded(some)}")
        drawn = "(one) => one.checkVisibility({ contentVisibilityAuto: true })"
        last = page.locator(".shelf.many").last.locator(".card").last
        near = page.locator(".shelf.many").last.bounding_box()
        assert not last.evaluate(drawn)
        last.locator("a").focus()
        page.wait_for_function(drawn, arg=last.element_handle())
        whole = page.locator(".shelf.many").last.bounding_box()
        assert abs(whole["height"] - near["height"]) < whole["height"] / 4  # the room that was kept for it
        printed = words(page.pdf())
        assert [name for at in some if (name := f"Sheet{at[1:]}.") not in printed] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_of_a_long_list_come_when_one_is_near_it_and_move_nothing(browser, site, home, width):
    with of_many(browser, site, home, 120, width, script=True) as page:
        lists = page.locator(".shelf.many")
        lists.first.locator(".card").first.scroll_into_view_if_needed()
        expect(lists.first.locator("img")).to_have_count(24)
        expect(lists.first.locator("img").first).to_have_js_property("naturalWidth", 168, timeout=PATIENT)
        assert lists.last.locator("img").count() == 0

        lists.last.scroll_into_view_if_needed()
        expect(lists.last.locator("img")).to_have_count(24)
        last = lists.last.locator(".card").last
        last.locator("img").scroll_into_view_if_needed()
        expect(last.locator("img")).to_have_js_property("naturalWidth", 168, timeout=PATIENT)
        high, before = last.evaluate("""(card) => {
            const high = card.offsetHeight
            for (const one of card.parentElement.children) {
                one.querySelector('img').remove()
                one.dataset.picture = '84 119'
            }
            return [high, card.offsetHeight]
        }""")
        assert high == before
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_long_list_without_script_has_no_pictures_and_no_room_for_them(chromium, site, home):
    with of_many(chromium, site, home, 120) as page:
        assert page.locator(".shelf.many .card").count() == 120
        card, title = (page.locator(one).last.bounding_box() for one in (".card", ".card h3"))
        assert title["x"] - card["x"] < 24
        assert title["width"] > card["width"] / 2


def test_many_that_fit_come_nearest_first_and_go_back_to_their_places(browser, site, home):
    some = [*crowd(120)]
    with of_many(browser, site, home, 120, script=True) as page:
        assert shown(page) == some
        page.get_by_label("What brings you here?").select_option("urge")
        expect(page.locator(".fitting .card")).to_have_count(120)
        assert shown(page) == some  # the shortest first
        expect(page.locator(".fitting .card").first.locator("img")).to_be_visible()
        page.locator(".fitting .card").last.scroll_into_view_if_needed()
        expect(page.locator(".fitting .card").last.locator("img")).to_be_visible()

        page.get_by_label("Time").select_option("15")
        page.get_by_label("Time").select_option("")
        page.get_by_role("button", name="Show all sheets").click()
        expect(page.locator(".fitting .card")).to_have_count(0)
        page.wait_for_timeout(200)  # none follows late
        assert shown(page) == some


def test_other_cards_that_fit_do_not_follow_what_was_chosen_before(browser, site, home):
    with of_many(browser, site, home, 120, script=True) as page:
        page.evaluate("""() => {
            for (const [name, value] of [['need', 'urge'], ['time', '5']]) {
                document.querySelector('.find').elements[name].value = value
                document.querySelector('.find').dispatchEvent(new Event('input', { bubbles: true }))
            }
        }""")
        page.wait_for_timeout(200)
        assert shown(page) == [*crowd(5)]
