"""How the site looks and is walked: by keyboard, in the dark, at 400 %, with nothing kept."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from browsing import axe, opened, served, words
from building import site
from PIL import Image, ImageStat
from playwright.sync_api import Browser, Page, expect

__all__ = ["site"]

HOME, READING, COMPARE, SHELF, SEARCH = "", "smart/urges/", "compare/", "worksheets/", "search/"
SHEET, PACKET = "worksheets/urge-log/", "packets/early-days/"
KINDS = {
    "home": HOME,
    "reading": READING,
    "compare": COMPARE,
    "shelf": SHELF,
    "search": SEARCH,
    "glossary": "glossary/",
    "crisis": "crisis/",
    "design": "about/design/",
    "404": "404.html",
}
kinds = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
# What a thumb misses that aims at its middle: 44 pixels high and wide. Links among words are excepted.
THUMB = """() => [
  ...document.querySelectorAll('a[href], button, summary, input, select, textarea, label:has(input)'),
].filter((one) => {
  if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false
  const { width, height } = one.getBoundingClientRect()
  if (!width || !height || one.closest('.card') || one.matches('label > input, .skip')) return false
  const block = one.closest('p, li, td, th, dd, h2, h3, summary') ?? one.parentElement
  const words = (text) => text.replace(/^\\s*\\w[\\w ]{0,12}:|[\\s().]/g, '')
  const amongWords = one.matches('a:not(.grade, .strip *, nav *, .door *, .hero *, [href^="tel:"])')
    && words(block.textContent) !== words(one.textContent)
  if (amongWords || (one.matches('[href^="tel:"]') && block.matches('p, dd, td, th'))) return false
  one.scrollIntoView({ block: 'center', behavior: 'instant' })
  const [line] = one.getClientRects()
  const [x, y] = [line.left + line.width / 2, line.top + line.height / 2]
  return [[-21.5, 0], [21.5, 0], [0, -21.5], [0, 21.5]].some(([right, down]) => {
    const [left, top] = [line.width >= 44 && right ? x : x + right, line.height >= 44 && down ? y : y + down]
    const hit = document.elementFromPoint(left, top)
    return !(hit && (one.contains(hit) || hit.control === one || hit.contains(one) && hit.matches('label')))
  })
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    """Where the whole site is served, ending with a slash."""
    with served(site) as address:
        yield address


def visit(chromium: Browser, url: str, width: int = 1280, **settings: object):
    return opened(chromium, url, width, script=True, **settings)


@kinds
def test_axe_finds_nothing_in_the_light_and_in_the_dark(chromium: Browser, home: str, path: str):
    with visit(chromium, home + path) as page:
        assert axe(page) == []
        page.emulate_media(color_scheme="dark")
        assert axe(page, "color-contrast", "color-contrast-enhanced", "link-in-text-block") == []


@kinds
def test_at_four_hundred_percent_nothing_goes_off_to_the_side(chromium: Browser, home: str, path: str):
    with visit(chromium, home + path, 320) as page:  # 1280 pixels, each as large as sixteen
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.evaluate("document.documentElement.dataset.size = 'largest'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_row_of_a_table_cuts_nothing_off_on_a_small_phone_with_the_largest_letters(
    chromium: Browser, home: str
):
    with visit(chromium, home + "clinicians/your-own-copy/", 320) as page:
        page.evaluate("document.documentElement.dataset.size = 'largest'")
        assert page.locator("tbody tr").count() > 5
        cut = (
            "all => all.filter((row) => row.scrollWidth > row.clientWidth + 1).map((row) => row.textContent)"
        )
        assert page.locator("tbody tr").evaluate_all(cut) == []


TAPPED = [*KINDS.values(), *("evidence/", "evidence/claims/", "changes/", "clinicians/", "about/quality/")]
TAPPED += [SHEET, PACKET, "packets/", "worksheets/withdrawal-check/", "worksheets/phq-9/"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", TAPPED)
def test_what_one_taps_is_as_large_as_a_thumb(chromium: Browser, home: str, path: str, width: int):
    with visit(chromium, home + path, width) as page:
        assert page.evaluate(THUMB) == []


def focus(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_menu_is_walked_by_keyboard_at_every_width(chromium: Browser, home: str, width: int):
    with visit(chromium, home + READING, width) as page:
        page.keyboard.press("Tab")
        assert focus(page) == "Skip to the page"
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.checkVisibility({ opacityProperty: true })")
            if focus(page) == "Menu":
                break
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert focus(page) == "Home"
        expect(page.locator(".menu").get_by_role("link", name="Point 2: Urges")).to_have_attribute(
            "aria-current", "page"
        )
        page.keyboard.press("Escape")
        assert focus(page) == "Menu"
        expect(page.locator(".menu > ul")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_the_name_stays_where_it_is_from_a_page_to_a_sheet(chromium: Browser, home: str, width: int):
    with visit(chromium, home, width) as page:
        boxes = []
        for path in (READING, "worksheets/my-reasons/", SHEET, PACKET):
            page.goto(home + path)
            page.evaluate("document.fonts.ready")
            sign, words = (
                page.locator(".brand .mark").bounding_box(),
                page.locator(".brand span").bounding_box(),
            )
            boxes.append([round(one[side]) for one in (sign, words) for side in "xy"])
        assert boxes == boxes[:1] * 4


def test_a_sheet_and_a_packet_lead_up_without_script_and_not_on_paper(chromium: Browser, home: str):
    with opened(chromium, width=360) as page:
        for path, above in ((SHEET, "All worksheets"), (PACKET, "All packets")):
            for name, there in ((above, path.partition("/")[0] + "/"), ("Search", SEARCH), ("Home", HOME)):
                page.goto(home + path)
                page.locator(".top").get_by_role("link", name=name).click()
                assert page.url == home + there
            page.goto(home + path)
            page.emulate_media(media="print")
            expect(page.locator(".up")).to_be_hidden()
            page.emulate_media(media="screen")


def test_the_parts_of_a_page_have_names_for_a_screen_reader(chromium: Browser, home: str):
    with visit(chromium, home + READING) as page:
        tree = page.locator("body").aria_snapshot()

    for part in (
        'complementary "Urgent help"',
        'navigation "Menu"',
        'navigation "Sections"',
        'navigation "You are here"',
        'navigation "On this page"',
        'navigation "SMART Recovery"',
        'navigation "Next and previous page"',
        'heading "Point 2: Coping with urges" [level=1]',
        'heading "If you have an urge now" [level=2]',
    ):
        assert part in tree
    assert tree.index("banner") < tree.index("- main") < tree.index("contentinfo")


def test_the_first_screen_of_a_phone_says_what_this_is_and_has_three_doors(chromium: Browser, home: str):
    with visit(chromium, home, 360) as page:
        page.set_viewport_size({"width": 360, "height": 640})
        for words in ("There is more than one", "Free", "No sign-up", "Get help now"):
            assert page.get_by_text(words).first.bounding_box()["y"] < 640
        doors = page.locator(".door:not(.clinic)")
        assert [
            round(one.bounding_box()["y"] + one.bounding_box()["height"]) <= 640 for one in doors.all()
        ] == [True] * 3
        assert page.locator(".clinic").bounding_box()["y"] > doors.last.bounding_box()["y"]


LINES = """() => [...document.querySelectorAll('main :is(p, li, dd, label, legend), .foot p')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.querySelector('p, li')
    && !one.closest('.note:not(main > .packet *), .sources, figure'))
  .flatMap((one) => {
    const lines = new Map()
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT)
    const letter = document.createRange()
    while (texts.nextNode()) {
      for (let at = 0; at < texts.currentNode.length; at++) {
        letter.setStart(texts.currentNode, at)
        letter.setEnd(texts.currentNode, at + 1)
        const [box] = letter.getClientRects()
        const line = box?.width && Math.round((box.top + box.bottom) / 2 / 12)
        if (line) lines.set(line, (lines.get(line) ?? '') + texts.currentNode.data[at])
      }
    }
    return [...lines.values()].slice(0, -1)
  })"""
WORDY = [
    READING,
    COMPARE,
    "evidence/",
    "glossary/",
    "crisis/",
    "about/privacy/",
    "changes/",
    "clinicians/",
    SHEET,
    "worksheets/phq-9/",
    "worksheets/withdrawal-check/",
    PACKET,
]
CARDS = [HOME, SHELF, "packets/"]  # narrower, since they stand beside each other


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_full_line_has_sixty_to_seventy_five_letters(chromium: Browser, home: str, width: int):
    """All lines but the last of a paragraph, a point, a box, a question. Thin letters may be a few more."""
    with visit(chromium, home, width) as page:
        for path in WORDY + CARDS:
            page.goto(home + path)
            lines = page.evaluate(LINES)
            lengths = sorted(map(len, lines))
            assert lengths[len(lengths) // 2] >= 60 or path in CARDS, path
            assert sum(length > 75 for length in lengths) <= len(lengths) / 20, path
            assert [line for line in lines if len(line) > 78] == [], path


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [HOME, COMPARE])
def test_neither_road_has_the_stronger_sign(chromium: Browser, home: str, path: str, width: int):
    """A row of dots and two lines: as much ink, equally wide, and each dot whole."""
    with visit(chromium, home + path, width) as page:
        bands = []
        for road in page.locator(".roads").first.locator(".road").all():
            road.scroll_into_view_if_needed()
            box, words = road.bounding_box(), road.locator("h3").bounding_box()
            clip = {"x": words["x"], "width": words["width"], "y": box["y"] + 4, "height": 24}
            shot = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")
            bands.append(shot.point(lambda light: 255 - light))
        across = [band.resize((band.width, 1), Image.Resampling.BOX) for band in bands]
        first, second = (ImageStat.Stat(one).mean[0] for one in across)
        assert abs(first - second) < second * 0.15
        assert all(one.getbbox()[0] <= 3 and one.getbbox()[2] >= one.width - 3 for one in across)
        dots, side = across[0], 14  # a dot and half of the gap beside it
        left, right = (dots.crop((at, 0, at + side, 1)) for at in (0, dots.width - side))
        assert abs(ImageStat.Stat(left).mean[0] - ImageStat.Stat(right).mean[0]) < first * 0.2


def test_on_a_phone_a_row_of_a_table_is_a_card_that_is_still_a_row(chromium: Browser, home: str):
    with visit(chromium, home + COMPARE, 360) as page:
        cell = page.locator(".compare tbody tr").nth(1).get_by_role("cell").nth(1)
        label = cell.evaluate("(one) => getComputedStyle(one, '::before').content")
        assert "SMART Recovery" in label
        assert cell.evaluate("(one) => getComputedStyle(one).display") == "block"
        assert page.get_by_role("row").count() > 5


def test_sources_stand_in_the_margin_where_there_is_room(chromium: Browser, home: str):
    with visit(chromium, home + READING, 1440) as page:
        page.wait_for_selector(".note")
        boxes = page.locator(".note").evaluate_all(
            """all => all.map((one) => one.getBoundingClientRect())
               .map(({ top, bottom, right }) => [top, bottom, right])"""
        )
        assert len(boxes) > 1
        assert all(before[1] < after[0] for before, after in pairwise(boxes))
        assert max(right for _, _, right in boxes) <= 1440
        page.goto(home + "smart/")
        page.wait_for_selector(".note")
        said = page.locator(".note").all_text_contents()
        assert [one for one in said if "http" in one or re.search(r"from( Still|$)", one)] == []
    with visit(chromium, home + READING, 1024) as page:
        expect(page.locator(".note")).to_have_count(0)


def test_no_source_in_the_margin_lies_over_words(chromium: Browser, home: str):
    with visit(chromium, home + COMPARE, 1280) as page:
        page.wait_for_selector(".note")
        over = page.evaluate("""() => [...document.querySelectorAll('.note')].filter((note) => {
          const { left, top, bottom } = note.getBoundingClientRect()
          return [...document.querySelectorAll('.text > :not(.note, script)')].some((one) => {
            const box = one.getBoundingClientRect()
            return box.right > left + 1 && box.top < bottom && box.bottom > top
          })
        }).map((note) => note.textContent)""")
        assert over == []


@pytest.mark.parametrize("path", [READING, SHEET], ids=["reading", "sheet"])
def test_what_opens_has_an_arrow_in_colours_that_the_device_forces_too(
    chromium: Browser, home: str, path: str
):
    """Not a bar of its height: forced colours take what is transparent too."""
    with visit(chromium, home + path, 360) as page:
        name = page.locator(":is(.toc, .eg, .sources) summary:visible").first
        page.emulate_media(forced_colors="active", color_scheme="light")
        shot = Image.open(io.BytesIO(name.screenshot())).convert("L")
        arrow = shot.crop((0, 8, 10, shot.height - 8)).point(lambda light: 255 * (light < 160))
        left, top, right, bottom = arrow.getbbox()
        assert ImageStat.Stat(arrow.crop((left, top, right, bottom))).mean[0] < 255 * 0.85


SAME = """() => {
  const said = getComputedStyle(document.documentElement)
  return ['soft', 'ink', 'line', 'edge'].map((name) => said.getPropertyValue(`--${name}`))
}"""


@pytest.mark.parametrize("path", [READING, SHEET], ids=["reading", "sheet"])
def test_a_device_that_asks_for_more_contrast_has_it_in_the_dark_too(chromium: Browser, home: str, path: str):
    with visit(chromium, home + path, contrast="more") as page:
        for device, chosen in (("light", "light"), ("dark", "auto"), ("light", "dark")):
            page.emulate_media(color_scheme=device)
            page.evaluate("(chosen) => { document.documentElement.dataset.theme = chosen }", chosen)
            soft, ink, line, edge = page.evaluate(SAME)
            assert (soft, line) == (ink, edge) != ("", ""), (device, chosen)


def stored(page: Page) -> int:
    return page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")


def test_a_choice_of_display_is_kept_only_when_asked_and_holds_on_worksheets(chromium: Browser, home: str):
    with visit(chromium, home + READING) as page:
        page.get_by_role("button", name="Display").click()
        page.get_by_label("Dark").check()
        page.get_by_label("Largest").check()
        assert axe(page) == []
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 33)"
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 22
        assert stored(page) == 0
        page.get_by_label("Keep these choices").check()
        expect(page.get_by_text("Kept for every page")).to_be_visible()
        page.get_by_role("button", name="Done").click()

        page.goto(home + SHEET)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 33)"
        page.get_by_role("button", name="Display").click()
        expect(page.get_by_label("Dark")).to_be_checked()
        page.get_by_label("Keep these choices").uncheck()
        assert stored(page) == 0
        page.reload()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(252, 250, 246)"


def test_the_focus_comes_back_from_display_to_the_menu_of_a_phone(chromium: Browser, home: str):
    with visit(chromium, home + READING, 360) as page:
        page.get_by_text("Menu", exact=True).click()
        page.get_by_role("button", name="Text size, light and dark").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)

        expect(page.locator(".menu > summary")).to_be_focused()


@pytest.mark.parametrize("name", ["Keep", "Save file", "Erase"])
def test_a_dialog_shows_its_words_at_four_hundred_percent(chromium: Browser, home: str, name: str):
    with visit(chromium, home + SHEET, 320) as page:
        page.set_viewport_size({"width": 320, "height": 256})
        page.locator(".tools").get_by_role("button", name=name, exact=True).click()
        head = page.get_by_role("dialog").get_by_role("heading").first
        expect(head).to_be_in_viewport(ratio=1)
        box = head.bounding_box()
        assert (
            page.evaluate("([x, y]) => document.elementFromPoint(x, y).tagName", [box["x"] + 5, box["y"] + 5])
            == "H2"
        )


def test_no_picture_lies_over_the_words_of_a_door(chromium: Browser, home: str):
    with visit(chromium, home, 320) as page:
        for width in range(320, 1281, 32):
            page.set_viewport_size({"width": width, "height": 800})
            over = page.evaluate("""() => [...document.querySelectorAll('.door')].filter((door) => {
              const [head, icon] = [door.querySelector('h2'), door.querySelector('.i')]
              if (!head || !icon) return false
              const words = document.createRange()
              words.selectNodeContents(head)
              const { left, bottom } = icon.getBoundingClientRect()
              return [...words.getClientRects()].some((line) => line.right > left && line.top < bottom)
            }).length""")
            assert over == 0, width


def test_display_answers_where_there_is_nothing_to_fill_in(chromium: Browser, home: str):
    with visit(chromium, home + PACKET) as page:
        page.get_by_role("button", name="Display").click()

        expect(page.get_by_label("Dark")).to_be_visible()


def test_visits_leave_nothing_behind(chromium: Browser, home: str):
    with visit(chromium, home) as page:
        for path in (READING, SEARCH, SHELF, COMPARE):
            page.goto(home + path)
        assert stored(page) == 0


def test_search_finds_pages_worksheets_and_words_and_says_when_nothing_fits(chromium: Browser, home: str):
    with visit(chromium, home + SEARCH, 360) as page:
        box = page.get_by_role("searchbox", name="Find a page, a worksheet or a word")
        expect(box).to_be_focused()
        status, results = page.locator(".search [role=status]"), page.locator(".found-list h2")
        for typed, wanted in (
            ("urges", "Point 2: Urges"),
            ("urge lo", "Urge log"),
            ("abstinence", "Abstinence"),
        ):
            box.fill(typed)
            expect(results.first).to_have_text(wanted)
        assert axe(page) == []
        box.fill("withdrawl")
        expect(status).to_have_text("Nothing fits. Did you mean this? withdrawal")
        page.get_by_role("button", name="withdrawal").click()
        expect(results.filter(has_text="Withdrawal safety")).to_have_count(1)
        box.fill("qqxxzz")
        expect(status).to_contain_text("Nothing fits. Try one short word")
        expect(page.get_by_role("heading", name="Every page")).to_be_visible()
        box.fill("craving")  # another word for it
        expect(results.nth(1)).to_have_text("Point 2: Urges")
        danger = page.locator(".search-danger")
        expect(danger).to_be_hidden()
        for typed in ("overdose", "self-harm", "end my life"):
            box.fill(typed)
            expect(danger).to_be_visible()
        box.fill("cutting down")
        expect(danger).to_be_hidden()
        box.fill("overdose")
        assert "overdose" not in page.url


def test_the_index_of_the_search_comes_only_with_the_search(chromium: Browser, home: str):
    with opened(chromium, script=True) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(home)))
        page.goto(home + READING)
        page.wait_for_load_state("networkidle")
        assert "assets/search.js" not in asked
        page.get_by_role("link", name="Search").first.click()
        page.wait_for_load_state("networkidle")
        assert "assets/search.js" in asked


def test_without_script_the_search_is_a_list_of_everything(chromium: Browser, home: str):
    with opened(chromium, home + SEARCH) as page:
        expect(page.get_by_role("searchbox")).to_be_hidden()
        expect(page.locator(".everything").get_by_role("link", name="Crisis help")).to_be_visible()
        expect(page.get_by_role("button", name="Display")).to_be_hidden()


def test_a_printed_page_says_where_it_came_from_and_has_nothing_to_press(chromium: Browser, home: str):
    with visit(chromium, home + READING) as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        expect(page.locator(".printed svg")).to_be_visible()
        expect(page.locator(".printed")).to_contain_text("/smart/urges/")
        expect(page.locator(".sources")).to_be_visible()
        for gone in (".top", ".bar", ".crumbs", ".beside", ".path", "[data-print]", ".foot ul"):
            expect(page.locator(gone).first).to_be_hidden()
        link = page.locator(".text a[data-to]").first
        assert "/" in link.evaluate("(one) => getComputedStyle(one, '::after').content")


def test_the_search_is_one_sheet_of_paper(chromium: Browser, home: str):
    with visit(chromium, home + SEARCH) as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        printed = page.pdf(prefer_css_page_size=True)

    assert len(pypdfium2.PdfDocument(printed)) == 1
    assert "Withdrawalsafety" in words(printed)


def test_the_current_place_shows_when_the_system_chooses_the_colours(chromium: Browser, home: str):
    with visit(chromium, home + READING, forced_colors="active") as page:
        shown = page.locator(".bar a").evaluate_all("""(all) => all.filter((one) => {
          const { borderTopColor: top, borderBottomColor: bottom } = getComputedStyle(one)
          const ground = getComputedStyle(document.body).backgroundColor
          return top !== ground || bottom !== ground
        }).map((one) => one.innerText)""")
        assert shown == ["SMART Recovery"]


def test_nothing_moves_as_a_page_comes(chromium: Browser, home: str):
    for path in (HOME, READING, COMPARE, SHELF):
        with visit(chromium, home + path, 360) as page:
            moved = page.evaluate("""() => new Promise((done) => {
              let sum = 0
              new PerformanceObserver((list) => {
                for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value
              }).observe({ type: 'layout-shift', buffered: true })
              setTimeout(() => done(sum), 400)
            })""")
            assert moved < 0.01, path


def weight(site: Path, path: str) -> tuple[int, int]:
    """Bytes, packed, of a first visit to a page, and of one more page once that is there."""
    page = (site / path / "index.html").read_text(encoding="utf-8")
    loaded = {site / path / found for found in re.findall(r'(?:src|href)="([^"]+\.(?:css|js|woff2))"', page)}
    inner = {one.parent / found for one in loaded if one.suffix == ".js"
             for found in re.findall(r"from '(\./[\w-]+\.js)'", one.read_text(encoding="utf-8"))}  # fmt: skip
    parts = {one.resolve() for one in loaded | inner}
    html = len(gzip.compress(page.encode()))
    first = html + sum(
        one.stat().st_size if one.suffix == ".woff2" else len(gzip.compress(one.read_bytes()))
        for one in parts
    )
    return first, html


def test_a_reading_page_is_light(site: Path):
    for path in (HOME, READING, COMPARE):
        first, next_ = weight(site, path)
        assert first <= 110_000, path
        assert next_ <= 25_000, path
