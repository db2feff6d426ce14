"""Is every file read as YAML 1.2 core with its places, and every bad one told as it should be?"""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbook import source
from workbook.problems import ContentError, Problem
from workbook.reading.text import LINE_END
from workbook.source import parse

SHOWN = Path("a.yml")
SHEET = """\
# a comment
id: urge-log
title: 'Urge log'
minutes: 5
options: [Yes, "No", {id: maybe, label: It's 12:30}]
sections:
  - id: log-it
    intro: |
      Two lines
      of text.
    fields:
    - {id: habit, type: text}
"""


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With libyaml and without it: both must read alike."""
    monkeypatch.setattr(source, "LOADER", getattr(yaml, request.param))


def problems_of(data: bytes | str) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        parse(data, SHOWN)
    return caught.value.problems


CORE = {
    "Yes": "Yes", "no": "no", "on": "on", "Off": "Off", "tRUE": "tRUE", "+": "+", ".": ".", "=": "=",
    "12:30": "12:30", "2026-11-23": "2026-11-23", "1_000": "1_000", "0b1": "0b1", "0o9": "0o9", "٣": "٣",
    "1.2.3": "1.2.3", "'5'": "5", '"true"': "true",
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "5": 5, "-5": -5, "+5": 5, "007": 7, "0o17": 15, "0xfF": 255, "9007199254740991": 9007199254740991,
    "1.5": 1.5, "-.5": -0.5, "5.": 5.0, "1e3": 1e3, "1.5E-1": 0.15, ".inf": math.inf, "-.INF": -math.inf,
}  # fmt: skip


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("written", "meant"), CORE.items())
def test_values_follow_the_core_schema(written: str, meant: object) -> None:
    value = parse(f"a: {written}", SHOWN).data["a"]

    assert (type(value), value) == (type(meant), meant)


def test_nan_is_a_number() -> None:
    assert math.isnan(parse("a: .nan", SHOWN).data["a"])


@pytest.mark.usefixtures("either_parser")
def test_a_sheet_is_read_whole() -> None:
    assert parse(SHEET, SHOWN).data == {
        "id": "urge-log",
        "title": "Urge log",
        "minutes": 5,
        "options": ["Yes", "No", {"id": "maybe", "label": "It's 12:30"}],
        "sections": [
            {"id": "log-it", "intro": "Two lines\nof text.\n", "fields": [{"id": "habit", "type": "text"}]}
        ],
    }


@pytest.mark.usefixtures("either_parser")
def test_every_name_and_value_keeps_its_place() -> None:
    sheet = parse(SHEET, SHOWN)

    assert sheet.marks[()] == (2, 1)
    assert sheet.marks["options", 2, "label"] == (5, 41)
    assert sheet.keys["options", 2, "label"] == (5, 34)
    assert sheet.marks["sections", 0, "fields", 0] == (12, 7)
    assert sheet.keys["sections", 0, "fields"] == (11, 5)


@pytest.mark.usefixtures("either_parser")
def test_columns_count_characters() -> None:
    assert parse("😀é: {飲: x}", SHOWN).marks["😀é", "飲"] == (1, 9)


@pytest.mark.usefixtures("either_parser")
def test_a_byte_order_mark_takes_no_column() -> None:
    sheet = parse(b"\xef\xbb\xbfid: a\n", SHOWN)

    assert (sheet.data, sheet.keys["id",], sheet.lines[0]) == ({"id": "a"}, (1, 1), "id: a")


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_every_line_end_is_read_alike(end: str) -> None:
    assert parse(SHEET.replace("\n", end), SHOWN) == parse(SHEET, SHOWN)


def test_tabs_inside_text_stay() -> None:
    assert parse("a: b\tc\nd: |\n  e\tf\n", SHOWN).data == {"a": "b\tc", "d": "e\tf\n"}


def test_one_document_may_be_framed() -> None:
    assert parse("---\na: 1\n...\n", SHOWN).data == {"a": 1}


def test_a_problem_stands_at_its_value() -> None:
    problem = parse(SHEET, SHOWN).problem(("minutes",), "too long", "Take less.")

    assert problem == Problem(SHOWN, 4, 10, "too long", "Take less.", "minutes: 5")


def test_a_problem_with_a_name_stands_at_the_name() -> None:
    problem = parse(SHEET, SHOWN).problem(("minutes",), "unknown setting", at_key=True)

    assert (problem.line, problem.column) == (4, 1)


@pytest.mark.parametrize("at_key", [True, False])
def test_a_problem_without_a_place_stands_at_the_nearest_around_it(*, at_key: bool) -> None:
    problem = parse(SHEET, SHOWN).problem(("sections", 0, "label", "x"), "missing", at_key=at_key)

    assert (problem.line, problem.column) == (7, 5)


DEEP = {
    "brackets": "[" * 100_000,
    "braces": "{a: " * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "closed": "a: " + "[" * 1000 + "]" * 1000,
    "indented": "".join(" " * depth + "a:\n" for depth in range(1000)),
}


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused_once(text: str) -> None:
    messages = [problem.message for problem in problems_of(text)]

    assert messages.count("this is nested more than 20 levels deep") == 1


def test_twenty_levels_are_read() -> None:
    assert parse("a: " + "[" * 19 + "]" * 19, SHOWN).marks["a", *[0] * 18] == (1, 22)


def test_a_number_of_five_thousand_digits_is_a_problem() -> None:
    (problem,) = problems_of("a: " + "9" * 5000)

    assert (problem.message, problem.column) == ("the number is too big", 4)


def check_outcome(data: bytes | str) -> None:
    """A source or problems come out, and all their places lie in the file."""
    text = data.decode(errors="backslashreplace") if isinstance(data, bytes) else data
    lines = LINE_END.split(text.removeprefix("\ufeff"))
    try:
        sheet = parse(data, SHOWN)
        places = [*sheet.marks.values(), *sheet.keys.values()]
    except ContentError as error:
        places = [(problem.line, problem.column) for problem in error.problems]

    assert places
    assert all(0 < line <= len(lines) and 0 < column <= len(lines[line - 1]) + 1 for line, column in places)


INDICATORS = st.text(st.sampled_from("ab1 \n\r\t-:?,[]{}#&*!|>'\"%@`\\~<.\0\u202e\ufeffé😀U"), max_size=60)
ANY = st.one_of(st.binary(max_size=60), st.text(max_size=60), INDICATORS)


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@settings(max_examples=100, deadline=None)
@given(data=ANY)
@example(data="?\r|")  # a value that is missing at the end, which libyaml puts a line below
def test_whatever_the_bytes_a_source_or_problems_come_out(loader: str, data: bytes | str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "LOADER", getattr(yaml, loader))
        check_outcome(data)


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@settings(max_examples=100, deadline=None)
@given(start=st.integers(0, len(SHEET)), cut=st.integers(0, 8), put=INDICATORS.map(lambda text: text[:4]))
def test_whatever_the_slip_in_a_sheet_it_has_a_place(loader: str, start: int, cut: int, put: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "LOADER", getattr(yaml, loader))
        check_outcome(SHEET[:start] + put + SHEET[start + cut :])


@pytest.mark.parametrize("line", ["a: 1\n", "- *a\n", "\ta\n", "a\x07\n"])
def test_of_a_flood_the_first_fifty_are_told(line: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse(line * 5000, SHOWN)

    assert len(caught.value.problems) == 51
    assert caught.value.problems[-1].message == "and at least 950 more like these"


def test_a_file_is_read_again_only_when_a_byte_of_it_has_changed(tmp_path, monkeypatch):
    file = tmp_path / "one.yml"
    file.write_text("title: One\nrows: [1, 2.5, true, null]\n", encoding="utf-8")
    monkeypatch.setattr(source, "_KEPT", {})
    fresh = source.read(file, tmp_path)
    source.keep(tmp_path / "kept")
    source.read(file, tmp_path)

    read = []
    monkeypatch.setattr(source, "parse", lambda *asked, **_: read.append(asked) or fresh)
    assert source.read(file, tmp_path) == fresh
    assert not read
    file.write_text("title: Ono\n", encoding="utf-8")
    source.read(file, tmp_path)
    assert len(read) == 1


@pytest.mark.parametrize("damage", [b"", b"no such thing", b"("])
def test_what_is_kept_of_a_file_and_damaged_is_read_again(tmp_path, monkeypatch, damage):
    file = tmp_path / "one.yml"
    file.write_text("title: One\n", encoding="utf-8")
    monkeypatch.setattr(source, "_KEPT", {})
    source.keep(tmp_path / "kept")
    fresh = source.read(file, tmp_path)
    for kept in (tmp_path / "kept").iterdir():
        kept.write_bytes(damage)

    assert source.read(file, tmp_path) == fresh
    assert source.read(file, tmp_path) == fresh


def test_what_is_wrong_is_told_each_time_it_is_read(tmp_path, monkeypatch):
    file = tmp_path / "one.yml"
    file.write_text("title: [One\n", encoding="utf-8")
    monkeypatch.setattr(source, "_KEPT", {})
    source.keep(tmp_path / "kept")

    told = []
    for _ in range(2):
        with pytest.raises(ContentError) as error:
            source.read(file, tmp_path)
        told.append(error.value.problems)
    assert told[0] == told[1] != ()
