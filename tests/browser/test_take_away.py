"""Filled PDF, plain text, FHIR and a reminder; and no request leaves the page on any of these ways."""

import io
import json
import re

import pikepdf
import pypdfium2
import pytest
from browser.hands import (
    LOG,
    PLAN,
    WHEEL,
    answer,
    context,
    downloaded,
    keep,
    plan,
    press,
    said,
    site,
    until_kept,
    visit,
)
from playwright.sync_api import expect

__all__ = ["context", "plan", "site"]


def take(page, name):
    def act():
        press(page, "More")
        answer(page, name)

    return downloaded(page, act)


def values(content):
    """What each field of a PDF holds, by its whole name."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return dict(walk(pdf.Root.AcroForm.Fields, ""))


def walk(fields, above):
    for field in fields:
        name = f"{above}{field.T}"
        if any("/T" in kid for kid in field.get("/Kids", ())):
            yield from walk(field.Kids, f"{name}.")
        else:
            yield name, str(field.get("/V", ""))


def drawn(content):
    """The words that a PDF reader draws, form fields included."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    for page in document:
        page.flatten()
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize("size", ["Letter", "A4"])
def test_a_filled_pdf_holds_every_answer_and_stays_fillable(plan, size):
    plan.locator("#change").fill("Fewer drinks – 3 €")
    plan.locator("label.option", has_text="Cut down").click()
    plan.locator("#why").fill("To sleep.\nTo see the kids, and to be there for them as I used to be.")
    plan.set_viewport_size({"width": 1280, "height": 800})  # a table, with all its rows in sight
    plan.locator("[name='steps.2.step']").fill("Ask my doctor")
    plan.locator("[name='steps.2.done']").select_option("not-yet")
    plan.locator("#check").fill("2026-12-06")
    plan.locator("label:has([name=sure][value='6'])").click()
    plan.locator("#make-it-7").fill("Jo drives me")
    name, content = take(plan, f"Filled PDF, {size}")
    held = values(content)

    assert name == "change-plan-filled.pdf"
    assert held["change"] == "Fewer drinks – 3 €"
    assert held["goal"] == "/cut-down"
    assert held["why"].startswith("To sleep.\nTo see")
    assert held["steps.2.step"] == "Ask my doctor"
    assert held["steps.2.done"].strip("/") == "not-yet"
    assert held["check"] == "2026-12-06"
    assert held["sure"] == "/6"
    assert held["make-it-7"] == "Jo drives me"
    assert held["steps.1.step"] == ""
    for word in ("Fewer drinks – 3 €", "To sleep.", "used to be.", "Ask my doctor", "Jo drives me"):
        assert word in drawn(content)
    assert said(plan) == "Saved as change-plan-filled.pdf."


def test_a_large_print_pdf_is_filled_in_large_letters(plan):
    plan.locator("#change").fill("Fewer drinks")
    _, content = take(plan, "Filled PDF, large print, A4")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (box,) = [field for field in pdf.Root.AcroForm.Fields if field.T == "change"]
        look = (box.Kids[0] if "/Kids" in box else box).AP.N.read_bytes().decode()

    assert "Fewer drinks" in drawn(content)
    assert float(re.search(r"/Body ([\d.]+) Tf", look)[1]) > 14


def test_a_wheel_and_its_results_are_in_the_pdf(context, site):
    page = visit(context, site, WHEEL)
    for part, number in {"body": "5", "mind": "7", "home": "3"}.items():
        page.locator(f"[name='content.{part}']").select_option(number)
        page.locator(f"[name='weight.{part}']").select_option("9")
    _, content = take(page, "Filled PDF, A4")
    held = values(content)

    assert held["content.body"].strip("/") == "5"
    assert held["weight.home"].strip("/") == "9"
    assert "Home: 6 (9 minus 3)" in held["gap"]


def test_rows_that_do_not_fit_on_paper_are_named(context, site):
    page = visit(context, site, LOG)
    page.set_viewport_size({"width": 1280, "height": 800})  # a table, with all its rows in sight
    for _ in range(2):
        page.locator(".add").first.click()
    page.locator("[name='log.7.where']").fill("On paper")
    page.locator("[name='log.8.where']").fill("Too many")
    page.locator("[name='log.9.where']").fill("Far too many")
    _, content = take(page, "Filled PDF, A4")
    expect(page.locator(".said")).to_contain_text("Rows 8 to 9 of “My urges” did not fit on the paper.")

    assert values(content)["log.7.where"] == "On paper"
    assert "log.8.where" not in values(content)


def test_letters_that_the_pdf_cannot_draw_are_named_and_held(plan):
    plan.locator("#change").fill("Mniej picia, żółty 日")
    _, content = take(plan, "Filled PDF, A4")

    assert values(content)["change"] == "Mniej picia, żółty 日"
    assert "cannot draw ż ł 日" in said(plan)


def test_an_answer_longer_than_its_box_is_named_and_held_whole(plan):
    plan.locator("#why").fill("many words " * 300)
    _, content = take(plan, "Filled PDF, A4")

    assert values(content)["why"] == "many words " * 300
    assert "“Why does it matter to me?” is longer than its box" in said(plan)


def test_a_filled_pdf_keeps_its_tags(plan, pages):
    plan.locator("#change").fill("Less")
    _, content = take(plan, "Filled PDF, A4")
    blank = (pages / f"worksheets/{PLAN}/{PLAN}-a4.pdf").read_bytes()

    with pikepdf.open(io.BytesIO(content)) as filled, pikepdf.open(io.BytesIO(blank)) as before:
        assert filled.Root.MarkInfo.Marked
        assert str(filled.Root.Lang) == str(before.Root.Lang)
        assert len(filled.Root.StructTreeRoot.ParentTree.Nums) == len(
            before.Root.StructTreeRoot.ParentTree.Nums
        )
        assert filled.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()


def test_answers_are_copied_as_plain_text(chromium, site):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = visit(context, site, PLAN)
    page.locator("#change").fill("Less")
    press(page, "More")
    answer(page, "Copy as plain text")
    expect(page.locator(".said")).to_contain_text("Copied.")

    assert "What do I want to change?\n  Less" in page.evaluate("navigator.clipboard.readText()")
    context.close()


def test_without_a_clipboard_the_text_is_shown_to_be_copied(context, site):
    context.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page = visit(context, site, PLAN)
    page.locator("#change").fill("Less")
    press(page, "More")
    answer(page, "Copy as plain text")

    box = page.get_by_role("textbox", name="Your answers as plain text")
    expect(box).to_be_visible()

    assert "What do I want to change?\n  Less" in box.input_value()


def test_answers_become_a_fhir_response(context, site):
    page = visit(context, site, LOG)
    page.locator("[name='log.1.strength']").select_option("8")
    page.locator("[name='log.1.date']").fill("2026-11-17")
    page.locator("[name='log.1.time']").select_option("evening")
    name, content = take(page, "For a health record (FHIR)")
    made = json.loads(content)

    assert name == "urge-log-response.fhir.json"
    assert re.search(r"/worksheets/urge-log/urge-log\.fhir\.json\|1-[0-9a-f]{8}$", made["questionnaire"])
    row = made["item"][0]["item"][0]["item"]
    assert [one["answer"][0] for one in row] == [
        {"valueDate": "2026-11-17"},
        {"valueCoding": {"code": "evening", "display": "Evening"}},
        {"valueInteger": 8},
    ]


def test_a_reminder_is_offered_for_the_day_that_was_written(plan):
    plan.locator("#check").fill("2031-12-06")
    name, content = take(plan, "6 Dec 2031")

    assert name == "reminder.ics"
    assert b"DTSTART;VALUE=DATE:20311206" in content


def test_a_pdf_asked_for_offline_is_said(plan):
    plan.locator("#change").press_sequentially("F")
    plan.wait_for_load_state("networkidle")
    plan.context.route("**/*.pdf", lambda route: route.abort())
    press(plan, "More")
    answer(plan, "Filled PDF, A4")

    expect(plan.locator(".said")).to_contain_text("That file did not arrive.")


def test_no_request_leaves_the_page_on_any_way(context, site):
    asked = []
    context.on("request", lambda one: asked.append((one.method, one.url, one.post_data)))
    page = visit(context, site, PLAN)
    page.locator("#change").press_sequentially("secretword")
    page.locator("#check").fill("2031-12-06")
    keep(page, passphrase="secretword")
    page.locator("#why").press_sequentially("secretword")
    until_kept(page, "locked")
    press(page, "Save file")
    downloaded(page, lambda: answer(page, "Save"))
    for way in ("Filled PDF, A4", "For a health record (FHIR)", "In a week"):
        take(page, way)
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    press(page, "Print")
    press(page, "Erase")
    answer(page, "Erase everything on this device")
    expect(page.locator(".said")).to_contain_text("Erased.")
    files = {f"{site}worksheets/{PLAN}/{name}" for name in ("", f"{PLAN}-a4.pdf", f"{PLAN}.fhir.json")}

    assert {method for method, _, _ in asked} == {"GET"}
    assert [url for _, url, _ in asked if "secretword" in url] == []
    assert [data for _, _, data in asked if data] == []
    assert [
        url
        for _, url, _ in asked
        if not url.startswith((f"{site}assets/workbook/", "blob:", "data:")) and url not in files
    ] == []


def test_the_policy_allows_no_request_elsewhere(browser, site):
    page = browser.new_page()
    page.goto(f"{site}worksheets/{PLAN}/")
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    refused = page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')")
    page.close()

    assert "default-src 'none'" in policy
    assert "connect-src 'self';" in policy
    assert refused == "refused"
