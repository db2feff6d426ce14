"""Does `python -m workbook` keep its word, run as people run it?"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from small_project import SHEET, root_with

from workbook.__main__ import main

HOOKS = Path(__file__).parents[1] / "hooks"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HOOKS), "PYTHONUTF8": "1"}
COMMAND = [sys.executable, "-m", "workbook"]
PACKET = """\
id: p
title: P
group: start
summary: It is a test.
for_whom: Anyone.
note: Read it.
version: 1
date: 2026-11-23
parts: [/tea/, a]
"""
COMMANDS = ["check", "write", "schema", "new"]

as_root = pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
on_windows = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals and no pseudo-terminals")


class Done(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


class Run(Protocol):
    def __call__(self, folder: Path, *arguments: str) -> Done: ...


def run_apart(folder: Path, *arguments: str, command: Sequence[str] = COMMAND, **environment: str) -> Done:
    """Run a command as people do: in a process of its own."""
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder,
        env=ENVIRONMENT | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command here, which is quicker by all that Python would load again."""

    def run_here(folder: Path, *arguments: str) -> Done:
        monkeypatch.chdir(folder)
        try:
            code = main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
        return Done(code, *capsys.readouterr())

    return run_here


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return root_with(tmp_path)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return root_with(tmp_path, **{"worksheets__b.yml": SHEET.format(id="b", next="c")})


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_help_names_every_command(run: Run, project: Path) -> None:
    done = run(project, "--help")

    assert done.code == 0
    assert all(f"    {name} " in done.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(run: Run, project: Path, name: str) -> None:
    done = run(project, name, "--help")

    assert done.code == 0
    assert f"python -m workbook {name}" in done.out


@pytest.mark.parametrize(
    "arguments", [[], ["chek"], ["check", "--fast"], ["new"], ["write"], ["schema", "x"]]
)
def test_a_command_that_makes_no_sense_is_refused(run: Run, project: Path, arguments: list[str]) -> None:
    done = run(project, *arguments)

    assert done.code == 2
    assert done.err.startswith("usage: ")


@pytest.mark.parametrize("arguments", [["check"], ["write", "out"], ["schema"], ["new", "a"]])
def test_in_another_folder_the_way_out_is_told(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path, *arguments)

    assert done.code == 2
    assert done.err == (
        f"content/worksheets is not in {tmp_path.resolve()}: "
        "run this in the project's folder, or give that with --root.\n"
    )
    assert files(tmp_path) == []


def test_the_project_may_lie_elsewhere(run: Run, project: Path) -> None:
    assert run(HOOKS, "--root", str(project), "check").out == "2 worksheets checked: no problems.\n"


def test_check_says_that_all_is_well(run: Run, project: Path) -> None:
    done = run(project, "check")

    assert (done.code, done.out, done.err) == (0, "2 worksheets checked: no problems.\n", "")


def test_check_tells_every_problem_and_their_number(run: Run, broken: Path) -> None:
    done = run(broken, "check")

    assert done.code == 1
    assert done.out == (
        "content/worksheets/b.yml:12:8: no worksheet is called 'c'\n"
        "  12 | next: [c]\n"
        "              ^\n"
        "  Known: a, b.\n"
        "\n"
        "1 problem.\n"
    )


def test_check_tells_what_is_wrong_at_the_top_of_a_page(run: Run, project: Path) -> None:
    (project / "docs").mkdir(exist_ok=True)
    (project / "docs" / "late.md").write_text("---\ntitle: Late\nwriten: 2026-01-01\n---\n# Late\n")

    done = run(project, "check")

    assert done.code == 1
    assert "docs/late.md:3:1: unknown setting 'writen'" in done.out
    assert "Did you mean 'written'?" in done.out


@pytest.mark.parametrize(
    ("path", "code", "said"),
    [
        ("content/worksheets/a.yml", 0, "1 file checked: no problems."),
        ("content/worksheets/b.yml", 1, "1 problem."),
        ("content/worksheets", 1, "1 problem."),
        ("content/safety.yml", 0, "1 file checked: no problems."),
        ("content/references.yml", 0, "1 file checked: no problems."),
        ("content", 1, "1 problem."),
    ],
)
def test_check_of_a_path_tells_of_that_path_alone(
    run: Run, broken: Path, path: str, code: int, said: str
) -> None:
    done = run(broken, "check", path)

    assert (done.code, done.out.splitlines()[-1]) == (code, said)


def test_paths_that_overlap_are_checked_once(run: Run, broken: Path) -> None:
    done = run(
        broken, "check", "content", "content/worksheets/b.yml", "content/worksheets/../worksheets/b.yml"
    )

    assert done.out.endswith("\n1 problem.\n")


def test_a_file_from_elsewhere_is_checked_as_a_worksheet_of_this_library(run: Run, project: Path) -> None:
    (project / "drafts").mkdir()
    (project / "drafts" / "c.yml").write_text(SHEET.format(id="c", next="b"), encoding="utf-8")
    (project / "drafts" / "d.yml").write_text(SHEET.format(id="d", next="e"), encoding="utf-8")

    assert run(project, "check", "drafts/c.yml").out == "1 file checked: no problems.\n"
    assert run(project, "check", "drafts").out.startswith("drafts/d.yml:12:8: no worksheet is called 'e'\n")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("no-such.yml", "no-such.yml: there is no such file or folder.\n"),
        ("empty", "empty: there is no YAML file or page here to check.\n"),
        ("notes.txt", "notes.txt: there is no YAML file or page here to check.\n"),
    ],
)
def test_check_of_nothing_is_no_success(run: Run, project: Path, path: str, said: str) -> None:
    (project / "empty").mkdir()
    (project / "notes.txt").write_text("id: a", encoding="utf-8")

    done = run(project, "check", "content", path)

    assert (done.code, done.out, done.err) == (2, "", said)


def test_a_page_that_a_packet_cannot_print_is_told_and_nothing_is_written(run: Run, project: Path) -> None:
    (project / "docs").mkdir()
    (project / "docs" / "crisis.md").write_text("# Help\n\nRing.\n", encoding="utf-8")
    page = "---\ntitle: Tea\n---\n# Tea\n\nHot.\n\n## What you can do\n\n> Drink\n\nor wait.\n"
    (project / "docs" / "tea.md").write_text(page, encoding="utf-8")
    (project / "content" / "packets").mkdir()
    (project / "content" / "packets" / "p.yml").write_text(PACKET, encoding="utf-8")

    told = "docs/tea.md:10:3: <blockquote> has no place on paper yet, and a packet prints this page\n"
    checked = run(project, "check")
    assert told in checked.out
    assert checked.code == 1
    written = run(project, "write", "out")
    assert told in written.out
    assert "Nothing was written." in written.err
    assert not (project / "out").exists()


def test_a_slip_in_mkdocs_yml_is_told_too(run: Run, project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: A\n  site_url: [", encoding="utf-8")

    done = run(project, "check")

    assert done.code == 1
    assert done.out.startswith("mkdocs.yml:2:11: this cannot be read as YAML\n")


def test_words_that_the_terminal_lacks_are_written_as_escapes(project: Path) -> None:
    sheet = SHEET.format(id="b", next="a").replace("minutes: 5", "minutes: fünf ☃")
    (project / "content" / "worksheets" / "b.yml").write_text(sheet, encoding="utf-8")

    done = run_apart(project, "check", PYTHONUTF8="0", PYTHONIOENCODING="ascii")

    assert (done.code, done.err) == (1, "")
    assert "minutes: f\\xfcnf \\u2603\n" in done.out


def test_schema_prints_the_schema_alone(run: Run, project: Path) -> None:
    done = run(project, "schema")

    assert done.code == 0
    assert done.out.startswith("{\n")
    assert done.out.endswith("\n}\n")


def test_new_starts_a_worksheet_that_passes_the_check(run: Run, project: Path) -> None:
    done = run(project, "new", "evening-walk")

    assert done.code == 0
    assert run(project, "check", "content/worksheets/evening-walk.yml").code == 0
    text = (project / "content" / "worksheets" / "evening-walk.yml").read_text(encoding="utf-8")
    assert "\ntitle: Evening walk\n" in text
    assert "«" not in text


def test_new_names_the_python_it_runs_under(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", str(project.resolve() / ".venv" / "bin" / "python"))

    assert main(["--root", str(project), "new", "evening-walk"]) == 0
    assert capsys.readouterr().out.endswith("Then: .venv/bin/python -m workbook check\n")


def test_new_leaves_a_worksheet_that_is_there_as_it_is(run: Run, project: Path) -> None:
    before = (project / "content" / "worksheets" / "a.yml").read_bytes()

    done = run(project, "new", "a")

    assert done.code == 2
    assert done.err == "content/worksheets/a.yml is there already: choose another id.\n"
    assert (project / "content" / "worksheets" / "a.yml").read_bytes() == before


@pytest.mark.parametrize(
    "id_", ["../x", "Con", "con", "a b", "a.yml", "", "index", "é", "a/b", "C:x", "x" * 61]
)
def test_new_refuses_what_cannot_be_an_id(run: Run, project: Path, id_: str) -> None:
    before = files(project)

    done = run(project, "new", id_)

    assert done.code == 2
    assert done.err.startswith(f"'{id_}' cannot be the id of a worksheet. ")
    assert files(project) == before


def test_write_with_problems_writes_nothing(run: Run, broken: Path) -> None:
    before = files(broken)

    done = run(broken, "write", "out")

    assert done.code == 1
    assert "1 problem.\n" in done.out
    assert done.err == "Nothing was written.\n"
    assert files(broken) == before


def test_write_into_a_file_is_refused(run: Run, project: Path) -> None:
    (project / "out").write_text("mine", encoding="utf-8")

    done = run(project, "write", "out")

    assert (done.code, done.err) == (2, "out: this is a file, not a folder to write into.\n")
    assert (project / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("folder", [".", "content", "docs/smart"])
def test_write_among_the_projects_own_files_is_refused(run: Run, project: Path, folder: str) -> None:
    before = files(project)

    done = run(project, "write", folder)

    assert done.code == 2
    assert done.err.startswith(f"{Path(folder)}: the project's own files are here. Choose another folder")
    assert files(project) == before


@as_root
def test_write_where_nobody_may_is_said_in_a_sentence(run: Run, project: Path) -> None:
    (project / "out").mkdir(mode=0o500)

    done = run(project, "write", "out")

    assert done.code == 2
    assert done.err.endswith(": permission denied\n")
    assert done.err.count("\n") == 1


@pytest.mark.slow
def test_write_gives_every_file_whole_and_says_how_many(run: Run, project: Path) -> None:
    done = run(project, "write", "out/site")

    assert (done.code, done.err) == (0, "")
    written = files(project / "out" / "site")
    assert done.out == f"{len(written)} files written to {Path('out/site')}.\n"
    assert {f"worksheets/{one}/{one}-a4.pdf" for one in "ab"} < set(written)
    assert not [name for name in written if "/." in name]


@pytest.mark.slow
def test_writing_twice_gives_the_same_bytes(run: Run, project: Path) -> None:
    for folder in ("one", "two"):
        run(project, "write", folder)

    assert files(project / "one") == files(project / "two") != []
    for name in files(project / "one"):
        assert (project / "one" / name).read_bytes() == (project / "two" / name).read_bytes()


def test_each_way_of_ending_reaches_the_shell(project: Path) -> None:
    assert run_apart(project, "check") == Done(0, "2 worksheets checked: no problems.\n", "")
    (project / "content" / "worksheets" / "a.yml").write_text("id: [", encoding="utf-8")
    assert run_apart(project, "check").code == 1
    assert run_apart(project, "check", "nothing").code == 2


def test_a_reader_that_leaves_early_sees_no_traceback(project: Path) -> None:
    running = subprocess.Popen(
        [*COMMAND, "schema"], cwd=project, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout
    running.stdout.close()
    _, said = running.communicate(timeout=120)

    assert (running.returncode, said) == (1, b"")


@on_windows
def test_ctrl_c_sees_no_traceback(project: Path) -> None:
    program = (
        "import signal, sys, workbook.__main__ as command\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background ignores it
        "command.library.load = lambda *_: signal.raise_signal(signal.SIGINT)\n"
        "sys.exit(command._run())"
    )

    done = run_apart(project, "check", command=[sys.executable, "-c", program])

    assert done == Done(130, "", "Stopped.\n")


@on_windows
def test_a_bar_is_drawn_on_a_terminal_alone(project: Path) -> None:
    program = (
        "import sys, workbook.__main__ as command\n"
        "bar = command.tqdm\n"
        "command.tqdm = lambda **settings: bar(**settings | {'delay': 0, 'mininterval': 0})\n"
        "sys.exit(command._run())"
    )
    command = [sys.executable, "-c", program, "check"]
    ours, theirs = os.openpty()
    pytest.importorskip("termios").tcsetwinsize(theirs, (24, 80))

    piped = run_apart(project, command=command)
    subprocess.run(command, cwd=project, env=ENVIRONMENT, stdout=theirs, stderr=theirs, check=True)
    drawn = os.read(ours, 65536) if select.select([ours], [], [], 0)[0] else b""

    assert piped.err == ""
    assert b"Checking:" in drawn
    assert b"2 worksheets checked: no problems." in drawn
