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


@pytest.fixture(scope="module")
def responses():
    """What each page gives away, by the sheet's id."""
    return {
        id_: respond(fhir.render(library.worksheets[id_], library), *known(library, id_))
        for id_, library in every()
    }


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
