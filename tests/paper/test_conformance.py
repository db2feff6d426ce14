"""Every PDF is sound: tagged for screen readers, the same each time, its fields named."""

import io

import page
import pikepdf
import pytest
from clinics import settings, whose
from paper_sheets import libraries, pdf, sheet, terminal_fields
from sheets import printed

from workbook.render import paper
from workbook.render.packet import paper as packet_paper

EVERY = [(id_, size) for id_ in libraries() for size in paper.SIZES]


@pytest.mark.parametrize(("id_", "size"), EVERY)
def test_page_validation_finds_nothing(id_, size):
    report = page.validate_pdf_bytes(pdf(id_, size), profile="ua1")

    assert [(one.rule_id, one.message) for one in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("logo", ["logo.svg", "logo.png"])
def test_page_validation_finds_nothing_in_the_copy_of_a_clinic(logo, tmp_path):
    copy = whose(settings(), tmp_path, logo)
    for drawn in (
        paper.draw(paper.data(copy.worksheets["urge-log"], copy, "large-a4")),
        packet_paper.draw(packet_paper.data(copy.packets["family"], copy, "letter", printed(copy))),
    ):
        report = page.validate_pdf_bytes(drawn, profile="ua1")
        assert [(one.rule_id, one.message) for one in report.failures] == []
        assert report.is_compliant


@pytest.mark.parametrize("id_", libraries())
def test_the_same_sheet_gives_the_same_bytes(id_):
    again = paper.draw(paper.data(sheet(id_), libraries()[id_], "a4"))

    assert again == pdf(id_, "a4")


@pytest.mark.parametrize(("id_", "size"), EVERY)
def test_every_tooltip_is_the_label(id_, size):
    fields = terminal_fields(pdf(id_, size))

    for leaf in sheet(id_).leaves:
        if leaf.control == "many":
            tips = [fields[f"{leaf.name}.{option.id}"]["tooltip"] for option in leaf.options]
            assert tips == [f"{leaf.label}: {option.label}" for option in leaf.options]
        else:
            assert fields[leaf.name]["tooltip"] == leaf.label


@pytest.mark.parametrize("id_", libraries())
def test_reading_order_is_the_order_of_the_sheet(id_):
    """Tab follows the tags, and the tags follow the sheet."""
    names = []
    with pikepdf.open(io.BytesIO(pdf(id_))) as opened:
        for number in opened.pages:
            assert number.obj.Tabs == "/S"
            names += [full_name(one) for one in number.obj.get("/Annots", [])]

    wanted = [leaf.name for leaf in sheet(id_).leaves]
    asked = [
        name if name in wanted else name.rpartition(".")[0] for name in names
    ]  # a box is part of its question
    assert list(dict.fromkeys(asked)) == wanted


def full_name(widget):
    parts = []
    while widget is not None:
        parts = [str(widget.T), *parts] if "/T" in widget else parts
        widget = widget.get("/Parent")
    return ".".join(parts)
