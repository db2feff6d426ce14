"""Does the JSON Schema let an editor help: current, named in each file, and agreeing with the checks?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from workbook import library, schema, source
from workbook.__main__ import SKELETON
from workbook.fields import FIELDS
from workbook.worksheet import GRADES, NEEDS, Grade, Need

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads(schema.text())
CHECK = jsonschema.Draft7Validator(SCHEMA)
BAD = ROOT / "tests" / "problems" / "worksheets"
# What no schema can see: other places of the file, other files, or rules between settings.
BEYOND = {
    "changes-not-of-this-version",
    "changes-of-another-day",
    "changes-out-of-order",
    "changes-untold",
    "characters-that-cannot-be-printed",
    "condition-that-cannot-be-asked",
    "conditions-that-never-meet",
    "example-of-a-table",
    "example-outside",
    "id-for-other-uses",
    "id-is-not-the-file-name",
    "id-twice",
    "id-twice-below-a-field",
    "impossible-ranges",
    "reference-there-twice",
    "reference-to-a-later-field",
    "reference-to-nothing",
    "replaced-by-itself",
    "replaced-by-nothing",
    "replaced-while-active",
    "result-that-cannot-be-worked-out",
    "result-that-never-says-it",
    "slips-that-pass-unseen",
}

PACKET = jsonschema.Draft7Validator(json.loads(schema.text("packet")))

every_packet = pytest.mark.parametrize(
    "path", library.files(ROOT, library.PACKETS), ids=lambda path: path.stem
)
every_sheet = pytest.mark.parametrize("path", [*library.files(ROOT), SKELETON], ids=lambda path: path.stem)


def settings(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        yield from part.get("properties", {}).items()
        for value in part.values():
            yield from settings(value)


@pytest.mark.parametrize("name", schema.MODELS)
def test_the_schema_in_the_repository_is_current(name: str) -> None:
    kept = (ROOT / schema.FILES[name]).read_text(encoding="utf-8")

    assert kept == schema.text(name), f"python -m workbook schema {name} > it"


@pytest.mark.parametrize("name", schema.MODELS)
def test_the_schema_is_one(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(schema.text(name)))


@every_packet
def test_every_packet_fits_its_schema_and_names_it(path: Path) -> None:
    assert [error.message for error in PACKET.iter_errors(source.read(path, ROOT).data)] == []
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schema/packet.json"


def test_the_schema_marks_a_bad_packet() -> None:
    bad = source.read(ROOT / "tests" / "problems" / "packets" / "settings.yml", ROOT).data

    assert not PACKET.is_valid(bad)


@every_sheet
def test_every_worksheet_fits_the_schema(path: Path) -> None:
    data = source.parse(path.read_text(encoding="utf-8").replace("«ID»", "an-id"), path).data
    data["date"] = "2026-11-23"

    assert [error.message for error in CHECK.iter_errors(data)] == []


@every_sheet
def test_every_first_line_names_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]

    assert first == "# yaml-language-server: $schema=../schema/worksheet.json"
    assert (ROOT / library.WORKSHEETS / first.partition("=")[2]).resolve() == ROOT / schema.FILE


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yml")), ids=lambda path: path.stem)
def test_the_schema_marks_what_the_check_refuses(path: Path) -> None:
    assert CHECK.is_valid(source.read(path, ROOT).data) is (path.stem in BEYOND)


def test_every_setting_says_what_it_is() -> None:
    assert [
        name
        for name, one in [*settings(SCHEMA), *settings(PACKET.schema)]
        if name != "type" and "description" not in one
    ] == []


def test_every_field_type_is_offered_and_must_be_named() -> None:
    fields = {
        one["properties"]["type"]["const"]: one
        for one in SCHEMA["definitions"].values()
        if "type" in one["properties"]
    }

    assert fields.keys() == FIELDS.keys()
    assert all("type" in one["required"] for one in fields.values())


def test_every_need_has_the_words_of_a_person():
    assert get_args(Need) == tuple(NEEDS)


def test_every_grade_has_a_meaning():
    assert get_args(Grade) == tuple(GRADES)
