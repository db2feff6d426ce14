"""One sheet open in two tabs: the newer edit wins, and the other tab loses nothing."""

import pytest
from browser.hands import PLAN, answer, context, keep, plan, press, record, site, until_kept, visit
from playwright.sync_api import expect

__all__ = ["context", "plan", "site"]


@pytest.fixture
def both(plan, context, site):
    """Two tabs with the same kept sheet."""
    plan.locator("#change").fill("Fewer drinks")
    keep(plan)
    until_kept(plan, "Fewer drinks")
    other = visit(context, site, PLAN)
    expect(other.locator("#change")).to_have_value("Fewer drinks")
    return plan, other


def test_the_newer_edit_wins_and_the_other_tab_says_so(both):
    first, second = both
    second.locator("#why").fill("From the second tab")
    until_kept(second, "From the second tab")

    expect(first.locator(".notice")).to_contain_text("This sheet was changed in another tab")
    assert record(first)["answers"]["why"] == "From the second tab"
    assert first.locator("#change").input_value() == "Fewer drinks"
    assert first.locator("#why").input_value() == ""


def test_a_tab_that_is_behind_overwrites_nothing_until_one_chooses(both):
    first, second = both
    second.locator("#why").fill("From the second tab")
    expect(first.locator(".notice")).to_be_visible()
    first.locator("#why").fill("From the first tab")
    first.wait_for_timeout(1000)

    assert record(first)["answers"]["why"] == "From the second tab"
    assert first.locator("#why").input_value() == "From the first tab"


def test_the_newer_answers_can_be_shown(both):
    first, second = both
    second.locator("#why").fill("From the second tab")
    first.get_by_role("button", name="Show what is kept").click()

    expect(first.locator("#why")).to_have_value("From the second tab")
    expect(first.locator(".notice")).to_have_count(0)
    expect(first.locator(".said")).to_contain_text("Kept on this device")


def test_what_is_here_can_be_kept_instead(both):
    first, second = both
    second.locator("#why").fill("From the second tab")
    expect(first.locator(".notice")).to_be_visible()
    first.locator("#why").fill("From the first tab")
    first.get_by_role("button", name="Keep what is here").click()
    until_kept(first, "From the first tab")

    expect(second.locator(".notice")).to_contain_text("This sheet was changed in another tab")
    assert second.locator("#why").input_value() == "From the second tab"


def test_a_tab_that_heard_nothing_finds_out_before_it_writes(context, site):
    context.add_init_script("delete window.BroadcastChannel")
    first = visit(context, site, PLAN)
    keep(first)
    second = visit(context, site, PLAN)
    expect(second.get_by_role("button", name="Kept")).to_be_visible()
    second.locator("#why").fill("From the second tab")
    until_kept(second, "From the second tab")
    first.locator("#why").fill("From the first tab")
    expect(first.locator(".notice")).to_be_visible()

    assert record(first)["answers"]["why"] == "From the second tab"
    assert first.locator("#why").input_value() == "From the first tab"


def test_a_sheet_erased_in_another_tab_is_said_and_not_kept_again(both):
    first, second = both
    press(second, "Erase")
    answer(second, "Erase this sheet")
    expect(first.locator(".notice")).to_contain_text("This sheet was erased in another tab.")
    expect(first.locator(".said")).to_contain_text("This sheet was erased in another tab.")
    first.locator("#why").fill("More")
    first.wait_for_timeout(1000)

    assert record(first) is None
    assert first.locator("#change").input_value() == "Fewer drinks"


def test_two_tabs_that_keep_at_once_do_not_both_say_kept(context, site):
    first, second = visit(context, site, PLAN), visit(context, site, PLAN)
    for page, words in ((first, "One"), (second, "Two")):
        page.locator("#change").fill(words)
        press(page, "Keep")
        expect(page.get_by_role("dialog")).to_be_visible()
    answer(first, "Keep")
    expect(first.locator(".said")).to_contain_text("Kept on this device")
    answer(second, "Keep")

    expect(second.locator(".notice")).to_be_visible()
    expect(second.locator(".said")).to_contain_text("not being kept until you choose")
