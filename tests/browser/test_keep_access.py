"""What the script adds can be used by everyone: by keyboard, at 320 px, in the dark, with large letters."""

import pytest
from browser.hands import PLAN, context, keep, plan, press, site, visit
from browsing import axe
from playwright.sync_api import expect

__all__ = ["context", "plan", "site"]

WAY_UP = ["Home", "All worksheets", "Search"]
TOOLS = ["Keep", "Print", "Save file", "Erase", "More"]


@pytest.mark.parametrize("name", ["Keep", "Save file", "Erase", "More"])
def test_axe_finds_nothing_in_a_dialog(plan, name):
    press(plan, name)
    expect(plan.get_by_role("dialog")).to_be_visible()

    assert axe(plan) == []


def test_axe_finds_nothing_on_a_kept_sheet_or_a_notice(plan, context, site):
    keep(plan)
    other = visit(context, site, PLAN)
    expect(other.locator(".tools").get_by_role("button", name="Kept")).to_be_visible()
    other.locator("#why").fill("From another tab")
    expect(plan.locator(".notice")).to_be_visible()

    assert axe(plan) == []


def test_the_bar_and_a_dialog_work_by_keyboard(plan):
    names = []
    plan.locator(".exit").focus()
    for _ in [*WAY_UP, *TOOLS]:
        plan.keyboard.press("Tab")
        names.append(plan.evaluate("document.activeElement.innerText.trim()"))
    plan.locator(".tools button").first.focus()
    plan.keyboard.press("Enter")
    expect(plan.get_by_role("dialog")).to_be_visible()
    plan.keyboard.press("Escape")

    assert names == [*WAY_UP, *TOOLS]
    expect(plan.get_by_role("dialog")).to_have_count(0)
    expect(plan.locator(".tools button").first).to_be_focused()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_buttons_are_large_enough_and_nothing_sticks_out(plan, width):
    plan.set_viewport_size({"width": width, "height": 700})
    small = plan.evaluate(
        """() => [...document.querySelectorAll('.tools button')].map((one) => one.getBoundingClientRect())
            .filter((box) => Math.min(box.width, box.height) < 44 || box.left < 0 || box.right > innerWidth)
            .length"""
    )

    assert small == 0
    assert plan.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_has_focus_is_never_under_the_bar(plan):
    plan.locator("#change").focus()
    for _ in range(25):
        plan.keyboard.press("Tab")
        hidden = plan.evaluate(
            """() => {
                const [box, bar] = [document.activeElement, document.querySelector('.tools')]
                    .map((one) => one.getBoundingClientRect())
                return !document.activeElement.closest('.tools') && box.bottom > bar.top && box.height < 200
            }"""
        )
        assert not hidden, plan.evaluate("document.activeElement.outerHTML")


def test_nothing_of_the_script_is_printed(chromium, site):
    context = chromium.new_context()
    page = visit(context, site, PLAN)
    keep(page)
    page.emulate_media(media="print")

    expect(page.locator(".tools")).to_be_hidden()
    context.close()


def test_erasing_works_by_keyboard_alone(plan):
    plan.locator("#change").fill("Fewer drinks")
    plan.locator(".tools").get_by_role("button", name="Erase").focus()
    plan.keyboard.press("Enter")
    expect(plan.get_by_role("dialog").get_by_role("button", name="Go back")).to_be_focused()
    plan.keyboard.press("Tab")
    plan.keyboard.press("Enter")

    expect(plan.locator("#change")).to_have_value("")


@pytest.mark.parametrize("name", ["Keep", "Save file", "Erase", "More"])
def test_a_button_pressed_twice_asks_one_question(plan, name):
    """Pressed faster than the part that asks arrives."""
    plan.evaluate(
        """name => {
            const all = [...document.querySelectorAll('.tools button')]
            const button = all.find((one) => one.innerText.trim() === name)
            button.click()
            button.click()
        }""",
        name,
    )
    expect(plan.get_by_role("dialog")).to_be_visible()
    plan.wait_for_timeout(500)

    assert plan.locator("dialog").count() == 1


def test_nothing_in_a_dialog_lies_over_its_buttons(plan):
    press(plan, "Keep")
    plan.get_by_text("Lock it with a passphrase").click()
    covered = plan.evaluate(
        """() => [...document.querySelectorAll('dialog .buttons button')].filter((button) => {
            const { left, right, top, bottom } = button.getBoundingClientRect()
            for (let x = left + 5; x < right - 4; x += 6) {
                for (let y = top + 5; y < bottom - 4; y += 6) {
                    if (!button.contains(document.elementFromPoint(x, y))) return true
                }
            }
        }).map((button) => button.innerText)"""
    )

    assert covered == []


def test_the_choice_that_is_made_already_has_the_focus(plan):
    press(plan, "Keep")

    expect(plan.get_by_role("radio", name="7 days")).to_be_focused()
