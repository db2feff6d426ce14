"""A device that does not do its part: its clock jumps, its store is cleared, its browser is killed."""

from __future__ import annotations

import pytest
from browser.hands import PLAN, answer, context, keep, plan, press, record, site, until_kept, visit
from browser.kills import kills
from browsing import program
from playwright.sync_api import BrowserType, Page, expect

__all__ = ["context", "plan", "site"]

DAY = 24 * 3600 * 1000
SHIFT = """(shift) => {
    const Real = window.RealDate ??= Date
    window.Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + shift) }
        static now() { return Real.now() + shift }
    }
}"""


def clock(page: Page, days: int) -> None:
    """What the device says the time is, in all its tabs and from now on, as many days from the real one."""
    page.context.add_init_script(f"({SHIFT})({days * DAY})")
    for one in page.context.pages:
        one.evaluate(SHIFT, days * DAY)


def left(page: Page) -> float:
    """Days that the record has left by the device's clock."""
    return (record(page)["expires"] - page.evaluate("Date.now()")) / DAY


@pytest.mark.parametrize("kept_on", [0, 3000], ids=["set back", "was wrong when it was kept"])
def test_a_clock_set_back_makes_the_time_no_longer(plan, kept_on):
    clock(plan, kept_on)
    plan.locator("#change").fill("Fewer drinks")
    keep(plan, "7 days")
    until_kept(plan, "Fewer drinks")
    clock(plan, kept_on - 300)
    plan.reload()
    expect(plan.locator("#change")).to_have_value("Fewer drinks")

    assert 6 < left(plan) < 8
    clock(plan, kept_on - 290)
    plan.reload()
    expect(plan.locator("#change")).to_have_value("")


def test_a_clock_set_back_while_one_writes_makes_the_time_no_longer(plan):
    keep(plan, "7 days")
    clock(plan, -300)
    plan.locator("#change").fill("Fewer drinks")
    until_kept(plan, "Fewer drinks")

    assert 6 < left(plan) < 8


def test_the_newer_edit_wins_under_a_clock_that_was_set_back(plan, context, site):
    plan.locator("#change").fill("Fewer drinks")
    keep(plan)
    until_kept(plan, "Fewer drinks")
    clock(plan, -1)
    other = visit(context, site, PLAN)
    expect(other.locator("#change")).to_have_value("Fewer drinks")
    other.locator("#why").fill("The newer one")
    until_kept(other, "The newer one")
    expect(plan.locator(".notice")).to_contain_text("This sheet was changed in another tab")
    plan.locator("#change").fill("The older one")
    plan.wait_for_timeout(800)

    assert record(plan)["answers"] == {"change": "Fewer drinks", "why": "The newer one"}


def test_a_sheet_kept_anew_under_an_earlier_clock_is_noticed(plan, context, site):
    """Its day is before that of the record that the first tab knows; it is the newer one all the same."""
    plan.locator("#change").fill("Old")
    keep(plan)
    until_kept(plan, "Old")
    plan.evaluate("BroadcastChannel.prototype.postMessage = () => {}")
    context.add_init_script("BroadcastChannel.prototype.postMessage = () => {}")  # it hears nothing
    other = visit(context, site, PLAN)
    clock(other, -1)
    press(other, "Erase")
    answer(other, "Erase this sheet")
    expect(other.locator(".said")).to_contain_text("Erased")
    other.locator("#change").fill("New")
    keep(other)
    until_kept(other, "New")
    plan.locator("#change").fill("Mine")
    plan.wait_for_timeout(800)

    assert record(other)["answers"] == {"change": "New"}
    expect(plan.locator(".notice")).to_be_visible()


def test_a_store_that_is_cleared_midway_is_said_and_can_be_kept_anew(chromium, site):
    context = chromium.new_context()
    page = visit(context, site, PLAN)
    page.locator("#change").fill("Fewer drinks")
    keep(page)
    until_kept(page, "Fewer drinks")
    everything = {"origin": site.rstrip("/"), "storageTypes": "all"}
    context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
    page.locator("#why").fill("To sleep")
    expect(page.locator(".notice")).to_contain_text("no longer on this device")

    assert record(page) is None
    assert page.locator("#change").input_value() == "Fewer drinks"
    keep(page)
    until_kept(page, "To sleep")
    context.close()


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_a_browser_that_is_killed_while_it_keeps_loses_nothing_older_than_a_second(playwright, site, engine):
    """A few times here; `python tests/browser/kills.py 200` for many."""
    kind: BrowserType = getattr(playwright, engine)
    name = program("chromium" if engine == "chromium" else "firefox-esr")

    assert [one.fault for one in kills(kind, name, site, 4, seed=1)] == [""] * 4
