"""The page works results out as the build does: results.js agrees with the vectors and with Python."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.fields.base import as_read
from workbook.fields.result.field import Result
from workbook.operations import OPERATIONS
from workbook.render.definition import definition
from workbook.results import shown, work_out
from workbook.worksheet import Section

SCRIPTS = Path(__file__).parents[1] / "hooks/workbook/assets/js"
VECTORS = json.loads((Path(__file__).parent / "vectors/results.json").read_text(encoding="utf-8"))
# One request a line: which function, and what it is called with.
SERVER = """
import { createInterface } from 'node:readline'
const named = (name) => import(`${process.argv[1]}${name}.js`)
const functions = { ...await named('results'), ...await named('given') }
for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...rest] = JSON.parse(line)
  console.log(JSON.stringify(functions[name](...rest)))
}
"""

WORDS = st.text(st.characters(max_codepoint=0x24FF, exclude_categories=["Cs"]), max_size=8)
LABELS = WORDS.filter(lambda text: text.strip("\ufeff \t\n").strip() != "")
NUMBERS = (
    st.integers(-3, 12)
    | st.floats(-20, 20).map(lambda x: round(x, 3))
    | st.floats(allow_nan=False, allow_infinity=False)
)
DIGITS = st.integers(0, 10)
OPTIONS = st.lists(LABELS, min_size=2, max_size=4, unique_by=as_read).map(
    lambda labels: [{"id": f"o{n}", "label": label} for n, label in enumerate(labels, 1)]
)
SCORED = st.lists(st.integers(-3, 4), min_size=2, max_size=4).map(
    lambda points: [{"id": f"o{n}", "label": f"O {n}", "points": one} for n, one in enumerate(points, 1)]
)
CHOSEN = st.sampled_from(["o1", "o2", "o3", "none", ""])
CONDITIONS = [[], [{"field": "want", "at_least": 5}], [{"field": "goal", "is": ["o1", "o3"]}]]
CONDITIONS += [[{"field": "score", "at_least": 2}], [{"field": "score", "under": 3}]]
PARTS = st.just([{"id": one, "label": one.title()} for one in ("a", "b", "c")])


@pytest.fixture(scope="module")
def javascript():
    """Calls a function of results.js or given.js in one Node process."""
    command = ["node", "--input-type=module", "--eval", SERVER, "--", SCRIPTS.as_uri() + "/"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as node:

        def call(name, *arguments):
            node.stdin.write(json.dumps([name, *arguments]) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield call
        node.stdin.close()


@st.composite
def sheets(draw):
    """The fields of a sheet with one of nearly every type, in words and conditions of any kind."""
    label = partial(draw, LABELS)
    when = draw(st.sampled_from(CONDITIONS))
    heads = iter(draw(st.lists(LABELS, min_size=5, max_size=5, unique_by=as_read)))
    columns = [
        {"id": "day", "type": "date", "label": next(heads)},
        {"id": "strength", "type": "scale", "label": next(heads), "min": -5, "max": 10},
        {"id": "later", "type": "number", "label": next(heads), "unit": draw(st.none() | LABELS)},
        {"id": "time", "type": "choice", "label": next(heads), "options": draw(OPTIONS)},
        {"id": "where", "type": "text", "label": next(heads)},
    ]
    fields = [
        {"id": "want", "type": "scale", "label": label()},
        {"id": "goal", "type": "choice", "label": label(), "options": draw(OPTIONS)},
        {"id": "often", "type": "choice", "label": label(), "options": draw(SCORED)},
        {
            "id": "score",
            "type": "result",
            "label": label(),
            "show": draw(st.sampled_from(["sum", "mean", "largest", "count"])),
            "of": ["often", "want"],
            "needs": draw(st.integers(1, 2)),
        },
        {"id": "harm", "type": "choice", "label": label(), "options": draw(SCORED), "when": when},
        {"id": "cost", "type": "number", "label": label(), "step": 0.001, "when": when},
        {"id": "tried", "type": "choices", "label": label(), "options": draw(OPTIONS)},
        {"id": "note", "type": "text", "label": label(), "when": when},
        {
            "id": "log",
            "type": "table",
            "label": label(),
            "columns": columns,
            "row_name": draw(LABELS),
            "when": when,
        },
        {"id": "one", "type": "wheel", "label": label(), "scales": draw(PARTS)},
        {"id": "two", "type": "wheel", "label": label(), "scales": draw(PARTS), "when": when},
        {"id": "top", "type": "rank", "label": label(), "places": 3},
    ]
    return {
        field.id: field
        for field in Section.model_validate({"id": "s", "title": "S", "fields": fields}).fields
    }


ROW = st.fixed_dictionaries(
    {},
    optional={
        "day": st.dates().map(str) | WORDS,
        "strength": DIGITS | NUMBERS,
        "later": NUMBERS,
        "time": CHOSEN,
        "where": WORDS,
    },
)
WHEEL = st.dictionaries(st.sampled_from(["a", "b", "c", "x"]), DIGITS | NUMBERS)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "want": DIGITS,
        "goal": CHOSEN,
        "often": CHOSEN,
        "harm": CHOSEN,
        "cost": NUMBERS,
        "tried": st.lists(CHOSEN, max_size=4),
        "note": WORDS | st.booleans(),
        "log": st.lists(ROW | WORDS, max_size=6),
        "one": WHEEL,
        "two": WHEEL,
        "top": st.lists(WORDS, max_size=3),
    },
)
NUMERIC = ["often", "harm", "want", "cost", "log.strength", "log.later", "one", "two.b"]
PAIRS = [["log.strength", "log.later"], ["one", "two"], ["want", "cost"], ["two.a", "two.c"]]
WORDY = ["often", "goal", "tried", "note", "top", "log.time", "log.where", "log.day", "want", "one"]


@st.composite
def results(draw):
    """A result of any kind, over paths it may be given."""
    show = draw(st.sampled_from(sorted(OPERATIONS)))
    if show in ("difference", "gap"):
        of = draw(st.sampled_from(PAIRS))
    elif show == "rank":
        of = draw(
            st.sampled_from(
                [["one"], ["log.strength", "log.where", "log.day"], ["log.later", "log.time", "log.strength"]]
            )
        )
    else:
        paths = WORDY if show in ("count", "tally") else NUMERIC
        of = draw(st.lists(st.sampled_from(paths), min_size=1, max_size=3, unique=True))
    more = {"needs": draw(st.integers(1, 3))}
    if show == "count" and draw(st.booleans()):
        more["is"] = draw(st.lists(st.sampled_from(["o1", "o2", "none"]) | LABELS, min_size=1, max_size=2))
    if show not in ("rank", "tally", "gap"):
        more["say"] = [
            {"under": 5, "text": "Low"},
            {"at_least": 5, "under": 8, "text": "Mid"},
            {"at_least": 8, "text": "High"},
        ]
    return {"show": show, "of": of, **more}


def as_page(fields):
    """The fields as a page carries them to its script."""
    sheet = SimpleNamespace(id="s", version=1, title="S", fields=list(fields.values()))
    return {field["id"]: field for field in json.loads(definition(sheet))["fields"]}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in VECTORS["cases"]])
def test_the_vectors_hold_in_javascript(javascript, case):
    fields = {id_: {"id": id_, **field} for id_, field in VECTORS["fields"].items()}

    outcome = javascript("workOut", case["result"], fields, case["answers"])

    expected = case["outcome"]
    items = [{"label": label, "value": value, "rest": rest} for label, value, rest in expected["items"]]
    assert outcome == {**expected, "items": items}


@settings(max_examples=300, deadline=None)
@given(fields=sheets(), result=results(), answers=ANSWERS)
def test_javascript_and_python_agree_on_any_sheet_and_answers(javascript, fields, result, answers):
    made = Result.model_validate({"type": "result", "id": "r", "label": "R", **result})

    outcome = javascript("workOut", result, as_page(fields), answers)

    expected = json.loads(json.dumps(asdict(work_out(made, fields, answers))))
    items = [[one["label"], one["value"], one["rest"]] for one in outcome["items"]]
    assert {**outcome, "items": items} == expected


@settings(max_examples=100, deadline=None)
@given(fields=sheets(), answers=ANSWERS)
def test_javascript_and_python_show_the_same_fields(javascript, fields, answers):
    page = as_page(fields)

    for id_, field in fields.items():
        assert javascript("shown", page[id_], page, answers) == shown(field, fields, answers)
