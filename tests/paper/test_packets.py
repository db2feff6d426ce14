"""Combined PDFs are as sound as those of single sheets: all on Letter, two in other sizes."""

import io

import page
import pikepdf
import pypdfium2
import pytest
from sheets import leaflets, real

from workbook.render.packet import paper

CHOSEN = [("trying-both-roads", "a4"), ("opioid-safety", "large-letter")]
EVERY = [*((id_, "letter") for id_ in real().packets), *CHOSEN]


@pytest.fixture(scope="module", params=EVERY, ids="-".join)
def combined(request):
    id_, size = request.param
    return paper.draw(paper.data(real().packets[id_], real(), size, leaflets()))


def test_page_validation_finds_nothing_in_a_packet(combined):
    report = page.validate_pdf_bytes(combined, profile="ua1")

    assert [(one.rule_id, one.message) for one in report.failures] == []
    assert report.is_compliant


def test_every_box_of_a_packet_lies_inside_its_page(combined):
    with pikepdf.open(io.BytesIO(combined)) as opened:
        for number in opened.pages:
            _, _, width, height = map(float, number.mediabox)
            for one in number.obj.get("/Annots", []):
                left, bottom, right, top = map(float, one.Rect)
                assert 0 <= left < right <= width
                assert 0 <= bottom < top <= height


def test_what_is_typed_into_a_packet_is_kept(combined, tmp_path):
    with pikepdf.open(io.BytesIO(combined)) as opened:
        field = next(one for one in _ends(opened.Root.AcroForm.Fields) if one.get("/FT") == "/Tx")
        field.V = pikepdf.String("Ring Ann")
        opened.save(tmp_path / "filled.pdf")

    read = pypdfium2.PdfDocument(tmp_path / "filled.pdf")
    read.init_forms()
    assert read.get_formtype() == 1
    with pikepdf.open(tmp_path / "filled.pdf") as opened:
        assert "Ring Ann" in [str(one.get("/V", "")) for one in _ends(opened.Root.AcroForm.Fields)]


def _ends(fields):
    for field in fields:
        kids = [one for one in field.get("/Kids", []) if "/T" in one]
        yield from _ends(kids) if kids else [field]
