"""The built site: every address that is a promise, nothing from elsewhere, nothing half-built."""

from __future__ import annotations

import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from building import copy, mkdocs
from sheets import real

from workbook.render import paper

SHEETS = sorted(real().worksheets)


@pytest.mark.parametrize("id_", SHEETS)
def test_every_promised_address_is_there(site, id_):
    names = [
        "index.html",
        *(f"{id_}-{size}.pdf" for size in paper.SIZES),
        f"{id_}.fhir.json",
        f"{id_}.txt",
        f"{id_}.png",
    ]

    assert [name for name in names if not (site / "worksheets" / id_ / name).is_file()] == []


def test_the_index_tells_size_and_hash_of_every_file(site):
    index = json.loads((site / "worksheets" / "index.json").read_text(encoding="utf-8"))

    assert [entry["id"] for entry in index] == SHEETS
    for entry in index:
        assert {"id", "title", "point", "minutes", "version", "status", "files"} == entry.keys()
        assert len(entry["files"]) == 7
        for file in entry["files"]:
            path = site / file["address"].removeprefix(real().site.url)
            content = (path / "index.html" if path.is_dir() else path).read_bytes()
            assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])


def test_nothing_is_asked_of_another_host(site):
    loads = re.compile(
        r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\ssrc=["']?(?:https?:)?//""", re.IGNORECASE
    )
    links = re.compile(
        r"""<link\b(?=[^>]*rel=["']?(?:stylesheet|preconnect|dns-prefetch|preload|icon|manifest))[^>]*href=["']?(?:https?:)?//""",
        re.IGNORECASE,
    )
    styles = re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//", re.IGNORECASE)

    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not loads.search(text), path
        assert not links.search(text), path
    for path in sorted(site.rglob("*.css")):
        assert not styles.search(path.read_text(encoding="utf-8")), path


def test_worksheet_pages_carry_their_own_policy_and_no_inline_style(site):
    for id_ in SHEETS:
        text = (site / "worksheets" / id_ / "index.html").read_text(encoding="utf-8")
        assert "default-src 'none'" in text
        assert "unsafe" not in text
        assert not re.search(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", text, re.IGNORECASE)


def test_worksheets_can_be_found_by_search(site):
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))

    found = {entry["location"].split("#")[0] for entry in index["docs"]}
    assert {f"worksheets/{id_}/" for id_ in SHEETS} <= found


def test_worksheets_can_be_found_by_the_words_inside_them(site):
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for entry in index["docs"]:
        name = entry["location"].split("#")[0]
        words[name] = words.get(name, "") + html.unescape(f" {entry['title']} {entry['text']}")

    for id_, sheet in real().worksheets.items():
        told = " ".join(re.sub("<[^>]+>", " ", words[f"worksheets/{id_}/"]).split())
        wanted = [sheet.summary, *(field.label for field in sheet.fields)]
        assert [one for one in wanted if " ".join(one.split()) not in told] == []


def test_a_problem_stops_the_build_and_leaves_the_last_good_site(project):
    assert mkdocs(project, "build").returncode == 0
    before = _all_bytes(project / "site")
    sheet = project / "content" / "worksheets" / "urge-log.yml"
    sheet.write_text(sheet.read_text().replace("minutes: 1", "minute: 1"))

    for arguments in (["build"], ["build", "--strict"]):
        built = mkdocs(project, *arguments)
        assert built.returncode == 1
        assert "content/worksheets/urge-log.yml:" in built.stderr
        assert "Did you mean 'minutes'?" in built.stderr
        assert "Traceback" not in built.stderr
        assert _all_bytes(project / "site") == before
    assert [path.name for path in project.glob(".site*")] == []


def test_a_warning_under_strict_leaves_the_last_good_site(project):
    assert mkdocs(project, "build").returncode == 0
    before = _all_bytes(project / "site")
    page = project / "docs" / "about" / "privacy.md"
    page.write_text(page.read_text() + "\n[nowhere](nowhere.md)\n")

    assert mkdocs(project, "build", "--strict").returncode == 1
    assert _all_bytes(project / "site") == before


def test_an_unknown_citation_stops_the_build_with_its_place(project):
    page = project / "docs" / "about" / "privacy.md"
    page.write_text(page.read_text() + "\nA claim [@nobody-1999].\n")
    line = page.read_text().splitlines().index("A claim [@nobody-1999].") + 1

    built = mkdocs(project, "build")
    assert built.returncode == 1
    assert not (project / "site").exists()
    assert f"docs/about/privacy.md:{line}:" in built.stderr


def test_drafts_stay_home(project):
    sheet = project / "content" / "worksheets" / "urge-log.yml"
    sheet.write_text(sheet.read_text().replace("status: active", "status: draft"))

    built = mkdocs(project, "build")
    assert built.returncode == 0, built.stderr
    assert not (project / "site" / "worksheets" / "urge-log").exists()
    assert "urge-log" not in (project / "site" / "worksheets" / "index.json").read_text()


def test_two_builds_give_the_same_bytes(tmp_path, site):
    again = copy(tmp_path / "again")
    assert mkdocs(again, "build", "--strict").returncode == 0

    dated = {"sitemap.xml", "sitemap.xml.gz"}
    first, second = _all_bytes(site), _all_bytes(again / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name] and name not in dated] == []


def _all_bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
