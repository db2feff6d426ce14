"""A FHIR client works results and conditions out to the values that we do."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from fhir.responses import expression, inside, response, sheet_of
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import made

from workbook.render import fhir
from workbook.results import work_out

HERE = Path(__file__).parent
VECTORS = json.loads((HERE.parent / "vectors/results.json").read_text(encoding="utf-8"))
FIELDS = [{"id": id_, **settings} for id_, settings in VECTORS["fields"].items()]
UNSAID = ("rank", "tally", "gap")  # FHIRPath has neither order nor groups

DIGIT = st.integers(0, 10)
CENTS = st.integers(-100_000, 100_000).map(lambda cents: cents / 100)
WORDS = st.sampled_from(["Pub", "pub ", "Kitchen", "  ", "it's", "50 %", 'a "b" \\'])
PARTS = {"body": DIGIT, "mind": DIGIT, "home": DIGIT, "work": DIGIT}
ROW = {"strength": DIGIT, "later": DIGIT, "minutes": DIGIT, "where": WORDS, "day": st.just("2026-11-17")}
ROW |= {"time": st.sampled_from(["morning", "evening", "night"])}
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "want": DIGIT,
        "can": DIGIT,
        "change": st.integers(-3, 3),
        "cost": CENTS,
        "saved": CENTS,
        "goal": st.sampled_from(["stop", "less", "unsure"]),
        "tried": st.lists(st.sampled_from(["walk", "call", "tea"]), unique=True),
        "note": WORDS,
        "again": st.just("2026-12-01"),
        "top": st.lists(WORDS, max_size=3),
        "week": st.dictionaries(st.sampled_from(["mon", "tue"]), st.fixed_dictionaries({"evening": WORDS})),
        "log": st.lists(st.fixed_dictionaries({}, optional=ROW), max_size=6),
        "content": st.fixed_dictionaries({}, optional=PARTS),
        "weight": st.fixed_dictionaries({}, optional=PARTS),
        "pull": DIGIT,
        "push": DIGIT,
    },
)
NUMBERS = ["want", "change", "cost", "log.strength", "log.minutes", "content", "weight.body", "pull", "push"]
ANYTHING = [*NUMBERS, "goal", "tried", "note", "again", "top", "week", "week.evening", "log.where", "log.day"]
PAIRS = [["log.strength", "log.later"], ["weight", "content"], ["want", "can"], ["cost", "saved"]]


def results(show, of, **more):
    return st.fixed_dictionaries({"show": st.sampled_from(show), "of": of, **more})


def some(paths):
    return st.lists(st.sampled_from(paths), min_size=1, max_size=4, unique=True)


RESULTS = st.one_of(
    results(["mean", "sum", "largest", "smallest"], some(NUMBERS), needs=st.integers(1, 4)),
    results(["difference"], st.sampled_from(PAIRS), needs=st.integers(1, 3)),
    results(["count"], some(ANYTHING)),
    results(["count"], st.just(["log.time"]), **{"is": some(["morning", "night"])}),
)


@pytest.fixture(scope="module")
def evaluate():
    """Asks fhirpath.js, in one Node process."""
    command = ["node", str(HERE / "evaluate.mjs")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(command, **pipes) as node:

        def ask(resource, path):
            node.stdin.write(json.dumps({"resource": resource, "expression": path}) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield ask
        node.stdin.close()


def both(result, answers, evaluate):
    """The value of a result as we work it out and as FHIRPath does; None twice where it cannot."""
    sheet = sheet_of(*FIELDS, {"id": "result", "type": "result", "label": "Result", **result})
    fields = {field.id: field for field in sheet.fields}
    questionnaire = fhir.render(sheet, made())
    item = next(item for item in inside(questionnaire["item"]) if item["linkId"] == "result")
    if (path := expression(item)) is None:
        return None, None
    found = evaluate(response(questionnaire, fields, answers), path)
    outcome = work_out(fields["result"], fields, answers)
    return ([outcome.value] if outcome.enough else []), found


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in VECTORS["cases"]])
def test_fhirpath_gives_the_value_of_every_vector(case, evaluate):
    ours, theirs = both(case["result"], case["answers"], evaluate)

    assert ours == theirs
    assert (ours is None) == (case["result"]["show"] in UNSAID or case["name"].startswith("count of words"))


@settings(max_examples=400, deadline=None)
@given(result=RESULTS, answers=ANSWERS)
def test_fhirpath_gives_the_value_of_random_answers(result, answers, evaluate):
    ours, theirs = both(result, answers, evaluate)

    assert ours == theirs
