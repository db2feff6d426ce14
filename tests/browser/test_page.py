"""The page without script, in real browsers: seen, filled in, walked by keyboard and printed."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest
from browsing import WIDTHS, InPieces, axe, opened, program, served, words
from playwright.sync_api import Browser, Playwright, expect
from sheets import chosen, made, real

from workbook.render import style

REAL = chosen()
IDS = [*made().worksheets, *REAL]
LONG = "First words. " + "An answer that goes on over several lines of its box. " * 6 + "Last words."

# A link in the middle of a sentence is as high as its line. All others stand by themselves.
SMALL_TARGETS = """() => [...document.querySelectorAll('textarea, select, input, summary, button, a')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.matches('.skip, .private a, .sources li a, .foot p a, b a[href^=tel]'))
    .filter((one) => {
      const box = (one.closest('label') ?? one).getBoundingClientRect()
      const typed = one.matches('textarea, select, input:not([type=radio], [type=checkbox])')
      return box.height < 44 || box.width < 44 || typed && parseFloat(getComputedStyle(one).fontSize) < 16
    })
    .map((one) => one.outerHTML.slice(0, 120))"""

FILL = """(long) => [...document.querySelectorAll('form textarea')].map((one, index) => {
      one.removeAttribute('maxlength')
      one.value = long.replace('First', `Start${index}x`).replace('Last', `End${index}x`)
    }).length"""


@pytest.mark.parametrize("id_", IDS)
def test_axe_finds_nothing_light_or_dark(chromium, address, id_):
    # axe is a script itself, so only ours is held back.
    with opened(chromium, width=360, script=True, color_scheme="light") as page:
        page.route("**/*.js", lambda route: route.abort())
        page.goto(f"{address}worksheets/{id_}/")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")

        assert axe(page) == []
        if id_ in made().worksheets:  # all there is to colour; nothing else differs in the dark
            page.emulate_media(color_scheme="dark")
            assert axe(page, "color-contrast") == []


def test_rows_are_drawn_when_the_page_comes_in_pieces(browser, pages):
    with served(pages, InPieces) as address:
        # What was wrong once showed in every third visit of Chromium's.
        for visit in range(12 if browser.browser_type.name == "chromium" else 2):
            width = 1280 if visit % 2 else 360
            with opened(browser, f"{address}worksheets/urge-log/", width) as page:
                expect(page.locator("[name='log.1.where']")).to_be_visible()


@pytest.mark.parametrize("id_", IDS)
def test_nothing_is_wider_than_the_screen(chromium, address, id_):
    with opened(chromium, f"{address}worksheets/{id_}/") as page:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})

            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("id_", IDS)
def test_thumbs_hit_every_target_and_no_phone_zooms(chromium, address, id_):
    with opened(chromium, f"{address}worksheets/{id_}/", width=360, has_touch=True) as page:
        assert page.evaluate(SMALL_TARGETS) == []


LOOK = """() => [...document.querySelectorAll('body, body *')].filter((one) => one.checkVisibility())
    .map((one) => {
      const { left, top, width, height } = one.getBoundingClientRect()
      const look = getComputedStyle(one)
      const words = ['color', 'backgroundColor', 'font', 'borderTop', 'borderLeft', 'padding', 'visibility']
      return [one.outerHTML.slice(0, 60), left, top, width, height, ...words.map((word) => look[word])]
        .join(' ')
    })"""


@pytest.mark.parametrize("id_", ["balance-wheel", "change-plan", "how-ready", "urge-log"])
@pytest.mark.parametrize("script", [False, True])
def test_a_page_carries_every_rule_that_it_has_a_use_for(chromium, address, id_, script):
    for width in (360, 1280):
        with opened(chromium, width=width, script=script) as page:
            page.route("**/*.woff2", lambda route: route.abort())  # it may come between the two looks
            page.goto(f"{address}worksheets/{id_}/")
            if script:  # with a question open, which has parts that the sheet has not
                page.locator(".tools").get_by_role("button", name="Keep").click()
                expect(page.get_by_role("dialog")).to_be_visible()
            own = page.evaluate(LOOK)
            page.evaluate(
                "css => { document.querySelector('style').textContent = css }", style.whole("../../")
            )

            assert page.evaluate(LOOK) == own


def test_the_bar_keeps_its_place_and_is_silent_until_something_answers_it(chromium, address):
    with opened(chromium, width=1280, script=True) as page:
        page.route("**/main.js", lambda route: route.abort())
        page.goto(f"{address}worksheets/urge-log/")
        before = page.locator("h1").bounding_box()["y"]
        expect(page.locator(".tools")).to_be_hidden()
        expect(page.get_by_role("button")).to_have_count(0)  # not even the one in the head
        page.unroute_all()
        page.reload()
        expect(page.locator(".tools")).to_be_visible()

        assert page.locator("h1").bounding_box()["y"] == before
    with opened(chromium, f"{address}worksheets/urge-log/") as page:
        expect(page.locator(".tools")).to_be_hidden()
        assert page.locator(".tools").bounding_box() is None


def test_what_is_folded_shows_that_it_opens(browser, address):
    """A heading that stands alone looks like a chapter without words."""
    folded = "[...document.querySelectorAll('main summary')]"
    marks = f"{folded}.map((one) => getComputedStyle(one, '::before').content)"
    with opened(browser, f"{address}worksheets/urge-log/") as page:
        assert set(page.evaluate(marks)) == {'""'}


@pytest.mark.parametrize(
    ("kind", "typed"), [("text", "Tea"), ("date", "2026-11-23"), ("time", "18:30"), ("number", "7")]
)
def test_enter_goes_nowhere_and_loses_nothing(browser, address, kind, typed):
    with opened(browser, f"{address}worksheets/type-{kind}/") as page:
        line = page.locator("form textarea, form input").first
        line.fill(typed)
        line.press("Enter")

        assert page.url == f"{address}worksheets/type-{kind}/"
        assert line.input_value().strip() == typed


def test_a_mark_can_be_taken_back(browser, address):
    with opened(browser, f"{address}worksheets/type-choice/") as page:
        yes = page.get_by_role("radio", name="Yes", exact=True)
        clear = page.locator("label.none").first
        expect(clear).to_be_hidden()
        yes.check()
        expect(clear).to_be_visible()
        yes.press("ArrowUp")  # from the first to the last of the group, which takes it back

        assert not yes.is_checked()
        assert page.evaluate("new FormData(document.forms[0]).get('field-1')") == ""


def test_the_keyboard_walks_from_the_skip_link_through_every_answer(browser, address):
    with opened(browser, f"{address}worksheets/how-ready/") as page:
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        seen = []
        for _ in range(120):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.name ?? ''"))

    names = [leaf.name for leaf in real().worksheets["how-ready"].leaves]
    assert first == "Skip to the sheet"
    assert [name for name in dict.fromkeys(seen) if name in names] == names


@pytest.mark.parametrize("id_", REAL)
def test_a_control_is_named_as_its_answer(chromium, address, id_):
    with opened(chromium, f"{address}worksheets/{id_}/") as page:
        for leaf in real().worksheets[id_].leaves:
            control = page.locator(f'[name="{leaf.name}"]').first
            if control.get_attribute("type") in ("radio", "checkbox"):
                legend = control.locator("xpath=ancestor::fieldset[1]/legend")
                assert legend.inner_text().endswith(leaf.label)
            else:
                assert page.get_by_label(leaf.label, exact=True).and_(control).count() == 1


@pytest.mark.parametrize("id_", [*REAL, *made().worksheets])
def test_print_cuts_no_answer(chromium, address, id_):
    with opened(chromium, f"{address}worksheets/{id_}/") as page:
        boxes = page.evaluate(FILL, LONG)
        for paper in ("Letter", "A4") if id_ in made().worksheets else ("Letter",):
            printed = words(page.pdf(format=paper))
            ends = [end for index in range(boxes) for end in (f"Start{index}x", f"End{index}x")]

            assert [end for end in ends if end not in printed] == []


LETTER_IN_FIREFOX = {"width": "21.59in", "height": "27.94in"}  # Playwright hands it inches as centimetres


@pytest.mark.parametrize("id_", ["how-ready", "urge-log"])
def test_firefox_prints_every_answer_whole(firefox, address, id_):
    with opened(firefox, f"{address}worksheets/{id_}/", script=True) as page:
        expect(page.locator(".tools")).to_be_visible()
        boxes = page.evaluate(FILL.replace("form textarea", "form textarea:not(.conditional *)"), LONG)
        printed = words(page.pdf(**LETTER_IN_FIREFOX))
        ends = [end for index in range(boxes) for end in (f"Start{index}x", f"End{index}x")]

    assert [end for end in ends if end not in printed] == []
    assert real().site.address(f"worksheets/{id_}").partition("://")[2] in printed


def test_print_keeps_the_crisis_line_and_the_address_and_drops_the_rest(chromium, address):
    with opened(chromium, f"{address}worksheets/urge-log/") as page:
        printed = words(page.pdf())

    assert "callyourlocalemergencynumbernow" in printed
    assert real().site.address("worksheets/urge-log").partition("://")[2] in printed
    assert [
        one for one in ("Leavenow", "Seeanexample", "Wherenext", "Onlyyoucanseethis") if one in printed
    ] == []


@pytest.mark.parametrize("id_", ["drug-question", "phq-9", "withdrawal-check", "high-risk-week"])
def test_nothing_lies_over_anything_else_on_paper(chromium, address, id_):
    with opened(chromium, f"{address}worksheets/{id_}/", width=720) as page:
        page.emulate_media(media="print")
        over = page.evaluate(
            """() => {
              const seen = '.fields > *, .option, .hint, textarea, .safety p, h2, .intro, .paperfoot'
              const all = [...document.querySelectorAll(seen)].filter((one) => one.checkVisibility())
              const boxes = all.map((one) => [one, one.getBoundingClientRect()])
              const lies = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
                && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
              return boxes.flatMap(([one, box]) => boxes
                .filter(([other, its]) => one !== other && !one.contains(other) && !other.contains(one)
                  && lies(box, its))
                .map(([other]) => `${one.className || one.tagName}: ${other.innerText.slice(0, 40)}`))
            }"""
        )

    assert over == []


def test_nothing_below_an_answer_takes_room_on_paper(chromium, address):
    with opened(chromium, f"{address}worksheets/audit/") as page:
        page.emulate_media(media="print")
        room = page.evaluate(
            """() => [...document.querySelectorAll('.field:has(> .options)')].map((one) =>
              one.getBoundingClientRect().bottom
              - one.querySelector('.options').getBoundingClientRect().bottom)"""
        )

    assert len(room) > 10
    assert max(room) == 0


def test_a_safety_link_leaves_the_lines_above_it_as_they_are(chromium, address):
    with opened(chromium, f"{address}worksheets/audit/", width=360) as page:
        gaps = page.evaluate(
            """() => [...document.querySelectorAll('.safety p')].map((one) => {
              const words = document.createRange()
              words.setStart(one, 0)
              words.setEndBefore(one.querySelector(':scope > a'))
              const bottoms = [...words.getClientRects()].map((line) => Math.round(line.bottom))
              const lines = [...new Set(bottoms)].sort((a, b) => a - b)
              return Math.max(...lines.slice(1).map((line, index) => line - lines[index]))
            })"""
        )

    assert len(gaps) == 4
    assert max(gaps) - min(gaps) <= 2


def test_a_number_to_call_stands_in_its_sentence_and_on_paper(chromium, address):
    with opened(chromium, f"{address}worksheets/urge-log/", width=360) as page:
        number = page.locator(".safety").get_by_role("link", name="116 123")
        assert number.bounding_box()["height"] < 30
        printed = words(page.pdf())

    assert "UKandIreland:116123." in printed.partition("Writethisdown")[0]
    assert "Morecrisishelp" not in printed


def test_a_printed_log_shows_the_rows_written_in_and_no_marks_of_the_screen(chromium, address):
    with opened(chromium, f"{address}worksheets/urge-log/", script=True) as page:
        page.locator("html.js").wait_for()
        page.locator("[name='log.2.where']").fill("Harbour")
        page.get_by_text("Three rows show a pattern").first.wait_for()
        printed = words(page.pdf())

        assert "Harbour" in printed
        assert [one for one in ("mm/dd/yyyy", "Youhave", "Thisfillsin") if one in printed] == []
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        where = page.locator("[name='log.2.where']")
        assert (
            where.evaluate("(one) => getComputedStyle(one).outlineWidth + getComputedStyle(one).boxShadow")
            == "0pxnone"
        )
        assert page.locator("[data-field=log] tbody tr:visible").count() == 1


def test_a_printed_blank_log_shows_every_row_even_from_a_phone(chromium, address):
    with opened(chromium, f"{address}worksheets/urge-log/", width=360, script=True) as page:
        page.locator("html.js").wait_for()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")

        assert page.locator("[data-field=log] tbody tr:visible").count() == 7
        assert "mm/dd/yyyy" not in words(page.pdf())


def test_a_mark_shows_in_forced_colours(chromium, address):
    with opened(chromium, f"{address}worksheets/type-scale/", width=360, forced_colors="active") as page:
        seven = page.locator("label:has(> input[value='7']) span").first
        before = seven.evaluate("(one) => getComputedStyle(one).backgroundColor")
        page.locator("input[value='7']").first.check()

        assert seven.evaluate("(one) => getComputedStyle(one).backgroundColor") != before


def test_four_boxes_stand_in_a_square_where_there_is_room(browser, address):
    shape = {}
    with opened(browser, f"{address}worksheets/what-i-gain/") as page:
        for width in (360, 768):
            page.set_viewport_size({"width": width, "height": 800})
            boxes = [box.bounding_box() for box in page.locator(".four > .field").all()]
            shape[width] = (len({round(box["x"]) for box in boxes}), len({round(box["y"]) for box in boxes}))

    assert shape == {360: (1, 4), 768: (2, 2)}


def test_a_log_is_cards_on_a_phone_and_a_table_on_a_desk(browser, address):
    lines = {}
    with opened(browser, f"{address}worksheets/urge-log/") as page:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            cells = [page.locator(f'[name="log.1.{name}"]') for name in ("date", "where", "later")]
            lines[width] = len({round(cell.bounding_box()["y"]) for cell in cells})

    assert lines == {360: 3, 1280: 1}


def test_a_table_of_two_columns_is_one_column_on_a_phone(browser, address):
    with opened(browser, f"{address}worksheets/what-i-gain/") as page:
        page.set_viewport_size({"width": 360, "height": 800})
        row = page.locator(".four .rows tbody tr").first
        cells = [cell.bounding_box() for cell in row.locator("td.is-text, td.is-choice").all()]

    assert len(cells) == 2
    assert len({round(cell["y"]) for cell in cells}) == 2
    assert min(cell["width"] for cell in cells) >= 240


def test_the_page_asks_nothing_of_another_host_and_logs_nothing(browser, address):
    asked, said = [], []
    with opened(browser) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}worksheets/urge-log/", wait_until="networkidle")

    ours = f"{address}assets/workbook/"
    assert [one for one in asked if not one.startswith(ours)] == [f"{address}worksheets/urge-log/"]
    assert sum(one.endswith(".woff2") for one in asked) <= 1
    assert [one for one in said if "main.js" not in one] == []  # held back by the test


# What a reader with large letters, a right-to-left sheet or forced colours would lose first.
CUT_OFF = """() => [...document.querySelectorAll('main :is(h1, h2, legend, label, p, li, summary, a)')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest('.vh, .skip, thead, .none'))
    .filter((one) => {
      const box = one.getBoundingClientRect()
      return box.width > 1 && box.height > 1 && (box.left < -1 || box.right > innerWidth + 1)
    })
    .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("id_", ["urge-log", "change-plan", "balance-wheel", "what-i-gain"])
def test_letters_of_twice_the_size_cut_nothing_off(browser, address, id_):
    with opened(browser, f"{address}worksheets/{id_}/", width=375) as page:
        page.evaluate("document.documentElement.style.fontSize = '200%'")

        assert page.evaluate("document.documentElement.scrollWidth") <= 375
        assert page.evaluate(CUT_OFF) == []


@pytest.fixture(scope="module")
def large_letters(playwright: Playwright) -> Iterator[Browser]:
    """The browser of a person who has set letters of twice the size: `em` grows, the screen does not."""
    args = ["--no-sandbox", "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]
    browser = playwright.chromium.launch(executable_path=program("chromium"), args=args)
    yield browser
    browser.close()


@pytest.mark.parametrize("id_", ["urge-log", "change-plan", "balance-wheel", "what-i-gain"])
def test_a_setting_of_letters_twice_the_size_cuts_nothing_off(large_letters, address, id_):
    with opened(large_letters, f"{address}worksheets/{id_}/", width=375, script=True) as page:
        page.keyboard.press("Shift")
        expect(page.locator(".tools")).to_be_visible()

        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
        assert page.evaluate(CUT_OFF) == []
        bar = page.locator(".tools").bounding_box()
        assert bar["height"] < 300  # of 800: the sheet keeps the larger part


@pytest.mark.parametrize("id_", ["urge-log", "change-plan", "balance-wheel", "what-i-gain"])
def test_from_right_to_left_nothing_is_cut_off(browser, address, id_):
    for width in (360, 1280):
        with opened(browser, f"{address}worksheets/{id_}/", width) as page:
            page.evaluate("document.documentElement.dir = 'rtl'")

            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("id_", made().worksheets)
def test_forced_colours_leave_every_border_that_makes_a_target(chromium, address, id_):
    edge = """() => [...document.querySelectorAll('form :is(input, textarea, select, .option)')]
        .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        .filter((one) => ![one, ...one.querySelectorAll('span')].some((part) => {
          const look = getComputedStyle(part)
          const edges = [look.borderTopWidth, look.borderBottomWidth, look.outlineWidth]
          return edges.some((edge) => parseFloat(edge) > 0)
        })).map((one) => one.outerHTML.slice(0, 120))"""
    with opened(chromium, f"{address}worksheets/{id_}/", width=360, forced_colors="active") as page:
        assert page.evaluate(edge) == []


def test_nothing_moves_by_itself_when_less_motion_is_asked_for(chromium, address):
    moving = """() => [...document.querySelectorAll('*')].filter((one) => {
        const look = getComputedStyle(one)
        return parseFloat(look.transitionDuration) > 0.01 || parseFloat(look.animationDuration) > 0.01
      }).map((one) => one.outerHTML.slice(0, 80))"""
    with opened(chromium, f"{address}worksheets/urge-log/", script=True, reduced_motion="reduce") as page:
        page.keyboard.press("Shift")
        expect(page.locator(".tools")).to_be_visible()

        assert page.evaluate(moving) == []
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("id_", ["urge-log", "phq-9"])
def test_the_way_out_stands_beside_the_name_in_any_letters(chromium, address, id_):
    """A font that comes late is left for the next page, and those of the device are wider."""
    with opened(chromium, width=360, script=True) as page:
        page.route("**/*.woff2", lambda route: route.abort())
        page.goto(f"{address}worksheets/{id_}/")
        expect(page.locator(".tools")).to_be_visible()
        name, out = (page.locator(one).bounding_box() for one in (".brand", ".exit"))

        assert name["y"] <= out["y"] + out["height"] / 2 <= name["y"] + name["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_no_line_stands_above_the_first_safety_line(chromium, address):
    """The one before it waits for an answer."""
    with opened(chromium, width=360, script=True) as page:
        page.goto(f"{address}worksheets/phq-9/")
        page.keyboard.press("Shift")
        waiting = page.locator(".safety p[data-when]").first
        expect(waiting).to_be_hidden()
        first = page.locator(".safety p:visible").first

        assert first.evaluate("one => getComputedStyle(one).borderTopWidth") == "0px"


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("id_", ["audit", "change-plan", "what-i-gain", "balance-wheel"])
def test_no_question_stands_on_paper_without_what_answers_it(chromium, address, tmp_path, id_, paper):
    with opened(chromium, f"{address}worksheets/{id_}/", script=True) as page:
        expect(page.locator(".tools")).to_be_visible()
        heads = page.locator("main :is(h2, legend)").all_inner_texts()
        page.pdf(path=str(tmp_path / "sheet.pdf"), format=paper)
    document = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
    last = [one.get_textpage().get_text_range().strip().splitlines()[-1].strip() for one in document]

    assert [line for line in last if line in {" ".join(head.split()) for head in heads}] == []
