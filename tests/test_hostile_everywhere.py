"""Hostile words in every place of a worksheet that takes words: nothing is gained by them, in any output."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pikepdf
import pytest
from docx import Document
from everywhere import fitting, places, taking_words, words_in
from test_hostile_words import HOSTILE, of, strings

from workbook.policy import findings, markup
from workbook.render import docx, fhir, paper, screen, text
from workbook.worksheet import Worksheet

MARK = re.compile(r"q\d+q ")  # what `fitting` begins with
TOLD = {"aria-label", "content"}  # what a page says in attributes
# Settings that name something: what they name is looked up, so other words are refused.
NAMES = {
    *("Choice.example", "Choices.example", "Condition.field", "Condition.is", "Note.see", "Result.is"),
    *("Result.of", "SafetyRule.line", "Worksheet.next", "Worksheet.replaced_by", "Worksheet.safety"),
    *("Worksheet.sources", "Time.example"),
}
# A label alone stands for an option of it and an id made of it.
SHORT = {"Choice.options", "Choices.options", "Grid.columns", "Grid.rows", "Rank.options", "Wheel.scales"}
TRIED = {place.setting for place in places()}
# What is not on a blank sheet: its examples, and what changed.
NOT_ASKED = {one for one in TRIED if one.endswith(".example")} | {"Change.what"}
FOR_WHO_HANDS_OUT = {"Clinician.aim", "Clinician.session", "Clinician.not_when"}


def bare(words: str) -> str:
    """As long, and as many words; nothing in them means anything anywhere."""
    return re.sub(r"[^\w\s]", "x", words)


def said(turn: int, most: int = 2000) -> list[str]:
    """What each place says: all of the corpus that fits, another one first each turn."""
    return [fitting(HOSTILE, number, min(place.most, most), turn) for number, place in enumerate(places())]


def pair(turn: int) -> tuple[Worksheet, Worksheet]:
    """The worksheet with hostile words, and its twin with plain ones."""
    words = said(turn)
    return words_in(words), words_in([bare(one) for one in words])


def lost(turn: int, shown: str) -> set[str]:
    """The settings whose words are not among what is shown."""
    all_ = "".join(shown.split())
    return {
        place.setting
        for place, words in zip(places(), said(turn), strict=True)
        if "".join(words.split()) not in all_
    }


def test_every_setting_that_takes_words_is_tried() -> None:
    assert {*taking_words(), "Table.example"} == TRIED | NAMES | SHORT
    assert not TRIED & (NAMES | SHORT)
    assert len(places()) > 200


@pytest.mark.parametrize("turn", range(len(HOSTILE)))
def test_pages_a_questionnaire_and_a_text_hold_the_words_and_nothing_more(turn: int) -> None:
    hostile, plain = pair(turn)
    for render, elsewhere in (
        (lambda sheet: screen.page(sheet, of(sheet), {}), {"Change.what"}),
        (lambda sheet: screen.changes(of(sheet)), {*TRIED} - {"Change.what", "Worksheet.title"}),
    ):
        page, expected = render(hostile), render(plain)
        assert skeleton(page) == skeleton(expected)
        assert list(findings.in_page(page)) == []
        assert lost(turn, html.unescape(re.sub(r"<[^>]*>", " ", page))) == elsewhere

    asked, twin = (fhir.render(sheet, of(sheet)) for sheet in (hostile, plain))
    assert without_words(asked) == without_words(twin)
    assert lost(turn, "\n".join(strings(asked))) == {*NOT_ASKED, "Table.row_name"}
    assert lost(turn, text.render(hostile, of(hostile))) == {*NOT_ASKED, *FOR_WHO_HANDS_OUT}


@pytest.mark.parametrize("turn", range(0, len(HOSTILE), 4))
def test_a_document_holds_the_words_and_nothing_more(turn: int) -> None:
    made, plain = (Document(io.BytesIO(docx.render(sheet, of(sheet)))) for sheet in pair(turn))

    assert [one.tag for one in made.element.iter()] == [one.tag for one in plain.element.iter()]
    assert leads(made) == leads(plain)
    shown = "".join(one.text or "" for one in made.element.iter() if one.tag.endswith("}t"))
    assert lost(turn, shown) == {*NOT_ASKED, *FOR_WHO_HANDS_OUT}


def leads(document: Any) -> list[str]:
    return sorted(one.target_ref for one in document.part.rels.values())


def test_a_pdf_leads_nowhere_else_and_gains_no_action() -> None:
    """Some of the corpus in each place: all of it would be fifty pages."""
    words = said(0, 90)
    sheets = words_in(words), words_in([bare(one) for one in words])
    hostile, plain = (paper.draw(paper.data(sheet, of(sheet), "a4")) for sheet in sheets)

    assert what_it_does(hostile) == what_it_does(plain)
    assert {way for way, _ in what_it_does(hostile)} == {"/Subtype", "/T", "/FT"}


def what_it_does(drawn: bytes) -> set[tuple[str, str]]:
    """Every kind of thing in a PDF, every action, address and field; not its tags, which do nothing."""
    ways = ("/Subtype", "/T", "/FT", "/S", "/URI", "/JS", "/A", "/AA", "/OpenAction", "/EmbeddedFiles")
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        all_ = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]
        doing = [one for one in all_ if one.get("/Type") != "/StructElem"]
        return {(way, str(one[way])) for one in doing for way in ways if way in one}


def skeleton(page: str) -> list[tuple[str, dict[str, str]]]:
    """Every tag with what its attributes hold, but what they say to people."""
    return [
        (tag.name, {name: "" if name in TOLD else value for name, value in tag.values().items()})
        for tag in markup.tags(page)
    ]


def without_words(data: Any) -> Any:
    """A resource without what its author said, and without its version, which is a sum of all of it."""
    if isinstance(data, dict):
        return {name: without_words(one) for name, one in data.items() if name != "version"}
    if isinstance(data, list):
        return [without_words(one) for one in data]
    return "" if isinstance(data, str) and MARK.search(data) else data
