"""A worksheet or a safety line that leads to a page leads somewhere."""

import shutil
from pathlib import Path

import pytest
from sheets import ROOT

from workbook import library, site


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    for page in sorted((ROOT / "docs").rglob("*.md")):
        place = tmp_path / page.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    return tmp_path


def told(project: Path) -> str:
    return "\n".join(map(str, library.load(project, site.Site("Test", "https://test.example/")).problems))


@pytest.mark.parametrize(
    ("file", "before", "after", "near"),
    [
        ("worksheets/urge-log.yml", "page: /smart/urges/", "page: /smart/urgez/", "/smart/urges/"),
        ("safety.yml", "page: /safety/withdrawal/", "page: /safety/withdrawals/", "/safety/withdrawal/"),
    ],
)
def test_a_page_that_is_not_there_is_a_problem(project, file, before, after, near):
    path = project / "content" / file
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    assert f"no page is called {after.partition(' ')[2]!r}" in told(project)
    assert f"Did you mean {near!r}?" in told(project)


def test_a_page_that_is_taken_away_is_missed_where_it_was_named(project):
    (project / "docs" / "crisis.md").unlink()

    assert "content/safety.yml:" in told(project)


def test_addresses_of_pages_are_those_of_the_site():
    assert {"/", "/smart/", "/smart/urges/", "/crisis/", "/worksheets/"} <= site.pages(ROOT)
