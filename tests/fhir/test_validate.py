"""Every Questionnaire is sound FHIR R4, and the check that says so finds what is broken."""

from __future__ import annotations

import json
import subprocess
from copy import deepcopy
from pathlib import Path

import pytest
from fhir.responses import sheet_of
from sheets import every, made, real

from workbook.render import fhir
from workbook.render.packet import bundle

HERE = Path(__file__).parent
HOSTILE = [
    "it's",
    'a "quoted" word',
    "back\\slash",
    "100 %resource",
    "`tick` and ${dollar}",
    "'or linkId='x",
    "<b>bold</b> &amp; #set",
    "two\nlines",
    "日本語 👩‍👩‍👧 ́",
    "$this.answer {{curly}} [%",
]

GOAL = {"id": "goal", "type": "choice", "label": "Goal", "options": ["Stop", "Less"]}
STEP = {"id": "step", "type": "text", "label": "Step"}
STEPS = {"id": "steps", "type": "table", "label": "Steps", "columns": [STEP]}
EITHER = {"field": "goal", "is": ["stop", "less"]}
FEW = {"under": 5, "text": "That is not much."}
SOUND = fhir.render(
    sheet_of(
        GOAL,
        STEPS,
        {"id": "want", "type": "scale", "label": "Want"},
        {"id": "why", "type": "text", "label": "Why", "max": 80},
        {"id": "more", "type": "note", "label": "More", "when": EITHER},
        {"id": "mixed", "type": "text", "label": "Mixed", "when": [EITHER, {"field": "want", "under": 5}]},
        {"id": "sum", "type": "result", "label": "Sum", "show": "sum", "of": ["want"], "say": [FEW]},
    ),
    made(),
)


def broken(*path, **changes):
    """The sound Questionnaire with `changes` made at `path`, a linkId or nothing; None takes a key out."""
    copy = deepcopy(SOUND)
    target = next(item for item in items(copy["item"]) if item.get("linkId") == path[0]) if path else copy
    for step in path[1:]:
        target = target[step]
    for key, value in changes.items():
        target.pop(key, None)
        if value is not None:
            target[key] = value
    return copy


def items(found):
    for item in found:
        yield item
        yield from items(item.get("item", []))


OPTION = {"valueCoding": {"code": "stop"}}
TEST = ("more", "enableWhen", 0)
EXPRESSION = ("sum", "extension", 0, "valueExpression")
BROKEN = {
    "a status that FHIR does not know": broken(status="aktiv"),
    "no status": broken(status=None),
    "a status that is a number": broken(status=3),
    "no version": broken(version=None),
    "a version that is a number": broken(version=1),
    "no date": broken(date=None),
    "a date that is none": broken(date="23.11.2026"),
    "no copyright": broken(copyright=None),
    "a url that is none": broken(url="change-plan"),
    "an element that FHIR does not have": broken(author="Ann"),
    "an id with a space": broken(id="change plan"),
    "a name that is a sentence": broken(name="my change plan"),
    "an item without linkId": broken("why", linkId=None),
    "a linkId twice": broken("why", linkId="want"),
    "an item without type": broken("why", type=None),
    "a type that FHIR does not know": broken("why", type="textarea"),
    "an item without text": broken("why", text=None),
    "a text of spaces": broken("why", text="  "),
    "a choice without options": broken("goal", answerOption=None),
    "an option twice": broken("goal", answerOption=[OPTION, OPTION]),
    "an option without value": broken("goal", answerOption=[{"display": "Stop"}]),
    "options for a text": broken("why", answerOption=[{"valueString": "x"}]),
    "a group with options": broken("steps", answerOption=[OPTION]),
    "an empty group": broken("steps", item=None),
    "a display that holds items": broken("more", item=[{"linkId": "in", "text": "In", "type": "string"}]),
    "a display that repeats": broken("more", repeats=True),
    "a display that is required": broken("more", required=True),
    "a longest length for a number": broken("want", maxLength=3),
    "a smallest number above the largest": broken("want", "extension", 0, valueInteger=11),
    "an extension without url": broken("want", "extension", 0, url=None),
    "an extension of two values": broken("want", "extension", 0, valueString="0"),
    "a condition on what is not there": broken(*TEST, question="nowhere"),
    "a condition on itself": broken(*TEST, question="more"),
    "a condition on an option that is not there": broken(
        "more", "enableWhen", 0, answerCoding={"code": "never"}
    ),
    "a condition without an answer": broken(*TEST, answerCoding=None),
    "a condition with an answer of another type": broken("sum:say-1", "enableWhen", 0, question="why"),
    "an operator that FHIR does not know": broken("sum:say-1", "enableWhen", 0, operator="under"),
    "two conditions joined by nothing": broken("more", enableBehavior=None),
    "two conditions joined by some": broken("more", enableBehavior="some"),
    "FHIRPath that does not end": broken(*EXPRESSION, expression="iif(1 > 0, (2"),
    "FHIRPath with a function that is none": broken(*EXPRESSION, expression="%resource.item.total()"),
    "FHIRPath with a variable that is none": broken(*EXPRESSION, expression="%worksheet.item"),
    "FHIRPath that names what is not there": broken(*EXPRESSION, expression="where(linkId='gone')"),
    "FHIRPath in another language": broken(*EXPRESSION, language="text/javascript"),
    "a broken condition in FHIRPath": broken("mixed", "extension", 0, "valueExpression", expression="("),
    "a number worked out and open to change": broken("sum", readOnly=None),
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    """Checks resources in one Node process: name → what is wrong."""

    def check(resources):
        folder = tmp_path_factory.mktemp("fhir")
        paths = {folder / f"{number}.json": name for number, name in enumerate(resources)}
        for path, name in paths.items():
            path.write_text(json.dumps(resources[name]), encoding="utf-8")
        command = ["node", HERE / "validate.mjs", *paths]
        said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
        return {paths[Path(path)]: found for path, found in json.loads(said).items()}

    return check


def test_every_worksheet_is_a_sound_questionnaire(findings):
    found = findings({id_: fhir.render(library.worksheets[id_], library) for id_, library in every()})

    assert len(found) == len(every())
    assert {id_: wrong for id_, wrong in found.items() if wrong} == {}


def test_every_packet_is_a_sound_bundle(findings):
    made_of = {id_: bundle.render(packet, real()) for id_, packet in real().packets.items()}
    broken = deepcopy(made_of["the-basics"])
    broken["entry"][1]["fullUrl"] = broken["entry"][0]["fullUrl"]
    broken["entry"][0]["resource"]["status"] = "aktiv"

    found = findings({**made_of, "broken": broken})

    assert len(found.pop("broken")) == 4  # twice, not its own, and the status by both checks
    assert {id_: wrong for id_, wrong in found.items() if wrong} == {}


def test_the_check_finds_everything_that_is_broken(findings):
    found = findings({"sound": SOUND, **BROKEN})

    assert found.pop("sound") == []
    assert [name for name, wrong in found.items() if not wrong] == []


def hostile(words):
    """A sheet that says `words` wherever an author can say something."""
    said = {"label": words, "hint": words}
    options = [{"id": "one", "label": words}, {"id": "two", "label": f"{words} too"}]
    column = {"id": "strength", "type": "scale", "low": words, **said}
    mean = {"show": "mean", "of": ["log.strength"], "say": [{"under": 3, "text": words}]}
    return sheet_of(
        {"id": "goal", "type": "choice", "options": options, **said},
        {"id": "log", "type": "table", "columns": [column], "row_name": words, **said},
        {"id": "note", "type": "note", "when": {"field": "goal", "is": ["one", "two"]}, **said},
        {"id": "mean", "type": "result", **mean, **said},
        {"id": "count", "type": "result", "show": "count", "of": ["goal"], "is": ["one"], **said},
    )


def test_hostile_words_are_only_words(findings):
    made_of = {words: fhir.render(hostile(words), made()) for words in HOSTILE}

    assert findings(made_of) == {words: [] for words in HOSTILE}
    for words, questionnaire in made_of.items():
        texts = {item["linkId"]: item["text"] for item in items(questionnaire["item"])}
        assert {texts[id_] for id_ in ("goal", "log", "note", "mean", "count")} == {words}
