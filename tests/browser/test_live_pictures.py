"""The wheel, the ranked list and the course of a log: by hand, by keyboard, and in words."""

import pytest
from browser.live_pages import WIDE, control, focused, sheet, sheet_in_chromium, told, value
from browsing import axe
from playwright.sync_api import expect

__all__ = ["sheet", "sheet_in_chromium"]


@pytest.fixture
def wheel(sheet):
    return sheet("balance-wheel", ".handle")


def middle(page):
    """The middle of the wheel on the screen, and how far its rim is from there."""
    page.locator(".wheel").evaluate("one => one.scrollIntoView({ block: 'center' })")
    box = page.locator(".wheel").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, 92 * box["width"] / 328


def test_the_wheel_draws_what_the_list_says(wheel):
    for name in ("body", "mind"):
        control(wheel, f"content.{name}").select_option("10")

    expect(wheel.locator(".wheel .shape")).to_have_attribute("d", "M0,-92L54.1,-74.4")
    label = wheel.locator(".wheel").get_attribute("aria-label")
    assert label.startswith("How content am I with each part? Body 10, Mind 10, Home no number yet,")


def test_a_spoke_without_a_number_is_a_gap_and_no_zero(wheel):
    for name in ("body", "home"):
        control(wheel, f"content.{name}").select_option("10")

    expect(wheel.locator(".wheel .shape")).to_have_attribute("d", "")
    expect(wheel.get_by_role("slider", name="Mind")).to_have_attribute("aria-valuetext", "no number yet")


def test_arrow_keys_set_a_spoke(wheel):
    spoke = wheel.get_by_role("slider", name="Money")
    control(wheel, "content.money").select_option("4")
    spoke.focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowDown"):
        wheel.keyboard.press(key)

    expect(spoke).to_have_attribute("aria-valuetext", "5 of 10")
    assert value(wheel, "content.money") == "5"
    wheel.keyboard.press("End")
    assert value(wheel, "content.money") == "10"
    wheel.keyboard.press("Delete")
    assert value(wheel, "content.money") == ""


def test_a_mouse_drags_one_spoke_only(wheel):
    x, y, rim = middle(wheel)
    wheel.mouse.move(x, y - rim * 0.8)
    wheel.mouse.down()
    wheel.mouse.move(x, y - rim * 0.6, steps=3)
    wheel.mouse.move(x + rim * 0.3, y - rim * 0.3, steps=3)
    wheel.mouse.up()

    assert value(wheel, "content.body") == "3"
    assert value(wheel, "content.mind") == ""


def test_a_tap_sets_the_nearest_spoke(chromium, address):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}worksheets/balance-wheel/")
    page.locator("h1").tap()
    expect(page.locator(".handle").first).to_be_attached()
    x, y, rim = middle(page)
    page.touchscreen.tap(x, y - rim * 0.7)

    assert value(page, "content.body") == "7"
    context.close()


@pytest.fixture
def ranked(sheet):
    page = sheet("what-i-gain", ".move")
    for number, words in enumerate(("Kids", "Fights", "Mates"), 1):
        control(page, f"heavy.{number}").fill(words)
    return page


def order(page):
    return [value(page, f"heavy.{number}") for number in (1, 2, 3)]


def test_a_button_moves_a_line_and_the_focus_goes_along(ranked):
    ranked.get_by_role("button", name="Move “Mates” up").press("Enter")

    assert order(ranked) == ["Kids", "Mates", "Fights"]
    assert focused(ranked) == "Move “Mates” up"
    assert told(ranked).inner_text() == "“Mates” is now 2 of 3."


def test_arrow_keys_move_a_line_from_first_to_last(ranked):
    ranked.get_by_role("button", name="Move “Kids” down").focus()
    for _ in range(3):
        ranked.keyboard.press("ArrowDown")

    assert order(ranked) == ["Fights", "Mates", "Kids"]
    expect(ranked.get_by_role("button", name="Move “Kids” down")).to_have_attribute("aria-disabled", "true")


def test_a_number_is_dragged_to_another_place(ranked):
    first, third = ranked.locator(".grip").nth(0), ranked.locator(".grip").nth(2)
    third.scroll_into_view_if_needed()
    ranked.locator(".places").evaluate("one => one.scrollIntoView({ block: 'center' })")
    start, end = first.bounding_box(), third.bounding_box()
    ranked.mouse.move(start["x"] + 20, start["y"] + 20)
    ranked.mouse.down()
    ranked.mouse.move(end["x"] + 20, end["y"] + 22, steps=6)
    ranked.mouse.up()

    assert order(ranked) == ["Fights", "Mates", "Kids"]


def test_a_finger_carries_a_line_to_another_place(chromium, address):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}worksheets/what-i-gain/")
    page.keyboard.press("Shift")
    expect(page.locator(".move").first).to_be_attached()
    for number, words in enumerate(("Kids", "Fights", "Mates"), 1):
        control(page, f"heavy.{number}").fill(words)
    page.locator(".places").evaluate("one => one.scrollIntoView({ block: 'center' })")
    scrolled = page.evaluate("scrollY")
    first, third = (page.locator(".grip").nth(at).bounding_box() for at in (0, 2))
    finger = context.new_cdp_session(page)
    steps = [first["y"] + 20 + (third["y"] + 2 - first["y"]) * part / 6 for part in range(7)]
    for kind, y in [("touchStart", steps[0]), *(("touchMove", y) for y in steps)]:
        point = {"x": first["x"] + 20, "y": y}
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    assert order(page) == ["Fights", "Mates", "Kids"]
    assert page.evaluate("scrollY") == scrolled
    context.close()


def test_the_same_in_two_places_is_said_and_not_refused(ranked):
    control(ranked, "heavy.3").fill("Kids")

    expect(ranked.locator("#heavy_err")).to_have_text("“Kids” is there twice.")
    assert order(ranked) == ["Kids", "Fights", "Kids"]
    control(ranked, "heavy.3").fill("Sleep")
    expect(ranked.locator("#heavy_err")).to_have_text("")


def test_escape_lets_go_of_a_dragged_line(ranked):
    ranked.locator(".places").evaluate("one => one.scrollIntoView({ block: 'center' })")
    start = ranked.locator(".grip").nth(0).bounding_box()
    ranked.mouse.move(start["x"] + 20, start["y"] + 20)
    ranked.mouse.down()
    ranked.mouse.move(start["x"] + 20, start["y"] + 120, steps=6)
    ranked.keyboard.press("Escape")
    ranked.mouse.up()

    assert order(ranked) == ["Kids", "Fights", "Mates"]


def write_scores(page, scores):
    for number, (day, want, can) in enumerate(scores, 1):
        control(page, f"trend.{number}.date").fill(day)
        control(page, f"trend.{number}.want").select_option(want)
        control(page, f"trend.{number}.can").select_option(can)


@pytest.fixture
def scores(sheet):
    page = sheet("how-ready", "figure.course", viewport=WIDE)
    write_scores(page, [("2026-11-22", "8", "4"), ("2026-11-08", "7", "2"), ("2026-11-15", "9", "")])
    return page


def test_two_dated_rows_are_drawn_in_the_order_of_days(scores):
    chart = scores.get_by_role("img", name="Course of “My last scores”")

    expect(chart).to_be_visible()
    days = scores.locator(".behind tbody th").evaluate_all("all => all.map(one => one.textContent)")
    assert days == ["8 November 2026", "15 November 2026", "22 November 2026"]


def test_a_chart_stays_whole_from_right_to_left(scores):
    scores.evaluate("document.documentElement.dir = 'rtl'")
    outside = scores.evaluate(
        """() => [...document.querySelectorAll('figure svg[role=img] text')].filter((text) => {
            const [one, all] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()]
            return one.left < all.left - 1 || one.right > all.right + 1
        }).map((text) => text.textContent)"""
    )

    assert outside == []


def test_one_row_is_no_course(sheet):
    page = sheet("how-ready", "figure.course")
    write_scores(page, [("2026-11-22", "8", "4")])

    expect(page.locator("figure.course")).to_be_hidden()


def test_a_missing_number_breaks_the_line_and_is_a_dash_in_the_table(scores):
    lines = scores.locator(".course div > .chart .line").evaluate_all(
        "all => all.map(one => one.getAttribute('d'))"
    )

    assert [line.count("M") for line in lines] == [1, 2, 0]
    assert scores.locator(".behind tbody tr").nth(1).locator("td").nth(1).text_content() == "–"


def test_lines_differ_by_dash_and_mark_and_the_words_hold_the_numbers(scores):
    lines = scores.locator(".course div > .chart .line")
    dashes = lines.evaluate_all("all => all.map(one => one.getAttribute('stroke-dasharray'))")

    assert len(set(dashes)) == len(dashes) == 3
    assert scores.locator(".course desc").text_content() == (
        "8 November 2026 to 22 November 2026. Want: 3 numbers, from 7 to 9. Sure: 2 numbers, from 2 to 4. "
        "Ready: no numbers yet. The table below has each number."
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_sheet_in_use(sheet, scheme):
    page = sheet("how-ready", "figure.course", viewport=WIDE, color_scheme=scheme, bypass_csp=True)
    write_scores(page, [("2026-11-08", "7", "2"), ("2026-11-15", "9", "3")])
    page.get_by_role("button", name="Remove Day 4").click()
    expect(page.locator(".gone")).to_have_count(1)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")

    assert axe(page) == []


@pytest.mark.parametrize("id_", ["balance-wheel", "what-i-gain", "after-a-slip", "where-i-see-control"])
def test_axe_finds_nothing_where_pictures_and_warnings_are(sheet_in_chromium, id_):
    page = sheet_in_chromium(id_, "[data-field]", bypass_csp=True)
    page.wait_for_timeout(400)
    for name in ("safe", "item-12"):
        for box in page.locator(f'[name="{name}"]').all()[4:5]:
            box.check(force=True)

    assert axe(page) == []


@pytest.mark.parametrize("id_", ["balance-wheel", "what-i-gain", "urge-log", "how-ready", "change-plan"])
def test_nothing_added_is_wider_than_a_small_phone(sheet, id_):
    page = sheet(id_, ".add, .handle", viewport={"width": 320, "height": 640})
    page.wait_for_timeout(400)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("id_", ["balance-wheel", "what-i-gain", "urge-log", "how-ready"])
def test_thumbs_hit_what_is_added(sheet, id_):
    page = sheet(id_, ".add, .handle")
    page.wait_for_timeout(400)
    small = page.locator("button:visible, .handle .hit").evaluate_all(
        "all => all.map((one) => [one.getBoundingClientRect(), one.outerHTML])"
        ".filter(([box]) => box.width && Math.min(box.width, box.height) < 43.5)"
        ".map(([, html]) => html.slice(0, 120))"
    )

    assert small == []
