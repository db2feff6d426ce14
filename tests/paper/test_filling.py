"""A filled PDF keeps its answers and stays sound, whichever program filled it."""

import ctypes
import io
import json
import re
import subprocess
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from paper_sheets import pdf, sheet, terminal_fields
from pikepdf.form import DefaultAppearanceStreamGenerator, Form
from sheets import made

HERE = Path(__file__).parent
SHEETS = [*made().worksheets, "change-plan", "balance-wheel", "urge-log"]
WORDS = "Tea & café, 7 €"  # pdfium sets dashes and curly quotes in a font of its own, which it does not embed


def answers(id_):
    """An answer for every field: words, the last option, or yes."""
    found = {}
    for leaf in sheet(id_).leaves:
        if leaf.control == "many":
            found |= {f"{leaf.name}.{option.id}": "Yes" for option in leaf.options}
        else:
            found[leaf.name] = leaf.options[-1].id if leaf.options else WORDS[: leaf.max_length]
    return found


def values(data):
    return {name: field["value"].lstrip("/") for name, field in terminal_fields(data).items()}


def faults(data):
    return [(one.rule_id, one.message) for one in page.validate_pdf_bytes(data, profile="ua1").failures]


def filled_by_pikepdf(data, wanted):
    with pikepdf.open(io.BytesIO(data)) as opened:
        form = Form(opened, DefaultAppearanceStreamGenerator)
        for name, value in wanted.items():
            field = form[name]
            if field.is_checkbox:
                field.checked = value != "Off"
            elif field.is_radio_button:
                field.value = pikepdf.Name(f"/{value}")
            else:
                field.value = value
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def filled_by_pdfium(data, wanted):
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    form = document.formenv
    for page_ in document:
        for index in range(pdfium.FPDFPage_GetAnnotCount(page_)):
            annotation = pdfium.FPDFPage_GetAnnot(page_, index)
            answer(form, page_, annotation, wanted)
            pdfium.FPDFPage_CloseAnnot(annotation)
        pdfium.FORM_ForceToKillFocus(form)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def answer(form, page_, annotation, wanted):
    """Do what a person does: click, type, choose."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    value = wanted[text_of(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)]
    if kind == pdfium.FPDF_FORMFIELD_CHECKBOX:
        click(form, page_, annotation)
    elif kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON:
        if text_of(pdfium.FPDFAnnot_GetFormFieldExportValue, form, annotation) == value:
            click(form, page_, annotation)
    elif kind == pdfium.FPDF_FORMFIELD_COMBOBOX:
        pdfium.FORM_SetFocusedAnnot(form, annotation)
        pdfium.FORM_SetIndexSelected(form, page_, pdfium.FPDFAnnot_GetOptionCount(form, annotation) - 1, True)
    else:
        pdfium.FORM_SetFocusedAnnot(form, annotation)
        pdfium.FORM_ReplaceSelection(form, page_, wide(value))


def click(form, page_, annotation):
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    pdfium.FORM_OnMouseMove(form, page_, 0, x, y)
    pdfium.FORM_OnLButtonDown(form, page_, 0, x, y)
    pdfium.FORM_OnLButtonUp(form, page_, 0, x, y)


def wide(text):
    buffer = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
    return ctypes.cast(buffer, pdfium.FPDF_WIDESTRING)


def text_of(ask, form, annotation):
    size = ask(form, annotation, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(form, annotation, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")


@pytest.mark.parametrize("fill", [filled_by_pikepdf, filled_by_pdfium])
@pytest.mark.parametrize("id_", SHEETS)
def test_answers_come_back_and_the_file_stays_sound(id_, fill):
    wanted = answers(id_)

    data = fill(pdf(id_), wanted)

    assert values(data) == wanted
    assert faults(data) == []


@pytest.mark.parametrize("fill", [filled_by_pikepdf, filled_by_pdfium])
@pytest.mark.parametrize("id_", SHEETS)
def test_what_was_typed_can_be_seen(id_, fill):
    seen = printed_words(fill(pdf(id_), answers(id_) | typed(id_)))

    assert set(re.findall(r"q\d+z", seen)) == set(typed(id_).values())


def typed(id_):
    """A word of its own for every field to type in."""
    fields = terminal_fields(pdf(id_))
    return {name: f"q{number}z" for number, name in enumerate(fields) if fields[name]["type"] == "/Tx"}


def printed_words(data):
    """The words of the page and of its fields, as they would be printed."""
    document = pypdfium2.PdfDocument(data)
    for page_ in document:
        pdfium.FPDFPage_Flatten(page_, pdfium.FLAT_PRINT)
    out = io.BytesIO()
    document.save(out)
    document.close()
    flat = pypdfium2.PdfDocument(out.getvalue())
    words = " ".join(page_.get_textpage().get_text_range() for page_ in flat)
    flat.close()
    return words


def test_answers_come_back_from_pdf_js_and_the_files_stay_sound(tmp_path):
    work = {}
    for id_ in SHEETS:
        (tmp_path / f"{id_}.pdf").write_bytes(pdf(id_))
        work[id_] = answers(id_) | typed(id_)
    (tmp_path / "answers.json").write_text(json.dumps(work), encoding="utf-8")

    subprocess.run(["node", HERE / "pdfjs_fill.mjs", tmp_path], check=True, timeout=300, cwd=HERE)

    for id_ in SHEETS:
        data = (tmp_path / f"{id_}.filled.pdf").read_bytes()
        assert values(data) == work[id_], id_
        assert set(re.findall(r"q\d+z", printed_words(data))) == set(typed(id_).values()), id_
        assert faults(data) == [], id_


@pytest.mark.parametrize("id_", SHEETS)
def test_every_answer_can_be_taken_back(id_):
    wanted = answers(id_)
    fields = terminal_fields(pdf(id_))
    nothing = {name: "Off" if field["type"] == "/Btn" else "" for name, field in fields.items()}

    data = filled_by_pikepdf(filled_by_pikepdf(pdf(id_), wanted), nothing)

    assert values(data) == nothing
    assert faults(data) == []
