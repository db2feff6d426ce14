"""LHC-Forms loads back what a worksheet's page gives to take away, and it is sound FHIR."""

import json
import subprocess
from pathlib import Path

import pytest
from browser.test_take_away_parts import known, respond
from fhir.test_lforms import PERSON, answered, mark, page, read, settled, show, write
from sheets import every, made

from workbook.render import fhir
from workbook.render.definition import definition

__all__ = ["page"]

HERE = Path(__file__).parent
SHEETS = [pytest.param(library, id_, id=id_) for id_, library in every()]

pytestmark = pytest.mark.xdist_group("lforms")


@pytest.fixture(scope="module")
def responses():
    """What each page gives away, by the sheet's id."""
    return {
        id_: respond(fhir.render(library.worksheets[id_], library), *known(library, id_))
        for id_, library in every()
    }


def test_the_same_input_gives_the_same_answers_here_and_there(page):
    """A person fills a sheet in with LHC-Forms; our page is given the same."""
    questionnaire, sheet = fhir.render(PERSON, made()), json.loads(definition(PERSON))
    show(page, questionnaire)
    mark(page, "goal", "Stop")
    mark(page, "tried", "A walk")
    write(page, "want/1/1", "4")
    write(page, "pull/1/1", "2.5")
    write(page, "both/1/1", "It's “mine” <b>")
    write(page, "log.strength/1/1/1", "6")
    write(page, "log.where/1/1/1", "Kitchen")
    page.click('[id="add-log/1/1"]')
    write(page, "log.strength/1/2/1", "9")
    theirs = settled(page, {"mean": [7.5], "sum": [6.5], "walks": [1]})

    ours = respond(
        questionnaire,
        {"fields": {field["id"]: field for field in sheet["fields"]}},
        {
            "goal": "stop",
            "tried": ["a-walk"],
            "want": 4,
            "pull": 2.5,
            "both": "It's “mine” <b>",
            "log": [{"strength": 6, "where": "Kitchen"}, {"strength": 9}],
        },
    )
    assert answered(ours) == theirs
    assert len(theirs) == 10


@pytest.mark.parametrize(("library", "id_"), SHEETS)
def test_a_response_is_loaded_back(page, responses, library, id_):
    show(page, fhir.render(library.worksheets[id_], library), responses[id_])
    loaded = answered(read(page, "QuestionnaireResponse"))

    given = answered(responses[id_])
    assert {key: loaded.get(key) for key in given} == given


def test_every_response_is_sound(responses, tmp_path):
    files = {id_: tmp_path / f"{id_}.json" for id_ in responses}
    for id_, file in files.items():
        file.write_text(json.dumps(responses[id_]), encoding="utf-8")

    checked = subprocess.run(
        ["node", HERE / "validate.mjs", *files.values()], check=False, capture_output=True, text=True
    )

    assert json.loads(checked.stdout) == {str(file): [] for file in files.values()}
