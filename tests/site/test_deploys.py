"""What a change changes: what it is about and nothing else, so that whoever keeps a copy keeps the rest."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path

import pytest
import yaml
from building import built, copy, mkdocs, small
from sheets import real

SHEET, DAY = "urge-log", "2026-11-30"
# By what each knows of the sheet:
ABOUT_ALL = {
    "worksheets/index.html",  # the shelf: title, summary, minutes
    "worksheets/index.json",  # size and hash of its files
    "packets/index.json",  # the same of those of its packets
    "assets/search.js",  # the words to find it by
    "assets/hashed/workbook/js/sheetwords.js",  # the same, for the shelf
    "assets/parts/.js",  # the name of those
    "changes/index.html",  # what is new
    "fhir/index.html",  # its version and size
    "fhir/package.tgz",  # its Questionnaire
    "sitemap.xml",  # its day
    "feed.xml",  # its day
    "build.json",  # the hash of every file
    "sw.js",  # the hash of every file that can be kept
    "offline.json",  # how much there is to keep
    "handbook.zip",  # all of it
    "about/offline/index.html",  # how big that is
}


def contents(site: Path) -> dict[str, bytes]:
    """By address; a packed file goes with the one it is packed from."""
    found = (path for path in site.rglob("*") if path.is_file() and path.suffix not in (".br", ".gz"))
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def changed(old: dict[str, bytes], new: dict[str, bytes]) -> set[str]:
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def revised(sheet: Path, **lines: str) -> None:
    """Give a worksheet other values where it says these things first."""
    text = sheet.read_text(encoding="utf-8")
    for name, value in lines.items():
        text, times = re.subn(rf"\b{name}: .*", f"{name}: {value}", text, count=1)
        assert times == 1
    sheet.write_text(text, encoding="utf-8")


def test_a_worksheet_that_changes_takes_with_it_its_packets_and_lists_and_no_other_page(tmp_path, site):
    project = copy(tmp_path / "project")
    revised(
        project / "content" / "worksheets" / f"{SHEET}.yml",
        label="Something else",
        version="2",
        date=f"{DAY}\nchanges: [{{version: 2, date: {DAY}, what: The log has another name.}}]",
    )
    old, new = (
        {re.sub(r"(sheetwords|parts/)\.?[0-9a-f]{10}", r"\1", name): content for name, content in one.items()}
        for one in (contents(site), contents(built(project)))
    )
    found = changed(old, new)

    holding = [packet.id for packet in real().packets.values() if SHEET in packet.parts]
    folders = (f"worksheets/{SHEET}/", *(f"packets/{id_}/" for id_ in holding))
    assert holding
    assert {name for name in found if not name.startswith(folders)} == ABOUT_ALL & found
    assert old.keys() == new.keys()
    for folder, name in zip(folders, (SHEET, *holding), strict=True):
        own = {f"{folder}{name}{ending}" for ending in ("-a4.pdf", "-large-letter.pdf", ".fhir.json", ".txt")}
        assert own <= found
    assert {
        "worksheets/index.json",
        "assets/hashed/workbook/js/sheetwords.js",
        "assets/search.js",
        "sitemap.xml",
        "build.json",
    } <= found


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> dict[str, bytes]:
    """What a small project becomes."""
    return contents(built(small(tmp_path_factory.mktemp("before"))))


def test_a_script_that_is_loaded_later_changes_no_page(before, small_project):
    script = small_project / "hooks" / "workbook" / "assets" / "js" / "store.js"
    script.write_text(script.read_text(encoding="utf-8") + "\nexport const more = 1\n", encoding="utf-8")
    new = contents(built(small_project, PYTHONPATH=str(small_project / "hooks")))  # its own code

    found = {re.sub(r"\.?\b[0-9a-f]{10}\b", "", name) for name in changed(before, new)}
    with_it = {"store", "keep", "kept", "tabs", "offline"}  # what imports it at once
    assert {name for name in found if not name.startswith("assets/hashed/")} == {
        "assets/parts/.js",
        "build.json",
        "sw.js",
        "offline.json",
        "handbook.zip",
    }
    assert {name.removeprefix("assets/hashed/workbook/js/") for name in found if "hashed" in name} == {
        f"{name}.js" for name in with_it
    }


def test_a_new_title_changes_only_pages_that_say_it(before, small_project):
    revised(small_project / "content" / "worksheets" / "a.yml", title="Another name")
    old, new = before, contents(built(small_project))

    pages = {name for name in changed(old, new) if name.endswith(".html")}
    assert pages == {name for name in new if name.endswith(".html") and b"Another name" in new[name]}
    assert "index.html" not in pages
    assert "worksheets/b/index.html" in pages


def test_a_file_that_does_not_change_keeps_its_time_and_one_that_does_is_newer(small_project):
    site = built(small_project)
    for path in site.rglob("*"):
        os.utime(path, (1e9, 1e9))
    revised(small_project / "content" / "worksheets" / "a.yml", use_when="Another time.")
    built(small_project)

    newer = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.stat().st_mtime > 1e9}
    assert {"worksheets/a/a-a4.pdf", "worksheets/a/index.html", "worksheets/a/index.html.br"} <= newer
    kept = {name for name in contents(site) if name not in newer}
    assert {"index.html", "crisis/index.html", "worksheets/b/b-a4.pdf", "worksheets/b/index.html"} <= kept
    assert (site / "index.html.br").stat().st_mtime == 1e9


def test_a_file_that_is_the_same_is_taken_over_and_one_that_someone_changed_is_made_right_again(
    small_project,
):
    site = built(small_project)
    before = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    built(small_project)
    same = {
        path.relative_to(site).as_posix() for path, number in before.items() if path.stat().st_ino == number
    }
    assert {"worksheets/a/a-a4.pdf", "worksheets/a/a.txt", "index.html.br", "handbook.zip"} <= same
    right = contents(site)
    (site / "worksheets" / "b" / "b-a4.pdf").write_bytes(b"spoiled")
    (site / "index.html.gz").write_bytes(b"spoiled")
    built(small_project)

    assert contents(site) == right
    assert gzip.decompress((site / "index.html.gz").read_bytes()) == right["index.html"]


def test_a_build_that_fails_late_leaves_what_it_took_over_as_it_was(small_project):
    site = built(small_project)
    right = contents(site)
    settings = small_project / "mkdocs.yml"
    told = yaml.safe_load(settings.read_text())
    told["extra"]["budgets"]["worksheet"] = [1, 1]
    settings.write_text(yaml.safe_dump(told))
    revised(small_project / "content" / "worksheets" / "a.yml", use_when="Another time.")
    done = mkdocs(small_project, "build", "--strict")

    assert done.returncode, done.stderr
    assert contents(site) == right


def test_a_worksheet_that_changes_has_no_other_page_converted_again(small_project):
    (small_project / ".cache").unlink()  # one of its own
    built(small_project)
    before = converted(small_project)
    revised(small_project / "content" / "worksheets" / "a.yml", use_when="Another time.")
    built(small_project)

    assert len(before) >= len(list((small_project / "docs").rglob("*.md")))
    assert converted(small_project) == before


def converted(project: Path) -> set[str]:
    """What is kept of Markdown, by name."""
    found = (project / ".cache" / "recalled").iterdir()
    return {path.name for path in found if path.read_bytes().startswith(b'{"content": ')}
