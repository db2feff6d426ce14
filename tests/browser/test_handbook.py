"""Reading pages in a visitor's hands: the comparison that is put in order, and the picture that moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import axe, opened, served, words
from building import site
from playwright.sync_api import Browser, Page, expect

__all__ = ["site"]

ROWS = 18


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    """Where the whole site is served, ending with a slash."""
    with served(site) as address:
        yield address


def topics(page: Page) -> list[str]:
    return page.locator(".compare tbody tr :is(td, th):first-child strong").all_text_contents()


def test_rows_that_matter_come_first_by_keyboard_and_go_back(browser: Browser, home: str) -> None:
    with opened(browser, f"{home}compare/", 360, script=True) as page:
        before = topics(page)
        assert len(before) == ROWS
        page.get_by_label("Cost", exact=True).focus()
        page.keyboard.press("Space")
        page.get_by_label("Faith", exact=True).check()

        assert topics(page) == ["Faith", "Cost", *(one for one in before if one not in ("Faith", "Cost"))]
        expect(page.get_by_role("status").filter(has_text="Faith, Cost")).to_be_visible()
        assert axe(page) == []

        page.get_by_role("button", name="Back to the first order").click()
        expect(page.locator(".compare tbody tr").first).to_contain_text(before[0])
        assert topics(page) == before
        expect(page.locator(".matters input:checked")).to_have_count(0)


def test_what_is_folded_opens_without_script_and_is_open_on_paper(chromium: Browser, home: str) -> None:
    with opened(chromium, f"{home}compare/") as page:
        row = page.get_by_text("Is it an expert?")
        expect(row).to_be_hidden()
        page.get_by_text("How each one works").click()
        expect(row).to_be_visible()
        page.reload()
        printed = words(page.pdf())

    for said in ("Is it an expert?", "What may be hard?", "keep your faith in both", "Hester, R. K."):
        assert said.replace(" ", "") in printed, said


def test_a_source_in_a_folded_list_opens_it(browser: Browser, home: str) -> None:
    with opened(browser, f"{home}compare/#source-hester-2013", 360, script=True) as page:
        expect(page.locator("#source-hester-2013")).to_be_in_viewport()


def test_lines_of_the_decision_aid_come_first_and_name_no_winner(chromium: Browser, home: str) -> None:
    with opened(chromium, f"{home}choose/", 360, script=True) as page:
        page.get_by_label("My medicine is welcome").check()

        expect(page.locator(".weigh tbody tr").first).to_contain_text("My medicine is welcome")
        expect(page.locator(".weigh tbody tr")).to_have_count(10)
        expect(page.get_by_role("status").filter(has_text="No road wins by it")).to_be_visible()
        assert axe(page) == []


def test_without_script_the_comparison_is_a_table_in_its_own_order(browser: Browser, home: str) -> None:
    with opened(browser, f"{home}compare/") as page:
        assert len(topics(page)) == ROWS
        expect(page.locator(".matters")).to_have_count(0)
        expect(page.get_by_role("columnheader", name="SMART Recovery").first).to_be_visible()


def test_the_picture_of_control_moves_with_its_sliders_and_says_so(browser: Browser, home: str) -> None:
    with opened(browser, f"{home}ideas/locus-of-control/", 360, script=True) as page:
        picture = page.locator("[data-live=control] svg")
        band = picture.locator("[data-part=chance]")
        width = float(band.get_attribute("stroke-width"))
        slider = page.get_by_label("Chance, from 0 to 10")
        slider.focus()
        page.keyboard.press("Home")

        assert float(band.get_attribute("stroke-width")) < width
        expect(page.get_by_role("status").filter(has_text="chance 0.")).to_be_visible()
        expect(picture).to_have_attribute(
            "aria-label",
            "A road that starts at me and forks to other people and to "
            "chance. Out of 10: what you do 5, other people 5, chance 0.",
        )
        assert axe(page) == []


def test_without_script_words_stand_in_place_of_the_live_picture(browser: Browser, home: str) -> None:
    with opened(browser, f"{home}ideas/locus-of-control/") as page:
        expect(page.locator("[data-live=control]")).to_contain_text("put a cross where it belongs")
        expect(page.locator("[data-figure=control-range] svg")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_has_the_ink_of_the_page(browser: Browser, home: str, scheme: str) -> None:
    with opened(browser, f"{home}smart/urges/", script=True, color_scheme=scheme) as page:
        colours = "one => [getComputedStyle(one).color, getComputedStyle(document.body).color]"
        picture, words = page.locator(".fig svg").first.evaluate(colours)
        assert picture == words
