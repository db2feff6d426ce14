"""content/search.yml: are words of danger heard, in whatever form, and other words left alone?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sheets import real

from workbook import otherwords
from workbook.otherwords import OtherWords, plain
from workbook.pages import search


def alarm(text: str) -> bool:
    """The pattern holds nothing that JavaScript and Python read in different ways."""
    return re.search(real().other_words.alarm, plain(text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "suicide",
        "SUICIDAL thoughts",
        "I want to die",
        "kill myself",
        "self-harm",
        "self harm",
        "selfharm",
        "hurting myself",
        "cut myself",
        "I don’t want to live",
        "dont want to live",
        "can't go on",
        "end my life",
        "overdose",
        "he has overdosed",
        "OD",
        "narcan",
        "not breathing",
        "911",
        "988?",
    ],
)
def test_words_of_danger_are_heard_in_any_form(text: str) -> None:
    assert alarm(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "diet",
        "cutting down",
        "charm",
        "modest",
        "skill",
        "body",
        "9110",
        "sleep",
        "a live group",
        "end of life",
    ],
)
def test_other_words_raise_no_alarm(text: str) -> None:
    assert not alarm(text)


def test_without_words_of_danger_nothing_raises_an_alarm() -> None:
    assert re.search(OtherWords().alarm, "suicide") is None


def test_what_a_line_leads_to_stands_on_the_site() -> None:
    """Or a search for one of its words finds no more than before."""
    said = set().union(*(search.words(repr(sheet)) for sheet in real().worksheets.values()))
    pages = (Path(__file__).parents[1] / "docs").rglob("*.md")
    said |= set().union(*(search.words(path.read_text(encoding="utf-8")) for path in pages))
    for phrases in real().other_words.meanings:
        assert len(phrases) > 1
        assert any(search.words(one) <= said for one in phrases), phrases


def test_a_slip_in_the_file_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / otherwords.FILE).write_text("danger: [suicid*]\nsame: [urge, craving]\n", encoding="utf-8")
    found, problems = otherwords.load(tmp_path)

    assert found == OtherWords()
    assert problems[0].path == otherwords.FILE
    assert problems[0].line == 2


def test_a_project_without_the_file_has_no_such_words(tmp_path: Path) -> None:
    assert otherwords.load(tmp_path) == (OtherWords(), [])
