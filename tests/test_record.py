"""The FHIR package: in npm's form, whole, the same bytes each time, with versions that rise."""

from __future__ import annotations

import io
import json
import re
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from clinics import riverside
from fhir.responses import sheet_of
from sheets import ROOT, real

from workbook import record
from workbook.library import Library
from workbook.render import fhir
from workbook.site import Site
from workbook.versions import Version, Versions

HOME = Site("A site", "https://www.example.org/")
ONE = sheet_of({"id": "one", "type": "text", "label": "One"})


def library(**versions: tuple[int, str]) -> Library:
    """A sheet for each name, with its version and date."""
    sheets = {
        id_: ONE.model_copy(update={"id": id_, "version": version, "date": day})
        for id_, (version, day) in versions.items()
    }
    return Library(HOME, sheets)


def read(address: str) -> bytes:
    return json.dumps({"resourceType": "Questionnaire", "id": address, "url": f"x:{address}"}).encode()


def numbers(made: Library) -> str:
    """The version without what follows the +."""
    return record.version(made, {}).partition("+")[0]


def unpacked(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar.getmembers()}  # type: ignore[union-attr]


def test_it_holds_every_resource_and_an_index_of_them() -> None:
    files = unpacked(record.package(real(), read))

    assert next(iter(files)) == "package/package.json"  # where a reader looks first
    index = json.loads(files["package/.index.json"])
    assert index["index-version"] == 2
    assert [f"package/{one['filename']}" for one in index["files"]] == list(files)[2:]
    assert len(files) == 2 + len(real().worksheets) + len(real().packets)
    assert index["files"][0] == {
        "filename": "Questionnaire-a-step-in-my-words.json",
        "resourceType": "Questionnaire",
        "id": "worksheets/a-step-in-my-words/a-step-in-my-words.fhir.json",
        "url": "x:worksheets/a-step-in-my-words/a-step-in-my-words.fhir.json",
    }


def test_its_bytes_depend_on_its_words_alone() -> None:
    first, again = record.package(real(), read), record.package(real(), read)

    assert first == again
    with tarfile.open(fileobj=io.BytesIO(first)) as tar:
        assert {(one.mtime, one.uid, one.uname, one.mode) for one in tar} == {
            (record.AN_AGE_AGO, 0, "", 0o644)
        }


def test_it_is_packed_again_when_a_resource_changes_and_only_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(address: str) -> bytes:
        return read(address).replace(b"urge-log", b"urge-lug")

    def packed(read: record.Read) -> bytes:
        packing = record.packing(real(), read, tmp_path)
        packing.wait()
        return packing.places[record.PACKAGE].read_bytes()

    first, other = map(packed, (read, changed))
    assert first == record.package(real(), read)
    assert other == record.package(real(), changed) != first

    monkeypatch.setattr(record, "_packed", lambda *_: pytest.fail("packed again"))
    assert packed(read) == first
    assert packed(changed) == other


def test_it_says_what_it_is() -> None:
    made = record.manifest(real(), {})

    assert re.fullmatch(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+", made["name"])
    assert re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{8}", made["version"])
    assert made["fhirVersions"] == ["4.0.1"]
    assert made["dependencies"] == {"hl7.fhir.r4.core": "4.0.1"}
    assert made["license"] == "CC-BY-4.0"
    assert made["url"] == f"{made['canonical']}/fhir/"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/", "org.example.worksheets"),
        ("https://help.my-clinic.example/recovery/", "example.my-clinic.help.worksheets"),
        ("http://127.0.0.1:8000/", "local.worksheets"),
        ("http://localhost/", "local.worksheets"),
        ("", "local.worksheets"),
    ],
)
def test_its_name_is_that_of_the_site(url: str, name: str) -> None:
    assert record.name(url) == name


def test_its_version_rises_with_each_new_version_of_a_sheet() -> None:
    versions = [
        numbers(library(a=(1, "2026-01-05"), b=(1, "2026-01-02"))),
        numbers(library(a=(1, "2026-01-05"), b=(2, "2026-01-05"))),
        numbers(library(a=(2, "2026-01-05"), b=(2, "2026-01-05"))),
        numbers(library(a=(2, "2026-01-05"), b=(3, "2026-10-01"))),
        numbers(library(a=(2, "2026-01-05"), b=(4, "2027-01-01"))),
    ]

    assert versions == ["2026.105.2", "2026.105.3", "2026.105.4", "2026.1001.5", "2027.101.6"]
    in_order = [tuple(map(int, one.split("."))) for one in versions]
    assert in_order == sorted(set(in_order))


def test_its_version_never_falls_when_a_sheet_goes_or_steps_back() -> None:
    """The list of versions remembers what was out."""
    was = Version(3, "2026-10-01", "0" * 12)
    listed = Versions({"worksheets/a": was, "packets/gone": was, "worksheets/b": was})
    now = replace(library(a=(2, "2026-01-05"), c=(1, "2026-01-05")), versions=listed)

    assert numbers(now) == "2026.1001.10"
    assert numbers(replace(now, worksheets={})) == "2026.1001.9"


def test_other_words_at_the_same_versions_are_another_build_of_it() -> None:
    """To SemVer what follows the + is no other version, so that nothing falls; but it is another name."""
    one = library(a=(1, "2026-01-05"))
    first, second, third = (record.version(one, held) for held in ({"a": b"1"}, {"a": b"2"}, {"b": b"1"}))

    assert len({first, second, third}) == 3
    assert {made.partition("+")[0] for made in (first, second, third)} == {"2026.105.1"}
    assert first == record.version(one, {"a": b"1"})


def test_a_clinics_own_lines_give_its_questionnaires_versions_of_their_own(tmp_path: Path) -> None:
    ours = fhir.render(real().worksheets["urge-log"], real())
    theirs = fhir.render(riverside(tmp_path).worksheets["urge-log"], riverside(tmp_path))

    assert "Riverside crisis line" in json.dumps(theirs)
    assert ours["version"] != theirs["version"]
    assert ours["version"].partition("-")[0] == theirs["version"].partition("-")[0] == "1"


def test_drafts_are_in_no_package() -> None:
    both = library(a=(1, "2026-01-05"), b=(1, "2026-01-06"))
    hidden = replace(
        both, worksheets={**both.worksheets, "b": both.worksheets["b"].model_copy(update={"status": "draft"})}
    )

    assert list(record.resources(hidden)) == ["Questionnaire-a.json"]
    assert numbers(hidden) == "2026.105.1"
    assert "b/b.fhir.json" not in record.page(hidden, read)


def test_the_page_lists_each_with_its_version_size_and_canonical_address() -> None:
    page = record.page(real(), read)

    assert '<a class="btn" href="package.tgz" type="application/gzip">' in page
    for sheet in real().worksheets.values():
        place = f"worksheets/{sheet.id}/{sheet.id}.fhir.json"
        assert (
            f'<a href="../{place}" type="application/fhir+json">{sheet.title.replace("&", "&amp;")}</a>'
            in page
        )
        assert f"<code>{real().site.url}{place}</code>" in page


def test_the_guide_names_the_versions_that_are_tried() -> None:
    guide = (ROOT / "docs" / "clinicians" / "ehr.md").read_text(encoding="utf-8")
    tried = json.loads((ROOT / "tests" / "package.json").read_text(encoding="utf-8"))["dependencies"]

    assert f"| LHC-Forms {tried['lforms']}, by" in guide
    assert f"| Medplum's server in memory, {tried['@medplum/mock']} (" in guide
