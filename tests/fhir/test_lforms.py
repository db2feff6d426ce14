"""LHC-Forms opens every worksheet whole, keeps what people answer, and works it out as we do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browsing import served
from fhir.responses import inside, response, sheet_of
from playwright.sync_api import expect
from sheets import every, made

from workbook.render import fhir
from workbook.results import shown, work_out

TESTS = Path(__file__).parents[1]
VECTORS = json.loads((TESTS / "vectors/results.json").read_text(encoding="utf-8"))
SHEETS = [pytest.param(library.worksheets[id_], library, id=id_) for id_, library in every()]

pytestmark = pytest.mark.xdist_group("lforms")


@pytest.fixture(scope="module")
def page(chromium):
    """LHC-Forms. `page.said` is what it complained of, `page.asked` what it wanted from elsewhere."""
    with served(TESTS) as home:
        page = chromium.new_page(locale="en-US", timezone_id="UTC")
        page.said, page.asked = [], []
        page.on("console", lambda line: page.said.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda one: page.asked.append(one.url) if home not in one.url else None)
        page.goto(f"{home}fhir/lforms.html")
        yield page
        page.close()


def show(page, questionnaire, answers=None, *, anew=False):
    page.evaluate("([form, answers, anew]) => show(form, answers, anew)", [questionnaire, answers, anew])


def read(page, kind):
    return page.evaluate("kind => read(kind)", kind)


def answered(resource):
    """Every answer by linkId: codes, numbers and words."""
    found = {}
    for item in inside(resource.get("item", [])):
        for answer in item.get("answer", []):
            value = next(value for key, value in answer.items() if key.startswith("value"))
            found.setdefault(item["linkId"], []).append(value["code"] if isinstance(value, dict) else value)
    return found


def settled(page, wanted):
    """The answers on the page once they hold `wanted`, or as they are after two seconds."""
    for _ in range(20):
        found = answered(read(page, "QuestionnaireResponse"))
        if all(found.get(id_) == value for id_, value in wanted.items()):
            break
        page.wait_for_timeout(100)
    return found


def expected(questionnaire, fields, answers):
    """What a client can work out, by linkId; None for what is hidden or has not enough to show."""
    found = {}
    for item in inside(questionnaire["item"]):
        if item.get("readOnly"):
            field = fields[item["linkId"]]
            outcome = work_out(field, fields, answers)
            found[field.id] = [outcome.value] if outcome.enough and shown(field, fields, answers) else None
    return found


def essence(questionnaire):
    """What must not change: every item with its type, its words, its options and when it is there."""
    kept = ("type", "text", "repeats", "readOnly", "maxLength", "enableWhen", "answerOption")
    return {
        item["linkId"]: {key: item[key] for key in kept if key in item}
        for item in inside(questionnaire["item"])
    }


@pytest.mark.parametrize(("sheet", "library"), SHEETS)
def test_it_opens_every_worksheet_whole(page, sheet, library):
    questionnaire = fhir.render(sheet, library)

    show(page, questionnaire)

    assert essence(read(page, "Questionnaire")) == essence(questionnaire)
    words = " ".join(page.locator("#form").inner_text().split())
    for field in sheet.fields:
        assert field.when or " ".join(field.label.split()) in words
    assert page.said == page.asked == []


@pytest.mark.parametrize(("sheet", "library"), SHEETS)
def test_it_keeps_the_examples_and_works_out_what_they_add_up_to(page, sheet, library):
    questionnaire = fhir.render(sheet, library)
    fields = {field.id: field for field in sheet.fields}
    answers = {id_: one.example for id_, one in fields.items() if getattr(one, "example", None) is not None}
    filled = response(questionnaire, fields, answers)
    results = expected(questionnaire, fields, answers)

    show(page, questionnaire, filled, anew=True)
    found = settled(page, results)

    assert {id_: found.pop(id_, None) for id_ in results} == results
    assert found == answered(filled)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in VECTORS["cases"]])
def test_it_works_out_every_vector(page, case):
    named = [{"id": id_, **settings} for id_, settings in VECTORS["fields"].items()]
    sheet = sheet_of(*named, {"id": "result", "type": "result", "label": "Result", **case["result"]})
    questionnaire = fhir.render(sheet, made())
    fields = {field.id: field for field in sheet.fields}
    results = expected(questionnaire, fields, case["answers"])

    show(page, questionnaire, response(questionnaire, fields, case["answers"]), anew=True)
    found = settled(page, results)

    assert {id_: found.get(id_) for id_ in results} == results


EITHER = {"field": "goal", "is": ["stop", "less"]}
STOP = {"field": "goal", "is": ["stop"]}
WEAK = {"field": "want", "under": 5}
STRENGTH, WHERE = {"id": "strength", "type": "scale"}, {"id": "where", "type": "text"}
COLUMNS = [STRENGTH | {"label": "How strong"}, WHERE | {"label": "Where"}]
STRONG, MILD = {"at_least": 6.5, "text": "That is strong."}, {"under": 6.5, "text": "That is mild."}
FIELDS = {
    "goal": {"type": "choice", "options": ["Stop", "Less", "Not sure"]},
    "tried": {"type": "choices", "options": ["A walk", "A call"]},
    "want": {"type": "scale"},
    "pull": {"type": "number", "step": 0.5, "when": STOP},
    "tip": {"type": "note", "when": EITHER},
    "both": {"type": "text", "when": [EITHER, WEAK]},
    "log": {"type": "table", "columns": COLUMNS},
    "mean": {"type": "result", "show": "mean", "of": ["log.strength"], "needs": 2, "say": [STRONG, MILD]},
    "sum": {"type": "result", "show": "sum", "of": ["want", "pull"]},
    "walks": {"type": "result", "show": "count", "of": ["tried"], "is": ["a-walk"]},
}
PERSON = sheet_of(*({"id": id_, "label": f"The {id_}", **more} for id_, more in FIELDS.items()))


def write(page, id_, words):
    page.fill(f'[id="{id_}"]', words)
    page.keyboard.press("Tab")


def mark(page, id_, label):
    page.locator(f'[id="item-{id_}/1/1"]').get_by_text(label, exact=True).click()


def item(page, label):
    """The item of this label, if it is there; not what a screen reader is told of it."""
    return page.locator(f'#form .question:text-is("{label}")')


def test_conditions_show_and_hide_as_a_person_answers(page):
    show(page, fhir.render(PERSON, made()))
    tip, both, pull = (item(page, f"The {id_}") for id_ in ("tip", "both", "pull"))

    expect(tip).to_have_count(0)
    mark(page, "goal", "Less")
    expect(tip).to_be_visible()
    expect(both).to_have_count(0)
    write(page, "want/1/1", "4")
    expect(both).to_be_visible()
    expect(pull).to_have_count(0)
    mark(page, "goal", "Stop")
    expect(pull).to_be_visible()
    expect(tip).to_be_visible()
    mark(page, "goal", "Not sure")
    for one in (tip, both, pull):
        expect(one).to_have_count(0)


def test_results_follow_what_a_person_types(page):
    show(page, fhir.render(PERSON, made()))
    mild, strong = item(page, "That is mild."), item(page, "That is strong.")

    mark(page, "goal", "Stop")
    mark(page, "tried", "A walk")
    write(page, "want/1/1", "4")
    write(page, "pull/1/1", "2.5")
    write(page, "log.strength/1/1/1", "6")
    assert settled(page, {"sum": [6.5], "walks": [1]}).get("mean") is None
    page.click('[id="add-log/1/1"]')
    write(page, "log.strength/1/2/1", "5")
    expect(mild).to_be_visible()
    write(page, "log.strength/1/2/1", "8")
    expect(strong).to_be_visible()
    mark(page, "goal", "Less")

    wanted = {"goal": ["less"], "tried": ["a-walk"], "want": [4], "log.strength": [6, 8]}
    wanted |= {"mean": [7], "sum": [4], "walks": [1]}
    assert settled(page, wanted) == wanted
    expect(mild).to_have_count(0)


def test_a_saved_response_loads_back_as_it_was(page):
    questionnaire = fhir.render(PERSON, made())
    show(page, questionnaire)
    mark(page, "goal", "Stop")
    write(page, "want/1/1", "7")
    write(page, "log.where/1/1/1", "Kitchen: 'it' \"is\" 50 % \\")
    settled(page, {"sum": [7]})
    saved = read(page, "QuestionnaireResponse")

    show(page, questionnaire, saved)

    assert saved["status"] == "completed"
    assert answered(read(page, "QuestionnaireResponse")) == answered(saved)
    expect(page.locator('[id="want/1/1"]')).to_have_value("7")
