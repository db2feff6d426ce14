"""What goes wrong: a device erases nothing, a lock is lost, time runs back. It is said; nothing is lost."""

from __future__ import annotations

import json

import pytest
from browser.hands import (
    PLAN,
    answer,
    change_record,
    databases,
    downloaded,
    keep,
    press,
    record,
    said,
    set_aside,
    site,
    unlock,
    until_kept,
    visit,
    wait,
)
from browser.test_take_away import drawn, take, values
from browser.test_take_away_files import drop, sheet
from playwright.sync_api import expect

__all__ = ["site"]

STUCK = (
    "() => { IDBObjectStore.prototype.delete = () => { throw new DOMException('stuck', 'UnknownError') } }"
)
LATE = "() => { const set = setTimeout; window.setTimeout = (act, ms) => set(act, ms === 300 ? 1e7 : ms) }"
PASS = "four plain words here"


@pytest.fixture
def context(chromium):
    """One engine: what is tried here is no engine's own."""
    made = chromium.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    yield made
    made.close()


@pytest.fixture
def plan(context, site):
    return visit(context, site, PLAN)


def test_erasing_is_not_said_when_the_device_erased_nothing(plan):
    plan.locator("#change").fill("Fewer drinks")
    keep(plan)
    until_kept(plan, "Fewer drinks")
    plan.evaluate(STUCK)
    press(plan, "Erase")
    answer(plan, "Erase this sheet")

    expect(plan.locator(".said")).to_contain_text("this browser did not erase what it kept")
    assert record(plan)["answers"] == {"change": "Fewer drinks"}


def test_keeping_is_not_said_to_be_over_when_the_device_still_has_it(plan):
    keep(plan)
    plan.evaluate(STUCK)
    press(plan, "Kept")
    answer(plan, "Stop keeping")

    expect(plan.locator(".said")).to_contain_text("did not erase what is kept")


def test_a_browser_that_lists_nothing_is_said_to_list_nothing(plan):
    refuse = "indexedDB.databases = () => Promise.reject(new DOMException('no', 'SecurityError'))"
    plan.evaluate(f"() => {{ {refuse} }}")
    press(plan, "Erase")
    answer(plan, "Erase everything on this device")

    expect(plan.locator(".said")).to_contain_text("does not let a page look for: kept sheets")


def test_enter_at_the_question_of_erasing_erases_nothing(plan):
    plan.locator("#change").fill("Mine")
    press(plan, "Erase")
    expect(plan.get_by_role("dialog")).to_be_visible()
    plan.keyboard.press("Enter")
    expect(plan.get_by_role("dialog")).to_have_count(0)

    assert plan.locator("#change").input_value() == "Mine"


def locked(plan):
    """A sheet that is kept under a passphrase, opened anew."""
    plan.locator("#change").fill("Fewer drinks")
    keep(plan, passphrase=PASS)
    plan.reload()
    expect(plan.locator(".notice")).to_contain_text("locked with your passphrase")


def test_what_is_locked_and_damaged_is_set_aside_and_said(plan):
    locked(plan)
    change_record(plan, "{ ...record, locked: record.locked.replace(/.{8}$/, 'AAAAAAAA') }")
    plan.reload()
    plan.get_by_role("button", name="Open").click()
    unlock(plan, PASS)

    expect(plan.locator(".notice")).to_contain_text("cannot be read. It is set aside on this device")
    assert len(set_aside(plan)) == 1
    plan.locator("#change").fill("New")
    keep(plan)
    until_kept(plan, "New")


def test_who_forgot_the_passphrase_can_begin_anew(plan):
    locked(plan)
    expect(plan.locator(".private")).to_contain_text("A locked copy of this sheet is kept on this device.")
    press(plan, "Keep")
    expect(plan.locator(".said")).to_have_text("First choose in the box above the sheet.")
    plan.get_by_role("button", name="I forgot the passphrase").click()
    answer(plan, "Go back")
    assert record(plan)
    plan.get_by_role("button", name="I forgot the passphrase").click()
    answer(plan, "Erase it")
    expect(plan.locator(".said")).to_have_text("What was locked is erased from this device.")

    assert databases(plan) == []
    plan.locator("#change").fill("New")
    keep(plan)
    until_kept(plan, "New")


def test_what_is_unlocked_is_said_to_be_back_and_focus_goes_to_the_title(plan):
    locked(plan)
    plan.get_by_role("button", name="Open").click()
    unlock(plan, PASS)
    expect(plan.locator("#change")).to_have_value("Fewer drinks")

    assert "are back" in said(plan)
    expect(plan.locator("h1")).to_be_focused()


def test_without_the_part_that_locks_it_is_said(context, site):
    context.route("**/lock.js", lambda route: route.abort())
    page = visit(context, site, PLAN)
    for name in ("Keep", "Save file"):
        press(page, name)
        expect(page.get_by_role("dialog")).to_contain_text("To lock it with a passphrase is not possible now")
        answer(page, "Go back")


@pytest.mark.parametrize(
    "damage", ["gone: [5]", "gone: [[1, 2]]", "version: undefined", "saved: 1e300", "expires: 1e300"]
)
def test_damage_in_any_part_of_a_record_is_set_aside(plan, damage):
    keep(plan)
    change_record(plan, f"{{ ...record, {damage} }}")
    plan.reload()

    expect(plan.locator(".notice")).to_contain_text("It is set aside on this device")
    assert len(set_aside(plan)) == 1


def test_a_clock_set_back_loses_nothing_and_keeps_the_newest(context, site):
    page = visit(context, site, PLAN)
    page.locator("#change").fill("At noon")
    keep(page)
    until_kept(page, "At noon")
    first = record(page)["saved"]
    context.add_init_script("const now = Date.now; Date.now = () => now() - 86_400_000")
    page.reload()
    expect(page.locator("#change")).to_have_value("At noon")
    page.locator("#change").fill("Later, by a clock set back")
    until_kept(page, "Later, by a clock set back")

    assert record(page)["saved"] > first
    page.reload()
    expect(page.locator("#change")).to_have_value("Later, by a clock set back")


def test_on_a_device_whose_timers_are_late_the_next_letter_saves(plan):
    keep(plan)
    plan.evaluate(LATE)
    plan.locator("#change").fill("Fewer drinks")
    plan.wait_for_timeout(400)
    assert record(plan)["answers"] == {}
    plan.locator("#change").press_sequentially("!")

    until_kept(plan, "Fewer drinks!")


def test_what_is_over_is_said_on_return(plan):
    keep(plan, "Until the end of today")
    change_record(plan, "{ ...record, expires: Date.now() - 1 }")
    plan.reload()

    expect(plan.locator(".said")).to_contain_text("The time you chose is over")
    wait(plan, lambda: not databases(plan))


def test_a_store_that_is_full_at_the_first_keep_says_so(context, site):
    page = visit(context, site, PLAN)
    session = context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.rstrip("/"), "quotaSize": 1})
    page.locator("#change").fill("Mine")
    press(page, "Keep")
    answer(page, "Keep")

    expect(page.locator(".notice").get_by_role("button", name="Save file")).to_be_visible()
    assert page.locator("#change").input_value() == "Mine"


def test_a_tab_that_is_behind_can_save_what_stands_in_it(context, site):
    first = visit(context, site, PLAN)
    keep(first)
    second = visit(context, site, PLAN)
    expect(second.locator(".private")).to_contain_text("Kept on this device")
    first.locator("#why").fill("From the first")
    until_kept(first, "From the first")
    second.locator("#why").fill("From the second")
    second.locator(".notice").get_by_role("button", name="Save file").click()
    _, content = downloaded(second, lambda: answer(second, "Save"))

    assert json.loads(content)["answers"]["why"] == "From the second"


def test_a_large_answer_is_saved_and_loaded_again(context, plan, site):
    long = "word " * 300_000
    set_ = "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })) }"
    plan.locator("#why").evaluate(set_, long)
    press(plan, "Save file")
    _, content = downloaded(plan, lambda: answer(plan, "Save"))
    other = visit(context, site, PLAN)
    drop(other, content.decode())

    expect(other.locator("#why")).to_have_value(long)


def test_answers_that_have_left_the_sheet_are_asked_about_before_they_go(plan, site):
    drop(plan, sheet({"old-question": "Old one"}))
    expect(plan.get_by_role("region", name="No longer on this sheet")).to_be_visible()
    plan.locator("h1").click()
    asked = []
    plan.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    plan.goto(f"{site}worksheets/urge-log/")

    assert asked == ["beforeunload"]


def test_a_hidden_answer_is_not_in_the_filled_pdf(plan):
    plan.locator("label:has([name=sure][value='3'])").click()
    plan.locator("#make-it-7").fill("Out of sight")
    plan.locator("label:has([name=sure][value='9'])").click()
    _, content = take(plan, "Filled PDF, A4")

    assert values(content)["sure"] == "/9"
    assert values(content)["make-it-7"] == ""
    assert "Out of sight" not in drawn(content)


def test_letters_that_cannot_be_drawn_change_nothing_about_the_others(plan):
    plan.locator("#change").fill("Less 😀")
    _, content = take(plan, "Filled PDF, A4")

    assert values(content)["change"] == "Less 😀"
    assert "Less ?" in drawn(content)
    assert b"NeedAppearances" not in content


def test_long_words_make_no_page_scroll_sideways(context, site):
    page = visit(context, site, "urge-log")
    long = "https://example.org/" + "a" * 160
    row = {"where": long, "feeling": long, "strength": 5, "later": 3, "date": "2026-11-01"}
    drop(
        page, {"worksheet": "urge-log", "version": 1, "answers": {"log": [row] * 3, "gone-" + "x" * 90: long}}
    )
    expect(page.get_by_role("region", name="No longer on this sheet")).to_be_visible()
    expect(page.locator(".came").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_numbers_out_of_their_range_stay_in_the_frame_of_the_chart(context, site):
    page = visit(context, site, "sleep-and-routine")
    table = page.locator("[data-field]:has(.rows)").first.get_attribute("data-field")
    number = page.locator("input[type=number]").first.get_attribute("name").rpartition(".")[2]
    date = page.locator("input[type=date]").first.get_attribute("name").rpartition(".")[2]
    rows = [{date: "2026-11-01", number: 999}, {date: "2026-11-02", number: -40}]
    drop(page, {"worksheet": "sleep-and-routine", "version": 1, "answers": {table: rows}})
    chart = page.locator("svg.chart[role=img]").first
    expect(chart).to_be_visible()
    inside = """svg => {
        const frame = svg.getBoundingClientRect()
        return [...svg.querySelectorAll('[class^=mark]')].every((one) => {
            const mark = one.getBoundingClientRect()
            return mark.top >= frame.top && mark.bottom <= frame.bottom
        })
    }"""

    assert chart.evaluate(inside)


def test_it_is_said_that_escape_three_times_leaves(plan):
    expect(plan.get_by_text("Pressing Esc three times does the same.")).to_be_visible()
    expect(plan.locator(".foot").get_by_role("link", name="Privacy")).to_be_visible()
