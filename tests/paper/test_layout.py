"""Nothing runs off a page, and no box lies on another."""

import ctypes
import io
import re

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from paper_sheets import boxes, extremes, libraries, pdf, sheet
from sheets import real

from workbook.fields import FIELDS
from workbook.render import paper

EVERY = [(id_, size) for id_ in libraries() for size in paper.SIZES]
PROPER = [(id_, size) for id_, size in EVERY if id_ not in extremes().worksheets]
REAL = [(id_, size) for id_, size in PROPER if not id_.startswith("type-")]
FOOT = 80  # points from the edge of the page to the top of what the foot says about the sheet
SIDE = 45  # points beside what is written, in ordinary print
MARGIN = 20  # points that stay white at the edge of each page, for printers


def page_sizes(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [[float(one) for one in page.mediabox[2:]] for page in opened.pages]


def texts(data):
    """Each page's size, its words, and the rectangles they stand in."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        places = [text.get_rect(index) for index in range(text.count_rects())]
        yield page.get_size(), text.get_text_range(), places
    document.close()


def print_sizes(data):
    """The size of each piece of text, and its height on the page."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            size = ctypes.c_float()
            pdfium.FPDFTextObj_GetFontSize(piece, size)
            matrix = piece.get_matrix()
            yield round(size.value * matrix.a, 1), matrix.f
    document.close()


def page_of(field, pages):
    """The words of the page where the first box of a field stands."""
    return next(words for words, found in pages for name, _ in found if name.split(".")[0] == field.id)


def overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.1 and down > 0.1


@pytest.mark.parametrize(("id_", "size"), EVERY)
def test_every_box_lies_inside_its_page(id_, size):
    for (width, height), found in zip(page_sizes(pdf(id_, size)), boxes(pdf(id_, size)), strict=True):
        for _, (left, bottom, right, top) in found:
            assert left >= MARGIN
            assert right <= width - MARGIN
            assert top <= height - MARGIN
            assert bottom >= MARGIN + 40, "a box in the foot of the page"


@pytest.mark.parametrize("size", ["letter", "a4"])
def test_three_short_answers_share_a_line_within_the_margins(size):
    kinds = {"number": "How many", "date": "Day", "time": "Hour"}
    fields = [FIELDS[kind](type=kind, id=kind, label=label) for kind, label in kinds.items()]
    section = sheet("type-text").sections[0].model_copy(update={"fields": fields})
    three = sheet("type-text").model_copy(update={"sections": [section]})
    data = paper.draw(paper.data(three, libraries()["type-text"], size))
    (width, _), *_ = page_sizes(data)
    (_, number), (_, date), (_, time) = boxes(data)[0]

    assert time[2] <= width - SIDE
    assert number[2] < date[0]
    assert date[2] < time[0] - 30, "no room for the words before the last line"
    assert number[1] == pytest.approx(date[1], abs=0.5) == pytest.approx(time[1], abs=0.5)


@pytest.mark.parametrize(("id_", "size"), EVERY)
def test_no_two_boxes_overlap(id_, size):
    for found in boxes(pdf(id_, size)):
        by_height = sorted((box for _, box in found), key=lambda box: box[1])
        for index, box in enumerate(by_height):
            for other in by_height[index + 1 :]:
                if other[1] > box[3]:
                    break
                assert not overlap(box, other)


@pytest.mark.parametrize(("id_", "size"), EVERY)
def test_every_word_lies_inside_its_page(id_, size):
    for (width, height), words, places in texts(pdf(id_, size)):
        assert words
        for left, bottom, right, top in places:
            assert left >= MARGIN
            assert right <= width - MARGIN
            assert bottom >= MARGIN / 2
            assert top <= height - MARGIN


@pytest.mark.parametrize(("id_", "size"), PROPER)
def test_no_print_is_small(id_, size):
    """Large print is 18 points; only the foot's lines about the sheet itself may be 14."""
    large = size.startswith("large")
    for points, height in print_sizes(pdf(id_, size)):
        assert points >= (14 if large and height < FOOT else 18 if large else 9)


@pytest.mark.parametrize(("id_", "size"), PROPER)
def test_a_question_stands_on_the_page_of_its_first_box_and_a_heading_on_that_of_its_question(id_, size):
    said = [bare(words) for _, words, _ in texts(pdf(id_, size))]
    pages = list(zip(said, boxes(pdf(id_, size)), strict=True))

    for section in sheet(id_).sections:
        asked = [field for field in section.fields if list(field.leaves())]
        for field in asked:
            assert bare(field.label) in page_of(field, pages)
        if section.fields[0] in asked:
            assert bare(section.title + (section.intro or "")) in page_of(section.fields[0], pages)


@pytest.mark.parametrize(("id_", "size"), PROPER)
def test_no_row_of_a_list_of_scales_stands_alone_on_a_page(id_, size):
    for wheel in (field for field in sheet(id_).fields if field.type == "wheel" and len(field.scales) > 3):
        for page in boxes(pdf(id_, size)):
            assert len({name for name, _ in page if name.startswith(f"{wheel.id}.")}) != 1


@pytest.mark.parametrize(("id_", "size"), REAL)
def test_no_page_is_turned_for_next_to_nothing(id_, size):
    """The last of several pages has a question, and more above its foot than what closes the sheet."""
    pages = boxes(pdf(id_, size))
    (_, height), _, places = list(texts(pdf(id_, size)))[-1]
    foot = 152 if size.startswith("large") else 80
    lowest = min(bottom for _, bottom, _, _ in places if bottom > foot)

    assert pages[-1]
    assert len(pages) == 1 or height - lowest > height / 4


@pytest.mark.parametrize(("id_", "size"), EVERY)
def test_the_words_of_every_label_can_be_copied_from_the_page(id_, size):
    said = bare("".join(words for _, words, _ in texts(pdf(id_, size))))

    for field in sheet(id_).fields:
        assert bare(field.label) in said
        assert bare(field.hint or "") in said
        for option in getattr(field, "options", None) or ():
            assert bare(option.label) in said


@pytest.mark.parametrize(("id_", "size"), EVERY)
def test_what_an_answer_calls_for_follows_its_question_and_names_it_where_the_page_is_turned(id_, size):
    pages = [bare(words) for _, words, _ in texts(pdf(id_, size))]
    said = "".join(pages)

    for rule in sheet(id_).safety:
        if not rule.when:
            continue
        line, last = real().safety[rule.line].text, rule.when[-1].field
        below, named = (bare(f"{sheet(id_).condition(rule.when, place)}: {line}") for place in (last, ""))
        asked = said.index(bare(sheet(id_).field(last).label))
        assert below in said or named in said
        if below != named and below in said:
            first = next(n for n, page in enumerate(pages) if bare(sheet(id_).field(last).label) in page)
            assert below in "".join(pages[first])
        assert max(said.rfind(below), said.rfind(named)) > asked


def bare(words):
    """Letters only: lines end where the page ends them, and readers leave out a hyphen there."""
    return re.sub(r"[\s\N{MINUS SIGN}\N{HYPHEN}\N{SOFT HYPHEN}\ufffe-]", "", words)
