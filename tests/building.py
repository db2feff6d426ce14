"""A copy of the project to build, and the site it becomes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from small_project import root_with

ROOT = Path(__file__).parents[1]
PARTS = ("docs", "content", "hooks", "overrides", "mkdocs.yml")


def headed(text: str) -> str:
    """A page that says what it is in its first six lines."""
    name = text.partition("\n")[0].strip("# ")
    days = "written: 2026-11-23\nreview: 2036-11-23"
    return f"---\ntitle: {name}\ndescription: About {name}.\n{days}\n---\n{text}"


SMALL_PAGES = {
    "index.md": headed("# Home\n\nWords about [a place](crisis.md).\n"),
    "crisis.md": headed("# Crisis { #crisis }\n\nCall someone.\n"),
    "changes.md": headed("# What changed\n\n<!-- changes -->\n"),
    "worksheets/index.md": headed("# Worksheets\n\n<!-- worksheets -->\n"),
}
MOVED = (
    "/crisis/#gone -> /crisis/#crisis\n/old.txt -> /worksheets/a/a.txt\n/old/ -> /crisis/\n"
    "/worksheets/diary/ -> /worksheets/a/\n"
)
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": ""}


def copy(folder: Path) -> Path:
    """The project as a clone has it."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    (folder / ".cache").symlink_to(_cache())
    return folder


def small(folder: Path) -> Path:
    """Two short worksheets and pages around them: enough for a test of the build, and made in seconds."""
    for part in ("hooks", "overrides", "docs/assets"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "content").mkdir()
    shutil.copy(ROOT / "content" / "words.yml", folder / "content")
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings.pop("nav")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    root_with(folder)
    (folder / "content" / "permalinks.txt").write_text(MOVED, encoding="utf-8")
    for name, text in SMALL_PAGES.items():
        place = folder / "docs" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (folder / ".cache").symlink_to(_cache())
    return folder


def _cache() -> Path:
    """Drawn paper is shared, so that each copy does not draw it again."""
    cache = ROOT / ".cache"
    cache.mkdir(exist_ok=True)
    return cache


def mkdocs(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`more` is added to the environment."""
    command = [sys.executable, "-m", "mkdocs", *arguments]
    environment = {**ENVIRONMENT, **more}
    return subprocess.run(
        command, check=False, cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )


def built(folder: Path, **more: str) -> Path:
    """The site of the project in `folder`, which must pass the strict build."""
    done = mkdocs(folder, "build", "--strict", **more)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy that a test may break."""
    return copy(tmp_path / "project")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built strictly: once for all workers, who read it and change nothing."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    place, done = shared / "project", shared / "project-is-built"
    try:
        place.mkdir()
    except FileExistsError:
        return _waited_for(done, place / "site")
    try:
        return built(copy(place))
    finally:
        done.touch()


def _waited_for(done: Path, made: Path) -> Path:
    end = time.monotonic() + 600
    while not done.exists() and time.monotonic() < end:
        time.sleep(0.2)
    assert (made / "index.html").exists(), "another worker builds the site; its tests say what is wrong"
    return made


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A small one that a test may break."""
    folder = tmp_path / "small"
    folder.mkdir()
    return small(folder)
