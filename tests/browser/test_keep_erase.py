"""Erasing leaves nothing, and proves it; leaving is quick, and Back does not return."""

import pytest
from browser.hands import (
    LOG,
    PLAN,
    answer,
    change_record,
    context,
    databases,
    keep,
    plan,
    press,
    record,
    said,
    site,
    visit,
    wait,
)
from playwright.sync_api import expect

__all__ = ["context", "plan", "site"]

NOTHING = "Erased. Nothing of yours is left on this device: no kept sheets, no settings, no stored pages."
AWAY = "https://www.wikipedia.org/"


def test_erasing_a_sheet_takes_it_off_the_page_and_the_device(plan, context, site):
    plan.locator("#change").fill("Fewer drinks")
    keep(plan)
    log = visit(context, site, LOG)
    keep(log)
    press(plan, "Erase")
    answer(plan, "Erase this sheet")
    expect(plan.locator(".said")).to_have_text("Erased. Nothing on this sheet is left.")

    assert plan.locator("#change").input_value() == ""
    assert record(plan, PLAN) is None
    assert record(plan, LOG) is not None


def test_erasing_everything_leaves_nothing_and_says_so(plan, context, site):
    keep(plan)
    log = visit(context, site, LOG)
    log.locator("#learn").fill("Evenings")
    keep(log)
    log.evaluate("localStorage.setItem('display', '{}')")
    log.evaluate("caches.open('handbook/').then((one) => one.put('/x', new Response('x')))")
    press(log, "Erase")
    answer(log, "Erase everything on this device")
    expect(log.locator(".said")).to_have_text(NOTHING)

    assert databases(log) == []
    assert log.evaluate("localStorage.length + sessionStorage.length") == 0
    assert log.evaluate("caches.keys()") == []
    assert log.locator("#learn").input_value() == ""
    log.reload()
    assert log.locator("#learn").input_value() == ""


OTHERS = """async () => {
    localStorage.setItem('theirs', '1')
    sessionStorage.setItem('theirs', '1')
    await caches.open('theirs')
    const base = await new Promise((done) => {
        indexedDB.open('theirs').onsuccess = ({ target }) => done(target.result)
    })
    base.close()
    await navigator.serviceWorker.register('/theirs.js', { scope: '/theirs/' })
}"""
LEFT = """async () => [
    localStorage.theirs, sessionStorage.theirs, ...await caches.keys(),
    ...(await indexedDB.databases()).map((one) => one.name),
    ...(await navigator.serviceWorker.getRegistrations()).map((one) => new URL(one.scope).pathname),
]"""


def test_erasing_everything_leaves_what_others_put_at_the_same_address(plan, pages):
    (pages / "theirs.js").write_text("", encoding="utf-8")
    keep(plan)
    plan.evaluate(OTHERS)
    press(plan, "Erase")
    answer(plan, "Erase everything on this device")
    expect(plan.locator(".said")).to_have_text(NOTHING)

    assert plan.evaluate(LEFT) == ["1", "1", "theirs", "theirs", "/theirs/"]


def test_what_cannot_be_erased_is_listed(context, site):
    context.add_init_script("Storage.prototype.removeItem = () => { throw new Error('stuck') }")
    page = visit(context, site, PLAN)
    page.evaluate("localStorage.setItem('display', '{}')")
    press(page, "Erase")
    answer(page, "Erase everything on this device")

    expect(page.locator(".said")).to_contain_text("this browser still lists: display")


def test_erasing_a_sheet_takes_away_what_was_set_aside_of_it_and_the_box_about_it(plan):
    keep(plan)
    change_record(plan, "'nonsense'")
    plan.reload()
    expect(plan.locator(".notice")).to_contain_text("set aside on this device")
    press(plan, "Erase")
    answer(plan, "Erase this sheet")
    expect(plan.locator(".said")).to_have_text("Erased. Nothing on this sheet is left.")

    assert plan.locator(".notice").count() == 0
    assert databases(plan) == []


def test_erasing_asks_once_and_can_be_left(plan):
    plan.locator("#change").fill("Fewer drinks")
    press(plan, "Erase")
    answer(plan, "Go back")

    assert plan.locator("#change").input_value() == "Fewer drinks"
    assert said(plan) == ""


def test_a_page_that_is_no_worksheet_can_erase_everything(plan, pages, site):
    keep(plan)
    (pages / "privacy.html").write_text(
        '<!doctype html><html lang="en"><title>x</title><div data-erase>Use your browser.</div>'
        '<script type="module" src="assets/workbook/js/erase.js"></script>',
        encoding="utf-8",
    )
    plan.goto(f"{site}privacy.html")
    plan.get_by_role("button", name="Erase everything on this device").click()
    answer(plan, "Erase")

    expect(plan.get_by_role("status").first).to_have_text(NOTHING)
    assert databases(plan) == []


@pytest.fixture
def elsewhere(context, site):
    """A sheet opened from another page, with a stand-in for the page one leaves to."""
    context.route(AWAY, lambda route: route.fulfill(body="<title>Away</title>", content_type="text/html"))
    page = context.new_page()
    page.goto(f"{site}worksheets/{LOG}/")
    page.goto(f"{site}worksheets/{PLAN}/")
    expect(page.locator(".tools")).to_be_visible()
    return page


def by_button(page):
    page.get_by_role("link", name="Leave now").click()


def by_keys(page):
    page.locator("#change").focus()
    for _ in range(3):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [by_button, by_keys])
def test_leaving_is_quick_and_back_does_not_return(elsewhere, leave):
    elsewhere.locator("#change").fill("Fewer drinks")
    elsewhere.locator(".skip").focus()
    elsewhere.keyboard.press("Enter")
    asked = []
    elsewhere.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    leave(elsewhere)
    elsewhere.wait_for_url(AWAY)
    elsewhere.evaluate("setTimeout(() => history.back())")
    wait(elsewhere, lambda: elsewhere.evaluate("document.title").startswith("Urge log"))

    assert asked == []


def test_escape_pressed_slowly_stays(plan):
    for _ in range(3):
        plan.keyboard.press("Escape")
        plan.wait_for_timeout(900)

    assert PLAN in plan.url
    expect(plan.locator("#change")).to_be_visible()


# A store that takes a moment, as on a busy device.
SLOW_STORE = """() => {
    const get = IDBObjectStore.prototype.get
    IDBObjectStore.prototype.get = function (key) {
        for (let n = 0; n < 2000; n++) this.count()
        return get.call(this, key)
    }
}"""


def test_what_was_just_typed_is_kept_when_one_leaves(elsewhere, site):
    keep(elsewhere)
    elsewhere.evaluate(SLOW_STORE)
    elsewhere.locator("#change").fill("Fewer drinks")
    by_button(elsewhere)
    elsewhere.wait_for_url(AWAY)
    elsewhere.goto(f"{site}worksheets/{PLAN}/")

    expect(elsewhere.locator("#change")).to_have_value("Fewer drinks")


def test_it_is_said_what_leaving_cannot_hide(plan):
    expect(plan.locator(".foot")).to_contain_text("It cannot clear your history")


def test_unsaved_answers_ask_once_before_they_go(chromium, site):
    context = chromium.new_context()
    page = visit(context, site, PLAN)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#change").press_sequentially("Fewer")
    page.goto(f"{site}worksheets/{LOG}/")

    assert asked == ["beforeunload"]
    context.close()


@pytest.mark.parametrize("kept", [True, False])
def test_nothing_is_asked_when_all_is_kept_or_nothing_was_written(chromium, site, kept):
    context = chromium.new_context()
    page = visit(context, site, PLAN)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    if kept:
        page.locator("#change").press_sequentially("Fewer")
        keep(page)
    page.goto(f"{site}worksheets/{LOG}/")

    assert asked == []
    context.close()
