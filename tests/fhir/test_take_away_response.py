"""LHC-Forms loads back what a worksheet's page gives to take away, and it is sound FHIR."""

import json
import subprocess
from pathlib import Path

import pytest
from browser.test_take_away_parts import known, respond
from fhir.test_lforms import answered, page, read, show
from sheets import every

from workbook.render import fhir

__all__ = ["page"]

HERE = Path(__file__).parent
SHEETS = [pytest.param(library, id_, id=id_) for id_, library in every()]

pytestmark = pytest.mark.xdist_group("lforms")


@pytest.mark.parametrize(("library", "id_"), SHEETS)
def test_a_response_is_loaded_back_and_sound(page, tmp_path, library, id_):
    questionnaire = fhir.render(library.worksheets[id_], library)
    response = respond(questionnaire, *known(library, id_))
    file = tmp_path / "response.json"
    file.write_text(json.dumps(response), encoding="utf-8")
    show(page, questionnaire, response)
    loaded = answered(read(page, "QuestionnaireResponse"))
    checked = subprocess.run(
        ["node", HERE / "validate.mjs", file], check=False, capture_output=True, text=True
    )

    assert {key: loaded.get(key) for key in answered(response)} == answered(response)
    assert json.loads(checked.stdout) == {str(file): []}
