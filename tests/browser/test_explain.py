"""Citations and terms in a page: what each means, by mouse, keyboard and thumb, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import axe, opened, served
from playwright.sync_api import Page, expect
from sheets import ROOT, real

from workbook import glossary, outputs
from workbook.citations import page as cited
from workbook.glossary.marking import marked

KEY = "langer-1975"  # a work whose record nobody has confirmed
TERMS = glossary.read(ROOT / "docs")
WORDS = f"<p>First.</p>\n<p>An urge is a wish [@{KEY}].</p>\n<p>Last [@kelly-2020-cochrane].</p>"


@pytest.fixture(scope="module")
def page_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page as the hooks make it, without a frame around it."""
    folder = tmp_path_factory.mktemp("reading")
    works = real().bibliography
    html = cited.placed(WORDS, works) + cited.sources(cited.keys(WORDS), works).replace(
        cited.HEADING, '<h2 id="sources">Sources</h2>'
    )
    style = (ROOT / "docs" / "assets" / "citations.css").read_text(encoding="utf-8")
    for output in outputs.of_assets():
        if output.uri.endswith(("explain.js", "reading.css")):
            (folder / Path(output.uri).name).write_bytes(output.read())
    (folder / "citations.css").write_text(style, encoding="utf-8")
    (folder / "glossary").mkdir()
    (folder / "glossary" / "index.html").write_text("<h1>Glossary</h1>", encoding="utf-8")
    (folder / "index.html").write_text(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="reading.css"><link rel="stylesheet" href="citations.css">'
        '<script type="module" src="explain.js"></script></head>'
        f'<body><main class="text"><h1>A page</h1>{marked(html, TERMS, "glossary/")}</main></body></html>',
        encoding="utf-8",
    )
    with served(folder) as address:
        yield address


def card(page: Page):
    return page.locator("#explained_")


def cite(page: Page):
    return page.locator("a.cite").first


def term(page: Page):
    return page.locator("a.term").first


def test_a_citation_shows_its_source_and_what_is_not_confirmed_on_hover(browser, page_address):
    with opened(browser, page_address, script=True) as page:
        cite(page).hover()

        expect(card(page)).to_contain_text("The illusion of control")
        expect(card(page)).to_contain_text("We have not read this work itself.")
        card(page).hover()  # one may read on in it, and follow its address
        page.wait_for_timeout(500)
        expect(card(page)).to_be_visible()
        page.mouse.move(0, 0)
        expect(card(page)).to_be_hidden()


def test_a_term_says_what_it_means_on_hover(browser, page_address):
    with opened(browser, page_address, script=True) as page:
        term(page).hover()

        says = next(one.says for one in TERMS if one.id == "urge")
        expect(card(page)).to_have_text(f"urge: {says}")


def test_the_keyboard_brings_the_card_and_escape_puts_it_away(browser, page_address):
    with opened(browser, page_address, script=True) as page:
        page.keyboard.press("Tab")
        expect(term(page)).to_be_focused()
        expect(card(page)).to_be_visible()
        expect(term(page)).to_have_accessible_description(card(page).inner_text())

        page.keyboard.press("Escape")
        expect(card(page)).to_be_hidden()
        expect(term(page)).to_be_focused()

        page.keyboard.press("Tab")
        expect(cite(page)).to_be_focused()
        expect(card(page)).to_contain_text("Langer")
        page.keyboard.press("Tab")  # into the text, not into the card
        expect(page.locator("a.cite").nth(1)).to_be_focused()
        expect(card(page)).to_contain_text("Kelly")

        page.keyboard.press("Enter")
        assert page.url.endswith("#source-kelly-2020-cochrane")


# Playwright cannot touch the Firefox of the system: its taps reach no page.
def test_a_tap_shows_the_card_and_a_tap_elsewhere_puts_it_away(chromium, page_address):
    with opened(chromium, page_address, width=360, script=True, has_touch=True) as page:
        for one, said in ((cite(page), "The illusion of control"), (term(page), "A wish to drink")):
            one.tap()

            expect(card(page)).to_contain_text(said)
            expect(page.get_by_role("status")).to_contain_text(said)
            assert "#" not in page.url
            box = card(page).bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            way = card(page).get_by_role("link", name="See it in").bounding_box()
            assert way["height"] >= 44

            page.get_by_text("First.").tap()
            expect(card(page)).to_be_hidden()


def test_a_tap_in_the_card_or_a_second_one_on_the_words_leads_on(chromium, page_address):
    with opened(chromium, page_address, width=360, script=True, has_touch=True) as page:
        cite(page).tap()
        card(page).get_by_role("link", name="See it in the list of sources").tap()
        page.wait_for_url(f"**/#source-{KEY}")

        page.goto(page_address)
        term(page).tap()
        expect(card(page)).to_be_visible()
        term(page).tap()
        page.wait_for_url("**/glossary/#urge")


def test_a_click_with_the_mouse_leads_to_the_list(browser, page_address):
    with opened(browser, page_address, script=True) as page:
        cite(page).click()

        assert page.url.endswith(f"#source-{KEY}")


def test_without_script_each_leads_to_the_same_words(browser, page_address):
    with opened(browser, page_address) as page:
        cite(page).click()
        assert page.url.endswith(f"#source-{KEY}")
        expect(page.locator(f"#source-{KEY}")).to_contain_text("We have not read this work itself.")

        term(page).click()
        assert page.url.endswith("glossary/#urge")


def test_axe_finds_nothing_with_a_card_open(chromium, page_address):
    with opened(chromium, page_address, width=360, script=True, has_touch=True) as page:
        cite(page).tap()
        expect(card(page)).to_be_visible()

        assert axe(page) == []
