"""What is taken from an earlier build is never stale: whatever it depends on has it made anew."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from sheets import SOME, real

from workbook import kept
from workbook.cache import Recall
from workbook.library import Library
from workbook.render import docx, screen
from workbook.render.view import CHANGES
from workbook.site import Site

ONE, OTHER = "delay-plan", "urge-log"  # the first leads on to the second
ALONE = "gad-7"


@pytest.fixture
def few() -> Library:
    whole = real()
    return replace(whole, worksheets={id_: whole.worksheets[id_] for id_ in (ONE, OTHER)})


def words(path: Path) -> str:
    """What a file says; a document is a box of texts."""
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith("xml"))


def texts(library: Library, folder: Path) -> dict[tuple[str, str], str]:
    (written := kept.documents(library, folder / "texts")).wait()
    made = {**kept.texts(library, folder / "texts"), **written.places}
    pages = kept.contents(library, {id_: {} for id_ in library.worksheets}, folder / "contents")
    found = {one: words(path) for one, path in made.items()}
    return found | {(id_, "page"): path.read_text(encoding="utf-8") for id_, path in pages.items()}


def test_the_same_content_is_made_once(few: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = texts(few, tmp_path)
    monkeypatch.setattr(kept.screen, "render", None)
    monkeypatch.setattr(kept, "TEXTS", dict.fromkeys(kept.TEXTS))
    monkeypatch.setattr(docx, "every", None)

    assert texts(few, tmp_path) == first


def test_another_label_makes_one_sheet_anew(few: Library, tmp_path: Path) -> None:
    first = texts(few, tmp_path)
    sheet = few.worksheets[ONE]
    section = sheet.sections[0]
    renamed = sheet.model_copy(
        update={"sections": [section.model_copy(update={"title": "Seen anew"}), *sheet.sections[1:]]}
    )

    again = texts(replace(few, worksheets=few.worksheets | {ONE: renamed}), tmp_path)

    assert {one for one in first if first[one] != again[one]} == {
        (ONE, kind) for kind in ("docx", "letter.docx", "fhir.json", "txt", "page")
    }
    assert all("Seen anew" in again[ONE, kind] for kind in ("docx", "letter.docx", "fhir.json", "page"))


def test_another_title_reaches_the_sheets_that_lead_to_it(few: Library, tmp_path: Path) -> None:
    assert few.worksheets[OTHER].title in texts(few, tmp_path)[ONE, "page"]
    renamed = few.worksheets[OTHER].model_copy(update={"title": "A plan to wait"})

    again = texts(replace(few, worksheets=few.worksheets | {OTHER: renamed}), tmp_path)

    assert "A plan to wait" in again[ONE, "page"]


def test_another_title_leaves_the_files_of_all_other_sheets_as_they_are(tmp_path: Path) -> None:
    whole = replace(real(), worksheets={id_: real().worksheets[id_] for id_ in (ONE, OTHER, ALONE)})
    assert OTHER not in repr(whole.worksheets[ALONE])
    renamed = whole.worksheets[OTHER].model_copy(update={"title": "A plan to wait", "date": "2026-11-30"})
    other = replace(whole, worksheets=whole.worksheets | {OTHER: renamed})

    first, again = (kept.texts(one, tmp_path) for one in (whole, other))

    assert {id_ for id_, ending in first if first[id_, ending] != again[id_, ending]} == {ONE, OTHER}


@pytest.mark.parametrize("id_", SOME)
def test_a_sheet_shows_nothing_of_sheets_that_it_does_not_name(id_: str) -> None:
    sheet = real().worksheets[id_]
    near = {name: one for name, one in real().worksheets.items() if name in repr(sheet)}
    alone = replace(real(), worksheets=near)

    assert len(near) < len(real().worksheets) / 2
    for make in (*kept.TEXTS.values(), kept.paper.every, lambda one, there: screen.render(one, there, {})):
        assert make(sheet, alone) == make(sheet, real())


def test_a_page_that_tells_changes_reaches_the_pages_that_lead_to_it(few: Library, tmp_path: Path) -> None:
    assert CHANGES in few.pages
    before = replace(few, pages={})

    assert f'href="../..{CHANGES}' not in texts(before, tmp_path)[ONE, "page"]
    assert f'href="../..{CHANGES}' in texts(few, tmp_path)[ONE, "page"]


def test_another_safety_line_reaches_every_sheet_that_shows_it(few: Library, tmp_path: Path) -> None:
    texts(few, tmp_path)
    line = few.safety["crisis"].model_copy(update={"text": "Ring the new number. Day and night."})

    again = texts(replace(few, safety=few.safety | {"crisis": line}), tmp_path)

    assert all("Ring the new number." in text for text in again.values())


def test_another_address_reaches_every_file(few: Library, tmp_path: Path) -> None:
    texts(few, tmp_path)

    again = texts(replace(few, site=Site("Elsewhere", "https://elsewhere.example/")), tmp_path)

    assert all("elsewhere.example" in text for text in again.values())


def test_another_title_of_a_page_reaches_the_sheets_that_lead_to_it(few: Library, tmp_path: Path) -> None:
    address = few.worksheets[ONE].page
    assert address
    assert f"Read: {few.pages[address].title}" in texts(few, tmp_path)[ONE, "page"]
    renamed = replace(few.pages[address], title="Urges, seen anew")

    again = texts(replace(few, pages=few.pages | {address: renamed}), tmp_path)

    assert "Read: Urges, seen anew" in again[ONE, "page"]


def test_other_sizes_reach_the_page(few: Library, tmp_path: Path) -> None:
    sizes = {id_: {f"{id_}-a4.pdf": 51_000} for id_ in few.worksheets}
    first = kept.contents(few, sizes, tmp_path)[ONE].read_text(encoding="utf-8")
    sizes[ONE][f"{ONE}-a4.pdf"] = 77_000

    again = kept.contents(few, sizes, tmp_path)[ONE].read_text(encoding="utf-8")

    assert "51 kB" in first
    assert "77 kB" in again


def test_what_was_worked_out_is_recalled_for_the_same_things_and_tools_alone(tmp_path: Path) -> None:
    asked: list[str] = []

    def long(text: str) -> list[str]:
        asked.append(text)
        return [text] * 2

    recall = Recall(tmp_path / "recalled", "1")
    assert [recall(long, "a"), recall(long, "a"), recall(long, "b")] == [["a", "a"], ["a", "a"], ["b", "b"]]
    assert asked == ["a", "b"]
    assert Recall(tmp_path / "recalled", "1")(long, "a") == ["a", "a"]
    assert asked == ["a", "b"]
    assert Recall(tmp_path / "recalled", "2")(long, "a") == ["a", "a"]
    assert asked == ["a", "b", "a"]


def test_what_is_not_to_be_kept_or_cannot_be_read_is_worked_out_again(tmp_path: Path) -> None:
    asked: list[str] = []
    recall = Recall(tmp_path, "1")

    def told(text: str) -> str:
        asked.append(text)
        return text

    recall(told, "a", keep=lambda made: made != "a")
    recall(told, "a")
    (kept_file,) = tmp_path.iterdir()
    kept_file.write_bytes(b"half of")
    assert recall(told, "a") == "a"
    assert asked == ["a", "a", "a"]
    (tmp_path / "file").write_text("")
    assert Recall(tmp_path / "file" / "below", "1")(told, "b") == "b"
