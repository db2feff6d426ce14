"""What is added to a page: tables for a phone, and how long and how hard it is."""

from __future__ import annotations

import re

import pytest
from markdown import markdown

from workbook.pages import pace
from workbook.prose.words import load

TABLE = "| Question | A & B |\n| --- | :-: |\n| Cost | **Free** |\n| Where | |\n"


def test_a_cell_knows_its_column_and_a_table_stays_a_table():
    html = markdown(TABLE, extensions=["tables", "workbook.pages.tables"])

    assert (
        re.findall(r'<td(?: class="to-center")? data-label="([^"]+)" role="cell"', html)
        == ["Question", "A &amp; B"] * 2
    )
    assert html.count('role="row"') == 3
    assert '<table role="table">' in html
    assert html.count('role="columnheader"') == 2
    assert "style=" not in html


@pytest.mark.parametrize(
    ("school", "said"),
    [
        (0.2, "Easy to read, grade 1"),
        (5.6, "Easy to read, grade 6"),
        (7.8, "Plain English, grade 8"),
        (9.9, "Words for professionals, grade 10"),
    ],
)
def test_a_grade_is_told_in_words(school, said):
    assert pace.level(school) == said


def test_a_page_tells_how_long_it_takes(tmp_path):
    words, _ = load(tmp_path)
    sentence = "You can walk for a while and then come home. "

    assert pace.pace(sentence * 10, words).startswith("1 minute to read|Easy to read")
    assert pace.pace(sentence * 60, words).startswith("3 minutes to read|Easy to read")
    assert pace.pace("# Short\n\nHello there.\n", words) == ""
