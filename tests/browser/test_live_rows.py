"""Tables gain and lose rows, and nothing that was written gets lost on the way."""

import pytest
from browser.live_pages import control, focused, sheet, sheet_in_chromium, told, value
from browsing import opened
from playwright.sync_api import expect

__all__ = ["sheet", "sheet_in_chromium"]

HIGHEST = 5600  # pixels of the page on a phone; with all seven cards open it is twice as high

# As in engines that lack field-sizing: the style sheet's rule is undone, and the part for them is loaded.
GROW = """async () => {
    for (const box of document.querySelectorAll('textarea')) box.style.fieldSizing = 'fixed'
    const { start } = await import('/assets/workbook/js/grow.js')
    start({ form: document.querySelector('form[data-worksheet]') })
}"""


@pytest.fixture
def log(sheet):
    """On a screen that is wide enough for a table, which shows all its rows."""
    return sheet("urge-log", ".remove", viewport={"width": 1280, "height": 800})


@pytest.fixture
def cards(sheet):
    """On a phone, where each row is a card."""
    page = sheet("urge-log", ".remove")
    expect(control(page, "log.1.where")).to_be_visible()
    return page


def in_sight(page):
    """The numbers of the rows that show."""
    shown = page.locator("[data-field=log] tbody [name$=where]:visible")
    names = shown.evaluate_all("all => all.map(one => one.name)")
    return [int(name.split(".")[1]) for name in names]


def rows(page):
    return page.locator("[data-field=log] tbody tr:not(.gone)")


def test_a_phone_shows_one_blank_card_and_a_desk_all_rows(cards):
    narrow = in_sight(cards)
    height = cards.evaluate("document.documentElement.scrollHeight")
    cards.set_viewport_size({"width": 1280, "height": 800})

    assert narrow == [1]
    assert height < HIGHEST
    assert in_sight(cards) == [1, 2, 3, 4, 5, 6, 7]


def test_without_script_a_phone_shows_every_row(chromium, address):
    with opened(chromium, f"{address}worksheets/urge-log/", width=360) as page:
        assert in_sight(page) == [1, 2, 3, 4, 5, 6, 7]


def test_the_next_blank_card_comes_with_the_focus_and_after_the_last_a_new_one(cards):
    add = cards.get_by_role("button", name="Add another urge")
    add.press("Enter")
    assert (in_sight(cards), focused(cards)) == ([1, 2], "log.2.date")

    for _ in range(6):
        add.click()
    assert (len(in_sight(cards)), focused(cards)) == (8, "log.8.date")


def test_an_answer_put_in_by_code_shows_its_card(cards):
    cards.locator("form[data-worksheet]").evaluate(
        """async (form) => {
            const { definition, write } = await import('/assets/workbook/js/answers.js')
            const rows = [{}, {}, {}, {}, { where: 'Pub' }]
            write(form, definition(form).fields, { log: rows })
            form.dispatchEvent(new Event('input', { bubbles: true }))
        }"""
    )

    assert in_sight(cards) == [1, 5]
    assert value(cards, "log.5.where") == "Pub"


def test_a_card_stays_in_sight_once_it_is_written_in_on_a_desk(cards):
    cards.set_viewport_size({"width": 1280, "height": 800})
    control(cards, "log.4.where").fill("Pub")
    cards.set_viewport_size({"width": 360, "height": 740})

    assert in_sight(cards) == [1, 4]


def test_another_blank_card_takes_the_place_of_the_only_one(cards):
    cards.get_by_role("button", name="Remove Urge 1").click()
    expect(cards.locator(".gone")).to_have_count(1)

    assert in_sight(cards) == [1]


def test_a_new_row_gets_the_focus(log):
    log.get_by_role("button", name="Add another urge").press("Enter")

    assert rows(log).count() == 8
    assert focused(log) == "log.8.date"


def test_a_new_row_is_blank_and_labelled_like_the_others(log):
    control(log, "log.7.where").fill("Kitchen")
    log.get_by_role("button", name="Add another urge").click()

    assert value(log, "log.8.where") == ""
    expect(log.get_by_label("Urge 8: Where", exact=True)).to_be_visible()
    expect(log.get_by_role("button", name="Remove Urge 8")).to_be_visible()


def test_a_removed_row_closes_the_gap_and_offers_undo(log):
    for number in (2, 3, 4):
        control(log, f"log.{number}.where").fill(f"Place {number}")
    log.get_by_role("button", name="Remove Urge 3").press("Enter")
    expect(log.get_by_role("button", name="Undo and bring back Urge 3")).to_be_focused()

    assert [value(log, f"log.{number}.where") for number in (2, 3)] == ["Place 2", "Place 4"]
    assert rows(log).count() == 6


def test_a_row_is_taken_out_once_however_quickly_one_presses(log):
    """The part that takes it out may still be on its way at the second press."""
    log.get_by_role("button", name="Remove Urge 3").evaluate("one => { one.click(); one.click() }")

    expect(log.locator(".gone")).to_have_count(1)
    expect(log.get_by_role("button", name="Undo")).to_be_focused()
    assert rows(log).count() == 6


def test_undo_brings_back_the_row_its_words_and_the_focus(log):
    control(log, "log.3.where").fill("Pub")
    log.get_by_role("button", name="Remove Urge 3").click()
    expect(log.get_by_role("button", name="Undo")).to_be_focused()
    log.keyboard.press("Enter")

    assert value(log, "log.3.where") == "Pub"
    assert rows(log).count() == 7
    assert focused(log) == "Remove Urge 3"


def test_two_removed_rows_both_come_back_to_their_places(log):
    for number in range(1, 8):
        control(log, f"log.{number}.where").fill(f"Place {number}")
    for _ in range(2):
        log.get_by_role("button", name="Remove Urge 2").click()
        expect(log.locator(".gone .btn:focus")).to_have_count(1)
    for _ in range(2):
        log.locator(".gone .btn").first.click()

    assert [value(log, f"log.{number}.where") for number in range(1, 8)] == [
        f"Place {n}" for n in range(1, 8)
    ]


def test_every_control_keeps_one_label_and_one_name_after_moves(log):
    log.get_by_role("button", name="Remove Urge 1").click()
    expect(log.locator(".gone")).to_have_count(1)
    log.get_by_role("button", name="Add another urge").click()

    names = log.locator("[data-field=log] [name]").evaluate_all(
        "all => all.map(one => [one.name, one.id, one.labels.length])"
    )
    assert all(name == id_ and labels == 1 for name, id_, labels in names)
    assert len({name for name, *_ in names}) == len(names) == 7 * 9


def test_the_last_row_cannot_be_removed(sheet):
    page = sheet("after-a-slip", ".remove")
    page.get_by_role("button", name="Remove Change 1").click()
    expect(page.locator(".gone")).to_have_count(1)

    expect(page.get_by_role("button", name="Remove Change 1")).to_be_hidden()


def test_two_hundred_rows_are_the_most_and_it_is_said(sheet_in_chromium):
    log = sheet_in_chromium("urge-log", ".remove", viewport={"width": 1280, "height": 800})
    log.evaluate("for (let n = 7; n < 200; n++) document.querySelector('.add').click()")
    log.get_by_role("button", name="Add another urge").click()

    assert rows(log).count() == 200
    assert (
        log.locator("#log_err").inner_text()
        == "A table here holds 200 rows at most. Save this sheet and begin another."
    )
    assert told(log).inner_text() == log.locator("#log_err").inner_text()


def test_what_was_taken_out_does_not_outlive_erasing(log):
    control(log, "log.1.where").fill("Pub")
    log.get_by_role("button", name="Remove Urge 1").click()
    expect(log.locator(".gone")).to_have_count(1)
    log.evaluate("document.querySelector('form').dispatchEvent(new Event('input', { bubbles: true }))")

    assert log.locator(".gone").count() == 0


def test_only_what_is_needed_is_loaded_before_a_person_shows(browser, address):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{address}worksheets/urge-log/")
    page.wait_for_timeout(500)

    assert {one for one in asked if one.endswith(".js")} == {"main.js", "answers.js", "live.js"}
    page.close()


def test_long_text_grows_and_shrinks_without_field_sizing(sheet):
    page = sheet("change-plan")
    page.evaluate(GROW)
    box = page.locator("#why")
    before = box.bounding_box()["height"]
    box.fill("A line.\n" * 30)
    tall = box.bounding_box()["height"]
    box.fill("A line.")

    assert tall > before * 3
    assert box.bounding_box()["height"] == pytest.approx(before, abs=2)


def test_paper_gets_the_words_themselves_without_field_sizing(chromium, address):
    """In Chromium alone: the Firefox under test cannot be told to show a page as on paper."""
    page = chromium.new_page()
    page.goto(f"{address}worksheets/change-plan/")
    page.evaluate(GROW)
    page.locator("#why").fill("A line.\n" * 30)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    assert page.locator(".printed").inner_text().count("A line.") == 30
    expect(page.locator("#why")).to_be_hidden()
    page.close()
