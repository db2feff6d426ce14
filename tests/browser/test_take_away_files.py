"""Saving to a file and loading it back, and files that do not belong here."""

import io
import json

import pikepdf
import pytest
from browser.hands import LOG, PLAN, answer, context, downloaded, plan, press, said, site, unlock, visit
from playwright.sync_api import expect

__all__ = ["context", "plan", "site"]


def save(page, passphrase=""):
    press(page, "Save file")
    if passphrase:
        page.get_by_text("Lock it with a passphrase").click()
        page.get_by_label("Passphrase").fill(passphrase)
    return downloaded(page, lambda: answer(page, "Save"))


def load(page, content, name="sheet.json"):
    """By the button, as a person does."""
    press(page, "More")
    with page.expect_file_chooser() as chooser:
        answer(page, "Load a file")
    give(chooser.value, page, content, name)


def give(chooser, page, content, name):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    chooser.set_files({"name": name, "mimeType": "", "buffer": content})


def drop(page, content, name="sheet.json"):
    """A file let fall on the page."""
    text = content if isinstance(content, str) else json.dumps(content)
    page.evaluate(
        """([text, name]) => {
            const dataTransfer = new DataTransfer()
            dataTransfer.items.add(new File([text], name))
            const fall = { dataTransfer, bubbles: true, cancelable: true }
            document.body.dispatchEvent(new DragEvent('drop', fall))
        }""",
        [text, name],
    )


def sheet(answers, **more):
    return {"worksheet": PLAN, "version": 1, "answers": answers, **more}


def test_a_sheet_saved_to_a_file_comes_back_whole(plan, context, site):
    plan.locator("#change").fill('Fewer "drinks"\n<b>now</b>')
    plan.set_viewport_size({"width": 1280, "height": 800})  # a table, with all its rows in sight
    plan.locator("[name='risk.3.then']").fill("Go home")
    plan.locator("#check").fill("2026-12-06")
    plan.locator("label:has([name=sure][value='6'])").click()
    name, content = save(plan)
    other = visit(context, site, PLAN)
    load(other, content, name)

    expect(other.locator("#change")).to_have_value('Fewer "drinks"\n<b>now</b>')
    expect(other.locator("[name='risk.3.then']")).to_have_value("Go home")
    expect(other.locator("#check")).to_have_value("2026-12-06")
    expect(other.locator("[name=sure][value='6']")).to_be_checked()
    assert json.loads(content)["worksheet"] == PLAN
    assert name.startswith("change-plan-")


def test_a_locked_file_opens_with_its_passphrase_only(plan, context, site):
    plan.locator("#change").fill("Fewer drinks")
    name, content = save(plan, "four plain words hére")
    other = visit(context, site, PLAN)
    load(other, content, name)
    unlock(other, "wrong")
    expect(other.get_by_role("dialog")).to_contain_text("That passphrase does not open it")
    unlock(other, "four plain words hére")

    expect(other.locator("#change")).to_have_value("Fewer drinks")
    assert b"Fewer" not in content
    assert "plan" not in name


def test_a_file_can_be_let_fall_on_the_page(plan):
    drop(plan, sheet({"change": "Less", "sure": 0}))

    expect(plan.locator("#change")).to_have_value("Less")
    expect(plan.locator("[name=sure][value='0']")).to_be_checked()


@pytest.mark.parametrize(("choice", "left"), [("Replace my answers", "Less"), ("Go back", "Mine")])
def test_loading_over_answers_asks_first(plan, choice, left):
    plan.locator("#change").fill("Mine")
    drop(plan, sheet({"change": "Less"}))
    answer(plan, choice)

    expect(plan.locator("#change")).to_have_value(left)


def test_a_row_taken_out_does_not_come_back_among_the_answers_of_a_file(plan):
    plan.set_viewport_size({"width": 1280, "height": 800})  # a table, with all its rows in sight
    plan.locator("[name='risk.1.then']").fill("Mine")
    plan.get_by_role("button", name="Remove").first.click()
    expect(plan.get_by_role("button", name="Undo")).to_be_visible()
    plan.locator("#change").fill("Mine")
    drop(plan, sheet({"change": "Less"}))
    answer(plan, "Replace my answers")
    expect(plan.locator("#change")).to_have_value("Less")

    expect(plan.get_by_role("button", name="Undo")).to_have_count(0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"worksheet": LOG, "version": 1, "answers": {}}, "This file is for another sheet, “urge-log”."),
        (sheet({"x": [[[1] * 150] * 150]}), "This is not a saved sheet"),
        ("{damaged", "This file is damaged, or it is not a saved sheet."),
        ("x" * 10_000_001, "This file is too large to be a saved sheet."),
        ("eyJhbGciOiJkaXIifQ.damaged", "This file is damaged, or it is not a saved sheet."),
    ],
    ids=["another sheet", "more parts than a page can show", "damaged", "huge", "locked and damaged"],
)
def test_a_file_that_does_not_belong_changes_nothing_and_says_so(plan, content, sentence):
    plan.locator("#change").fill("Mine")
    drop(plan, content)
    expect(plan.locator(".said")).to_contain_text(sentence)

    assert "Nothing has changed." in said(plan)
    assert plan.locator("#change").input_value() == "Mine"


@pytest.mark.parametrize(("version", "which"), [(0, "an older"), (7, "a newer")])
def test_a_file_of_another_version_loads_and_loses_nothing(plan, version, which):
    drop(plan, sheet({"change": "Less", "gone-away": "Still here"}, version=version))
    expect(plan.locator("#change")).to_have_value("Less")
    _, content = save(plan)

    assert f"The file is from {which} version of this sheet" in said(plan) or said(plan).startswith("Saved")
    expect(plan.get_by_role("region", name="No longer on this sheet")).to_contain_text("Still here")
    assert json.loads(content)["gone"] == [["gone-away", "Still here"]]


def test_an_option_that_is_no_longer_in_a_list_is_told_and_leaves_its_place_blank(context, site):
    """As after a new version of the sheet. Loading it once stopped there, in an error."""
    page, faults = visit(context, site, "type-rank"), []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    with page.expect_request_finished(lambda one: one.url.endswith("parts.css")):
        page.keyboard.press("Shift")
    answers = {"field-2": ["family", "luck", "work"], "field-1": ["Sleep"]}
    drop(page, {"worksheet": "type-rank", "version": 3, "answers": answers})

    expect(page.get_by_role("region", name="No longer on this sheet")).to_contain_text("luck")
    expect(page.locator("[name='field-2.2']")).to_have_value("")
    expect(page.locator("[name='field-2.3']")).to_have_value("work")
    expect(page.locator("[name='field-1.1']")).to_have_value("Sleep")
    expect(page.get_by_role("button", name="Move place 2 up").last).to_be_attached()
    assert faults == []


HOSTILE = {
    "change": '<img src=x onerror="window.ran = 1">',
    "goal": {"toString": 1},
    "why": ["a", {"b": None}],
    "steps": [{"step": "<script>window.ran = 1</script>", "__proto__": {"x": 1}}, None, 5, "six"],
    "sure": "javascript:alert(1)",
    "check": "2026-99-99",
    "__proto__": {"ran": 1},
    "constructor": "x",
    "tip": "a note has no answer",
    "<b>bold</b>": "</dd><script>window.ran = 1</script>",
}


def test_a_hostile_file_runs_nothing_and_breaks_nothing(plan):
    faults = []
    plan.on("pageerror", lambda fault: faults.append(str(fault)))
    drop(plan, sheet(HOSTILE))
    expect(plan.locator("#change")).to_have_value(HOSTILE["change"])
    left = plan.get_by_role("region", name="No longer on this sheet")

    expect(left).to_contain_text("<script>window.ran = 1</script>")
    expect(left).to_contain_text("2026-99-99")
    assert plan.evaluate("[window.ran ?? null, ({}).ran ?? null]") == [None, None]
    assert plan.locator("main img").count() == 0
    plan.locator("#why").fill("Still works")
    assert faults == []


UNSEEN = "a\u202e gnp.exe \u2066b\u2069 c\x00d \ufeff\u2028 \x07 e"
LONG = "A line that is long enough to be a line. " * 25_000  # a megabyte


@pytest.mark.parametrize(
    "words", [UNSEEN, LONG, "\\ud800 alone"], ids=["unseen", "a megabyte", "half a letter"]
)
def test_answers_that_no_one_types_come_out_whole_or_are_told(plan, words):
    faults = []
    plan.on("pageerror", lambda fault: faults.append(str(fault)))
    given = json.dumps(sheet({"change": "Less", "why": words})).replace("\\\\ud800", "\\ud800")
    drop(plan, given)
    expect(plan.locator("#change")).to_have_value("Less", timeout=20_000)
    typed = plan.evaluate("document.querySelector('#why').value.length")

    press(plan, "More")
    _, drawn = downloaded(plan, lambda: answer(plan, "Filled PDF, A4"))
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        fields = {str(one["/T"]): one for one in pdf.Root.AcroForm.Fields}
        half = words.count("ud800")  # no PDF can hold half a letter
        assert len(str(fields["why"]["/V"])) >= typed - half
        assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
    plan.reload()
    drop(plan, given)
    press(plan, "More")
    _, record = downloaded(plan, lambda: answer(plan, "For a health record (FHIR)"))
    assert "less" in record.decode().lower()
    assert json.loads(record)["resourceType"] == "QuestionnaireResponse"
    assert faults == []
