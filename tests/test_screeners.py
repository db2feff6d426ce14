"""Each validated screener says the published band for every total, in Python and in JavaScript."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from sheets import real, scripts

from workbook.render.definition import definition
from workbook.results import shown, work_out

# Many requests in one line: node is asked once.
SERVER = """
const { workOut } = await import(`${process.argv[1]}results.js`)
const { holds, shown } = await import(`${process.argv[1]}given.js`)
let text = ''
for await (const part of process.stdin) text += part
const { fields, asked } = JSON.parse(text)
console.log(JSON.stringify(asked.map(([id, answers]) => ({
  outcome: fields[id]?.type === 'result' ? workOut(fields[id], fields, answers) : null,
  shown: Object.keys(fields).filter((one) => shown(fields[one], fields, answers)),
}))))
"""

# sheet, result, its questions, the most points of each, and the first total of every band after the lowest
FREQUENCY, WHEN = (0, 1, 2, 3, 4), (0, 2, 4)
FIRST = ["often", "many", "six"]
MORE = ["not-able-to-stop", "failed", "morning", "guilt", "memory"]
LAST = ["injured", "concerned"]
AUDIT_C = ("audit", "first-score", dict.fromkeys(FIRST, FREQUENCY), [3, 4])
AUDIT = (
    "audit",
    "audit-score",
    dict.fromkeys([*FIRST, *MORE], FREQUENCY) | dict.fromkeys(LAST, WHEN),
    [8, 16, 20],
)
PHQ_2 = ("mood-check", "mood-score", dict.fromkeys(["interest", "down"], (0, 1, 2, 3)), [3])
GAD_2 = ("mood-check", "worry-score", dict.fromkeys(["nervous", "control"], (0, 1, 2, 3)), [3])
MOOD = ["interest", "down", "sleep", "tired", "appetite", "bad-about-self", "concentrating"]
PHQ_9 = (
    "phq-9",
    "score",
    dict.fromkeys([*MOOD, "slow-or-restless", "better-off-dead"], (0, 1, 2, 3)),
    [5, 10, 15, 20],
)
WORRY = ["nervous", "control", "too-much", "relaxing", "restless", "annoyed", "afraid"]
GAD_7 = ("gad-7", "score", dict.fromkeys(WORRY, (0, 1, 2, 3)), [5, 10, 15])
SCREENERS = [
    pytest.param(*AUDIT_C, id="AUDIT-C"),
    pytest.param(*AUDIT, id="AUDIT"),
    pytest.param(*PHQ_2, id="PHQ-2"),
    pytest.param(*GAD_2, id="GAD-2"),
    pytest.param(*PHQ_9, id="PHQ-9"),
    pytest.param(*GAD_7, id="GAD-7"),
]


def fields_of(name):
    return {field.id: field for field in real().worksheets[name].fields}


@cache
def option(sheet, question, points):
    """The option of a question that counts for so many points."""
    (found,) = [one.id for one in fields_of(sheet)[question].options if one.points == points]
    return found


def adding_up(sheet, questions, total, *, least=0):
    """Answers to all the questions that come to `total`; the first three to `least` or more."""
    left, chosen = total, {}
    for question, points in questions.items():
        after = {0}  # what the questions after this one can come to
        for one in list(questions)[len(chosen) + 1 :]:
            after = {sum_ + more for sum_ in after for more in questions[one]}
        chosen[question] = max(one for one in points if left - one in after)
        left -= chosen[question]
    assert sum(chosen.values()) == total
    assert sum(list(chosen.values())[:3]) >= least
    return {question: option(sheet, question, points) for question, points in chosen.items()}


def totals(sheet, result, questions) -> Iterator[tuple[int, dict[str, str]]]:
    """Every total that can be reached and shown, with answers that come to it."""
    least = 3 if result == "audit-score" else 0  # fewer points in the first three lead no further
    for total in range(least, sum(map(max, questions.values())) + 1):
        yield total, adding_up(sheet, questions, total, least=least)


def in_javascript(name, asked):
    page = json.loads(definition(real().worksheets[name]))
    fields = {field["id"]: field for field in page["fields"]}
    command = ["node", "--input-type=module", "--eval", SERVER, "--", scripts().as_uri() + "/"]
    ran = subprocess.run(
        command,
        input=json.dumps({"fields": fields, "asked": asked}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(ran.stdout)


@pytest.mark.parametrize(("name", "result", "questions", "starts"), SCREENERS)
def test_the_points_are_the_published_ones(name, result, questions, starts):
    fields = fields_of(name)

    assert fields[result].of == list(questions)
    assert fields[result].needs == len(questions)
    assert {one: tuple(fields[one].points.values()) for one in questions} == questions


@pytest.mark.parametrize(("name", "result", "questions", "starts"), SCREENERS)
def test_every_total_says_its_published_band_and_no_other(name, result, questions, starts):
    fields = fields_of(name)
    say = [one.text for one in fields[result].say]
    asked = list(totals(name, result, questions))
    theirs = in_javascript(name, [[result, answers] for _, answers in asked])

    assert len(set(say)) == len(starts) + 1
    for (total, answers), there in zip(asked, theirs, strict=True):
        band = sum(total >= start for start in starts)
        outcome = work_out(fields[result], fields, answers)

        assert (outcome.value, outcome.say) == (total, (say[band],)), total
        assert (there["outcome"]["value"], there["outcome"]["say"]) == (total, [say[band]]), total
        assert result in there["shown"]
        assert shown(fields[result], fields, answers)


@pytest.mark.parametrize(("name", "result", "questions", "starts"), SCREENERS)
def test_a_missing_answer_gives_no_score(name, result, questions, starts):
    fields = fields_of(name)
    whole = adding_up(name, questions, sum(map(max, questions.values())))
    lacking = [{one: whole[one] for one in whole if one != missing} for missing in whole]
    theirs = in_javascript(name, [[result, answers] for answers in lacking])

    for answers, there in zip(lacking, theirs, strict=True):
        assert not work_out(fields[result], fields, answers).enough
        assert not there["outcome"]["enough"]


def test_three_points_of_the_audit_c_lead_on_to_the_audit_and_two_do_not():
    fields = fields_of("audit")
    answers = [
        {question: option("audit", question, points) for question, points in zip(FIRST, each, strict=True)}
        for each in product(FREQUENCY, repeat=3)
    ]
    theirs = in_javascript("audit", [["first-score", one] for one in answers])

    for each, given, there in zip(product(FREQUENCY, repeat=3), answers, theirs, strict=True):
        for question in [*MORE, *LAST, "audit-score"]:
            assert shown(fields[question], fields, given) == (sum(each) >= 3)
            assert (question in there["shown"]) == (sum(each) >= 3)


def told(name, answers):
    """The safety lines that answers call for."""
    sheet = real().worksheets[name]
    fields = fields_of(name)
    return [rule.line for rule in sheet.safety if rule.when and shown(rule, fields, answers)]


def test_the_withdrawal_line_always_stands_and_more_is_said_to_who_may_need_it():
    most_days = adding_up("audit", AUDIT[2], 14) | {"often": "four-or-more"}
    fourteen, fifteen = (adding_up("audit", AUDIT[2], total) for total in (14, 15))

    assert "withdrawal-signs" in told("audit", most_days)
    assert "doctor-first" not in told("audit", fourteen)
    assert "doctor-first" in told("audit", fifteen)
    assert "withdrawal" in [rule.line for rule in real().worksheets["audit"].safety if not rule.when]


@pytest.mark.parametrize(
    ("interest", "down", "lines"),
    [
        ("not-at-all", "several-days", ["low-mood"]),
        ("nearly-every-day", "several-days", ["low-mood"]),
        ("nearly-every-day", "not-at-all", ["low-mood"]),  # on the line by little interest alone
        ("more-than-half", "not-at-all", []),
    ],
)
def test_any_hopelessness_and_a_score_on_the_line_call_for_help_once(interest, down, lines):
    assert told("mood-check", {"interest": interest, "down": down}) == lines


def test_worry_calls_for_a_look_at_withdrawal_from_three_points_on():
    two, three = (adding_up("mood-check", GAD_2[2], total) for total in (2, 3))

    assert (told("mood-check", two), told("mood-check", three)) == ([], ["withdrawal-signs"])


@pytest.mark.parametrize("answers", [{}, {"times": 0}, {"times": 1}, {"times": 365}])
def test_who_writes_no_number_reads_what_it_means_and_is_asked_which(answers):
    """The sheet lets people keep the number in their head, so nothing may wait for it."""
    fields = fields_of("drug-question")
    (there,) = in_javascript("drug-question", [["times", answers]])

    assert "0 is below the line" in fields["meaning"].label
    assert "1 or more is on the line" in fields["meaning"].label
    for one in ("meaning", "which"):
        assert shown(fields[one], fields, answers)
        assert one in there["shown"]


@pytest.mark.parametrize(("which", "line"), [("opioids", "opioid-tolerance"), ("sedatives", "never-at-once")])
def test_what_it_was_calls_for_its_danger_without_a_number(which, line):
    assert told("drug-question", {"which": [which]}) == [line]


@pytest.mark.parametrize("now", ["unwell", "too-much"])
def test_danger_after_drugs_shows_help_first(now):
    assert told("drug-question", {"now": now}) == ["slip-danger"]


@pytest.mark.parametrize("name", ["audit", "mood-check", "drug-question", "phq-9", "gad-7"])
def test_no_example_contradicts_its_sheet(name):
    """The worked example has an answer wherever it leads, and its scores come out."""
    fields = fields_of(name)
    examples = {
        id_: field.example for id_, field in fields.items() if getattr(field, "example", None) is not None
    }

    for id_, field in fields.items():
        if field.answered and hasattr(field, "example"):
            assert shown(field, fields, examples), id_
        if field.type == "result":
            assert work_out(field, fields, examples).enough, id_


@pytest.mark.parametrize("answer", ["not-at-all", "several-days", "more-than-half", "nearly-every-day"])
def test_any_thought_of_death_shows_help_first_whatever_the_total(answer):
    fields, danger = fields_of("phq-9"), answer != "not-at-all"
    for others in ("not-at-all", "nearly-every-day"):
        answers = dict.fromkeys(PHQ_9[2], others) | {"better-off-dead": answer}

        assert told("phq-9", answers) == (["suicide-thoughts"] if danger else [])
        assert shown(fields["not-alone"], fields, answers) == danger
    assert real().worksheets["phq-9"].safety[0].line == "suicide-thoughts"


def test_the_long_questionnaires_are_for_clinicians_alone():
    sheets = real().worksheets.values()
    everyone = [sheet for sheet in sheets if not sheet.for_clinicians]
    text = " ".join(field.label for sheet in everyone for field in sheet.fields).lower()

    assert [sheet.id for sheet in sheets if sheet.for_clinicians] == ["gad-7", "phq-9"]
    assert "better off dead" not in text
    assert "trouble falling or staying asleep" not in text
