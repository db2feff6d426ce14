"""The built site: every address that is a promise, nothing from elsewhere, nothing half-built."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from pathlib import Path

import pytest
from building import ROOT, copy, headed, mkdocs
from sheets import real

from workbook import packing, permalinks
from workbook.pages import search
from workbook.render import paper

SHEETS = sorted(real().worksheets)


def test_nothing_is_there_that_no_page_asks_for(site):
    """What Material brings for its own pages, some 3 MB."""
    assert {place.name for place in (site / "assets").iterdir() if place.is_dir()} == {
        "cards",
        "hashed",
        "parts",
        "workbook",
    }


def test_a_browser_that_asks_unasked_finds_an_icon_for_its_tab(site):
    assert (site / "favicon.ico").read_bytes().startswith(b"\0\0\1\0\3\0")


def test_a_title_is_never_cut_within_12_step(site):
    title = '<h1 id="what-are-12-step-groups">What are <span class="whole">12-step</span> groups?</h1>'
    assert title in (site / "twelve-step" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("id_", SHEETS)
def test_every_promised_address_is_there(site, id_):
    names = [
        "index.html",
        *(f"{id_}-{size}.pdf" for size in paper.SIZES),
        f"{id_}.fhir.json",
        f"{id_}.txt",
        f"{id_}.docx",
        f"{id_}-letter.docx",
        f"{id_}.png",
    ]

    assert [name for name in names if not (site / "worksheets" / id_ / name).is_file()] == []


def test_the_index_tells_size_and_hash_of_every_file(site):
    index = json.loads((site / "worksheets" / "index.json").read_text(encoding="utf-8"))

    assert [entry["id"] for entry in index] == SHEETS
    for entry in index:
        assert {"id", "title", "point", "minutes", "version", "status", "audience", "files"} == entry.keys()
        assert len(entry["files"]) == 9
        for file in entry["files"]:
            path = site / file["address"].removeprefix(real().site.url)
            content = (path / "index.html" if path.is_dir() else path).read_bytes()
            assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])


def test_every_packet_has_its_promised_addresses(site):
    for id_ in real().packets:
        endings = ["-letter.pdf", "-a4.pdf", "-large-letter.pdf", "-large-a4.pdf", ".fhir.json", ".txt"]
        names = ["index.html", *(id_ + ending for ending in endings)]
        assert [name for name in names if not (site / "packets" / id_ / name).is_file()] == []


def test_the_index_of_packets_tells_size_and_hash_of_every_file(site):
    index = json.loads((site / "packets" / "index.json").read_text(encoding="utf-8"))

    assert [entry["id"] for entry in index] == sorted(real().packets)
    for entry in index:
        assert len(entry["files"]) == 7
        for file in entry["files"]:
            path = site / file["address"].removeprefix(real().site.url)
            content = (path / "index.html" if path.is_dir() else path).read_bytes()
            assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])


def test_every_packet_is_listed_and_every_part_is_linked(site):
    listed = (site / "packets" / "index.html").read_text(encoding="utf-8")

    for packet in real().packets.values():
        assert f'href="{packet.id}/"' in listed
        page = (site / "packets" / packet.id / "index.html").read_text(encoding="utf-8")
        for part in packet.parts:
            address = part.lstrip("/") if "/" in part else f"worksheets/{part}/"
            assert f'href="../../{address}"' in page
            assert (site / address / "index.html").is_file()


def test_a_packet_with_a_draft_in_it_stops_the_build(project):
    sheet = project / "content" / "worksheets" / "urge-log.yml"
    sheet.write_text(sheet.read_text().replace("status: active", "status: draft"))

    built = mkdocs(project, "build")

    assert built.returncode == 1
    assert "content/packets/the-basics.yml:" in built.stderr
    assert "'urge-log' is a draft" in built.stderr
    assert not (project / "site").exists()


def test_every_permalink_answers_and_everything_published_is_one(site):
    promised = permalinks.read(ROOT, real())
    there = {
        f"/{path.relative_to(site).as_posix()}".removesuffix("index.html")
        for path in site.rglob("*")
        if path.is_file() and path.suffix not in packing.WAYS
    }
    unpromised = {one for one in there if one.startswith(("/assets/", "/_"))} | {"/404.html"}

    assert there - unpromised == {one.old for one in promised.links if "#" not in one.old}
    for one in promised.links:
        page, _, anchor = one.old.partition("#")
        if anchor:
            assert f'id="{anchor}"' in (site / page[1:] / "index.html").read_text(encoding="utf-8"), one.old


def test_the_package_holds_what_lies_at_each_canonical_address(site):
    with tarfile.open(site / "fhir" / "package.tgz") as tar:
        files = {one.name: tar.extractfile(one).read() for one in tar}
    resources = {name: json.loads(content) for name, content in files.items() if "-" in name}
    page = (site / "fhir" / "index.html").read_text(encoding="utf-8")

    assert len(resources) == len(real().worksheets) + len(real().packets)
    for name, resource in resources.items():
        address = resource.get("url") or resource["identifier"]["value"]
        assert (site / address.removeprefix(real().site.url)).read_bytes() == files[name]
        assert f"<code>{address}</code>" in page


def test_every_page_carries_a_policy_without_exceptions(site):
    for path in site.rglob("*.html"):
        head = path.read_text(encoding="utf-8").partition("</head>")[0]
        (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', head)
        assert policy.startswith("default-src 'none'; script-src 'self'"), path
        assert "unsafe" not in policy, path
        assert "*" not in policy, path
        assert head.index("Content-Security-Policy") < head.index("<title>"), path
        assert "stylesheet" not in head or head.index("<title>") < head.index("stylesheet"), path


def found_by_all(sheet):
    return sheet.status == "active" and not sheet.for_clinicians


def found_by(site):
    """The index of the search: its entries, and for each address the words that find it."""
    text = (site / "assets" / "search.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("searchIndex(").removesuffix(")\n"))
    words = {address: set() for _, _, address, _, _ in index["entries"]}
    for word, numbers in index["words"].items():
        for number in numbers:
            words[index["entries"][number][2]].add(word)
    return index["entries"], words


def test_pages_worksheets_and_terms_can_be_found_by_search(site):
    entries, _ = found_by(site)
    known = [(kind, title) for kind, title, *_ in entries]

    wanted = {sheet.title for sheet in real().worksheets.values() if found_by_all(sheet)}
    assert {title for kind, title in known if kind == 1} == wanted
    assert {(0, "Privacy"), (0, "Crisis help"), (3, "Withdrawal"), (3, "AA")} <= set(known)
    assert len(known) == len(set(known))
    for _, _, address, _, _ in entries:
        assert (site / address.split("#")[0] / "index.html").is_file()


def test_what_changed_is_told_on_its_page_and_in_the_feed(project):
    sheet = project / "content" / "worksheets" / "urge-log.yml"
    text = re.sub(r"version: 1\ndate: .*", "version: 2\ndate: 2026-12-01\nCHANGES", sheet.read_text())
    what = "It asks where you were."
    sheet.write_text(text.replace("CHANGES", f"changes: [{{version: 2, date: 2026-12-01, what: {what}}}]"))

    assert mkdocs(project, "build", "--strict").returncode == 0
    changes, page = (
        (project / "site" / name / "index.html").read_text() for name in ("changes", "worksheets/urge-log")
    )
    assert f"<strong>Version 2</strong>, 1 December 2026. {what}" in changes
    assert "worksheets are at their first version" in changes
    assert '<a href="../../changes/#urge-log">What changed</a>' in page
    assert f"<summary>Version 2: {what}</summary>" in (project / "site" / "feed.xml").read_text()


def test_worksheets_can_be_found_by_the_words_inside_them(site):
    _, words = found_by(site)

    for id_, sheet in real().worksheets.items():
        wanted = set().union(
            *(search.words(field.label) for field in sheet.fields), search.words(sheet.summary)
        )
        told = words.get(f"worksheets/{id_}/", set())
        assert wanted <= told if found_by_all(sheet) else told == set()


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


def test_a_link_that_leads_nowhere_is_told_at_every_build_and_when_its_page_goes(small_project):
    place = small_project / "docs" / "crisis.md"
    text = place.read_text()
    place.write_text(f"{text}\n[nowhere](nowhere.md), [no such part](index.md#nothing)\n")

    for arguments in (["-q"], ["--strict"], ["--strict"]):
        told = mkdocs(small_project, "build", *arguments).stderr
        assert "-q" in arguments or "nowhere.md" in told
        assert "-q" in arguments or "#nothing" in told

    place.write_text(f"{text}\n[other](other.md)\n")
    other = small_project / "docs" / "other.md"
    other.write_text(headed("# Other\n\nWords.\n"))
    assert "other.md'" not in mkdocs(small_project, "build").stderr
    other.unlink()
    assert "crisis.md' contains a link 'other.md'" in mkdocs(small_project, "build").stderr


def test_an_unknown_citation_stops_the_build_with_its_place(project):
    page = project / "docs" / "about" / "privacy.md"
    page.write_text(page.read_text() + "\nA claim [@nobody-1999].\n")
    line = page.read_text().splitlines().index("A claim [@nobody-1999].") + 1

    built = mkdocs(project, "build")
    assert built.returncode == 1
    assert not (project / "site").exists()
    assert f"docs/about/privacy.md:{line}:" in built.stderr


def test_drafts_stay_home_once_nobody_was_promised_them(project):
    sheet = project / "content" / "worksheets" / "my-month.yml"  # in no packet, which may hold no draft
    sheet.write_text(sheet.read_text().replace("status: active", "status: draft"))

    stopped = mkdocs(project, "build")
    assert stopped.returncode == 1
    assert "'/worksheets/my-month/' is published no more" in stopped.stderr
    assert not (project / "site").exists()

    links = project / "content" / "permalinks.txt"
    left = [line for line in links.read_text().splitlines(keepends=True) if "my-month" not in line]
    links.write_text("".join(left))
    built = mkdocs(project, "build")
    assert built.returncode == 0, built.stderr
    assert not (project / "site" / "worksheets" / "my-month").exists()
    assert "my-month" not in (project / "site" / "worksheets" / "index.json").read_text()


def test_two_builds_give_the_same_bytes(tmp_path, site):
    again = copy(tmp_path / "again")
    assert mkdocs(again, "build", "--strict").returncode == 0

    first, second = _all_bytes(site), _all_bytes(again / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def _all_bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
