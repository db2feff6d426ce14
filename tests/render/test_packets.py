"""Does a packet hold what its sheets hold alone, in its PDF, its FHIR bundle and its text?"""

from __future__ import annotations

import html
import io
import re
from functools import cache

import pikepdf
import pypdfium2
import pytest
from paper_sheets import pdf, terminal_fields
from sheets import ROOT, leaflets, real

from workbook.library import Library
from workbook.packet import Packet
from workbook.render import fhir, text
from workbook.render.packet import bundle, paper, screen
from workbook.render.packet import text as packet_text
from workbook.render.packet.parts import extent, link, parts

SMALL = "first-meeting"
IN_A_VISIT = "<!-- packets: in a visit -->"  # as hooks/packets.py looks for it
every_packet = pytest.mark.parametrize("packet", real().packets.values(), ids=lambda packet: packet.id)


@cache
def combined(id_: str, size: str = "letter") -> bytes:
    return paper.draw(paper.data(real().packets[id_], real(), size, leaflets()))


def words_of(data: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in opened]


def test_a_combined_pdf_has_the_fields_of_each_sheet_under_its_name() -> None:
    alone = {
        f"{id_}.{name}": (facts["type"], facts["tooltip"], facts["options"], facts["buttons"])
        for id_ in real().packets[SMALL].worksheets
        for name, facts in terminal_fields(pdf(id_)).items()
    }
    together = {
        name: (facts["type"], facts["tooltip"], facts["options"], facts["buttons"])
        for name, facts in terminal_fields(combined(SMALL)).items()
    }

    assert together == alone


def test_the_same_packet_gives_the_same_bytes() -> None:
    assert paper.draw(paper.data(real().packets[SMALL], real(), "letter", leaflets())) == combined(SMALL)


def test_the_contents_name_the_page_on_which_each_part_begins() -> None:
    cover, *rest = words_of(combined(SMALL))

    for one in parts(real().packets[SMALL], real()):
        begins = next(n for n, page in enumerate(rest, 2) if page.strip().startswith(one.title))
        line = cover[cover.index(one.title) :].partition(f"{one.minutes} minutes")[2]
        assert line.split()[0] == str(begins)


def test_every_page_of_a_combined_pdf_says_which_part_version_and_page_it_is() -> None:
    pages = words_of(combined(SMALL))
    titles = ["Your first meeting", *(one.title for one in parts(real().packets[SMALL], real()))]

    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert any(re.search(f"{re.escape(title)} · (version|as of) ", page) for title in titles)


def test_the_cover_says_for_whom_and_the_note_and_where_the_pages_are() -> None:
    packet = real().packets[SMALL]
    cover = " ".join(words_of(combined(SMALL))[0].split())

    assert packet.for_whom in cover
    assert packet.note.strip() in cover
    assert "pointsandsteps.example/find/meetings" in cover
    assert "pointsandsteps.example/packets/first-meeting" in cover


def test_a_line_of_the_contents_leads_to_its_part() -> None:
    with pikepdf.open(io.BytesIO(combined(SMALL))) as opened:
        links = [one for one in opened.pages[0].obj.get("/Annots", []) if one.Subtype == "/Link"]

    assert len(links) == len(real().packets[SMALL].parts)


def test_a_cover_says_whose_words_are_not_ours_and_no_more_than_that() -> None:
    others = " ".join(words_of(combined("scores-for-sessions"))[0].split())
    own = " ".join(words_of(combined(SMALL))[0].split())
    text = " ".join(packet_text.render(real().packets["scores-for-sessions"], real(), leaflets()).split())

    for sheet in (real().worksheets[one] for one in real().packets["scores-for-sessions"].worksheets):
        for cover in (others, text) if sheet.rights else ():
            assert " ".join(f"{sheet.title}, not ours: {sheet.rights}".split()) in cover
    assert "Free to copy" not in others
    assert "Our own words: CC BY 4.0" in others
    assert "The rest is ours. Free to copy and share: CC BY 4.0" in text.partition("Part 1 of")[0]
    assert "Free to copy (CC BY 4.0)" in own
    assert "not ours" not in own


@every_packet
def test_a_bundle_holds_the_questionnaire_of_each_sheet(packet: Packet) -> None:
    made = bundle.render(packet, real())

    assert (made["resourceType"], made["type"]) == ("Bundle", "collection")
    sheets = [real().worksheets[id_] for id_ in packet.worksheets]
    assert [entry["resource"] for entry in made["entry"]] == [fhir.render(one, real()) for one in sheets]
    assert [entry["fullUrl"] for entry in made["entry"]] == [fhir.address(one, real()) for one in sheets]


@every_packet
def test_the_text_holds_the_text_of_each_sheet_in_order_and_is_narrow(packet: Packet) -> None:
    made = packet_text.render(packet, real(), leaflets())

    places = [
        made.index(text.render(real().worksheets[id_], real()).rstrip("\n")) for id_ in packet.worksheets
    ]
    assert places == sorted(places)
    assert max(map(len, made.splitlines())) <= 72


@every_packet
def test_a_packet_is_not_too_much_for_someone_who_is_tired(packet: Packet) -> None:
    assert 2 <= len(packet.worksheets) <= 6
    assert sum(one.minutes for one in parts(packet, real())) <= 75


def test_minutes_and_parts_are_counted() -> None:
    found = parts(real().packets[SMALL], real())

    assert extent(found) == f"3 sheets · 1 page to read · {sum(one.minutes for one in found)} minutes in all"
    assert link(found) == "#p=find/meetings&w=where-am-i,my-reasons,meeting-notes"


def test_a_broken_sheet_is_left_out_of_the_packets_that_hold_it() -> None:
    """`serve` goes on with what is sound."""
    sound = {id_: sheet for id_, sheet in real().worksheets.items() if id_ != "my-reasons"}
    library = Library(real().site, sound, pages=real().pages)

    assert [one.id for one in parts(real().packets[SMALL], library)] == [
        "/find/meetings/",
        "where-am-i",
        "meeting-notes",
    ]


def test_clinicians_are_told_how_to_use_each_packet_in_a_short_visit() -> None:
    told = html.unescape(screen.in_a_visit(real(), "../"))

    for packet in real().packets.values():
        assert packet.clinician
        row = told.partition(f'<a href="../packets/{packet.id}/">{packet.title}</a>')[2].partition("</tr>")[0]
        assert packet.clinician.session in row
        assert packet.clinician.not_when in row
    assert IN_A_VISIT in (ROOT / "docs" / "clinicians" / "index.md").read_text(encoding="utf-8")


def test_a_packets_page_says_that_a_page_is_shortened_only_where_one_is() -> None:
    short = {
        packet.id: "A long page to read is there in short" in screen.render(packet, real(), {}, {})
        for packet in real().packets.values()
    }

    for packet in real().packets.values():
        printed = [leaflets()[one.id] for one in parts(packet, real()) if one.id in leaflets()]
        assert short[packet.id] == any(not one.whole for one in printed), packet.id
    assert short["early-days"] is False  # its one page, on withdrawal, is printed whole
    assert True in short.values()
