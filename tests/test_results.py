"""What the answers add up to."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.amounts import listed, tenths, tidy
from workbook.answers import alike
from workbook.fields.result.field import Result
from workbook.operations import OPERATIONS
from workbook.results import Outcome, shown, work_out
from workbook.worksheet import Section

calm = settings(deadline=None)  # a busy machine is no failure
VECTORS = json.loads((Path(__file__).parent / "vectors/results.json").read_text(encoding="utf-8"))
FIELDS = {
    field.id: field
    for id_, settings in VECTORS["fields"].items()
    for field in Section.model_validate({"id": "s", "title": "S", "fields": [{"id": id_, **settings}]}).fields
}
NUMBERS = ["want", "change", "cost", "log.strength", "log.later", "content", "weight.body", "pull", "push"]
ANYTHING = [*NUMBERS, "goal", "tried", "note", "again", "top", "week.morning", "log.where", "log.time"]
NAMES = st.sampled_from(["body", "strength", "mon", "x"])
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner),
    max_leaves=6,
)
DIGIT = st.integers(0, 10)
ROWS = st.lists(st.fixed_dictionaries({}, optional={"strength": DIGIT, "later": DIGIT}), max_size=8)


def result(**settings):
    return Result(id="result", label="Result", **settings)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in VECTORS["cases"]])
def test_the_vectors_hold(case):
    outcome = work_out(result(**case["result"]), FIELDS, case["answers"])

    assert json.loads(json.dumps(asdict(outcome))) == case["outcome"]


def test_the_vectors_cover_every_operation_twice_and_no_name_twice():
    names = [case["name"] for case in VECTORS["cases"]]
    shows = [case["result"]["show"] for case in VECTORS["cases"]]

    assert len(names) == len(set(names)) >= 60
    assert all(shows.count(show) > 1 for show in OPERATIONS)


@pytest.mark.parametrize("show", OPERATIONS)
@calm
@given(answers=st.dictionaries(st.sampled_from([*FIELDS, "unknown"]), ODD))
def test_no_answers_however_odd_break_a_result(show, answers):
    pair = ["log.strength", "log.later"]
    of = {"count": ANYTHING, "tally": ANYTHING, "difference": pair, "gap": pair, "rank": pair}

    assert isinstance(work_out(result(show=show, of=of.get(show, NUMBERS)), FIELDS, answers), Outcome)


@calm
@given(rows=ROWS, needs=st.integers(1, 4))
def test_a_mean_lies_between_the_smallest_and_the_largest(rows, needs):
    mean, low, high = (
        work_out(result(show=show, of=["log.strength"], needs=needs), FIELDS, {"log": rows})
        for show in ("mean", "smallest", "largest")
    )

    assert mean.enough == low.enough == high.enough == (sum("strength" in row for row in rows) >= needs)
    if mean.enough:
        assert low.value <= mean.value <= high.value


@calm
@given(rows=ROWS)
def test_swapping_the_columns_turns_a_list_of_gaps_round(rows):
    there = work_out(result(show="gap", of=["log.strength", "log.later"]), FIELDS, {"log": rows})
    back = work_out(result(show="gap", of=["log.later", "log.strength"]), FIELDS, {"log": rows})

    assert {one.label: one.value for one in there.items} == {one.label: -one.value for one in back.items}


@calm
@given(rows=ROWS)
def test_a_rank_falls_and_a_tally_counts_every_answer(rows):
    rank = work_out(result(show="rank", of=["log.strength"]), FIELDS, {"log": rows})
    tally = work_out(result(show="tally", of=["log.strength"]), FIELDS, {"log": rows})
    given_ = [row["strength"] for row in rows if "strength" in row]

    assert [item.value for item in rank.items] == sorted(given_, reverse=True)
    assert sum(item.value for item in tally.items) == len(given_)


@calm
@given(number=st.floats(-1e9, 1e9))
def test_rounding_moves_no_number_further_than_half_a_place(number):
    assert abs(tenths(number) - number) <= 0.05 + 1e-6
    assert abs(tidy(number) - number) <= 0.0005 + 1e-6


@calm
@given(number=st.integers(-(10**15), 10**15))
def test_whole_numbers_are_never_rounded(number):
    assert tidy(number) == tidy(float(number)) == number


@calm
@given(number=st.floats(-1e12, 1e12))
def test_a_shown_number_is_never_written_with_an_exponent(number):
    assert "e" not in str(tidy(number))
    assert math.isclose(float(str(tidy(number))), number, abs_tol=0.001, rel_tol=1e-15)


@calm
@given(words=st.text(max_size=8))
def test_case_and_space_around_make_no_difference(words):
    assert alike(f" {words}\t") == alike(words)


def test_a_field_is_shown_while_its_conditions_hold():
    assert not shown(FIELDS["pull"], FIELDS, {})
    assert shown(FIELDS["pull"], FIELDS, {"goal": "less"})
    assert not shown(FIELDS["push"], FIELDS, {"goal": "less", "pull": 4.5})
    assert shown(FIELDS["push"], FIELDS, {"goal": "less", "pull": 5})


def test_names_are_listed_as_one_says_them():
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B"]) == "A and B"
    assert listed(["A", "B", "C"]) == "A, B and C"
