import io
import re
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from paper_sheets import ODD, boxes, extremes, pdf, sheet, terminal_fields
from PIL import Image
from sheets import made, real

from workbook import microcopy
from workbook.fields import FIELDS, FOLDER
from workbook.library import Library
from workbook.render import paper
from workbook.render.pdf import picture
from workbook.worksheet import Section


def words(data):
    document = pypdfium2.PdfDocument(data)
    said = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(said.split())


def page_sizes(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        return {tuple(round(float(one)) for one in page.mediabox[2:]) for page in opened.pages}


def one_field(type_, **settings):
    """The PDF of a sheet with a single field."""
    field = FIELDS[type_](**{"type": type_, "id": "it", "label": "It", **settings})
    section = Section.model_construct(id="all", title="All", intro=None, layout="list", fields=[field])
    alone = sheet("type-text").model_copy(update={"sections": [section]})
    return paper.draw(paper.data(alone, made(), "letter"))


@pytest.mark.parametrize(
    ("size", "expected"),
    [("letter", (612, 792)), ("a4", (595, 842)), ("large-letter", (612, 792)), ("large-a4", (595, 842))],
)
def test_each_variant_has_its_own_page(size, expected):
    assert page_sizes(pdf("my-reasons", size)) == {expected}


def test_a_sheet_with_a_wide_table_lies_on_its_side_but_never_in_large_print():
    assert page_sizes(pdf("urge-log", "letter")) == {(792, 612)}
    assert page_sizes(pdf("urge-log", "large-letter")) == {(612, 792)}


def test_what_looks_like_markup_comes_out_as_typed():
    said = words(pdf("markup"))

    for part in ODD.split():
        assert part in said


def test_line_breaks_in_a_text_become_spaces():
    assert "What happened then?" in words(one_field("text", label="What\nhappened\n  then?\n"))


def test_a_character_that_cannot_be_printed_is_named():
    with pytest.raises(ValueError, match=re.escape("'→' (U+2192), '心' (U+5FC3)")):
        one_field("text", label="From the 心 → out")


def test_a_text_field_knows_its_length_and_whether_it_has_one_line():
    fields = terminal_fields(pdf("type-text"))
    areas = terminal_fields(pdf("type-paragraph"))

    assert fields["field-2"]["max"] == 20
    assert fields["field-1"] == fields["field-1"] | {"type": "/Tx", "flags": 0, "max": None}
    assert areas["field-1"]["flags"] == 1 << 12


def test_an_answer_marked_with_a_circle_can_be_taken_back():
    field = terminal_fields(pdf("type-choice"))["field-2"]

    assert field["type"] == "/Btn"
    assert field["flags"] == 1 << 15, "radio buttons, and nothing against switching off"
    assert field["value"] == "/Off"
    assert field["states"] == ["stop", "less", "unsure"]
    assert field["buttons"] == [
        "What do I want?: Stop",
        "What do I want?: Cut down",
        "What do I want?: I am still deciding",
    ]


def test_a_number_of_a_scale_says_what_it_means():
    field = terminal_fields(pdf("type-scale"))["field-1"]

    assert field["states"] == [str(number) for number in range(11)]
    assert field["buttons"][0] == "How strong?: 0 = not at all"
    assert field["buttons"][1] == "How strong?: 1"


def test_a_number_below_nought_has_its_own_name():
    assert terminal_fields(pdf("type-scale"))["field-4"]["states"][0] == "-3"


def test_what_is_ranked_is_picked_from_a_list_that_begins_empty():
    fields = terminal_fields(pdf("type-rank"))

    assert fields["field-2.1"]["type"] == "/Ch"
    assert fields["field-2.1"]["options"] == ["family", "friends", "health", "honesty", "work"]
    with pikepdf.open(io.BytesIO(pdf("type-rank"))) as opened:
        lists = [field.Kids[0].Opt[0] for field in opened.Root.AcroForm.Fields if field.Kids[0].FT == "/Ch"]
    assert [str(first) for first in lists] == [""]


def test_a_name_is_in_parts_and_no_part_has_a_period():
    with pikepdf.open(io.BytesIO(pdf("type-table"))) as opened:
        field = opened.Root.AcroForm.Fields[0]
        path = [str(field.T), str(field.Kids[1].T), str(field.Kids[1].Kids[0].T)]

    assert path == ["field-1", "2", "day"]


def test_nothing_is_left_to_the_reader_to_draw():
    with pikepdf.open(io.BytesIO(pdf("urge-log"))) as opened:
        assert "/NeedAppearances" not in opened.Root.AcroForm
        for page in opened.pages:
            for widget in page.obj.get("/Annots", []):
                assert widget.Subtype == "/Widget"
                assert "/N" in widget.AP


def test_the_font_of_the_fields_is_embedded():
    with pikepdf.open(io.BytesIO(pdf("my-reasons"))) as opened:
        font = opened.Root.AcroForm.DR.Font.Body

        assert font.Encoding == "/WinAnsiEncoding"
        assert len(bytes(font.FontDescriptor.FontFile2.read_bytes())) == font.FontDescriptor.FontFile2.Length1


def test_conditions_are_said_in_words_where_nothing_can_be_hidden():
    said = words(pdf("change-plan"))

    assert "is under 7:" in said
    assert said.index("is under 7:") < said.index("Make the step smaller")


def test_points_are_printed_beside_their_options_and_how_to_add_them_up():
    said = words(pdf("type-result"))

    assert "Never (0)" in said
    assert "Nearly every day (3)" in said
    assert "Add up the points beside your answers. From: “How often did that happen?”." in said


def test_the_foot_says_which_sheet_this_is_where_it_lives_and_who_can_help():
    said = words(pdf("urge-log"))
    pages = len(list(page_texts(pdf("urge-log"))))

    assert said.count("call your local emergency number now") >= pages
    assert said.count("Urge log · version 1, 23 November 2026") == pages
    assert "worksheets/urge-log" in said
    assert f"Page 1 of {pages}" in said


def page_texts(data):
    document = pypdfium2.PdfDocument(data)
    yield from (page.get_textpage().get_text_range() for page in document)
    document.close()


def test_the_foot_is_read_out_once():
    """On the first page it is text; its repeats are decoration."""
    with pikepdf.open(io.BytesIO(pdf("change-plan"))) as opened:
        tags = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]
        pictures = [str(one.Alt) for one in tags if one.S == "/Figure"]

        assert len(opened.pages) > 1
        assert len(pictures) == 1
        assert pictures[0].endswith("/worksheets/change-plan")


def test_large_print_is_large():
    sizes = text_sizes(pdf("my-reasons", "large-letter"))

    assert max(sizes, key=sizes.get) >= 18
    assert min(sizes) >= 12


def text_sizes(data):
    """How many characters are set in each size."""
    found = {}
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=text):
            size = round(thing.get_font_size() * thing.get_matrix().d, 1)
            found[size] = found.get(size, 0) + len(thing.extract())
    document.close()
    return found


@pytest.mark.parametrize(("size", "room"), [("letter", 8), ("large-letter", 11)])
def test_there_is_room_for_handwriting_between_lines(size, room):
    assert min(line_gaps(pdf("type-paragraph", size))) >= room


def line_gaps(data):
    """Millimetres between the ruled lines of each page that stand together."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        paths = [thing.get_bounds() for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
        rules = [bottom for left, bottom, right, top in paths if right - left > 400 and top - bottom < 2]
        heights = sorted({round(bottom, 1) for bottom in rules})
        yield from (round((high - low) / 72 * 25.4, 1) for low, high in pairwise(heights) if high - low < 60)
    document.close()


def test_a_safety_line_for_some_stands_below_its_question_and_says_for_whom():
    said = words(pdf("change-plan"))

    line = "If you chose “Stop” or “Cut down”: If you drink heavily"
    assert said.index("What kind of goal is it?") < said.index(line) < said.index("How sure am I")


def test_the_first_question_comes_before_the_lines_that_only_some_need():
    said = words(pdf("withdrawal-check"))

    assert said.index("What is true now?") < said.index("Say what you took or stopped, and when.")
    assert said.index("do not stop all at once. See a doctor first.") < said.index("What is true now?")


def test_a_line_for_all_answers_but_one_names_that_one():
    assert "If you ticked anything but “None of these”: Call your local" in words(pdf("withdrawal-check"))


def test_every_field_type_can_be_drawn():
    drawings = FOLDER.glob("*/field.typ")

    assert {path.parent.name for path in drawings} == FIELDS.keys()


def test_a_library_without_sources_or_safety_lines_still_prints():
    alone = Library(made().site, {"my-reasons": real().worksheets["my-reasons"]})

    said = words(paper.draw(paper.data(alone.worksheets["my-reasons"], alone, "letter")))

    assert "My own reasons card" in said
    assert microcopy.say("paper.crisis") in said


def test_the_same_sheet_gives_the_same_bytes():
    again = paper.draw(paper.data(extremes().worksheets["markup"], extremes(), "letter"))

    assert again == pdf("markup")


@pytest.mark.parametrize(
    ("id_", "size", "pages", "room"),
    [("urge-log", "a4", 2, 8), ("after-a-slip", "large-a4", 3, 11), ("accepting", "large-letter", 2, 11)],
)
def test_no_page_is_turned_for_a_line_or_two(id_, size, pages, room):
    """A sheet is set closer when that spares its last page; there is still room for handwriting."""
    made = pdf(id_, size)

    assert len(list(page_texts(made))) == pages
    assert min(line_heights(made, id_)) >= room


def line_heights(data, id_):
    """Millimetres for each line of the sheet's paragraphs, whose boxes end just above the last."""
    lines = {field.id: field.lines for field in sheet(id_).fields if field.type == "paragraph"}
    with pikepdf.open(io.BytesIO(data)) as opened:
        for box in (one for page in opened.pages for one in page.obj.get("/Annots", [])):
            if str(box.get("/T", "")) in lines:
                height = float(box.Rect[3]) - float(box.Rect[1])
                yield round((height / 72 * 25.4 + 0.4) / lines[str(box.T)], 2)


def test_in_large_print_a_low_card_stands_on_the_page_of_its_question():
    page = next(one for one in page_texts(pdf("high-risk-week", "large-a4")) if "My risky moments" in one)

    assert "Moment 1" in page


def test_in_large_print_two_brief_answers_share_a_line():
    places = dict(boxes(pdf("my-month", "large-a4"))[0])
    date, urge, mood, skill = (places[f"log.1.{column}"] for column in ("date", "urge", "mood", "skill"))

    assert date[1] == pytest.approx(urge[1])
    assert date[2] < urge[0]
    assert skill[3] < mood[1] < date[1]


@pytest.mark.parametrize(
    ("id_", "size", "pages"),
    [("my-month", "large-letter", 10), ("which-approach", "letter", 2), ("my-week", "large-letter", 4)],
)
def test_a_sheet_takes_no_more_pages_than_it_needs(id_, size, pages):
    """Long logs, words in a row and half-empty pages once took half as many again."""
    assert len(list(page_texts(pdf(id_, size)))) <= pages


def test_an_address_is_not_cut_in_the_middle_of_a_word():
    lines = [line for page in page_texts(pdf("audit", "large-letter")) for line in page.splitlines()]

    assert [line for line in lines if "example/find/" in line] == [
        "pointsandsteps.example/find/professionals/ · "
    ]


def test_in_large_print_a_box_of_four_is_not_cut_by_a_page():
    """The head of a table is repeated on the next page; four heads are four tables, each whole."""
    assert words(pdf("what-i-gain", "large-a4")).count("One thing") == 4


@pytest.mark.parametrize(("id_", "wide"), [("change-plan", False), ("urge-log", True)])
def test_the_picture_is_small_grey_and_upright_or_wide_like_the_sheet(id_, wide):
    made = paper.data(real().worksheets[id_], real(), paper.PICTURE)
    data = paper.draw(made)

    width, height = picture.size(data)
    assert width == 84
    assert (width > height) == wide
    assert len(data) < 8000
    assert data == paper.draw(made)
    colours = Image.open(io.BytesIO(data)).convert("RGB").getcolors()
    assert 2 < len(colours) <= picture.GREYS
    assert all(red == green == blue for _, (red, green, blue) in colours)
