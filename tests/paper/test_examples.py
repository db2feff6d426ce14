"""Every worksheet has a whole example, which fits its boxes on every paper, typed or written by hand."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from browser.test_every_sheet import boxes
from paper_sheets import pdf
from sheets import real, scripts

from workbook.render import paper
from workbook.render.definition import definition

HERE = Path(__file__).parent
SHEETS = sorted(real().worksheets)
TYPED = {False: 11, True: 18}  # points that the page fills in at; large print or not
SMALLEST = {False: 10, True: 14}
# A middling hand: how wide a letter is, space and all, and how high a line, in millimetres.
LETTER, LINE = 2.4, 5.5
POINTS = 72 / 25.4  # in a millimetre

pytestmark = pytest.mark.xdist_group("examples")  # one of two runs fills them all


def fields_of(id_: str) -> list[Any]:
    """The fields of a sheet that ask for an answer."""
    return [field for field in real().worksheets[id_].fields if field.answered]


def example(id_: str) -> dict[str, Any]:
    return {field.id: field.example for field in fields_of(id_)}


def values(id_: str) -> dict[str, str]:
    """What each box of the PDF is to hold, by its name."""
    found: dict[str, str] = {}
    for field in fields_of(id_):
        if field.type == "choices":
            found |= {f"{field.id}.{option}": "Yes" for option in field.example}
        else:
            found |= {name: str(value) for name, value in boxes(field)}
    return found


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of every PDF of every sheet, filled in by our page's own script."""
    folder = tmp_path_factory.mktemp("examples")
    work = []
    for id_ in SHEETS:
        fields = {one["id"]: one for one in json.loads(definition(real().worksheets[id_]))["fields"]}
        for size in paper.SIZES:
            name = f"{id_}-{size}"
            (folder / f"{name}.pdf").write_bytes(pdf(id_, size))
            points = TYPED[size.startswith("large")]
            work.append({"name": name, "fields": fields, "answers": example(id_), "points": points})
    (folder / "work.json").write_text(json.dumps(work), encoding="utf-8")
    subprocess.run(
        ["node", HERE / "fill_examples.mjs", folder, scripts().as_uri() + "/"], check=True, timeout=500
    )
    return folder


@pytest.mark.parametrize("id_", SHEETS)
def test_every_question_has_an_example_with_every_part_of_it(id_):
    """A table's rows may be fewer than its room; each column is filled in somewhere."""
    for field in fields_of(id_):
        assert field.example is not None, field.id
        if field.type == "table":
            assert {one for row in field.example for one in row} == {one.id for one in field.columns}, (
                field.id
            )
        if field.type == "wheel":
            assert field.example.keys() == {one.id for one in field.scales}, field.id


@pytest.mark.parametrize("id_", SHEETS)
def test_every_pdf_filled_with_its_example_gives_it_back(filled, id_):
    missed = json.loads((filled / "missed.json").read_text(encoding="utf-8"))
    for size in paper.SIZES:
        name = f"{id_}-{size}"
        with pikepdf.open(filled / f"{name}.filled.pdf") as opened:
            found = {at: str(field.get("/V", "")).lstrip("/") for at, field in places(opened)}

        assert missed[name] == []
        assert {at: value for at, value in found.items() if value not in ("", "Off")} == values(id_), size


@pytest.mark.parametrize("id_", SHEETS)
def test_every_example_fits_its_boxes_typed_and_by_hand(filled, id_):
    too_small, too_long = [], []
    for size in paper.SIZES:
        with pikepdf.open(filled / f"{id_}-{size}.filled.pdf") as opened:
            typed = [one for one in places(opened) if str(one[1].FT) == "/Tx" and str(one[1].V)]
            for name, field in typed:
                place = (size, name, str(field.V))
                too_small += [place] if typed_size(field) < SMALLEST[size.startswith("large")] else []
                too_long += [place] if lines_by_hand(field, str(field.V)) > room(field) else []

    assert (too_small, too_long) == ([], [])


def places(opened: pikepdf.Pdf) -> list[tuple[str, Any]]:
    """Every field that holds a value, by full name."""

    def inside(fields: Any, above: str) -> list[tuple[str, Any]]:
        found = []
        for field in fields:
            name = f"{above}.{field.T}".lstrip(".")
            kids = [kid for kid in field.get("/Kids", []) if "/T" in kid]
            found += inside(kids, name) if kids else [(name, field)]
        return found

    return inside(opened.Root.AcroForm.Fields, "")


def typed_size(field: Any) -> float:
    """How large the words in a box are drawn, in points."""
    drawn = field.AP.N.read_bytes().decode("latin-1")
    return float(re.search(r"/\S+ ([\d.]+) Tf", drawn).group(1))


def lines_by_hand(field: Any, words: str) -> int:
    left, _, right, _ = map(float, field.Rect)
    return len(textwrap.wrap(words, max(1, int((right - left) / POINTS / LETTER))))


def room(field: Any) -> int:
    """How many lines of handwriting a box has room for."""
    _, bottom, _, top = map(float, field.Rect)
    several = int(field.get("/Ff", 0)) & 1 << 12
    return max(1, int((top - bottom) / POINTS / LINE + 0.1)) if several else 1
