"""Combined PDFs are as sound as those of single sheets: all on Letter, two in other sizes."""

import io

import page
import pikepdf
import pypdfium2
import pytest
from paper_sheets import PAPERS
from sheets import layouts, leaflets, real

from workbook import cache
from workbook.packet import is_page
from workbook.render.packet import paper
from workbook.render.packet.parts import parts

CHOSEN = [("trying-both-roads", "a4"), ("opioid-safety", "large-letter")]
EVERY = [*((id_, "letter") for id_ in real().packets), *CHOSEN]


@pytest.fixture(scope="module", params=EVERY, ids="-".join)
def combined(request):
    id_, size = request.param
    return of_packet(id_, size)


def of_packet(id_, size):
    data = paper.data(real().packets[id_], real(), size, leaflets(), layouts())
    return cache.files({id_: data}, paper.draw, PAPERS, paper.tools(), workers=1)[id_].read_bytes()


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


@pytest.mark.parametrize("size", ["letter", "a4"])
@pytest.mark.parametrize("id_", real().packets)
def test_no_page_of_a_sheet_in_a_packet_is_turned_for_next_to_nothing(id_, size):
    """The last of its pages has more above its foot than what closes the sheet."""
    document = pypdfium2.PdfDocument(of_packet(id_, size))
    found = parts(real().packets[id_], real())
    starts = [one.get_dest().get_index() for one in document.get_toc() if one.level == 0][-len(found) :]
    ends = [*(start - 1 for start in starts[1:]), len(document) - 1]

    for one, start, end in zip(found, starts, ends, strict=True):
        assert " ".join(document[start].get_textpage().get_text_bounded().split()).startswith(one.title)
        if not is_page(one.id) and end > start:
            assert _reach(document[end]) > 1 / 4, f"{one.id}, page {end + 1}"


def _reach(page):
    """How far down its words go, above its foot, as a part of its height."""
    words = page.get_textpage()
    lows = [words.get_rect(n)[1] for n in range(words.count_rects())]
    return 1 - min(low for low in lows if low > 80) / page.get_height()
