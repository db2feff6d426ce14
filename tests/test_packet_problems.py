"""Does the author of each bad packet in `problems/packets` see exactly what its `.txt` says?"""

from __future__ import annotations

from pathlib import Path

import pytest
from small_project import SITE, root_with

from workbook import library
from workbook.problems import ContentError, Problem
from workbook.references.abroad import Shelf
from workbook.worksheet import Worksheet

FOLDER = Path(__file__).parent / "problems" / "packets"
SHELF = Shelf(
    {"urge-log", "half-done", "long-gone"}, pages={"/crisis/", "/smart/urges/", "/worksheets/urge-log/"}
)
SHEETS = {
    name: Worksheet.model_construct(id=name, status=status)
    for name, status in {"urge-log": "active", "half-done": "draft", "long-gone": "retired"}.items()
}
PACKET = """\
id: {id}
title: A packet
group: start
summary: It is a test.
for_whom: Anyone.
note: Be kind to yourself.
version: 1
date: 2026-11-23
parts: [{parts}]
"""

every_bad_file = pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)


def problems_of(path: Path) -> list[Problem]:
    return library.check_packet(path, FOLDER, SHELF, SHEETS)[1]


@every_bad_file
def test_the_author_of_a_packet_sees_exactly_this(path: Path) -> None:
    assert f"{ContentError(problems_of(path))}\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_every_bad_packet_says_what_it_should_say() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {path.stem for path in FOLDER.glob("*.yml")}


def test_a_sound_packet_is_loaded_with_its_parts_in_order(tmp_path: Path) -> None:
    loaded = library.load(root_with(tmp_path, packets__one=None), SITE)
    assert loaded.packets == {}

    text = PACKET.format(id="one", parts="b, /crisis/, a")
    loaded = library.load(root_with(tmp_path, **{"packets__one.yml": text}), SITE)

    assert loaded.problems == ()
    assert loaded.packets["one"].parts == ["b", "/crisis/", "a"]
    assert loaded.packets["one"].worksheets == ["b", "a"]


def test_a_broken_worksheet_does_not_break_the_packets_that_hold_it(tmp_path: Path) -> None:
    files = {"packets__one.yml": PACKET.format(id="one", parts="a, b"), "worksheets__b.yml": "id: ["}

    loaded = library.load(root_with(tmp_path, **files), SITE)

    assert [problem.path.name for problem in loaded.problems] == ["b.yml"]
    assert list(loaded.packets) == ["one"]


def test_a_broken_packet_is_told_and_leaves_the_worksheets_alone(tmp_path: Path) -> None:
    files = {"packets__one.yml": PACKET.format(id="one", parts="a, c"), "packets__two.yaml": "id: two"}

    loaded = library.load(root_with(tmp_path, **files), SITE)

    assert [problem.message for problem in loaded.problems] == [
        "no worksheet is called 'c'",
        "the name of a packet ends in .yml, not .yaml",
    ]
    assert list(loaded.worksheets) == ["a", "b"]
    assert list(loaded.broken_packets) == ["one"]


WARNING = "If you drink heavily every day, or take benzodiazepines or GHB, call a doctor first."


@pytest.mark.parametrize(
    ("parts", "more", "said"),
    [
        ("urge-log, /crisis/", "", "nothing says what can kill before the first worksheet"),
        ("/smart/urges/, urge-log", "", "nothing says what can kill before the first worksheet"),
        ("/smart/urges/, /crisis/, urge-log", "", None),
        ("/safety/withdrawal/, urge-log", "", None),
        ("urge-log", f"note: {WARNING}", None),
        ("urge-log", "no_safety_first: Nobody stops anything with it.", None),
        (
            "/crisis/, urge-log",
            "no_safety_first: Nobody stops.",
            "safety comes first here, so there is nothing",
        ),
    ],
)
def test_a_packet_says_first_what_can_kill_or_why_not(
    parts: str, more: str, said: str | None, tmp_path: Path
) -> None:
    text = PACKET.format(id="one", parts=parts)
    text = text.replace("note: Be kind to yourself.", more) if more.startswith("note") else text + more + "\n"
    path = tmp_path / "one.yml"
    path.write_text(text, encoding="utf-8")
    shelf = Shelf(SHELF.worksheets, pages={*(SHELF.pages or ()), "/safety/withdrawal/"})

    told = library.check_packet(path, tmp_path, shelf, SHEETS)[1]
    assert [one.message.startswith(said) for one in told if said] == ([True] if said else [])
    assert said or told == []
    assert all(one.line == (9 if parts.startswith(("u", "/s")) else 10) for one in told)
