"""A page that is too heavy stops the build, and there are plain ways out."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import yaml
from building import headed, mkdocs
from clinics import OURS, THEIRS

from workbook.weight import KINDS

# As heavy as a page may be that is not refused for its length: numbers do not pack well.
NUMBERS = (int(sha256(b"%d" % number).hexdigest(), 16) % 10**40 for number in range(1500))
MUCH = "\n".join(f"You can walk {number:040} more." for number in NUMBERS)
CLINIC = "name: North Clinic\n"


def heavier(project: Path) -> None:
    page = project / "docs" / "index.md"
    page.write_text(headed(f"# Home\n\n[a place](crisis.md) {MUCH}\n"), encoding="utf-8")


def test_a_page_over_its_budget_stops_the_build_until_that_is_raised(small_project):
    heavier(small_project)
    done = mkdocs(small_project, "build")

    assert done.returncode == 1
    assert "docs/index.md:1:1: the page has " in done.stderr
    assert "and 25,000 are the most" in done.stderr
    assert "raise its budget: mkdocs.yml, under 'extra: budgets: page'." in done.stderr
    assert not (small_project / "site").exists()

    place = small_project / "mkdocs.yml"
    settings = yaml.safe_load(place.read_text(encoding="utf-8"))
    assert set(settings["extra"]["budgets"]) == set(KINDS)
    settings["extra"]["budgets"]["page"] = [250_000, 300_000]
    place.write_text(yaml.safe_dump(settings), encoding="utf-8")
    assert mkdocs(small_project, "build", "--strict").returncode == 0


def test_a_clinics_copy_is_told_and_built(small_project):
    heavier(small_project)
    (small_project / "content" / "clinic.yml").write_text(CLINIC, encoding="utf-8")
    settings = small_project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(OURS, THEIRS), encoding="utf-8")
    done = mkdocs(small_project, "build", "--strict")

    assert done.returncode == 0, done.stderr
    assert "docs/index.md:1:1: the page has " in done.stderr
