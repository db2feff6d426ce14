"""What the guide for authors shows is what the code accepts."""

import re
import shutil
import textwrap
from pathlib import Path

import pytest

from workbook import library, site
from workbook.fields import FIELDS
from workbook.packet import Packet
from workbook.reading.tree import DEEPEST
from workbook.worksheet import MOST_FIELDS, MOST_SECTIONS, Worksheet

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SHEET, PACKET, FIELDS_SHOWN, CONDITIONS, RESULT = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def check(folder, text):
    """The problems of the real content with the guide's worksheet put beside it."""
    shutil.copytree(ROOT / "content", folder / "content")
    (folder / "content/worksheets/evening-walk.yml").write_text(text, encoding="utf-8")
    return library.load(folder, site.read(ROOT)).broken.get("evening-walk", ())


def test_the_worksheet_of_the_guide_is_sound(tmp_path):
    assert check(tmp_path, SHEET) == ()


def test_the_packet_of_the_guide_is_sound_and_has_every_setting(tmp_path):
    for part in ("content", "docs"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / "content/packets/quiet-evenings.yml").write_text(PACKET, encoding="utf-8")

    loaded = library.load(tmp_path, site.read(ROOT))

    assert loaded.problems == ()
    assert loaded.packets["quiet-evenings"].model_fields_set == set(Packet.model_fields)


def test_the_fields_of_the_guide_are_sound(tmp_path):
    assert check(tmp_path, SHEET + textwrap.indent(FIELDS_SHOWN + "\n" + RESULT, " " * 6)) == ()


@pytest.mark.parametrize("condition", [line.split("#")[0].strip() for line in CONDITIONS.splitlines()])
def test_the_conditions_of_the_guide_are_sound(tmp_path, condition):
    note = f"- {{id: here, type: note, label: Here, {condition}}}"

    assert check(tmp_path, SHEET + textwrap.indent(FIELDS_SHOWN + "\n" + note, " " * 6)) == ()


def test_a_slip_in_the_guide_would_be_found(tmp_path):
    assert check(tmp_path, SHEET.replace("label:", "lable:")) != ()


def test_the_guide_explains_every_field_type():
    explained = set(re.findall(r"^\| `(\w+)` \| [^|]+ \|[^|]*\|[^|]+\|$", GUIDE, re.MULTILINE))

    assert explained == set(FIELDS)


@pytest.mark.parametrize("type_", sorted(FIELDS))
def test_the_guide_names_every_setting(type_):
    settings = {field.alias or name for name, field in FIELDS[type_].model_fields.items()}

    assert {name for name in settings if not re.search(rf"\b{name}\b", GUIDE)} == set()


def test_the_worksheet_of_the_guide_has_every_setting():
    settings = {field.alias or name for name, field in Worksheet.model_fields.items()}
    shown = set(re.findall(r"^(\w+):", SHEET, re.MULTILINE))

    assert shown == settings - {"replaced_by"}  # which goes with a retired sheet alone
    assert "replaced_by: " in GUIDE


def test_the_guide_states_every_limit():
    stated = set(re.findall(r"\d[\d,]*", re.search(r"### How much fits\n(.*?)\n## ", GUIDE, re.DOTALL)[1]))
    of_worksheets = [MOST_SECTIONS, MOST_FIELDS, *(most(Worksheet, name) for name in ("title", "summary"))]
    of_tables = [most(FIELDS["table"], name) for name in ("columns", "rows", "row_name")]
    limits = [
        *of_worksheets,
        *of_tables,
        most(FIELDS["text"], "label"),
        most(FIELDS["rank"], "places"),
        DEEPEST,
    ]

    assert {f"{limit:,}" for limit in limits} <= stated


def most(model, setting):
    """The largest number, or the greatest length, that a setting may have."""
    info = model.model_fields[setting]
    return next(
        getattr(one, name)
        for name in ("max_length", "le")
        for one in info.metadata
        if getattr(one, name, None) is not None
    )
