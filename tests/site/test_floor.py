"""With a feature of browsers removed, each journey can still be gone, or says plainly what cannot be done.

ARCHITECTURE.md tells for each what it is needed for, and what happens without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser.hands import answer, downloaded, keep, press, record, until_kept
from browsing import program, served
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect

PLAN, NONE = "worksheets/change-plan/", "worksheets/drug-question/"
CANNOT = "This browser will not keep anything. Save a file or print instead."
LONG = "\n".join(f"Line {number} of a long answer" for number in range(1, 41))

# What style sheets say, and what they say instead, so that a browser does not know it.
STYLES = {
    "field-sizing": ("field-sizing:", "field-sizinx:"),
    ":has": (":has(", ":hasnt("),
    "@container": ("@container", "@containr"),
    "color-mix": ("color-mix(", "color-mixx("),
}
NO_FIELD_SIZING = (
    "const knows = CSS.supports.bind(CSS); CSS.supports = (it) => !/sizing/.test(it) && knows(it)"
)
NO_DIALOG = "delete HTMLDialogElement.prototype.showModal; delete HTMLDialogElement.prototype.show"
NO_STORAGE = """
for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'caches', 'BroadcastChannel']) {
    Object.defineProperty(window, name, { get() { throw new DOMException(name, 'SecurityError') } })
}
Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })
"""
OUTSIDE_THE_SCREEN = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
PRINTED_WHOLE = """() => {
    const box = document.querySelector('#why')
    if (box.checkVisibility()) return box.scrollHeight - box.clientHeight <= 2
    const twin = box.nextElementSibling
    return twin.checkVisibility() && twin.textContent.endsWith('a long answer')
}"""
# Controls that one can see and cannot reach, since they have no room or lie under something else.
OUT_OF_REACH = """() => [...document.querySelectorAll('main button, main [name], main summary')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((one) => {
        one.scrollIntoView({ block: 'center', behavior: 'instant' })
        const { left, top, width, height } = one.getBoundingClientRect()
        const there = document.elementFromPoint(left + width / 2, top + height / 2)
        const whole = [one, ...one.labels ?? []]
        return !width || !(there?.contains(one) || whole.some((part) => part.contains(there)))
    }).map((one) => one.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@contextmanager
def without(
    browser: Browser, *scripts: str, **settings: object
) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser after these scripts, and the faults that its pages tell."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, **settings)
    for script in scripts:
        context.add_init_script(script)
    faults: list[str] = []
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    yield context, faults
    context.close()


def visit(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("feature", STYLES)
def test_without_a_rule_of_style_every_control_is_in_reach(chromium, base, feature):
    known, unknown = STYLES[feature]

    def changed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(known, unknown))

    with without(chromium, NO_FIELD_SIZING, bypass_csp=True) as (context, faults):
        context.route(lambda url: url.endswith(("/", ".css")), changed)
        for address in (PLAN, NONE, "worksheets/urge-log/", "worksheets/balance-wheel/", "worksheets/", ""):
            page = visit(context, base + address)
            page.keyboard.press("Shift")  # someone is there
            page.wait_for_load_state("networkidle")
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 740})
                assert page.evaluate(OUTSIDE_THE_SCREEN) <= 0, (address, width)
                assert page.evaluate(OUT_OF_REACH) == [], (address, width)
            page.close()
        page = visit(context, base + PLAN)
        page.locator("#why").fill(LONG)
        page.wait_for_function("() => document.querySelector('#why').clientHeight > 40 * 16")
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(PRINTED_WHOLE)
    assert faults == []


def test_without_has_a_choice_can_still_be_taken_back(chromium, base):
    def changed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(":has(", ":hasnt("))

    with without(chromium, bypass_csp=True) as (context, _):
        context.route(lambda url: url.endswith(("/", ".css")), changed)
        page = visit(context, base + NONE)
        clear = page.locator(".none").first
        expect(clear).to_be_visible()
        field = page.locator(".field:has(.none)").first  # Playwright's own :has
        field.locator("label.option, .numbers label").first.click()
        clear.click()
        assert field.locator(":checked:not([value=''])").count() == 0


def test_without_dialogs_one_is_asked_in_a_box_of_the_page(browser, base):
    with without(browser, NO_DIALOG) as (context, faults):
        page = visit(context, base + PLAN)
        page.locator("#change").fill("Fewer drinks")
        press(page, "Save file")
        expect(page.get_by_role("dialog", name="Save to a file")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        press(page, "Save file")
        _, content = downloaded(page, lambda: answer(page, "Save"))
        assert b"Fewer drinks" in content

        page.reload()
        page.locator("#change").fill("Fewer drinks")
        keep(page, "7 days", "four words of mine")
        until_kept(page, "locked")
        page.reload()
        page.locator(".notice").get_by_role("button", name="Open", exact=True).click()
        page.get_by_label("Passphrase").fill("four words of mine")
        page.keyboard.press("Enter")
        expect(page.locator("#change")).to_have_value("Fewer drinks", timeout=20_000)
        press(page, "Erase")
        answer(page, "Erase this sheet")
        expect(page.locator("#change")).to_have_value("")
        assert record(page) is None

        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{base}smart/urges/")
        page.locator("[data-display]").filter(visible=True).first.click()
        page.get_by_role("dialog").get_by_text("Largest", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="Done").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert page.locator("html").get_attribute("data-size") == "largest"
        assert page.url == f"{base}smart/urges/"
    assert faults == []


def test_without_storage_everything_works_but_keeping_which_says_so(browser, base):
    with without(browser, NO_STORAGE) as (context, faults):
        page = visit(context, base + PLAN)
        page.locator("#change").fill("Fewer drinks")
        press(page, "Keep")
        answer(page, "Keep")
        expect(page.locator(".said")).to_have_text(CANNOT)
        page.locator(".notice").get_by_role("button", name="Save file").click()
        _, content = downloaded(page, lambda: answer(page, "Save"))
        assert b"Fewer drinks" in content

        page = visit(context, f"{base}worksheets/")
        page.get_by_label("Search by a word").fill("urge log")
        expect(page.locator(".card:visible h3").first).to_have_text("Urge log")
        page.goto(f"{base}about/offline/")
        expect(page.get_by_text("This browser cannot keep the handbook here.")).to_be_visible()
        page.goto(f"{base}packets/#w=change-plan")
        page.get_by_role("button", name="Keep my ticks on this device").click()
        expect(page.get_by_text("This browser lets nothing be kept here.")).to_be_visible()
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{base}about/privacy/")
        page.locator("[data-display]").filter(visible=True).first.click()
        page.get_by_text("Keep these choices on this device").click()
        expect(page.get_by_text("This browser will not keep anything.")).to_be_visible()
        page.get_by_role("button", name="Done").click()
        page.get_by_role("button", name="Erase everything on this device").click()
        answer(page, "Erase")
        expect(page.get_by_text("This browser does not let a page look for")).to_be_visible()
    assert faults == []


@pytest.fixture(scope="module")
def plain_http(playwright: Playwright) -> Iterator[Browser]:
    """The site has a name here and no https: browsers then give no WebCrypto, no worker and no clipboard."""
    rule = "--host-resolver-rules=MAP clinic.test 127.0.0.1"
    browser = playwright.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox", rule])
    yield browser
    browser.close()


def test_without_web_crypto_nothing_offers_to_lock_and_the_rest_works(plain_http, base):
    base = base.replace("127.0.0.1", "clinic.test")
    with without(plain_http) as (context, faults):
        page = visit(context, base + PLAN)
        assert page.evaluate("[typeof crypto.subtle, typeof crypto.randomUUID, isSecureContext]") == [
            "undefined",
            "undefined",
            False,
        ]
        page.locator("#change").fill("Fewer drinks")
        press(page, "Save file")
        expect(page.get_by_role("dialog", name="Save to a file")).to_be_visible()
        assert page.get_by_text("Lock it with a passphrase").count() == 0
        answer(page, "Go back")
        keep(page)
        until_kept(page, "Fewer drinks")
        page.reload()
        expect(page.locator("#change")).to_have_value("Fewer drinks")
        press(page, "More")
        name, content = downloaded(page, lambda: answer(page, "In a week"))
        assert name == "reminder.ics"
        assert b"\r\nUID:" in content
        page.reload()
        press(page, "More")
        answer(page, "Copy as plain text")
        expect(page.get_by_role("textbox", name="Your answers as plain text")).to_be_visible()
        page.goto(f"{base}about/offline/")
        expect(page.get_by_text("This browser cannot keep the handbook here.")).to_be_visible()
    assert faults == []
