"""Builds of the site, beside a plain `mkdocs build` of the same pages with the hooks off."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import screens
import yaml
from building import copy
from figures import ratio, row
from running import Took, mkdocs_build
from serving import serving, wait_for
from sheets import real

from workbook.render import screen

SHEET = "content/worksheets/urge-log.yml"  # in three packets
ALONE = "content/worksheets/six-steps.yml"
NAMES = {
    "plain": "plain build: the same pages, hooks off",
    "first": "first build, every PDF drawn",
    "again": "build with nothing changed",
    "one": "build with one worksheet changed, in no packet",
    "packet": "build with one worksheet changed, in three packets",
}


def measure(folder: Path, runs: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Each turn has a build of each kind, the plain one first."""
    for name in ("ours", "plain"):
        (folder / name).mkdir(parents=True)
    ours, plain = copy(folder / "ours"), _plain(copy(folder / "plain"))
    (ours / ".cache").unlink()
    (ours / "content" / "versions.txt").unlink()  # words change here, and no version
    found: dict[str, list[Took]] = {name: [] for name in NAMES}
    for turn in range(runs):
        for name, prepare in (
            ("plain", None),
            ("first", lambda: shutil.rmtree(ours / ".cache", ignore_errors=True)),
            ("again", None),
            ("packet", lambda turn=turn: _edit(ours / SHEET, f"My urges {turn}")),
            ("one", lambda turn=turn: _edit(ours / ALONE, f"My hours {turn}")),
        ):
            if prepare:
                prepare()
            say(f"builds, turn {turn + 1} of {runs}: {NAMES[name]}")
            found[name].append(mkdocs_build(plain if name == "plain" else ours))
    rows = [_row(name, found[name], found["plain"]) for name in NAMES]
    memory = [
        row(f"peak memory, {NAMES[name]}", [one.peak for one in found[name]], "MB")
        for name in ("plain", "first", "again")
    ]
    return [*rows, *memory, *_serving(ours, plain, runs, say), *screens.reading(ours / "site")]


def _row(name: str, took: list[Took], plain: list[Took]) -> dict[str, Any]:
    seconds = [one.seconds for one in took]
    if name == "plain":
        return row(NAMES[name], seconds, "s")
    of_clock = ratio(seconds, [one.seconds for one in plain], "plain")
    of_processors = ratio([one.cpu for one in took], [one.cpu for one in plain], "its processor time")
    return row(NAMES[name], seconds, "s", f"{of_clock}, {of_processors}")


def _plain(project: Path) -> Path:
    """The same pages as Markdown files of Material, and no hook."""
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    start = text.index("hooks:")
    config.write_text(
        text[:start] + text[text.index("watch:") :].replace("watch: [content, overrides, hooks]\n", "")
    )
    shutil.rmtree(project / "overrides")
    # Material's own frame and search, where ours has its own.
    stock = (
        config.read_text().replace("custom_dir: overrides", "").replace("plugins: []", "plugins: [search]")
    )
    config.write_text(stock)
    for path in (project / "docs").rglob("*.md"):
        path.write_text(re.sub(r"^template: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE))
    for sheet in real().worksheets.values():
        matter = yaml.safe_dump({"title": sheet.title, "description": sheet.summary})
        page = f"---\n{matter}---\n{screen.render(sheet, real(), {})}\n"
        (project / "docs" / "worksheets" / f"{sheet.id}.md").write_text(page, encoding="utf-8")
    return project


def _edit(sheet: Path, label: str) -> None:
    """Give the log another label."""
    lines = sheet.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.strip() == "type: table") + 1
    lines[at] = f"{lines[at].partition('label:')[0]}label: {label}\n"
    sheet.write_text("".join(lines), encoding="utf-8")


def _serving(ours: Path, plain: Path, runs: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    def markdown(label: str) -> None:
        page = plain / "docs" / "worksheets" / "urge-log.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n\n{label}\n", encoding="utf-8")

    def reading(label: str) -> None:
        page = ours / "docs" / "smart" / "urges.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n\n{label}\n", encoding="utf-8")

    say("serve: a Markdown page")
    page = _latencies(ours, reading, runs, "smart/urges/")
    say("serve: a worksheet")
    one = _latencies(ours, lambda label: _edit(ours / SHEET, label), runs)
    say("serve: plain")
    other = _latencies(plain, markdown, runs)
    return [
        row("serve, plain: from saving a Markdown page to seeing it", other, "s"),
        row("serve: from saving one Markdown page to seeing it", page, "s", ratio(page, other, "plain")),
        row("serve: from saving one YAML to the new page", one, "s", ratio(one, other, "plain")),
    ]


def _latencies(project: Path, edit: Any, runs: int, page: str = "worksheets/urge-log/") -> list[float]:
    """The whole build that follows is over each time: an author thinks longer than that."""
    with serving(project) as site:
        page = f"{site}/{page}"
        wait_for(page, "urge")
        return [_one(page, edit, f"Seen in turn {turn}") for turn in range(runs)]


def _one(page: str, edit: Any, label: str) -> float:
    time.sleep(15)  # the watcher and the whole build must be at rest
    start = time.perf_counter()
    edit(label)
    wait_for(page, label)
    return time.perf_counter() - start
