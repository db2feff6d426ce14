"""Builds of the site, beside a plain `mkdocs build` of the same pages with the hooks off."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import yaml
from building import ENVIRONMENT, copy
from figures import ratio, row
from serving import serving, wait_for
from sheets import real

from workbook.render import screen

SHEET = "content/worksheets/urge-log.yml"


def measure(folder: Path, runs: int) -> list[dict[str, Any]]:
    ours, plain = copy(folder / "ours"), _plain(copy(folder / "plain"))
    (ours / ".cache").unlink()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ("plain", "first", "again", "one")}
    for turn in range(runs):
        shutil.rmtree(ours / ".cache", ignore_errors=True)
        found["plain"].append(_build(plain))
        found["first"].append(_build(ours))
        found["again"].append(_build(ours))
        _edit(ours / SHEET, f"My urges {turn}")
        found["one"].append(_build(ours))
    base = [seconds for seconds, _ in found["plain"]]
    names = {
        "plain": "plain build: the same pages, hooks off",
        "first": "first build, every PDF drawn",
        "again": "build with nothing changed",
        "one": "build with one worksheet changed",
    }
    rows = []
    for name, what in names.items():
        seconds = [one for one, _ in found[name]]
        rows.append(row(what, seconds, "s", ratio(seconds, base, "plain") if name != "plain" else ""))
        if name in ("plain", "first"):
            rows.append(row(f"{what}: peak memory", [memory for _, memory in found[name]], "MB"))
    return [*rows, *_serving(ours, plain, runs)]


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


def _build(project: Path) -> tuple[float, float]:
    """Seconds, and the most memory in MB that the build or one of its workers took."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    process = subprocess.Popen(
        command, cwd=project, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(process.stderr.read().decode() if process.stderr else "the build failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def _edit(sheet: Path, label: str) -> None:
    """Give the log another label."""
    lines = sheet.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.strip() == "type: table") + 1
    lines[at] = f"{lines[at].partition('label:')[0]}label: {label}\n"
    sheet.write_text("".join(lines), encoding="utf-8")


def _serving(ours: Path, plain: Path, runs: int) -> list[dict[str, Any]]:
    def markdown(label: str) -> None:
        page = plain / "docs" / "worksheets" / "urge-log.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n\n{label}\n", encoding="utf-8")

    def reading(label: str) -> None:
        page = ours / "docs" / "smart" / "urges.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n\n{label}\n", encoding="utf-8")

    page = _latencies(ours, reading, runs, "smart/urges/")
    one = _latencies(ours, lambda label: _edit(ours / SHEET, label), runs)
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
