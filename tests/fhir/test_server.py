"""A FHIR server that is not ours keeps all that /fhir/ offers as it is, and finds answers to it."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from browser.test_take_away_parts import known, respond
from sheets import real

from workbook import kept, record
from workbook.render import fhir
from workbook.render.packet import bundle

HERE = Path(__file__).parent


def published(address: str) -> bytes:
    """What lies on the site at the address of a FHIR file."""
    folder, id_, _ = address.split("/")
    if folder == "worksheets":
        return kept.as_json(fhir.render(real().worksheets[id_], real()))
    return kept.as_json(bundle.render(real().packets[id_], real()))


@pytest.fixture(scope="module")
def package() -> dict[str, Any]:
    """The resources of the package, by name, as whoever downloads it unpacks them."""
    with tarfile.open(fileobj=io.BytesIO(record.package(real(), published))) as tar:
        files = {one.name: tar.extractfile(one).read() for one in tar.getmembers()}  # type: ignore[union-attr]
    return {name: json.loads(content) for name, content in files.items()}


def tried(pairs: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    (folder / "pairs.json").write_text(json.dumps(pairs), encoding="utf-8")
    command = ["node", HERE / "server.mjs", folder / "pairs.json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_every_questionnaire_is_kept_and_its_answers_are_found(
    package: dict[str, Any], tmp_path: Path
) -> None:
    forms = [one for one in package.values() if one.get("resourceType") == "Questionnaire"]
    pairs = [{"questionnaire": form, "response": respond(form, *known(real(), form["id"]))} for form in forms]

    found = tried(pairs, tmp_path)

    assert len(found) == len(real().worksheets)
    for pair, made in zip(pairs, found, strict=True):
        assert made["read"] == made["searched"] == pair["questionnaire"]
        assert (made["others"], made["answers"], made["same"], made["elsewhere"]) == (0, 1, True, 0)
        assert made["response"] == pair["response"]


def test_a_bundle_holds_what_the_package_holds(package: dict[str, Any]) -> None:
    bundles = [one for one in package.values() if one.get("resourceType") == "Bundle"]

    assert len(bundles) == len(real().packets)
    for one in bundles:
        for entry in one["entry"]:
            resource = entry["resource"]
            assert resource == package[f"package/Questionnaire-{resource['id']}.json"]
