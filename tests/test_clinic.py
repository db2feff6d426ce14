"""A clinic's own copy: its name, its numbers and its colours on every output, and nothing of ours lost."""

from __future__ import annotations

import html
import io
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from clinics import TEXT, riverside, settings, whose
from docx import Document
from sheets import printed, real
from test_hostile_everywhere import leads
from test_hostile_words import HOSTILE, names

from workbook import clinic, colours, kept, outputs, policy
from workbook.library import Library
from workbook.policy import findings
from workbook.render import docx, fhir, leaflet, paper, screen, style, text
from workbook.render.packet import paper as packet_paper
from workbook.render.packet import screen as packet_screen
from workbook.render.packet import text as packet_text

SHEET, PACKET = "urge-log", "first-meeting"
NAME, PHONE, CRISIS = "Riverside Recovery Clinic", "+1 555 010 0100", "+1 555 010 0199"
OURS = ("988", "116 123")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return riverside(tmp_path_factory.mktemp("clinic"))


def page_of(library: Library, sheet: str = SHEET) -> str:
    return screen.page(library.worksheets[sheet], library, {})


def seen(page: str) -> str:
    """The words of a page in order; spaces that end no line are spaces."""
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def words(data: bytes) -> list[str]:
    """Of each page of a PDF."""
    with pypdfium2.PdfDocument(data) as opened:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]


# ---- where the clinic stands


def test_programs_read_who_publishes_the_copy(copy: Library) -> None:
    made = fhir.render(copy.worksheets[SHEET], copy)

    assert made["publisher"] == NAME


def test_a_page_names_the_clinic_at_its_head_and_foot(copy: Library) -> None:
    head, _, rest = page_of(copy).partition("<main")
    foot = rest.partition("</main>")[2]

    assert copy.clinic
    assert copy.clinic.logo
    assert f'src="../../{copy.clinic.logo.uri}"' in head
    for part in (head, foot):
        assert NAME in part
        assert 'href="tel:+15550100100"' in part
    assert "12 River Road, Springfield" in foot
    assert "Monday to Friday, 9 to 5" in foot


def test_a_page_of_packets_welcomes_whoever_was_given_one(copy: Library) -> None:
    page = packet_screen.page(copy.packets[PACKET], copy, {}, {})

    assert "You are welcome here" in page.partition("<main")[0]
    assert "You are welcome here" not in page_of(copy)


@pytest.mark.parametrize("size", ["letter", "large-a4"])
def test_a_sheet_of_paper_names_the_clinic_on_every_page(copy: Library, size: str) -> None:
    pages = words(paper.draw(paper.data(copy.worksheets["balance-wheel"], copy, size)))

    assert pages[0].startswith(f"{NAME} 12 River Road, Springfield · {PHONE}")
    assert re.search(rf"{re.escape(PHONE)}( ·)? Monday to Friday, 9 to 5", pages[0])
    for one in pages:
        assert f"{NAME} · {PHONE}" in one
        assert CRISIS in one
        assert all(number in one for number in OURS)


def test_the_cover_of_a_packet_names_the_clinic_and_welcomes(copy: Library) -> None:
    cover = words(packet_paper.draw(packet_paper.data(copy.packets[PACKET], copy, "letter", printed(copy))))[
        0
    ]

    assert cover.startswith(NAME)
    assert "You are welcome here, whichever road you take." in cover
    assert CRISIS in cover


@pytest.mark.parametrize("size", ["letter", "large-letter", "large-a4"])
def test_no_line_of_a_cover_begins_or_ends_with_a_dot_and_its_last_page_holds_more_than_a_line(
    copy: Library, size: str
) -> None:
    """Large print breaks the line of address, number and hours. A last page once held one line alone."""
    made = packet_paper.draw(packet_paper.data(copy.packets["early-days"], copy, size, printed(copy)))
    with pypdfium2.PdfDocument(made) as opened:
        pages = [page.get_textpage().get_text_bounded().splitlines() for page in opened]
    cover = pages[: next(at for at, lines in enumerate(pages) if "A page to read" in " ".join(lines))]

    dotted = [
        line
        for lines in cover
        for line in map(str.strip, lines)
        if line.startswith("·") or line.endswith("·")
    ]
    assert dotted == []
    assert "Nothing you write on it is sent to anyone." in " ".join(" ".join(cover[0]).split())
    assert all(any(" minutes" in line for line in lines) for lines in cover)


def test_a_number_is_cut_by_no_line_end(copy: Library) -> None:
    page = page_of(copy)

    assert PHONE not in page
    assert page.count(PHONE.replace(" ", "\xa0")) == 3  # head, foot, and the foot of what is printed
    assert f"{NAME}</strong>&nbsp;· 12 River Road" in page


def test_plain_text_names_the_clinic(copy: Library) -> None:
    said = " ".join(text.render(copy.worksheets[SHEET], copy).split())
    packet = " ".join(packet_text.render(copy.packets[PACKET], copy, printed(copy)).split())

    assert copy.clinic
    whose = " ".join(copy.clinic.in_words.split())
    assert whose in said
    assert whose in packet
    assert "You are welcome here" in packet


def test_words_to_adapt_name_the_clinic_and_its_numbers(copy: Library) -> None:
    opened = Document(io.BytesIO(docx.render(copy.worksheets[SHEET], copy)))
    said = [one.text for one in opened.element.body.iter() if one.tag.endswith("}t") and one.text]

    top = opened.paragraphs[0].text.replace("\xa0", " ")
    assert top == f"{NAME} · 12 River Road, Springfield · {PHONE} · Monday to Friday, 9 to 5"
    assert opened.paragraphs[1].style.name == "Heading 1"
    assert CRISIS in " ".join(said).replace("\xa0", " ")


def test_without_a_file_nothing_is_said_of_a_clinic() -> None:
    page = page_of(real())

    assert real().clinic is None
    assert "clinic" not in page.partition("<main")[0]
    assert 'class="whose"' not in page
    assert ".clinic img" not in style.reading()
    assert not [one for one in outputs.of_assets() if one.uri.startswith("assets/clinic/")]


# ---- whom to call


def test_the_clinics_numbers_come_first_and_none_of_ours_is_lost(copy: Library) -> None:
    page, without = seen(page_of(copy)), seen(page_of(real()))

    for number in OURS:
        assert page.count(number) == without.count(number)
    strip = page.partition("More crisis help")[0]
    assert strip.index(CRISIS) < strip.index("01 555 0198") < strip.index("988")
    foot = page.rpartition("thinking of ending your life")[2]
    assert foot.index("emergency number") < foot.index(CRISIS) < foot.index("988")


def test_a_safety_line_keeps_each_of_its_words(copy: Library) -> None:
    for name, line in real().safety.items():
        before, _, after = line.text.partition(" US: ")
        said = copy.safety[name].text
        if after or name == "crisis":
            assert said.startswith(f"{before} Riverside crisis line (United States): call ")
            assert said.endswith(f"Night line (Ireland): call 01\xa0555\xa00198. US: {after}")
        else:
            assert said == line.text


def test_a_safety_line_without_numbers_gets_them_at_its_end_if_it_is_for_a_crisis(copy: Library) -> None:
    assert copy.clinic
    line = real().safety["crisis"].model_copy(update={"text": "Call for help."})

    assert copy.clinic.beside(line).text.startswith(
        "Call for help. Riverside crisis line (United States): call"
    )


def test_numbers_of_the_clinic_in_a_safety_line_are_called_with_a_tap(copy: Library) -> None:
    html = screen.render(copy.worksheets["urge-log"], copy, {})
    box = html[html.index('<div class="safety"') : html.index("<form")]

    assert '<a href="tel:+15550100199">' in box
    assert '<a href="tel:015550198">01\xa0555\xa00198</a>' in box
    assert box.count('<a href="tel:988">988</a>') == 1


def test_the_crisis_page_has_every_line(copy: Library) -> None:
    made = screen.filled("clinic-lines.html", clinic=copy.clinic)

    assert re.findall(r'href="([^"]*)"', made) == [
        "tel:+15550100199",
        "sms:55501",
        "tel:015550198",
        "sms:55502",
    ]
    assert "Tercera línea (Spain)" in made


# ---- the foot of a sheet grows with what stands in it

LONG = f"""\
name: {"A name of a clinic " * 4}here
phone: "+1 (555) 010-0100"
crisis:
  - {{country: South Georgia & South Sandwich Islands, name: {"Lines " * 6}, phone: "+1 (555) 010-0199",
     sms: "+1 (555) 010-0198", hours: {"every day and night " * 2}and on holidays}}
  - {{country: St. Vincent & Grenadines, name: {"Lines " * 6}, phone: "+1 (555) 010-0199",
     sms: "+1 (555) 010-0198", hours: {"every day and night " * 2}and on holidays}}
"""


@pytest.mark.parametrize(
    ("sheet", "size"), [("delay-plan", "letter"), ("delay-plan", "large-letter"), (SHEET, "a4")]
)
def test_the_longest_words_fit_at_the_foot(sheet: str, size: str, tmp_path: Path) -> None:
    library = whose(settings(LONG), tmp_path)
    with pypdfium2.PdfDocument(paper.draw(paper.data(library.worksheets[sheet], library, size))) as opened:
        for page in opened:
            found = page.get_textpage()
            lines = [found.get_rect(n) for n in range(found.count_rects())]
            number = found.search("Page ")
            last = [found.get_charbox(at) for at, length in iter(number.get_next, None)][-1]
            inks = sorted({round(one[1]) for one in lines})
            assert min(inks) >= 14  # points: nothing falls off the page
            over = [
                one for one in lines if one[0] < last[2] and one[2] > last[0] and one[1] < last[1] < one[3]
            ]
            assert len(over) <= 1  # the page number alone stands there
            assert all(b - a >= 1 for a, b in pairwise(inks))


# ---- colours


def test_a_clinics_colours_stand_in_every_page_and_can_be_read(copy: Library) -> None:
    assert copy.clinic
    made = copy.clinic.style()

    assert f"<style>{style.needed('', '../../')[:20]}" in page_of(copy)
    assert made in page_of(copy)
    assert made in style.reading(made)
    for scheme, colour in (("light", "#0b3d91"), ("dark", "#a9c7ff")):
        assert f"--act:{colour};" in made
        told, pair = colours.closest(colours.shades(colour, scheme), scheme)
        assert told >= pair.least


@pytest.mark.parametrize("colour", ["#ffffff", "#ffd700", "#ff0000", "#77aa99", "#808080"])
def test_the_colour_that_is_proposed_can_be_read(colour: str) -> None:
    for scheme in ("light", "dark"):
        better = colours.readable(colour, scheme)
        told, pair = colours.closest(colours.shades(better, scheme), scheme)
        assert told >= pair.least


def test_a_colour_for_the_light_alone_leaves_the_dark_as_it_is() -> None:
    made = clinic.Clinic(settings('name: A\ncolours: {light: "#0b3d91"}\n')).style()

    assert made.startswith("@media screen{:root{--act:#0b3d91")
    assert made.count("--act:") == 1
    assert clinic.Clinic(settings("name: A\n")).style() == ""


# ---- in a frame


def test_a_page_names_the_sites_that_may_frame_it_where_the_clinic_names_some(copy: Library) -> None:
    assert '<meta name="embed" content="https://portal.example.org">' in page_of(copy)
    assert 'name="embed"' not in page_of(real())


# ---- hostile words

FIELDS = ("name", "hours", "address", "opening")


def shape(data: Any) -> Any:
    """A resource without its words."""
    if isinstance(data, dict):
        return {name: shape(one) for name, one in data.items()}
    return list(map(shape, data)) if isinstance(data, list) else type(data)


@pytest.mark.parametrize("start", range(4))
def test_hostile_words_are_shown_as_typed_and_nothing_is_gained(start: int, tmp_path: Path) -> None:
    """Each of them in one setting or another."""
    said = {name: HOSTILE[(start + n) % len(HOSTILE)] for n, name in enumerate(FIELDS)}
    lines = [settings().crisis[0].model_copy(update={"name": HOSTILE[start], "hours": HOSTILE[start + 4]})]
    library = whose(settings().model_copy(update={**said, "crisis": lines}), tmp_path)
    plain = whose(settings().model_copy(update={"crisis": settings().crisis[:1]}), tmp_path)

    page, before = page_of(library), page_of(plain)
    assert names(page) == names(before)
    assert list(findings.in_page(page)) == []
    assert policy.allowing(page, policy.SHEET) == policy.allowing(before, policy.SHEET)
    for name in ("name", "hours", "address"):
        assert " ".join(said[name].split()) in seen(page)
    sheet, all_ = library.worksheets[SHEET], (said["name"], lines[0].name, lines[0].hours)
    asked, twin = (fhir.render(sheet, one) for one in (library, plain))
    assert shape(asked) == shape(twin)
    assert asked["publisher"] == said["name"]
    written, other = (Document(io.BytesIO(docx.render(sheet, one))) for one in (library, plain))
    assert [one.tag for one in written.element.iter()] == [one.tag for one in other.element.iter()]
    assert leads(written) == leads(other)
    printed_words = "".join(text.render(sheet, library).split())
    typed = "".join("".join(one.text for one in written.paragraphs).split())
    for one in all_:
        assert "".join(one.split()) in printed_words
        assert "".join(one.split()) in typed
    made = screen.filled("clinic-lines.html", clinic=library.clinic)
    assert names(made) == names(screen.filled("clinic-lines.html", clinic=plain.clinic))
    crisis, problems = leaflet.of(library.pages["/crisis/"], library)
    assert problems == []
    data = packet_paper.data(library.packets["family"], library, "letter", {"/crisis/": crisis})
    drawn = packet_paper.draw(data)
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert not any("/JS" in one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
    assert "".join(said["opening"].split()) in "".join(words(drawn)[0].split())


# ---- what was made before


def test_another_number_makes_every_sheet_anew(copy: Library, tmp_path: Path) -> None:
    other = whose(settings(TEXT.replace("0199", "0777")), tmp_path)

    assert kept.surroundings(copy) != kept.surroundings(other)
