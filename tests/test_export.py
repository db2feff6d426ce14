"""The references as files for reference managers, read back by programs that read such files."""

from __future__ import annotations

import json
from pathlib import Path

import bibtexparser
import pytest
import rispy
from citeproc.source.bibtex import BibTeX
from sheets import real

from workbook import citations
from workbook.citations import export

WORKS = real().bibliography
RECORD = """\
references:
  - id: hill-2020
    type: article-journal
    author:
      - {family: Hill, given: A. B., suffix: Jr., non-dropping-particle: van}
      - {literal: Health & Care_Body}
    title: "50% of {it} & more: #1 costs $5"
    container-title: Psychology & Health
    issued: {date-parts: [[2020, 3, 14]]}
    volume: "8"
    issue: "2"
    page: 1–28
    DOI: 10.1000/a_b%c
    URL: https://example.org/a_b?c=%20#d
    custom: {confirmed: listed}
"""


@pytest.fixture
def hostile(tmp_path: Path) -> citations.Bibliography:
    (tmp_path / "content").mkdir()
    (tmp_path / citations.FILE).write_text(RECORD, encoding="utf-8")
    works = citations.load(tmp_path)
    assert works.problems == ()
    return works


def test_every_record_comes_back_from_csl_json() -> None:
    read = {one["id"]: one for one in json.loads(export.csl_json(WORKS))}

    assert read.keys() == WORKS.keys
    assert all(read[key]["title"] == record.title for key, record in WORKS.records.items())
    assert all(("note" in read[key]) == bool(record.caution) for key, record in WORKS.records.items())


def test_every_record_comes_back_from_ris() -> None:
    read = {one["id"]: one for one in rispy.loads(export.ris(WORKS))}

    assert read.keys() == WORKS.keys
    for key, record in WORKS.records.items():
        assert read[key]["title"] == record.title
        assert len(read[key]["authors"]) == len(record.author)
        assert read[key].get("doi") == record.DOI


def test_every_record_comes_back_from_bibtex_by_two_readers(tmp_path: Path) -> None:
    text = export.bibtex(WORKS)
    read = {one["ID"]: one for one in bibtexparser.loads(text).entries}
    assert read.keys() == WORKS.keys
    for key, record in WORKS.records.items():
        assert read[key].get("doi") == record.DOI
        assert len(read[key]["author"].split(" and ")) >= len(record.author)

    file = tmp_path / "references.bib"
    file.write_text(text, encoding="utf-8")
    assert set(BibTeX(str(file), encoding="utf-8")) == {key.lower() for key in WORKS.keys}


def test_signs_that_mean_something_are_words_in_each(hostile: citations.Bibliography) -> None:
    (ris,) = rispy.loads(export.ris(hostile))
    assert ris["title"] == "50% of {it} & more: #1 costs $5"
    assert ris["authors"] == ["van Hill, A. B., Jr.", "Health & Care_Body"]
    assert (ris["start_page"], ris["end_page"], ris["doi"]) == ("1", "28", "10.1000/a_b%c")
    assert "We have not read this work itself" in ris["notes"][0]

    (bib,) = bibtexparser.loads(export.bibtex(hostile)).entries
    assert bib["title"] == r"{50\% of \{it\} \& more: \#1 costs \$5}"
    assert bib["author"] == r"van Hill, Jr., A. B. and {Health \& Care\_Body}"
    assert (bib["pages"], bib["doi"]) == ("1--28", "10.1000/a_b%c")
