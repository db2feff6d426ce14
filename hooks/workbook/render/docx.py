"""A worksheet as a document to change: its words, and room to write, for those who adapt a hand-out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.document import Document as Made
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor

from workbook import microcopy
from workbook.fields.base import Field, sentences
from workbook.fields.result.field import Result
from workbook.render import text
from workbook.render.blanks import are_numbers, offered, with_points
from workbook.render.places import place
from workbook.render.view import View, day_words, range_words

if TYPE_CHECKING:
    from docx.styles.style import ParagraphStyle
    from docx.table import Table

    from workbook.fields.base import Leaf
    from workbook.library import Library
    from workbook.worksheet import Section, Worksheet

NEEDLESS = ("customXml", "stylesWithEffects", "thumbnail")
KEPT = (
    *("Normal", "Header", "Footer", "Heading 1", "Heading 2", "Heading 3", "List Bullet"),
    *("Default Paragraph Font", "No List", "Normal Table", "Table Grid"),
)
SIZES = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
WIDE = 5  # columns that fit across an upright page
FEW = 4  # options that are marked inside a cell; of more, one is written there
EDGES, LETTER = Mm(4.5), Mm(2.2)  # of a cell, and of a letter in it
MARKS = {"one": "○", "many": "☐"}
INK, SOFT, DANGER = (RGBColor.from_string(one) for one in ("1D202A", "4A5160", "9C1C1C"))
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the time of every part, so that bytes depend on words alone


class Draft(Made):
    """A document that is being written. `grids`: its tables, which are as wide as the paper lets them, each
    with its words and how its columns share the room."""

    def __init__(self) -> None:
        blank = Document(io.BytesIO(_blank()))
        super().__init__(blank.element, blank.part)
        self.grids: list[tuple[Table, list[list[str]], Sequence[float]]] = []
        # Each paragraph asks for its style by name, and the library looks through all of them each time.
        self.part.get_style_id = cache(self.part.get_style_id)  # type: ignore[method-assign]


def render(sheet: Worksheet, library: Library, size: str = "a4") -> bytes:
    """The document for one of SIZES."""
    return every(sheet, library)[size]


def every(sheet: Worksheet, library: Library) -> dict[str, bytes]:
    """The document by SIZES: the same bytes for the same sheet. Written once, then set on each paper."""
    made = Draft()
    _about(made, sheet, library)
    _page(made, sheet, library)
    _head(made, sheet, library)
    for section in sheet.sections:
        _section(made, section, sheet, library)
    _foot(made, sheet, library)
    documents = {}
    for size, paper in SIZES.items():
        _set(made, sheet, *paper)
        documents[size] = _packed(made)
    _empty(made)
    return documents


def _empty(made: Draft) -> None:
    """Its parts lead to each other in circles, and Python looks for such only when it has thousands of things
    more: it counts a part as one, however much stands in it. Until then no more than a husk lies about."""
    for part in made.part.package.iter_parts():
        if isinstance(part, XmlPart):
            part.element.clear()


def _set(made: Draft, sheet: Worksheet, width: Mm, height: Mm) -> None:
    """On paper of this size: upright, or across for a wide table."""
    page = made.sections[0]
    page.page_width, page.page_height = width, height
    if any(len(getattr(field, "columns", ())) > WIDE for field in sheet.fields):
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = height, width
    for table, words, shares in made.grids:
        widths = _widths(made, words, shares)
        for column, room in zip(table.columns, widths, strict=True):
            column.width = room
        for row in table._tbl.tr_lst:  # past the library's rows and cells, which are slow to come by
            for cell, room in zip(row.tc_lst, widths, strict=True):
                cell.width = Emu(room)


def _packed(made: Made) -> bytes:
    """The document without the time at which it was made."""
    saved, packed = io.BytesIO(), io.BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in parts.namelist():
            whole.writestr(zipfile.ZipInfo(name, LONG_AGO), parts.read(name), zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


@cache
def _blank() -> bytes:
    """An empty document in our type, without the hundred styles, and the picture, of the library's own."""
    made = Document()
    for of in (made.part, made.part.package):
        for id_ in [id_ for id_, one in of.rels.items() if one.reltype.rpartition("/")[2] in NEEDLESS]:
            del of.rels[id_]
    for style in list(made.styles):
        if style.name not in KEPT:
            style.delete()
    for link in made.styles.element.findall(f"*/{qn('w:link')}"):  # to a style for single words, now gone
        link.getparent().remove(link)
    plain = _style(made, "Normal", 11, after=4)
    plain.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB"/>'))
    _style(made, "Heading 1", 20, bold=True, after=4)
    _style(made, "Heading 2", 15, bold=True, before=18, after=4, with_next=True)
    _style(made, "Heading 3", 12, bold=True, before=12, after=2, with_next=True)
    _style(made, "Hint", 10, colour=SOFT, after=2, with_next=True)
    _style(made, "Condition", 10, bold=True, colour=SOFT, before=12, with_next=True)
    _style(made, "Option", 11, after=3)
    _style(made, "Cell", 10, before=2, after=2)
    _edged(_style(made, "Safety", 11, after=6), f"<w:left {_line(DANGER, 24, 8)}/>")
    _edged(
        _style(made, "Writing line", 11, before=14, after=4),
        f"<w:bottom {_line(SOFT)}/><w:between {_line(SOFT)}/>",
    )
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def _style(
    made: Made,
    name: str,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor = INK,
    before: float = 0,
    after: float = 0,
    with_next: bool = False,
) -> ParagraphStyle:
    """The style of this name, made if it is not there. Sizes are in points."""
    styles: Any = made.styles
    style: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # those of a theme go before all others
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), "Arial")
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, colour
    about = style.paragraph_format
    about.space_before, about.space_after, about.keep_with_next = Pt(before), Pt(after), with_next
    return style  # type: ignore[no-any-return]


def _edged(style: ParagraphStyle, sides: str) -> None:
    """Give paragraphs of a style a border. It must stand in its place among their settings."""
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>")
    after = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    style.element.get_or_add_pPr().insert_element_before(border, *after)


def _line(colour: RGBColor, eighths: int = 6, space: int = 1) -> str:
    return f'w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"'


def _about(made: Made, sheet: Worksheet, library: Library) -> None:
    """What programs show of a file."""
    about = made.core_properties
    about.title, about.subject, about.author = sheet.title, sheet.summary[:255], library.site.name
    about.language, about.comments, about.last_modified_by, about.revision = "en-GB", "", "", 1
    about.version = str(sheet.version)
    about.created = about.modified = datetime.fromisoformat(sheet.date).replace(tzinfo=UTC)


def _page(made: Made, sheet: Worksheet, library: Library) -> None:
    """Its margins; at the foot of each page which sheet it is, and which page."""
    section: Any = made.sections[0]
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(20))
    address = library.site.address(f"worksheets/{sheet.id}/").partition("://")[2].rstrip("/")
    foot = section.footer.paragraphs[0]
    foot.style = "Hint"
    version = microcopy.say("sheet.version_in_foot", number=sheet.version, date=day_words(sheet.date))
    page = microcopy.say("paper.page")
    foot.add_run(f"{sheet.title} · {version} · {address} · {page} ")
    number = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    foot._p.append(parse_xml(number))


def _head(made: Made, sheet: Worksheet, library: Library) -> None:
    """Who gives it out, if someone does; the title, then what may save a life, then what the sheet is for."""
    if library.clinic:
        whose = made.add_paragraph("", "Hint")
        whose.add_run(library.clinic.about.name).bold = True
        whose.add_run("".join(f"\N{NO-BREAK SPACE}· {one}" for one in library.clinic.where))
    made.add_heading(sheet.title, 1)
    _warned(made, sheet, library)
    minutes = microcopy.say("shared.minutes", minutes=sheet.minutes)
    made.add_paragraph(f"{sheet.point_name} · {minutes}", "Hint").paragraph_format.space_before = Pt(8)
    if newer := text.newer_one(sheet, library):
        made.add_paragraph(newer)
    for line in text.intro(sheet):
        made.add_paragraph(line)


def _section(made: Draft, section: Section, sheet: Worksheet, library: Library) -> None:
    made.add_heading(section.title, 2)
    if section.intro:
        made.add_paragraph(section.intro)
    for field in cast("list[Field]", section.fields):
        _field(made, field, sheet, library)
        _warned(made, sheet, library, field.id)


def _warned(made: Made, sheet: Worksheet, library: Library, after: str = "") -> None:
    """The safety lines for all, or those that answers to the field `after` call for, with a bold start."""
    for line in text.safety(sheet, library, after):
        whole = made.add_paragraph(f"{line.condition} ".lstrip(), "Safety")
        whole.add_run(line.first).bold = True
        whole.add_run(f" {line.rest}".rstrip())


def _field(made: Draft, field: Field, sheet: Worksheet, library: Library) -> None:
    """What to know before answering, then room to answer."""
    if field.when:
        made.add_paragraph(f"{sheet.condition(field.when)}:", "Condition")
    asks = any(field.leaves())
    made.add_paragraph(field.label, "Heading 3" if asks else "Normal")
    how = View(sheet, library, {}).how(field) if isinstance(field, Result) else ""
    for line in (sentences(*text.asides(field)), how):
        if line:
            made.add_paragraph(line, "Hint")
    for one in getattr(field, "see", ()):
        if found := place(one, library):
            made.add_paragraph(f"{found.title}: {found.address}")
    _room(made, field)
    for say in getattr(field, "say", ()):
        made.add_paragraph(f"{range_words(say)}: {say.text}", "Hint")


def _room(made: Draft, field: Field) -> None:
    """Room for every answer: lines, marks, or a table."""
    leaves = list(field.leaves())
    if [leaf.path for leaf in leaves] == [(field.id,)]:
        _alone(made, leaves[0], getattr(field, "lines", 4))
    elif columns := list(getattr(field, "columns", ())):
        rows = [list(some) for _, some in groupby(leaves, key=lambda leaf: leaf.path[:-1])]
        _table(made, field, columns, rows)
    elif leaves:
        _listed(made, field, leaves)


def _alone(made: Made, leaf: Leaf, lines: int) -> None:
    if not leaf.options:
        for _ in range(lines if leaf.control == "area" else 1):
            made.add_paragraph("", "Writing line")
    elif are_numbers(leaf.options):
        made.add_paragraph(_beside(leaf.options, leaf.control), "Option")
    else:
        for option in leaf.options:
            one = made.add_paragraph(f"{MARKS[leaf.control]} {with_points(option)}", "Option")
            one.paragraph_format.keep_with_next = option is not leaf.options[-1]


def _beside(options: Iterable[Any], control: str) -> str:
    """Marks in one line; each stays with its word."""
    return "   ".join(f"{MARKS[control]}\N{NO-BREAK SPACE}{option.id}" for option in options)


def _table(made: Draft, field: Field, columns: list[Any], rows: list[list[Leaf]]) -> None:
    """A row for each time or thing, named in the first column, and a column for each question."""
    for column, leaf in zip(columns, rows[0], strict=True):
        if said := _said(column, leaf):
            made.add_paragraph(f"{column.label}: {said}", "Hint")
    names = [leaves[0].label.removesuffix(f": {columns[0].label}") for leaves in rows]
    cells = [["" if _is_written(leaf) else _below(leaf) for leaf in leaves] for leaves in rows]
    shares = [1, *(getattr(column, "width", None) or 2 for column in columns)]
    words = [[getattr(field, "row_name", ""), *(column.label for column in columns)]]
    words += [[name, *row] for name, row in zip(names, cells, strict=True)]
    _grid(made, field.label, words, shares, Mm(9 * getattr(field, "lines", 1)))


def _is_written(leaf: Leaf) -> bool:
    """Whether a cell is for words or a number; a few options are marked in it."""
    return not leaf.options or len(leaf.options) > FEW or are_numbers(leaf.options)


def _below(leaf: Leaf) -> str:
    return "\n".join(f"{MARKS[leaf.control]}\N{NO-BREAK SPACE}{option.label}" for option in leaf.options)


def _said(column: Any, leaf: Leaf) -> str:
    """What to know before writing into a column: its numbers, its hint, what to choose from."""
    said = sentences(*text.asides(column)) if isinstance(column, Field) else ""
    if are_numbers(leaf.options):
        ends = microcopy.say("paper.from_to", first=leaf.options[0].id, last=leaf.options[-1].id)
        said = f"{ends} {said}".strip()
    elif len(leaf.options) > FEW:
        said = f"{said} {_choose_from(leaf.options)}".strip()
    return said


def _choose_from(options: Sequence[Any]) -> str:
    return microcopy.say("paper.choose_from", options=", ".join(option.label for option in options))


def _listed(made: Draft, field: Field, leaves: list[Leaf]) -> None:
    """The parts of a wheel, or the places of an order: a name, and room beside it."""
    choices = offered(leaves)
    if choices:
        made.add_paragraph(_choose_from(choices), "Hint")
    marks = (
        "" if choices or not are_numbers(leaves[0].options) else _beside(leaves[0].options, leaves[0].control)
    )
    answer = microcopy.say("paper.your_answer")
    words = [["", answer], *([leaf.label.removeprefix(field.label).strip(), marks] for leaf in leaves)]
    _grid(made, field.label, words, [1, 3], Mm(9))


def _grid(made: Draft, label: str, words: list[list[str]], shares: Sequence[float], height: Mm) -> None:
    """A table with a head that comes again on each page, named rows that no page cuts, and room in them."""
    table: Any = made.add_table(len(words), len(words[0]), "Table Grid")
    table.autofit = False
    table._tbl.tblPr.append(parse_xml(f"<w:tblCaption {nsdecls('w')} w:val={quoteattr(label)}/>"))
    made.grids.append((table, words, shares))
    for number, (row, said) in enumerate(zip(table.rows, words, strict=True)):
        about = row._tr.get_or_add_trPr()
        about.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if number == 0:
            about.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        else:
            row.height = height
        for at, (cell, one) in enumerate(zip(row.cells, said, strict=True)):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].style = "Cell"
            cell.paragraphs[0].add_run(one).bold = number == 0 or at == 0
    made.add_paragraph("", "Cell")  # or two tables become one


def _widths(made: Draft, words: list[list[str]], shares: Sequence[float]) -> list[int]:
    """For each column what its longest word needs, and its share of the rest."""
    page: Any = made.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    longest = [max(map(len, re.split("[ \n]", " ".join(column)))) for column in zip(*words, strict=True)]
    need = [EDGES + LETTER * length for length in longest]
    if (left := room - sum(need)) < 0:
        return [round(room * one / sum(need)) for one in need]
    return [round(one + left * share / sum(shares)) for one, share in zip(need, shares, strict=True)]


def _foot(made: Made, sheet: Worksheet, library: Library) -> None:
    """Why it may help, where next, what it rests on, and what may be done with it."""
    if sheet.why:
        made.add_heading(microcopy.say("sheet.why_it_may_help"), 2)
        made.add_paragraph(sheet.why.text)
        made.add_paragraph(text.how_sure(sheet.why.grade))
    following = [f"{one.title}: {one.address}" for one in text.onward(sheet, library)]
    for title, lines in (
        (microcopy.say("sheet.where_next"), following),
        (microcopy.say("sheet.sources"), text.sources(sheet, library)),
    ):
        if lines:
            made.add_heading(title, 2)
        for line in lines:
            made.add_paragraph(line, "List Bullet")
    made.add_heading(microcopy.say("paper.what_you_may_do"), 2)
    for said in text.rights(sheet):
        made.add_paragraph(said)
    quoted = microcopy.say("paper.change_ours")
    made.add_paragraph(quoted if sheet.rights else microcopy.say("paper.change_all"))
