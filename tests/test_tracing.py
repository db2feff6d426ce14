"""Where a site comes from: is it told truly, and in a form that programs read?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from workbook import tracing

ROOT = Path(__file__).parents[1]
PARTS = list(tracing.parts("mkdocs-material", "9.8.1"))
BILL = tracing.bill("A site", "1.0", PARTS, [("mkdocs", "1.6.1"), ("mkdocs-material", "9.8.1")])


def test_the_bill_of_materials_keeps_to_its_schema() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(BILL.decode()) is None


def test_all_that_ships_is_on_the_bill_with_its_licence() -> None:
    shipped = [one for one in json.loads(BILL)["components"] if one["scope"] == "required"]
    files = {file["name"] for one in shipped for file in one.get("components", ())}

    assert {"mkdocs-material", "jose", "pdf-lib", "Atkinson Hyperlegible Next"} <= {
        one["name"] for one in shipped
    }
    assert all(one["licenses"][0]["expression"] for one in shipped)
    assert files == {path.name for path in [*tracing.SCRIPTS.glob("*.js"), *tracing.FONTS.glob("*.woff2")]}


def test_what_it_was_built_with_is_marked_as_no_part_of_it() -> None:
    tools = [one["purl"] for one in json.loads(BILL)["components"] if one["scope"] == "excluded"]

    assert tools == ["pkg:pypi/mkdocs@1.6.1"]  # the theme ships


def test_a_lock_file_is_read_whole() -> None:
    found = dict(tracing.locked((ROOT / "requirements.lock").read_text(encoding="utf-8")))

    assert found["mkdocs"] == "1.6.1"
    assert found["mkdocs-material"] == "9.8.1"
    assert len(found) > 30


AUDIT = """
import json, sys
sys.argv = ["tools/audit", "a.lock"]
import runpy, subprocess
class Ran: stdout = {answer!r}
subprocess.run = lambda *_, **__: Ran
runpy.run_path({path!r}, run_name="__main__")
"""
SOUND = {"name": "a", "version": "1", "vulns": []}
HOLED = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
UNKNOWN = {"name": "c", "version": "3", "skip_reason": "not there"}


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([SOUND], 0, ""),
        ([SOUND, HOLED], 1, "b 2 has a known hole, PYSEC-1. Mended in: 3."),
        ([SOUND, UNKNOWN], 0, "could not be asked about 1 of 2 packages"),
        ([UNKNOWN], 0, "could not be asked about the packages"),
        (None, 0, "could not be asked about the packages"),
    ],
)
def test_an_audit_fails_on_a_hole_and_says_what_it_could_not_ask(packages, code, words) -> None:
    answer = "no network" if packages is None else json.dumps({"dependencies": packages})
    script = AUDIT.format(answer=answer, path=str(ROOT / "tools" / "audit"))

    ran = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (code, "")
    assert words in ran.stdout
    assert bool(words) == bool(ran.stdout)
