"""Is all the content loaded together, with no bad file hiding another's problems or causing any?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import SAFETY, SHEET, SITE, root_with

from workbook import library
from workbook.library import Library

ROOT = Path(__file__).parents[1]


def load(folder: Path, **files: str | None) -> Library:
    return library.load(root_with(folder, **files), SITE)


def messages(loaded: Library) -> list[str]:
    return [f"{problem.path.name}: {problem.message}" for problem in loaded.problems]


def test_sound_content_has_no_problems(tmp_path: Path) -> None:
    loaded = load(tmp_path)

    assert loaded.problems == ()
    assert list(loaded.worksheets) == ["a", "b"]
    assert loaded.safety["crisis"].text == "Call for help."


def test_the_content_of_this_project_has_no_problems() -> None:
    loaded = library.load(ROOT, SITE)

    assert loaded.problems == ()
    assert set(loaded.worksheets) >= DESIGNED


# The worksheets that the library was designed with, point by point, and the checks. None may go unseen.
DESIGNED = {
    "what-i-gain",
    "what-matters",
    "change-plan",
    "how-ready",
    "where-am-i",
    "my-reasons",
    "urge-log",
    "name-it-answer-it",
    "take-a-break",
    "body-and-mood",
    "trigger-map",
    "delay-plan",
    "ways-to-say-no",
    "high-risk-week",
    "event-thought-result",
    "question-the-thought",
    "thinking-traps",
    "accepting",
    "six-steps",
    "say-it-clearly",
    "feeling-steps",
    "balance-wheel",
    "interests",
    "my-week",
    "clear-goal",
    "sleep-and-routine",
    "support-map",
    "what-i-get-back",
    "which-approach",
    "where-i-see-control",
    "after-a-slip",
    "withdrawal-check",
    "safety-card",
    "meeting-notes",
    "step-starter",
    "medicine-questions",
    "family-plan",
    "summary-for-clinician",
    "my-month",
    "a-step-in-my-words",
    "people-to-call",
    "days-review",
    "making-amends",
    "asking-a-sponsor",
    "audit",
    "mood-check",
    "drug-question",
    "phq-9",
    "gad-7",
}


def test_a_broken_worksheet_is_still_one_to_go_to(tmp_path: Path) -> None:
    loaded = load(tmp_path, **{"worksheets__b.yml": "id: ["})

    assert list(loaded.worksheets) == ["a"]
    assert list(loaded.broken) == ["b"]


def test_a_broken_safety_line_is_still_one_to_show(tmp_path: Path) -> None:
    loaded = load(tmp_path, **{"safety.yml": SAFETY.replace("text: Call", "txt: Call")})

    assert messages(loaded) == ["safety.yml: unknown setting 'txt'"]
    assert list(loaded.worksheets) == ["a", "b"]


@pytest.mark.parametrize("name", ["safety.yml", "references.yml"])
def test_a_file_that_cannot_be_read_makes_nothing_unknown(tmp_path: Path, name: str) -> None:
    loaded = load(tmp_path, **{name: "a: ["})

    assert {problem.path.name for problem in loaded.problems} == {name}
    assert list(loaded.worksheets) == ["a", "b"]


def test_without_safety_lines_each_is_unknown(tmp_path: Path) -> None:
    loaded = load(tmp_path, **{"safety.yml": None})

    assert messages(loaded) == [f"{name}.yml: no safety line is called 'crisis'" for name in "ab"]


def test_a_safety_line_names_its_sources_and_page_rightly(tmp_path: Path) -> None:
    wrong = (
        SAFETY.replace("hill-2020", "hil-2020") + "more:\n  text: More.\n  link: {text: More, page: crisis}\n"
    )

    loaded = load(tmp_path, **{"safety.yml": wrong})

    assert messages(loaded) == [
        "safety.yml: no source is called 'hil-2020'",
        "safety.yml: 'crisis' is not a page of this site",
    ]


def test_a_safety_line_that_is_only_text_is_told(tmp_path: Path) -> None:
    loaded = load(tmp_path, **{"safety.yml": "crisis: Call for help."})

    assert messages(loaded) == ["safety.yml: 'crisis' must be a group of settings, not text"]


def test_a_number_to_call_stands_in_its_safety_line(tmp_path: Path) -> None:
    wrong = SAFETY.replace("text: Call", 'numbers: ["988"]\n  text: Call')

    assert messages(load(tmp_path, **{"safety.yml": wrong})) == ["safety.yml: the text does not say '988'"]


def test_problems_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    bad = SHEET.format(id="b", next="c").replace("minutes: 5", "minutes: x")

    loaded = load(
        tmp_path, **{"worksheets__b.yml": bad, "worksheets__a.yml": "id: [", "safety.yml": "crisis: 5"}
    )

    assert [problem.path.name for problem in loaded.problems] == ["safety.yml", "a.yml", "b.yml", "b.yml"]
    assert set(loaded.broken) == {"a", "b"}
    assert len(loaded.broken["b"]) == 2


@pytest.mark.parametrize("name", ["c.yaml", "c.YML", "c.Yaml"])
def test_a_worksheet_under_another_ending_is_not_passed_over(tmp_path: Path, name: str) -> None:
    loaded = load(tmp_path, **{f"worksheets__{name}": "id: c"})

    (problem,) = loaded.problems
    assert problem.path.name == name
    assert problem.hint == "Rename it to c.yml."


@pytest.mark.parametrize("name", [".#a.yml", ".a.yml.swp", "a.yml~", "notes.txt"])
def test_files_of_an_editor_are_let_be(tmp_path: Path, name: str) -> None:
    assert load(tmp_path, **{f"worksheets__{name}": "["}).problems == ()


def test_a_folder_named_like_a_worksheet_is_told(tmp_path: Path) -> None:
    (tmp_path / "content" / "worksheets" / "c.yml").mkdir(parents=True)

    assert messages(load(tmp_path)) == ["c.yml: this is a folder, not a file"]


@pytest.mark.parametrize("where", ["next", "see"])
def test_no_sheet_for_everyone_leads_to_one_for_clinicians(tmp_path: Path, where: str) -> None:
    visit = SHEET.format(id="b", next="a") + "audience: clinicians\n"
    note = "{id: two, type: note, label: Two, see: [b]}"
    leads = {
        "next": SHEET.format(id="a", next="b"),
        "see": SHEET.format(id="a", next="c").replace("label: One}", f"label: One}}, {note}"),
    }
    other = SHEET.format(id="c", next="a")

    loaded = load(
        tmp_path,
        **{"worksheets__a.yml": leads[where], "worksheets__b.yml": visit, "worksheets__c.yml": other},
    )

    assert messages(loaded) == ["a.yml: 'b' is for clinicians, and this sheet is for everyone"]
    assert list(loaded.broken) == ["a"]
    assert list(loaded.worksheets) == ["b", "c"]


def test_each_worksheet_is_a_step(tmp_path: Path) -> None:
    steps: list[None] = []

    library.load(root_with(tmp_path, **{"worksheets__b.yml": "["}), SITE, lambda: steps.append(None))

    assert len(steps) == 2


def test_a_worksheet_from_elsewhere_is_checked_against_the_library(tmp_path: Path) -> None:
    shelf = load(tmp_path).shelf
    path = tmp_path / "c.yml"
    path.write_text(SHEET.format(id="c", next="d"), encoding="utf-8")

    sheet, problems = library.check(path, tmp_path, shelf)

    assert sheet is None
    assert [problem.message for problem in problems] == ["no worksheet is called 'd'"]


def test_settings_of_a_hundred_thousand_brackets_kill_no_process(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("a: " + "[" * 100_000, encoding="utf-8")
    read = "from pathlib import Path; from workbook import site; site.read(Path())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}

    ended = subprocess.run(
        [sys.executable, "-c", read], cwd=tmp_path, env=environment, capture_output=True, check=False
    )

    assert ended.returncode == 1, "a signal ended it"
