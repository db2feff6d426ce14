"""Words that change get a new version: what an author or a clinic sees who changes a sheet that is out."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from sheets import ROOT, real
from small_project import SITE, linked_out, root_with

from workbook import __main__, library, versions
from workbook.__main__ import main

A, PACKET = "content/worksheets/a.yml", "content/packets/both.yml"
TODAY = date.today().isoformat()
BOTH = """\
id: both
title: Both
group: start
summary: Two sheets.
for_whom: Anyone.
note: Take your time.
version: 1
date: 2026-11-23
parts: [a, b]
"""


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run past midnight, and what they write is of one day."""

    class Day(date):
        @classmethod
        def today(cls) -> Day:
            return cls.fromisoformat(TODAY)

    monkeypatch.setattr(__main__, "date", Day)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two sheets and a packet of them, and the list of their versions."""
    root = root_with(tmp_path, **{"packets__both.yml": BOTH})
    assert run(root) == 0
    return root


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "versions", *arguments])


def change(root: Path, old: str, new: str, name: str = A) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(root: Path) -> versions.Versions:
    loaded = library.load(root, SITE)
    assert loaded.problems == ()
    return loaded.versions


def problems(root: Path) -> list[str]:
    return [str(one) for one in found(root).problems]


def line(root: Path, name: str = "worksheets/a") -> str:
    text = (root / versions.FILE).read_text(encoding="utf-8")
    return next(one for one in text.splitlines() if one.startswith(f"{name} "))


def test_the_list_is_current() -> None:
    """Where this fails, words changed. Run: python -m workbook versions, and do what it says."""
    loaded = real()
    every = loaded.versions.every

    assert [str(one) for one in loaded.versions.problems] == []
    assert (new := versions.unlisted(loaded.versions)) is None, str(new)
    assert loaded.versions.text
    assert versions.updated(loaded.versions, TODAY) == loaded.versions.text.content
    assert len(every) == len(loaded.worksheets) + len(loaded.packets) + len(loaded.safety)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_list_that_is_a_link_out_of_the_project_is_not_read(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    linked_out(project / versions.FILE, tmp_path_factory.mktemp("elsewhere"))

    (told,) = problems(project)
    assert told.startswith(f"{versions.FILE.as_posix()}:1:1: this is a link to a file outside of the project")
    assert "secret" not in told


def test_changed_words_at_the_same_version_are_a_problem_with_place_and_cure(project: Path) -> None:
    change(project, "label: One", "label: Something else")

    (told,) = problems(project)
    assert told.startswith(
        f"{A}:7:10: the words have changed, and this is still version 1\n  7 | version: 1\n"
    )
    assert "Write 'version: 2' and today's date. Say below 'changes' what is different" in told
    assert 'python -m workbook versions --changed worksheets/a "What is different."' in told
    assert "python -m workbook versions --mended worksheets/a" in told
    assert main(["--root", str(project), "check"]) == 1
    assert main(["--root", str(project), "write", str(project / "out")]) == 1
    assert not (project / "out").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A", "title: B"),
        ("label: One", "label: One, hint: Two"),
        ("id: one", "id: other"),
        ("type: text", "type: paragraph"),
        ("safety: [crisis]", "safety: []"),
        ("fields: [", "intro: Small is fine., fields: ["),
        ("fields: [", "fields: [{id: two, type: date, label: Two}, "),
        ("use_when: Now.", "use_when: Later."),
    ],
)
def test_what_a_printed_sheet_would_lack_counts(project: Path, old: str, new: str) -> None:
    change(project, old, new)

    assert len(problems(project)) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("next: [b]", "next: []"),
        ("minutes: 5", "minutes: 7"),
        ("point: any", "point: 1"),
        ("sources: [hill-2020]", "sources: []"),
        ("status: active", "status: retired\nreplaced_by: b"),
        ("label: One", "label: One, example: Tea"),
        ("label: One", "label: One, when: []"),
        ("title: Now", "title: Now, layout: list"),
        ("summary: It is a test.", "summary: >-\n  It is\n  a test."),
        ("status: active", "clinician: {aim: One, session: Two, not_when: Three}\nstatus: active"),
    ],
)
def test_where_it_is_filed_and_how_it_is_written_count_for_nothing(project: Path, old: str, new: str) -> None:
    change(project, "next: [a]", "next: []", "content/worksheets/b.yml")
    change(project, "parts: [a, b]", "parts: [b]", PACKET)
    assert run(project, "--changed", "both") == 0
    change(project, old, new)

    assert problems(project) == []
    assert versions.unlisted(found(project)) is None


def test_the_order_of_fields_and_of_parts_counts(project: Path) -> None:
    change(project, "parts: [a, b]", "parts: [b, a]", PACKET)

    (told,) = problems(project)
    assert told.startswith(f"{PACKET}:7:10: the words have changed, and this is still version 1\n")
    assert "--changed packets/both If only" in told
    assert "changes" not in told  # a packet has no list of them


def test_a_version_raised_by_hand_is_all_it_takes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "label: One", "label: Something else")
    change(project, "version: 1\ndate: 2026-11-23", f"version: 2\ndate: {TODAY}\nchanges:\n  - WHAT")
    change(project, "WHAT", f"{{version: 2, date: {TODAY}, what: It asks for something else.}}")

    assert problems(project) == []
    new = versions.unlisted(found(project))
    assert new
    assert "1 version is newer than this list" in str(new)
    assert main(["--root", str(project), "check"]) == 1  # asks for the list
    assert run(project) == 0
    assert line(project).startswith(f"worksheets/a 2 {TODAY} ")
    assert "content/versions.txt: 1 line changed." in capsys.readouterr().out
    assert main(["--root", str(project), "check"]) == 0


def test_the_command_writes_version_day_and_change_into_the_file(project: Path) -> None:
    change(project, "version: 1", "version: 1   # the first")
    change(project, "label: One", "label: Something else")

    assert run(project, "--changed", "worksheets/a", 'It asks: "what else?"') == 0
    text = (project / A).read_text(encoding="utf-8")
    assert (
        f"version: 2   # the first\ndate: {TODAY}\nchanges:\n"
        f'  - {{version: 2, date: {TODAY}, what: "It asks: \\"what else?\\""}}\nstatus: active\n'
    ) in text
    assert line(project).startswith(f"worksheets/a 2 {TODAY} ")
    assert problems(project) == []

    change(project, "label: Something else", "label: Another thing")
    assert run(project, "--changed", A, "It asks for another thing.") == 0
    text = (project / A).read_text(encoding="utf-8")
    assert (
        f'changes:\n  - {{version: 3, date: {TODAY}, what: "It asks for another thing."}}\n  - {{version: 2,'
        in text
    )
    assert problems(project) == []


@pytest.mark.parametrize(
    "written",
    [
        "changes: [{version: 2, date: 2026-11-24, what: One}]",
        "changes:\n- version: 2\n  date: 2026-11-24\n  what: One",
        "changes:\n    -   {version: 2, date: 2026-11-24, what: One}",
    ],
)
def test_the_command_reads_a_list_of_changes_in_any_form(project: Path, written: str) -> None:
    change(project, "version: 1\ndate: 2026-11-23", f'version: 2\ndate: "2026-11-24"\n{written}')
    assert run(project) == 0
    change(project, "label: One", "label: Something else")

    assert run(project, "--changed", "a", "Two.") == 0
    (sheet,) = (one for one in library.load(project, SITE).worksheets.values() if one.id == "a")
    assert [(one.version, one.what) for one in sheet.changes] == [(3, "Two."), (2, "One")]


def test_a_slip_of_spelling_keeps_the_version_when_its_author_says_so(project: Path) -> None:
    before = line(project)
    change(project, "label: One", "label: Onne")

    assert run(project) == 1  # it takes no new words by itself
    assert line(project) == before
    assert run(project, "--mended", "a") == 0
    assert line(project) != before
    assert line(project).startswith("worksheets/a 1 2026-11-23 ")
    assert problems(project) == []


def test_a_packet_gets_its_next_version_too(project: Path) -> None:
    change(project, "Take your time.", "Take all the time you need.", PACKET)

    assert run(project, "--changed", "packets/both") == 0
    assert f"version: 2\ndate: {TODAY}\n" in (project / PACKET).read_text(encoding="utf-8")
    assert line(project, "packets/both").startswith(f"packets/both 2 {TODAY} ")
    assert problems(project) == []


def test_a_version_or_a_day_that_falls_is_a_problem(project: Path) -> None:
    change(project, "label: One", "label: Two")
    assert run(project, "--changed", "a", "Two.") == 0
    text = (project / A).read_text(encoding="utf-8")
    (project / A).write_text(
        text.replace("version: 2", "version: 1").replace("changes:", "#"), encoding="utf-8"
    )
    change(project, "  - {version: 1", "#")

    (told,) = problems(project)
    assert "this is version 1, and version 2 is out already" in told
    assert "Write 'version: 3'" in told

    (project / A).write_text(text.replace(TODAY, "2020-01-01"), encoding="utf-8")
    (told,) = problems(project)
    assert f"version 2 came out on {TODAY}, and this day is before that" in told


def test_a_draft_changes_as_it_likes_and_a_new_sheet_only_asks_for_a_line(project: Path) -> None:
    for name in ("d", "e"):
        text = (project / A).read_text(encoding="utf-8").replace("id: a", f"id: {name}")
        (project / "content" / "worksheets" / f"{name}.yml").write_text(text, encoding="utf-8")
    change(project, "status: active", "status: draft", "content/worksheets/d.yml")

    assert problems(project) == []
    assert found(project).newer == ("worksheets/e",)
    assert run(project) == 0
    assert found(project).newer == ()
    assert "worksheets/d" not in (project / versions.FILE).read_text(encoding="utf-8")


def test_the_line_of_what_is_gone_stays(project: Path) -> None:
    before = line(project, "packets/both")
    (project / PACKET).unlink()

    assert problems(project) == []
    assert run(project) == 0
    assert line(project, "packets/both") == before


def test_without_a_list_nothing_is_promised(project: Path) -> None:
    (project / versions.FILE).unlink()
    change(project, "label: One", "label: Two")

    assert problems(project) == []
    assert versions.unlisted(found(project)) is None


def test_a_line_that_nobody_can_read_is_told_and_a_merge_of_two_is_not(project: Path) -> None:
    path = project / versions.FILE
    path.write_text(
        path.read_text(encoding="utf-8") + "worksheets/a 2 soon\n<<<<<<< ours\n", encoding="utf-8"
    )

    told = problems(project)
    assert [one.partition("\n")[0] for one in told] == [
        "content/versions.txt:9:1: 'worksheets/a 2 soon' is no line of this list",
        "content/versions.txt:10:1: '<<<<<<< ours' is no line of this list",
    ]
    assert "Take it out, then run: python -m workbook versions" in told[0]
    text = path.read_text(encoding="utf-8").partition("worksheets/a 2 soon")[0]
    path.write_text(f"{text}worksheets/a 1 2026-11-23 000000000000\n", encoding="utf-8")
    assert run(project) == 0
    assert (project / versions.FILE).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--changed", "c", "Two."], "c: nothing of that name is published."),
        (["--changed", "a"], "Say what changed, for those who printed it"),
        (["--changed", "a", "It", "asks"], 'Put what changed between quotes: "It asks"'),
        (["--changed", "both", "Two."], "a packet has no list of changes"),
    ],
)
def test_a_command_that_makes_no_sense_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], asked: list[str], said: str
) -> None:
    before = [(path, path.read_bytes()) for path in sorted(project.rglob("*")) if path.is_file()]

    assert run(project, *asked) == 2
    assert said in capsys.readouterr().err
    assert before == [(path, path.read_bytes()) for path in sorted(project.rglob("*")) if path.is_file()]


def test_a_change_that_is_too_long_leaves_the_file_as_it_was(project: Path) -> None:
    before = (project / A).read_bytes()

    assert run(project, "--changed", "a", "word " * 100) == 1
    assert (project / A).read_bytes() == before


def test_the_command_and_the_cure_are_in_the_guide() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert "-m workbook versions --changed worksheets/" in guide
    assert "-m workbook versions --mended worksheets/" in guide


# ---- safety lines


SAFETY = "content/safety.yml"


def test_a_safety_line_with_new_words_is_a_problem_with_place_and_cure(project: Path) -> None:
    change(project, "Call for help.", "Call for help now.", SAFETY)

    (told,) = problems(project)
    assert told.startswith(
        f"{SAFETY}:2:9: the words of this safety line have changed, and nothing below 'changes' says so\n"
        "  2 |   text: Call for help now.\n"
    )
    assert "^" in told
    assert 'python -m workbook versions --changed safety/crisis "What is different."' in told
    assert "python -m workbook versions --mended safety/crisis" in told
    assert main(["--root", str(project), "check"]) == 1


def test_the_command_tells_what_changed_in_a_safety_line_and_no_sheet_moves(project: Path) -> None:
    sheets = line(project), line(project, "worksheets/b")
    for count, words in enumerate(("It is *shorter*: now.", "It says when."), 2):
        change(project, "help", "help, help", SAFETY)
        assert run(project, "--changed", "safety/crisis", words) == 0
        assert problems(project) == []
        assert line(project, "safety/crisis").startswith(f"safety/crisis {count} {TODAY} ")
    text = (project / SAFETY).read_text(encoding="utf-8")
    assert text.startswith(
        f'crisis:\n  changes:\n    - {{date: {TODAY}, what: "It says when."}}\n'
        f'    - {{date: {TODAY}, what: "It is *shorter*: now."}}\n  text: Call for help, help, help.\n'
    )
    assert [one.what for one in library.load(project, SITE).safety["crisis"].changes] == [
        "It says when.",
        "It is *shorter*: now.",
    ]
    assert (line(project), line(project, "worksheets/b")) == sheets


def test_a_slip_in_a_safety_line_may_be_mended_and_a_link_counts_for_nothing(project: Path) -> None:
    change(project, "text: More", "text: More help", SAFETY)
    assert problems(project) == []

    change(project, "Call for help.", "Call for helpp.", SAFETY)
    assert run(project, "--mended", "safety/crisis") == 0
    assert problems(project) == []
    assert line(project, "safety/crisis").startswith("safety/crisis 1 ")


def test_a_change_of_a_safety_line_that_is_taken_out_again_is_told(project: Path) -> None:
    change(project, "Call for help.", "Call now.", SAFETY)
    assert run(project, "--changed", "safety/crisis", "It says when.") == 0
    text = (project / SAFETY).read_text(encoding="utf-8")
    (project / SAFETY).write_text(re.sub(r"  changes:\n.*\n", "", text), encoding="utf-8")

    (told,) = problems(project)
    assert "Put back what stood below its 'changes'" in told


def test_several_may_be_named_at_once(project: Path) -> None:
    for name in (A, "content/worksheets/b.yml"):
        change(project, "label: One", "label: Two", name)
    change(project, "Call for help.", "Call now.", SAFETY)

    assert run(project, "--changed", "a", "worksheets/b", "crisis", "It is shorter.") == 0
    assert problems(project) == []
    assert [line(project, one).split()[1] for one in ("worksheets/a", "worksheets/b", "safety/crisis")] == [
        "2",
        "2",
        "2",
    ]


def test_of_several_none_is_written_when_one_cannot_be(project: Path) -> None:
    before = (project / A).read_bytes()

    assert run(project, "--changed", "a", "both", "It is shorter.") == 2  # a packet has no list of changes
    assert (project / A).read_bytes() == before
