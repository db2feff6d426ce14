"""A worksheet as a document to change: real styles, safety first, room to write, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from itertools import pairwise

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from fhir.responses import sheet_of
from lxml import etree
from sheets import every, made, real

from workbook import microcopy
from workbook.library import Library
from workbook.render import docx
from workbook.safety import SafetyLine
from workbook.worksheet import SafetyRule

ROW = {"id": "log", "type": "table", "label": "My log", "row_name": "Urge", "rows": 2}
COLUMNS = [
    {"id": "strong", "type": "scale", "label": "How strong", "low": "weak", "width": 1},
    {"id": "when", "type": "choice", "label": "When", "options": ["Day", "Night"], "width": 2},
    {"id": "did", "type": "text", "label": "What I did", "hint": "A word or two", "width": 5},
]


def opened(sheet, library=None):
    return Document(io.BytesIO(docx.render(sheet, library or made())))


def of(*fields):
    return opened(sheet_of(*fields))


def lines(document, style):
    return [one.text for one in document.paragraphs if one.style.name == style]


def test_the_same_sheet_gives_the_same_bytes():
    sheet = real().worksheets["urge-log"]
    first = docx.render(sheet, real())

    assert first == docx.render(sheet, real())
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {one.date_time for one in parts.infolist()} == {docx.LONG_AGO}
        assert parts.namelist()[0] == "[Content_Types].xml"  # where programs look first


def test_a_document_is_light():
    assert max(len(docx.render(sheet, real())) for sheet in real().worksheets.values()) < 20_000


def test_it_says_whose_it_is_of_which_version_and_day():
    sheet = real().worksheets["urge-log"]
    document = opened(sheet, real())

    about = document.core_properties
    assert (about.title, about.author, about.version) == (sheet.title, real().site.name, str(sheet.version))
    assert about.created.date() == about.modified.date() == datetime.fromisoformat(sheet.date).date()
    foot = document.sections[0].footer.paragraphs[0]
    assert foot.text.startswith(f"{sheet.title} · version {sheet.version}, ")
    assert "pointsandsteps.example/worksheets/urge-log · page" in foot.text
    assert 'w:instr="PAGE"' in foot._p.xml


def test_headings_are_styles_and_go_down_one_step_at_a_time():
    for id_, library in every():
        found = [
            int(one.style.name[-1])
            for one in opened(library.worksheets[id_], library).paragraphs
            if one.style.name.startswith("Heading")
        ]
        assert found[0] == 1
        assert found.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(found)), id_


def test_the_safety_lines_come_before_all_else():
    rules = [SafetyRule(line="crisis"), SafetyRule(line="stop", when=[])]
    lines_ = {
        "crisis": SafetyLine(id="crisis", text="Call."),
        "stop": SafetyLine(id="stop", text="Do not stop."),
    }
    sheet = sheet_of({"id": "one", "type": "text", "label": "One"}).model_copy(update={"safety": rules})

    document = opened(sheet, Library(real().site, {sheet.id: sheet}, lines_))
    assert [one.text for one in document.paragraphs[:3]] == [sheet.title, "Call.", "Do not stop."]
    assert lines(document, "Safety") == ["Call.", "Do not stop."]


def test_a_safety_line_for_some_follows_its_question_and_begins_in_bold():
    when = [{"field": "one", "is": ["yes"]}]
    rules = [SafetyRule(line="crisis"), SafetyRule.model_validate({"line": "stop", "when": when})]
    lines_ = {
        "crisis": SafetyLine(id="crisis", text="Call."),
        "stop": SafetyLine(id="stop", text="Do not stop. See a doctor."),
    }
    fields = [
        {"id": "one", "type": "choice", "label": "One?", "options": ["Yes", "No"]},
        {"id": "two", "type": "text", "label": "Two?"},
    ]
    sheet = sheet_of(*fields).model_copy(update={"safety": rules})

    document = opened(sheet, Library(real().site, {sheet.id: sheet}, lines_))
    said = [one.text for one in document.paragraphs]
    line = "If you chose “Yes”: Do not stop. See a doctor."
    assert said.index("One?") < said.index(line) < said.index("Two?")
    runs = document.paragraphs[said.index(line)].runs
    assert [one.text for one in runs if one.bold] == ["Do not stop."]


def test_there_is_room_to_write_and_something_to_mark():
    document = of(
        {"id": "a", "type": "text", "label": "A"},
        {"id": "b", "type": "paragraph", "label": "B", "lines": 5},
        {"id": "c", "type": "choices", "label": "C", "options": ["One", "Two"]},
        {"id": "d", "type": "scale", "label": "D", "max": 3},
        {"id": "e", "type": "note", "label": "Read this."},
    )

    assert lines(document, "Writing line") == [""] * 6
    assert lines(document, "Option") == ["☐ One", "☐ Two", "○\xa00   ○\xa01   ○\xa02   ○\xa03"]
    assert lines(document, "Heading 3") == ["A", "B", "C", "D"]
    assert "Read this." in lines(document, "Normal")


def test_a_table_stays_a_table_whose_head_comes_again_on_each_page():
    document = of({**ROW, "columns": COLUMNS})
    (table,) = document.tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Urge", "How strong", "When", "What I did"],
        ["Urge 1", "", "○\xa0Day\n○\xa0Night", ""],
        ["Urge 2", "", "○\xa0Day\n○\xa0Night", ""],
    ]
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows] == [True, False, False]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    assert 'w:tblCaption w:val="My log"' in table._tbl.xml
    assert {"How strong: 0 to 10. 0 = weak.", "What I did: A word or two."} <= set(lines(document, "Hint"))
    widths = [cell.width for cell in table.rows[0].cells]
    assert widths[3] == max(widths)
    assert sum(widths) == pytest.approx(
        document.sections[0].page_width - 2 * document.sections[0].left_margin, rel=0.01
    )


def test_a_wide_table_turns_the_page():
    many = [{"id": f"c{n}", "type": "text", "label": f"Column {n}"} for n in range(7)]

    assert of({**ROW, "columns": COLUMNS}).sections[0].orientation == WD_ORIENT.PORTRAIT
    section = of({**ROW, "columns": many}).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height


@pytest.mark.parametrize(("size", "inches"), [("a4", (8.27, 11.69)), ("letter", (8.5, 11))])
def test_it_comes_for_either_paper_and_tables_fill_the_width(size, inches):
    sheet = real().worksheets["balance-wheel"]
    document = Document(io.BytesIO(docx.render(sheet, real(), size)))
    section = document.sections[0]

    assert (section.page_width.inches, section.page_height.inches) == pytest.approx(inches, abs=0.01)
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert sum(column.width for column in table.columns) == pytest.approx(room, rel=0.01)


def test_it_says_what_may_be_changed():
    own, quoted = (opened(real().worksheets[id_], real()) for id_ in ("urge-log", "phq-9"))

    assert own.paragraphs[-1].text == microcopy.say("paper.change_all")
    assert quoted.paragraphs[-1].text == microcopy.say("paper.change_ours")


def test_examples_stay_out():
    document = of({"id": "a", "type": "text", "label": "A", "example": "Tea with Ann"})

    assert "Tea with Ann" not in document.element.xml


def test_every_part_is_whole_xml_and_names_no_style_that_is_not_there():
    for id_, library in every():
        with zipfile.ZipFile(io.BytesIO(docx.render(library.worksheets[id_], library))) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(parts.read(name))
            styles = parts.read("word/styles.xml").decode()
            known = set(re.findall(r'w:styleId="([^"]+)"', styles))
            for name in ("word/document.xml", "word/footer1.xml", "word/styles.xml"):
                text = parts.read(name).decode()
                used = re.findall(r'<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="([^"]+)"', text)
                assert set(used) <= known, (id_, name)
