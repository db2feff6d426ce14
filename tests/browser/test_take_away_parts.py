"""The parts that make files, without a page: what they take, refuse and give."""

import json
import subprocess
from datetime import date

import icalendar
import pytest
from fhir.responses import inside, response
from joserfc import jwe
from joserfc.jwk import OctKey
from sheets import every, real, scripts

from workbook.render import fhir
from workbook.render.definition import definition

LOCK = {"alg": "PBES2-HS512+A256KW", "enc": "A256GCM"}
SHEETS = [pytest.param(library, id_, id=id_) for id_, library in every()]


def run(script, *given):
    """What a script returns, run in Node with the modules of the page at `js`. `given` are its arguments."""
    whole = (
        f"const js = '{scripts().as_uri()}/'\n"
        "let input = ''\nfor await (const part of process.stdin) input += part\n"
        "const given = JSON.parse(input)\n"
        f"const answer = await (async () => {{ {script} }})()\nconsole.log(JSON.stringify(answer ?? null))"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "--experimental-default-type=module", "-e", whole],
        check=False,
        capture_output=True,
        text=True,
        input=json.dumps(given),
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def known(library, id_):
    """A sheet as the page has it, and the examples as its answers."""
    sheet = library.worksheets[id_]
    page = json.loads(definition(sheet))
    page["fields"] = {field["id"]: field for field in page["fields"]}
    answers = {
        field.id: field.example for field in sheet.fields if getattr(field, "example", None) is not None
    }
    return page, answers


READ = """
const { fromText, Unreadable } = await import(js + 'sheetfile.js')
try { return fromText(given[0], { id: 'urge-log', version: 2 }) } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return error.message
}"""
SOUND = {"worksheet": "urge-log", "version": 2, "answers": {"learn": "Evenings"}}


def test_a_saved_file_is_read_back():
    assert run(READ, json.dumps(SOUND)) == {"version": 2, "answers": {"learn": "Evenings"}, "gone": []}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This file is damaged, or it is not a saved sheet. Nothing has changed. Try another file."),
        ('{"worksheet": "urge-log", "version"', "This file is damaged"),
        ("[" * 400_000, "This file is damaged"),
        ("null", "This is not a saved sheet."),
        ("[1, 2]", "This is not a saved sheet."),
        (json.dumps(SOUND | {"version": "2"}), "This is not a saved sheet."),
        (json.dumps(SOUND | {"answers": [1]}), "This is not a saved sheet."),
        (json.dumps(SOUND | {"worksheet": ["urge-log"]}), "This is not a saved sheet."),
        (json.dumps(SOUND | {"worksheet": "my-week"}), "This file is for another sheet, “my-week”."),
        (json.dumps(SOUND | {"answers": {"log": [{}] * 201}}), "This file has more than 200 rows"),
        (json.dumps(SOUND | {"answers": {f"a{n}": 1 for n in range(201)}}), "This file has more than 200"),
        (json.dumps(SOUND | {"gone": [["a", 1]] * 201}), "This file has more than 200"),
        (
            '{"worksheet": "urge-log", "version": 2, "answers": {"x": ' + "[" * 50 + "]" * 50 + "}}",
            "This is not",
        ),
    ],
)
def test_what_cannot_be_read_gets_a_plain_sentence(text, sentence):
    assert run(READ, text).startswith(sentence)


def test_a_hostile_key_reaches_no_prototype():
    text = (
        '{"worksheet": "urge-log", "version": 2, "answers": {"__proto__": {"evil": 1}, "constructor": "x"}}'
    )
    script = READ.replace("return fromText", "const found = fromText").replace(
        "} catch", "; return [Object.keys(found.answers), ({}).evil ?? null] } catch"
    )

    assert run(script, text) == [["__proto__", "constructor"], None]


def test_python_opens_what_the_page_locked():
    locked = run(
        "const { lock } = await import(js + 'lock.js'); return lock(given[0], given[1])",
        '{"worksheet": "urge-log", "learn": "Häuser"}',
        "four plain words hére",
    )
    opened = jwe.decrypt_compact(
        locked, OctKey.import_key("four plain words hére"), algorithms=list(LOCK.values())
    )

    assert opened.plaintext.decode() == '{"worksheet": "urge-log", "learn": "Häuser"}'
    assert opened.headers()["p2c"] >= 210_000
    assert {key: opened.headers()[key] for key in LOCK} == LOCK


def test_the_page_opens_what_python_locked():
    key = OctKey.import_key("four plain words hére")
    locked = jwe.encrypt_compact({**LOCK, "p2c": 299_999}, "{}", key, algorithms=list(LOCK.values()))
    script = """
        const { isLocked, unlock } = await import(js + 'lock.js')
        return [isLocked(given[0]), await unlock(given[0], given[1]), await unlock(given[0], 'wrong')]"""

    assert run(script, locked, "four plain words hére") == [True, "{}", None]


@pytest.mark.parametrize(
    "more", [{"p2c": 2_000_001}, {"enc": "A128CBC-HS256"}, {"alg": "PBES2-HS256+A128KW"}]
)
def test_a_lock_of_another_make_or_of_endless_work_is_not_tried(more):
    header = {**LOCK, "p2c": 1000, **more}
    names = [header["alg"], header["enc"]]
    locked = jwe.encrypt_compact(
        {**header, "p2c": 1000}, "{}", OctKey.import_key("nine letters"), algorithms=names
    )
    if "p2c" in more:
        first = run("return Buffer.from(JSON.stringify(given[0])).toString('base64url')", header)
        locked = ".".join([first, *locked.split(".")[1:]])

    assert (
        run("const { unlock } = await import(js + 'lock.js'); return unlock(given[0], 'xxxxxxxxx')", locked)
        is None
    )


def test_a_key_kept_on_the_device_opens_with_its_passphrase_only():
    script = """
        const { newKey, openKey, lockWith, unlockWith } = await import(js + 'lock.js')
        const { key, locked } = await newKey('right')
        const kept = await lockWith(key, 'answers')
        const again = await openKey(locked, 'right')
        return [await unlockWith(again, kept), await openKey(locked, 'wrong'), key.extractable]"""

    assert run(script) == ["answers", None, False]


def respond(questionnaire, page, answers):
    return run(
        "const { response } = await import(js + 'response.js'); return response(...given)",
        questionnaire,
        page["fields"],
        answers,
    )


@pytest.mark.parametrize(("library", "id_"), SHEETS)
def test_a_response_answers_what_the_questionnaire_asks(library, id_):
    page, answers = known(library, id_)
    sheet = library.worksheets[id_]
    questionnaire = fhir.render(sheet, library)
    made = respond(questionnaire, page, answers)
    wanted = response(questionnaire, {field.id: field for field in sheet.fields}, answers, results=True)

    assert made["questionnaire"] == f"{questionnaire['url']}|{questionnaire['version']}"
    assert bare(made) == bare(wanted)


def bare(resource):
    """linkIds and values alone, in order."""
    return [
        (
            item["linkId"],
            [{k: v.get("code") if isinstance(v, dict) else v for k, v in one.items()} for one in answers],
        )
        for item in inside(resource["item"])
        if (answers := item.get("answer"))
    ]


def test_hidden_and_impossible_answers_are_no_part_of_a_response():
    page, _ = known(real(), "change-plan")
    questionnaire = fhir.render(real().worksheets["change-plan"], real())
    answers = {
        "sure": 9,
        "make-it-7": "hidden",
        "goal": "vanish",
        "check": "soon",
        "why": "   ",
        "change": "Less",
    }

    assert bare(respond(questionnaire, page, answers)) == [
        ("change", [{"valueString": "Less"}]),
        ("sure", [{"valueInteger": 9}]),
    ]


def test_times_and_numbers_that_fhir_has_no_place_for_are_left_out():
    asked = {"at": "time", "again": "time", "never": "time", "few": "integer", "many": "integer"}
    items = [{"linkId": name, "type": kind, "text": name} for name, kind in asked.items()]
    questionnaire = {"url": "u", "version": "1", "item": [{"linkId": "s", "text": "S", "item": items}]}
    page = {"fields": {name: {"id": name, "type": kind} for name, kind in asked.items()}}
    answers = {"at": "18:30", "again": "18:30:15", "never": "25:00", "few": 2, "many": 99_999_999_999}

    assert bare(respond(questionnaire, page, answers)) == [
        ("at", [{"valueTime": "18:30:00"}]),
        ("again", [{"valueTime": "18:30:15"}]),
        ("few", [{"valueInteger": 2}]),
    ]


def words(page, answers):
    script = "const { toWords } = await import(js + 'words.js'); return toWords(...given)"
    return run(script.replace("...given", "...given, {}, new Date(2026, 10, 23)"), page, answers)


@pytest.mark.parametrize(("library", "id_"), SHEETS)
def test_words_hold_every_example_as_the_page_shows_it(library, id_):
    page, answers = known(library, id_)
    made = words(page, answers)
    shown = [field for field in library.worksheets[id_].fields if field.id in answers and not field.when]

    for field in shown:
        assert field.label in made
        for leaf in leaves(answers[field.id]):
            assert said(field, leaf) in made


def leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    return [leaf for one in value for leaf in leaves(one)] if isinstance(value, list) else [value]


def said(field, leaf):
    """An answer in the words of whichever part asks for it."""
    labels = {
        option.id: option.label
        for part in (field, *getattr(field, "columns", ()))
        for option in getattr(part, "options", None) or ()
        if field.type != "wheel" and getattr(part, "type", "") != "scale"
    }
    text = labels.get(leaf, str(leaf))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"


def test_words_for_one_sheet_read_well():
    page, _ = known(real(), "change-plan")
    answers = {
        "change": "Less",
        "goal": "cut-down",
        "why": "One\nTwo",
        "steps": [{}, {"step": "Ask Jo", "done": "not-yet"}],
        "check": "2026-12-06",
        "sure": 9,
        "make-it-7": "hidden",
    }

    assert words(page, answers) == (
        "My change plan\n23 November 2026\n\n"
        "What do I want to change?\n  Less\n\n"
        "What kind of goal is it?\n  Cut down\n\n"
        "Why does it matter to me?\n  One\n  Two\n\n"
        "What are my next three steps?\n  2. Step: Ask Jo; Done: Not yet\n\n"
        "I will look at this again on\n  6 December 2026\n\n"
        "How sure am I that I can do this plan?\n  9 of 10\n"
    )


def test_a_reminder_is_a_calendar_event_that_says_nothing_of_the_sheet():
    text = run("const { reminder } = await import(js + 'reminder.js'); return reminder('2026-12-31')")
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]

    assert event.decoded("DTSTART") == date(2026, 12, 31)
    assert event.decoded("DTEND") == date(2027, 1, 1)
    assert str(event["SUMMARY"]) == "Look at your sheet again"
    assert event.walk("VALARM")
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])
    for word in ("urge", "recovery", "points", "steps", "worksheet", "http"):
        assert word not in text.lower()


def test_a_reminder_is_offered_for_days_still_to_come():
    page, _ = known(real(), "change-plan")
    log, _ = known(real(), "urge-log")
    script = (
        "const { days } = await import(js + 'reminder.js'); return days(given[0], given[1], '2026-11-23')"
    )

    assert run(script, page["fields"], {"check": "2026-12-06"}) == ["2026-12-06"]
    assert run(script, page["fields"], {"check": "2026-11-22"}) == []
    rows = [{"date": "2026-11-25"}, {}, {"date": "2026-11-23"}, {"date": "2026-11-25"}]
    assert run(script, log["fields"], {"log": rows}) == ["2026-11-23", "2026-11-25"]
