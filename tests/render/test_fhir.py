"""A worksheet as a Questionnaire: what tests/fhir does not ask a client."""

from __future__ import annotations

import json
import re

import pytest
from fhir.responses import expression, inside, sheet_of
from sheets import every, made, real

from workbook.library import Library
from workbook.render import fhir
from workbook.safety import SafetyLine

SHEETS = [pytest.param(library.worksheets[id_], library, id=id_) for id_, library in every()]
GOAL = {"id": "goal", "type": "choice", "label": "Goal", "options": ["Stop", "Less", "Unsure"]}
WANT = {"id": "want", "type": "scale", "label": "Want", "low": "not at all", "high": "fully", "hint": "Today"}


def rendered(*fields, library=None, **changes):
    sheet = sheet_of(*fields).model_copy(update=changes)
    questionnaire = fhir.render(sheet, library or made())
    return questionnaire, {item["linkId"]: item for item in inside(questionnaire["item"])}


def field(**settings):
    """The item of one field."""
    return rendered({"id": "one", "label": "One", **settings})[1]["one"]


@pytest.mark.parametrize(("sheet", "library"), SHEETS)
def test_it_says_whose_it_is_and_where_it_lies(sheet, library):
    found = fhir.render(sheet, library)

    assert found["url"] == library.site.address(f"worksheets/{sheet.id}/{sheet.id}.fhir.json")
    assert (found["id"], found["date"]) == (sheet.id, sheet.date)
    assert re.fullmatch(rf"{sheet.version}-[0-9a-f]{{8}}", found["version"])
    assert (found["title"], found["status"]) == (sheet.title, sheet.status)
    assert found["description"] == sheet.summary
    assert found["purpose"].startswith(sheet.use_when)
    assert found["publisher"] == library.site.name
    assert found["copyright"].startswith("CC BY 4.0")
    assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", found["name"])


def test_its_purpose_says_why_it_may_help_and_what_a_clinician_should_know():
    sheet = real().worksheets["urge-log"]
    purpose = fhir.render(sheet, real())["purpose"]

    for words in (sheet.why.text, sheet.why.grade, *sheet.clinician.model_dump().values()):
        assert words in purpose


@pytest.mark.parametrize(("sheet", "library"), SHEETS)
def test_every_field_keeps_its_id_and_label_in_reading_order(sheet, library):
    items = list(inside(fhir.render(sheet, library)["item"]))
    texts = [(item["linkId"], item["text"]) for item in items]
    ours = [(one.id, one.label) for one in sheet.fields]

    assert [one for one in texts if one in ours] == ours
    assert len({item["linkId"] for item in items}) == len(items)


@pytest.mark.parametrize(("sheet", "library"), SHEETS)
def test_the_same_sheet_gives_the_same_bytes(sheet, library):
    assert json.dumps(fhir.render(sheet, library)) == json.dumps(fhir.render(sheet, library))


def test_no_expression_holds_an_author_s_word():
    words = "'; %resource \\ \""
    said = {"label": words, "hint": words}
    wheel = {
        "id": "wheel",
        "type": "wheel",
        "scales": [{"id": one, "label": one + words} for one in "abc"],
        **said,
    }
    result = {"id": "sum", "type": "result", "show": "sum", "of": ["wheel"], **said}

    items = rendered(wheel, result)[1]

    assert re.fullmatch(r"[\w%.$()=>+ ',-]*", expression(items["sum"]))
    assert items["sum"]["text"] == words


def test_hints_and_the_meaning_of_numbers_are_help():
    items = rendered(WANT)[1]

    assert items["want"]["item"] == [items["want:hint"]]
    assert items["want:hint"]["text"] == "Today. 0 = not at all, 10 = fully."
    assert items["want:hint"]["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "help"


def test_a_note_holds_nothing_and_what_it_leads_to_comes_after_it():
    note = {
        "id": "note",
        "type": "note",
        "label": "A plan can help.",
        "hint": "Or not.",
        "see": ["/smart/urges/"],
    }

    questionnaire, items = rendered(GOAL, note | {"when": {"field": "goal", "is": ["stop"]}})

    assert [item["linkId"] for item in questionnaire["item"][0]["item"]] == [
        "goal",
        "note",
        "note:more-1",
        "note:more-2",
    ]
    assert items["note:more-2"]["text"].endswith("/smart/urges/")
    assert (
        items["note"]["enableWhen"]
        == items["note:more-1"]["enableWhen"]
        == items["note:more-2"]["enableWhen"]
    )


def test_numbers_are_whole_when_all_their_settings_are():
    assert field(type="number")["type"] == "integer"
    assert field(type="number", step=0.5)["type"] == "decimal"
    assert field(type="number", min=0.5)["type"] == "decimal"
    assert field(type="number", max=10**10)["type"] == "decimal"
    assert [one["valueInteger"] for one in field(type="number", min=0, max=9)["extension"]] == [0, 9]
    assert [one["valueDecimal"] for one in field(type="number", min=0, step=0.1)["extension"]] == [0]
    assert field(type="number", unit="min")["extension"][0]["valueCoding"] == {"display": "min"}


def test_one_of_several_options_enables_by_any():
    tip = {"id": "tip", "type": "note", "label": "Tip", "when": {"field": "goal", "is": ["stop", "less"]}}

    item = rendered(GOAL, tip)[1]["tip"]

    assert [test["answerCoding"]["code"] for test in item["enableWhen"]] == ["stop", "less"]
    assert item["enableBehavior"] == "any"


def test_several_conditions_enable_by_all():
    when = [
        {"field": "goal", "is": ["stop"]},
        {"field": "want", "under": 4.5},
        {"field": "want", "at_least": 2},
    ]

    item = rendered(GOAL, WANT, {"id": "tip", "type": "note", "label": "Tip", "when": when})[1]["tip"]

    assert [(test["operator"], test.get("answerInteger")) for test in item["enableWhen"]] == [
        ("=", None),
        ("<", 5),  # the whole numbers under 4.5
        (">=", 2),
    ]
    assert item["enableBehavior"] == "all"


def test_any_of_one_and_all_of_the_others_is_an_expression():
    when = [{"field": "goal", "is": ["stop", "less"]}, {"field": "want", "under": 5}]

    item = rendered(GOAL, WANT, {"id": "tip", "type": "note", "label": "Tip", "when": when})[1]["tip"]

    assert "enableWhen" not in item
    assert item["extension"][0]["url"].endswith("enableWhenExpression")


def test_safety_lines_come_first_and_appear_when_they_are_due():
    lines = {
        "crisis": {"text": "Call."},
        "danger": {"text": "Stop.", "link": {"text": "More", "page": "/crisis/"}},
    }
    safety = {id_: SafetyLine(id=id_, **line) for id_, line in lines.items()}
    rules = [
        {"line": "crisis"},
        {"line": "danger", "when": [{"field": "goal", "is": ["stop"]}]},
        {"line": "danger", "when": [{"field": "want", "under": 3}]},
    ]
    sheet = type(sheet_of(GOAL)).model_validate(
        {**sheet_of(GOAL, WANT).model_dump(by_alias=True, exclude_none=True), "safety": rules}
    )

    items = fhir.render(sheet, Library(made().site, {}, safety))["item"]

    assert [item["linkId"] for item in items] == ["safety:crisis", "safety:danger", "safety:danger:2", "all"]
    assert items[1]["text"] == f"Stop. More: {made().site.address('/crisis/')}"
    assert [item.get("enableWhen", [{}])[0].get("question") for item in items[:3]] == [None, "goal", "want"]


def test_lists_are_left_to_write_in_and_say_how():
    gap = {"id": "gap", "type": "result", "label": "Gap", "show": "gap", "of": ["want", "want"]}

    items = rendered(WANT, gap)[1]

    assert items["gap"]["type"] == "text"
    assert "readOnly" not in items["gap"]
    assert "take one number away from the other" in items["gap:hint"]["text"]


def test_what_a_result_says_depends_on_its_number():
    say = [{"under": 4, "text": "Low."}, {"at_least": 4, "under": 7, "text": "Middle."}]
    result = {"id": "sum", "type": "result", "label": "Sum", "show": "sum", "of": ["want"], "say": say}

    items = rendered(WANT, result)[1]

    assert items["sum:say-1"]["enableWhen"] == [{"question": "sum", "operator": "<", "answerInteger": 4}]
    assert items["sum:say-2"]["enableBehavior"] == "all"
    assert items["sum:say-2"]["text"] == "Middle."


OFTEN = {
    "id": "often",
    "type": "choice",
    "label": "1. How often?",
    "options": [
        {"id": "never", "label": "Never", "points": 0},
        {"id": "monthly", "label": "Monthly", "points": 1},
        {"id": "daily", "label": "Daily", "points": 4},
        {"id": "always", "label": "Always", "points": 4},
    ],
}
POINTS = {"id": "points", "type": "result", "label": "Points", "show": "sum", "of": ["often"]}


def test_what_an_answer_counts_for_is_its_ordinal_value():
    options = rendered(OFTEN)[1]["often"]["answerOption"]

    assert [one["extension"][0]["valueDecimal"] for one in options] == [0, 1, 4, 4]
    assert {one["extension"][0]["url"] for one in options} == {
        "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    }
    assert "extension" not in rendered(GOAL)[1]["goal"]["answerOption"][0]


def test_points_are_added_up_with_no_help_from_the_client():
    item = rendered(OFTEN, POINTS)[1]["points"]

    assert item["type"] == "integer"
    assert (
        "select(iif(code='never', 0, iif(code='monthly', 1, 4)))"
        in item["extension"][0]["valueExpression"]["expression"]
    )


def test_a_field_may_hang_on_a_result():
    when = {"field": "points", "at_least": 2.5}
    rules = [{"line": "crisis", "when": {"field": "points", "under": 3}}]
    sheet = sheet_of(OFTEN, POINTS, {"id": "tip", "type": "note", "label": "Tip", "when": when})
    sheet = type(sheet).model_validate(sheet.model_dump(by_alias=True, exclude_none=True) | {"safety": rules})
    items = {item["linkId"]: item for item in inside(fhir.render(sheet, made())["item"])}

    assert items["tip"]["enableWhen"] == [{"question": "points", "operator": ">=", "answerInteger": 3}]
    assert items["safety:crisis"]["enableWhen"] == [
        {"question": "points", "operator": "<", "answerInteger": 3}
    ]


def test_a_condition_on_what_fhirpath_cannot_work_out_is_said_in_words():
    column = {"id": "x", "type": "scale", "label": "X"}
    tables = [{"id": one, "type": "table", "label": one, "columns": [column]} for one in ("one", "two")]
    apart = {
        "id": "apart",
        "type": "result",
        "label": "Apart",
        "show": "difference",
        "of": ["one.x", "two.x"],
    }
    when = [{"field": "apart", "at_least": 3}, {"field": "goal", "is": ["stop"]}]

    items = rendered(*tables, apart, GOAL, {"id": "tip", "type": "text", "label": "Tip", "when": when})[1]

    assert items["tip:if"]["text"] == "If “Apart” is 3 or more:"
    assert [one["question"] for one in items["tip"]["enableWhen"]] == ["goal"]
    assert items["tip:if"]["enableWhen"] == items["tip"]["enableWhen"]
