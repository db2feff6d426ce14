"""Does a problem show its place truly, whatever its line holds?"""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.problems import ContentError, Problem, did_you_mean, first, quoted, visible

PATH = Path("content/worksheets/urge-log.yml")


def shown(excerpt: str, column: int) -> tuple[str, str]:
    """The line and the caret's line as printed."""
    _, line, caret = str(Problem(PATH, 1, column, "wrong", excerpt=excerpt)).split("\n")
    return line, caret


def test_a_problem_shows_place_line_caret_and_cure() -> None:
    problem = Problem(PATH, 10, 9, "unknown setting 'row'", "Did you mean 'rows'?", "        row: 3")

    assert str(problem) == (
        "content/worksheets/urge-log.yml:10:9: unknown setting 'row'\n"
        "  10 |         row: 3\n"
        "               ^\n"
        "  Did you mean 'rows'?"
    )


def test_a_problem_without_a_line_or_a_cure_is_one_line() -> None:
    assert str(Problem(PATH, 1, 1, "wrong")) == "content/worksheets/urge-log.yml:1:1: wrong"


@pytest.mark.parametrize("column", [1, 30, 61, 99, 100, 101, 250, 499, 500])
def test_the_caret_stays_under_its_character_in_a_long_line(column: int) -> None:
    excerpt = "".join(chr(0x100 + index) for index in range(500))

    line, caret = shown(excerpt, column)

    assert line[caret.index("^")] == excerpt[column - 1]
    assert len(line) <= 110


def test_a_cut_line_says_so_at_each_end() -> None:
    line, _ = shown("a" * 500, 250)

    assert (line[6], line[-1]) == ("…", "…")


def test_the_caret_may_stand_after_the_last_character() -> None:
    assert shown("abc", 99) == ("  1 | abc", "         ^")


def test_wide_characters_take_two_columns_and_accents_none() -> None:
    assert shown("飲e\u0301x", 4) == ("  1 | 飲e\u0301x", "         ^")


@pytest.mark.parametrize("character", ["\t", "\x1b", "\r", "\u202e", "\u200b", "\ufeff", "\ud800", "\x85"])
def test_unseen_characters_are_written_out_and_move_the_caret(character: str) -> None:
    line, caret = shown(f"a{character}b", 3)

    assert line.isprintable()
    assert line[caret.index("^")] == "b"


def test_joined_emoji_stay_whole() -> None:
    assert visible("👩\u200d🍳") == "👩\u200d🍳"


def test_nothing_from_a_file_can_steer_the_terminal() -> None:
    problem = Problem(Path("a\x1b[2J.yml"), 1, 1, "unknown '\x1b[31m\n'", "Known: \u202e.", "\x9b")

    assert all(line.isprintable() for line in str(problem).split("\n"))
    assert str(problem).count("\n") == 3


@given(st.text(), st.integers(1, 300))
def test_any_problem_can_be_printed_in_four_lines_at_most(text: str, column: int) -> None:
    printed = str(Problem(PATH, 1, column, text, text, text))

    assert printed.encode()
    assert printed.count("\n") <= 3


def test_problems_come_in_file_order() -> None:
    late, early, other = (
        Problem(PATH, 10, 1, "x"),
        Problem(PATH, 9, 5, "x"),
        Problem(Path("a.yml"), 99, 1, "x"),
    )

    assert ContentError([late, early, other]).problems == (other, early, late)


def test_an_error_shows_each_problem_after_an_empty_line() -> None:
    error = ContentError([Problem(PATH, 1, 1, "one"), Problem(PATH, 2, 1, "two")])

    assert str(error) == f"{PATH.as_posix()}:1:1: one\n\n{PATH.as_posix()}:2:1: two"


def test_an_error_passes_between_processes() -> None:
    error = ContentError([Problem(PATH, 1, 1, "one", "Two.", "three")])

    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@pytest.mark.parametrize(
    ("wrong", "near"), [("row", "rows"), ("ROWS", "rows"), ("lable", "label"), ("id", "ID")]
)
def test_the_nearest_name_is_offered(wrong: str, near: str) -> None:
    assert did_you_mean(wrong, ["ID", "label", "rows"]) == f"Did you mean '{near}'?"


def test_all_names_are_told_when_none_is_near() -> None:
    assert did_you_mean("zzz", {"rows", "label"}) == "Known: label, rows."


def test_a_long_list_of_names_is_cut() -> None:
    assert did_you_mean("zzz", [f"name{number:02}" for number in range(40)]).endswith("name11 and 28 more.")


def test_the_nearest_of_very_many_names_is_found() -> None:
    assert (
        did_you_mean("name7777x", [f"name{number:04}" for number in range(10_000)])
        == "Did you mean 'name7777'?"
    )


def test_nothing_is_said_when_no_name_is_known() -> None:
    assert did_you_mean("zzz", []) == ""


def test_long_text_is_quoted_in_part() -> None:
    assert (quoted("short"), quoted("x" * 61)) == ("'short'", f"'{'x' * 60}…'")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("/smart/nope/", "Known: /smart/balance/, /smart/urges/."),
        ("/smart/urgse/", "Did you mean '/smart/urges/'?"),
        ("/smrat/urges/", "Did you mean '/smart/urges/'?"),
    ],
)
def test_an_address_is_near_when_its_last_part_is(wrong: str, told: str) -> None:
    assert did_you_mean(wrong, ["/smart/balance/", "/smart/urges/"]) == told


def test_a_name_that_is_there_already_is_not_offered() -> None:
    assert did_you_mean("wheel3", ["wheel", "wheel2"], ["wheel", "wheel3"]) == "Did you mean 'wheel2'?"


def test_of_very_many_problems_the_first_are_told_and_the_others_counted() -> None:
    every = [Problem(PATH, line, 1, "wrong") for line in range(90, 0, -1)]

    told = first(every)

    assert told[:-1] == sorted(every)[:50]
    assert (told[-1].line, told[-1].message) == (51, "and 40 more like these")


def test_fifty_problems_are_all_told() -> None:
    every = [Problem(PATH, line, 1, "wrong") for line in range(50)]

    assert first(every) == every
