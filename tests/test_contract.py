"""One definition: page, PDFs, FHIR, plain text and document hold the same fields, ids and labels."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pikepdf
import pytest
from docx import Document
from sheets import every, real

from workbook.render import docx, fhir, paper, screen, text

CASES = [pytest.param(library.worksheets[id_], library, id=id_) for id_, library in every()]
SIZES = {"x.pdf": 1}


class Controls(HTMLParser):
    """The controls of a page by name, the words under each id, and every id as often as it is given."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: dict[str, list[dict[str, str]]] = {}
        self.ids: list[str] = []
        self.words: dict[str, str] = {}
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = {name: value or "" for name, value in attributes}
        self.ids += [given["id"]] if "id" in given else []
        if tag in ("input", "textarea", "select", "output") and "name" in given:
            self.names.setdefault(given["name"], []).append(given | {"tag": tag})
        if tag not in ("input", "br", "img", "hr", "meta", "link"):
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag, given in self._open:
            key = given.get("for") if tag == "label" else given.get("id")
            if key:
                self.words[key] = self.words.get(key, "") + data


def pdf_fields(data: bytes) -> dict[str, str]:
    """Every terminal AcroForm field of a PDF: full name → tooltip."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return dict(_terminal(pdf.Root.AcroForm.Fields, ""))


def _terminal(fields: Any, above: str) -> Iterator[tuple[str, str]]:
    for field in fields:
        name = f"{above}.{field.T}".lstrip(".")
        kids = [kid for kid in field.get("/Kids", []) if "/T" in kid]
        if kids:
            yield from _terminal(kids, name)
        else:
            yield name, str(field.TU)


def expected_in_pdf(sheet: Any) -> dict[str, str]:
    """A leaf is one field, but for the boxes to tick, which are one each."""
    found = {}
    for leaf in sheet.leaves:
        if leaf.control == "many":
            found |= {f"{leaf.name}.{option.id}": f"{leaf.label}: {option.label}" for option in leaf.options}
        else:
            found[leaf.name] = leaf.label
    return found


def items(item: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in item:
        yield one
        yield from items(one.get("item", []))


@pytest.mark.parametrize(("sheet", "library"), CASES)
def test_the_page_has_a_control_for_every_answer(sheet, library):
    page = Controls(screen.render(sheet, library, SIZES))

    assert {leaf.name for leaf in sheet.leaves} == page.names.keys()
    for leaf in sheet.leaves:
        marks = [
            control["value"]
            for control in page.names[leaf.name]
            if control.get("type") in ("radio", "checkbox")
        ]
        if marks:  # a radio without a value takes the answer back
            assert [value for value in marks if value] == [option.id for option in leaf.options]


@pytest.mark.parametrize(("sheet", "library"), CASES)
def test_the_page_says_every_label_and_repeats_no_id(sheet, library):
    html = screen.render(sheet, library, SIZES)
    page = Controls(html)
    words = " ".join(" ".join(page.words.values()).split())

    assert len(page.ids) == len(set(page.ids))
    for field in sheet.fields:
        assert " ".join(field.label.split()) in words


@pytest.mark.paper
@pytest.mark.parametrize("size", paper.SIZES)
@pytest.mark.parametrize(("sheet", "library"), CASES)
def test_every_pdf_has_a_named_field_for_every_answer(sheet, library, size):
    fields = pdf_fields(paper.draw(paper.data(sheet, library, size)))

    assert expected_in_pdf(sheet) == fields


@pytest.mark.parametrize(("sheet", "library"), CASES)
def test_fhir_has_an_item_for_every_field_with_its_label(sheet, library):
    found = {item["linkId"]: item.get("text") for item in items(fhir.render(sheet, library)["item"])}

    for field in sheet.fields:
        assert found[field.id] == field.label
    for leaf in sheet.leaves:
        in_a_table = sheet.field(leaf.path[0]).type == "table"
        assert ".".join((leaf.path[0], *leaf.path[2:]) if in_a_table else leaf.path) in found


@pytest.mark.parametrize(("sheet", "library"), CASES)
def test_plain_text_says_every_label_and_option(sheet, library):
    words = " ".join(text.render(sheet, library).split())

    for field in sheet.fields:
        assert " ".join(field.label.split()) in words
    for leaf in sheet.leaves:
        for option in leaf.options:
            assert option.label in words


@pytest.mark.parametrize(("sheet", "library"), CASES)
def test_the_document_says_every_label_and_option(sheet, library):
    document = Document(io.BytesIO(docx.render(sheet, library)))
    told = [one.text for one in document.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    words = " ".join(" ".join([*told, *(cell for table in tables for row in table for cell in row)]).split())

    for field in sheet.fields:
        assert " ".join(field.label.split()) in words
    for leaf in sheet.leaves:
        numbers = leaf.options and leaf.options[0].id.lstrip("-").isdigit()
        if (
            not numbers or f"{leaf.options[0].id} to {leaf.options[-1].id}." not in words
        ):  # said above a table
            assert [one.label for one in leaf.options if one.label not in words] == []
    named = [
        {f"{row[0]}: {head}" for row in table[1:] for head in table[0][1:]} | {row[0] for row in table[1:]}
        for table in tables
    ]
    places = iter(named)
    for field in sheet.fields:
        labels = [leaf.label for leaf in field.leaves() if leaf.path != (field.id,)]
        if labels:
            table = next(places)
            assert [one for one in labels if one.removeprefix(field.label).strip() not in table] == []
    assert next(places, None) is None


def test_the_real_content_has_no_problem():
    assert real().problems == ()
    assert len(real().worksheets) >= 12
