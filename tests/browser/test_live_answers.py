"""Fields, safety lines and results follow the answers; what cannot be read is said plainly."""

import pytest
from browser.live_pages import PATIENT, PAUSE, WIDE, control, focused, mark, sheet, told, value
from browsing import opened
from playwright.sync_api import Route, expect

__all__ = ["sheet"]


SEEN_WHOLE = """one => {
  const { left, bottom } = one.getBoundingClientRect()
  return one.contains(document.elementFromPoint(left + 4, bottom - 4))
}"""


@pytest.fixture
def plan(sheet):
    return sheet("change-plan", "button.none")


@pytest.fixture
def slip(sheet):
    return sheet("after-a-slip", ".now")


def test_a_field_comes_when_its_condition_holds_and_focus_stays(plan):
    expect(plan.locator("#make-it-7")).to_be_hidden()
    control(plan, "sure").nth(3).focus()
    plan.keyboard.press("Space")

    expect(plan.locator("#make-it-7")).to_be_visible()
    assert plan.evaluate("document.activeElement.value") == "3"
    expect(told(plan)).to_contain_text("Now on the sheet: What would make it a 7?", timeout=PATIENT)


def test_who_answers_before_the_parts_have_come_is_told_too(chromium, address):
    with opened(chromium, f"{address}worksheets/change-plan/", script=True) as page:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/conditions*.js", hold)
        with page.expect_request("**/conditions*.js"):
            control(page, "sure").nth(3).check()
        held[0].continue_()

        expect(page.locator("#make-it-7")).to_be_visible()
        expect(told(page)).to_contain_text("Now on the sheet: What would make it a 7?", timeout=PATIENT)


def test_a_hidden_answer_is_kept_and_said_to_be_kept(plan):
    mark(plan, "sure", "3")
    plan.locator("#make-it-7").fill("Jo drives me")
    mark(plan, "sure", "8")

    expect(plan.locator("#make-it-7")).to_be_hidden()
    expect(plan.locator(".kept")).to_have_text(
        "“What would make it a 7?” does not apply now. Your answer is kept, out of sight."
    )
    mark(plan, "sure", "2")
    expect(plan.locator("#make-it-7")).to_be_visible()
    assert value(plan, "make-it-7") == "Jo drives me"
    assert plan.locator(".kept").count() == 0


def test_a_danger_is_first_on_the_page_and_beside_the_answer(slip):
    mark(slip, "safe", "suicide")

    top = slip.locator("main > :first-child")
    expect(top).to_contain_text("Tell someone near you now.")
    assert (
        slip.locator("[data-field=safe] [role=alert]").inner_text().count("Tell someone near you now.") == 1
    )
    expect(slip.locator("[data-field=safe] [role=alert]")).to_contain_text(
        "Call your local emergency number now."
    )


def test_a_danger_that_has_room_moves_neither_the_focus_nor_the_page(slip):
    box = slip.locator("[name=safe][value=fits]")
    box.evaluate("one => one.scrollIntoView({ block: 'start' })")
    box.focus()
    before = box.bounding_box()["y"]
    slip.keyboard.press("Space")
    expect(slip.locator(".now")).to_be_attached()
    slip.wait_for_timeout(300)

    assert abs(box.bounding_box()["y"] - before) < 2
    assert slip.evaluate("document.activeElement.value") == "fits"


@pytest.mark.parametrize("edge", ["start", "end"])
@pytest.mark.parametrize(
    ("sheet_id", "field", "option"),
    [
        ("withdrawal-check", "red", "fit"),
        ("withdrawal-check", "danger", "over-65"),
        ("making-amends", "harm", "hurt-me"),
        ("drug-question", "now", "too-much"),
    ],
)
def test_a_danger_is_seen_at_once_on_a_phone_and_so_is_what_called_for_it(
    sheet, sheet_id, field, option, edge
):
    """Wherever on the screen the answer stands that was marked."""
    page = sheet(sheet_id, ".now")
    box = page.locator(f"label:has([name='{field}'][value='{option}'])")
    box.evaluate(f"one => one.scrollIntoView({{ block: '{edge}' }})")
    box.click()

    here = page.locator(f"[data-field={field}] .called")
    expect(here).to_be_in_viewport(ratio=0.99)
    expect(box).to_be_in_viewport()
    page.wait_for_timeout(100)
    assert here.evaluate(SEEN_WHOLE), "the bar of buttons hides its end"


def test_the_box_below_an_answer_stands_between_whole_rows_of_options(sheet):
    page = sheet("withdrawal-check", ".now", viewport=WIDE)
    mark(page, "red", "fit")

    rows = page.locator("[data-field=red] .options > *").evaluate_all(
        "all => all.map(one => [one.className, one.offsetTop])"
    )
    at = [name for name, _ in rows].index("safety called")
    assert rows[at - 1][1] < rows[at][1] < rows[at + 1][1]
    assert rows[at - 1][1] == rows[0][1]
    assert at > 1


def test_one_goes_to_the_top_and_back_by_keyboard_and_is_never_trapped(slip):
    mark(slip, "safe", "fits")
    slip.get_by_role("button", name="See it at the top of the page").press("Enter")
    expect(slip.locator(".now")).to_be_focused()
    slip.get_by_role("button", name="Back to where I was").press("Enter")

    assert focused(slip) == "See it at the top of the page"


def test_safety_lines_go_when_they_no_longer_hold(slip):
    mark(slip, "safe", "fits")
    expect(slip.locator(".now")).to_be_visible()
    mark(slip, "safe", "none")

    expect(slip.locator(".now")).to_be_hidden()
    expect(slip.locator(".called")).to_be_hidden()


def test_lines_that_do_not_hold_are_not_shown(slip):
    assert slip.locator(".safety p[data-when]:visible").count() == 0
    assert slip.locator(".safety p:visible").count() == 3


def test_none_of_these_and_the_others_exclude_each_other(slip):
    mark(slip, "safe", "fits")
    mark(slip, "safe", "none")
    assert slip.locator("[name=safe]:checked").evaluate_all("all => all.map(one => one.value)") == ["none"]
    mark(slip, "safe", "chest-pain")

    assert slip.locator("[name=safe]:checked").evaluate_all("all => all.map(one => one.value)") == [
        "chest-pain"
    ]
    assert told(slip).inner_text() == "“None of these” is unticked."


def test_without_the_parts_everything_is_there_as_without_script(sheet, browser, address):
    page = browser.new_page()
    page.route("**/conditions.js", lambda route: route.abort())
    page.goto(f"{address}worksheets/change-plan/")
    page.keyboard.press("Shift")

    expect(page.locator("#make-it-7")).to_be_visible()
    expect(page.locator("[data-field=goal] + .called p[data-when]")).to_be_visible()
    page.close()


def fill_log(page, rows):
    for number, row in enumerate(rows, 1):
        for column, text in row.items():
            one = control(page, f"log.{number}.{column}")
            one.select_option(text) if column in ("strength", "later", "time") else one.fill(text)


def test_results_say_how_they_came_about(sheet):
    page = sheet("urge-log", ".remove", viewport=WIDE)
    average = page.locator("[data-field=average]")
    expect(average).to_contain_text("Three rows show a pattern. You have none.")
    fill_log(
        page,
        [{"strength": "4", "later": "3"}, {"strength": "6", "later": "4"}, {"strength": "9", "later": "6"}],
    )

    expect(average).to_contain_text("Average of 3 numbers: 6.3")
    expect(average.locator("textarea")).to_be_hidden()
    assert average.locator("textarea").input_value() == "Average of 3 numbers: 6.3"
    expect(page.locator("[data-field=drop]")).to_contain_text("They were lower 15 minutes later.")
    expect(told(page)).to_contain_text("Average of 3 numbers: 6.3.", timeout=PATIENT)


def test_results_are_told_once_and_only_when_they_change(sheet):
    page = sheet("urge-log", ".remove", viewport=WIDE)
    expect(page.locator("[data-field=average]")).to_contain_text("Three rows show a pattern. You have none.")
    fill_log(page, [{"strength": "4"}, {"strength": "6"}, {"strength": "9"}])
    expect(told(page)).to_contain_text("6.3", timeout=PATIENT)
    page.evaluate("""() => {
        window.told = []
        const note = () => window.told.push(1)
        const region = document.querySelector('body > p[role=status]')
        new MutationObserver(note).observe(region, { childList: true })
    }""")
    control(page, "log.1.who").press_sequentially("Alone")
    page.wait_for_timeout(PAUSE - 1500)

    assert page.evaluate("window.told") == []


def test_a_list_of_gaps_shows_both_numbers(sheet):
    page = sheet("balance-wheel", ".handle")
    for name, number in {
        "content.body": "3",
        "weight.body": "9",
        "content.fun": "5",
        "weight.fun": "6",
    }.items():
        control(page, name).select_option(number)

    lines = page.locator("[data-field=gap] .worked li").all_inner_texts()
    assert [" ".join(line.split()) for line in lines] == ["Body 6 9 minus 3", "Fun 1 6 minus 5"]


def test_a_day_that_is_not_in_the_calendar_is_said_plainly(plan):
    plan.locator("#check").focus()
    plan.keyboard.type("02312026")
    plan.locator("#make-it-7, #change").first.focus()

    expect(plan.locator("#check_err")).to_have_text("That day is not in the calendar. Try 28 Feb.")
    assert plan.locator("#check").get_attribute("aria-invalid") == "true"
    plan.locator("#check").fill("2026-02-28")
    expect(plan.locator("#check_err")).to_be_empty()
    assert plan.locator("#check").get_attribute("aria-invalid") is None


def test_a_number_out_of_range_is_said_plainly_and_stays(sheet):
    page = sheet("type-number", ".field")
    page.wait_for_timeout(300)
    box = page.locator("#field-2")
    box.fill("20000")
    box.blur()

    expect(page.locator("#field-2_err")).to_have_text("Use a number from 0 to 10000.")
    assert box.input_value() == "20000"


def test_a_number_in_a_row_is_named_where_it_stands(sheet):
    page = sheet("type-table", ".remove", viewport=WIDE)
    page.wait_for_timeout(300)
    box = control(page, "field-1.2.minutes")
    box.fill("-4")
    box.blur()

    expect(page.locator("#field-1_err")).to_have_text("Urge 2, Minutes: Use a number, 0 or more.")


def test_too_many_ticks_get_a_sentence_and_are_not_refused(sheet):
    page = sheet("type-choices", ".field")
    page.wait_for_timeout(300)
    for option in ("family", "friends", "health"):
        mark(page, "field-2", option)

    expect(page.locator("#field-2_err")).to_have_text("Tick at most 2. You have ticked 3.")
    assert page.locator("[name=field-2]:checked").count() == 3


def test_a_marked_number_is_cleared_by_a_button_that_arrows_do_not_reach(plan):
    mark(plan, "sure", "10")
    control(plan, "sure").nth(10).focus()
    plan.keyboard.press("ArrowRight")
    assert plan.locator("[name=sure]:checked").get_attribute("value") == "0"
    plan.locator("[data-field=sure]").get_by_role("button", name="Clear").click()

    assert plan.locator("[name=sure]:checked").count() == 0
    assert plan.evaluate("document.activeElement.name") == "sure"
