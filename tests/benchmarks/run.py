"""Figures, each beside something measured in the same run. Writes results.md and .json; asserts nothing.

make bench                         all but the long ones, in about ten minutes
make bench RUNS=5 SCALE=100,1000,5000    more runs, and more sheets: an hour
make bench ONLY=pages,papers       some of it; the others stay as they were
make bench ONLY=first              a thousand sheets in a browser, in eight minutes
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "hooks"), str(HERE.parent), str(HERE)]

import builds  # noqa: E402
import papers  # noqa: E402
import scale  # noqa: E402
import screens  # noqa: E402

PARTS = ("pages", "papers", "builds", "scale", "first")
BRIEF = ("pages", "papers", "builds", "scale")  # without a word
TITLES = {
    "pages": "Our worksheet's page beside the same worksheet of others",
    "papers": "PDFs",
    "builds": "Builds, and pages of the site",
    "scale": "Many worksheets, generated: each built once",
    "first": "A thousand worksheets in a browser, generated",
}
PACKAGES = ("mkdocs", "mkdocs-material", "typst", "pikepdf", "playwright", "weasyprint")
NPM = ("survey-core", "lforms")
# What the README shows: the name of a row here, and there.
SHORT = {
    "page: bytes, without fonts": "A worksheet's page, packed, without fonts",
    "page: usable at 4× and slow 4G": "Time to use it: slow phone, slow 4G",
    "page: controls without script": "Controls that work without script",
    "page: long answers cut on paper": "Long answers cut when the page is printed",
    "PDF: what-i-gain, fillable and tagged, ours": "A fillable, tagged PDF",
    "build with nothing changed": "Build with nothing changed",
    "build with one worksheet changed, in no packet": "Build with one worksheet changed, in no packet",
    "build with one worksheet changed, in three packets": "The same, in three packets",
    "serve: from saving one YAML to the new page": "From saving a worksheet to seeing it",
    "reading: first visit to a page": "A first visit to a reading page, fonts included",
}
README = HERE.parents[1] / "README.md"
MARKS = ("<!-- measured -->\n", "<!-- /measured -->")
START = time.monotonic()


def main() -> None:
    runs = int(os.environ.get("RUNS", "3"))
    counts = [int(one) for one in os.environ.get("SCALE", "20,100").split(",")]
    asked = os.environ.get("ONLY", ",".join(BRIEF)).split(",")
    place = HERE / "results.json"
    before = json.loads(place.read_text(encoding="utf-8")).get("parts", {}) if place.exists() else {}
    parts = {name: before[name] for name in PARTS if name in before}
    with tempfile.TemporaryDirectory() as folder:
        for name in (one for one in PARTS if one in asked):
            how = f"SCALE={','.join(map(str, counts))}" if name == "scale" else f"RUNS={runs}"
            command = f"make bench ONLY={name} {how}"
            rows: list[dict[str, Any]] = []
            for one in _measured(name, Path(folder) / name, runs, counts):
                rows.append(one)  # written at once: a later one may take an hour, and fail
                parts[name] = {"command": command, **machine(), "rows": rows}
                place.write_text(json.dumps({"parts": parts}, indent=2) + "\n", encoding="utf-8")
                (HERE / "results.md").write_text(as_markdown(parts), encoding="utf-8")
    _into_readme(parts)
    print(as_markdown(parts))


def _into_readme(parts: dict[str, Any]) -> None:
    """Its short table, between the marks."""
    rows = {one["what"]: one for part in parts.values() for one in part["rows"]}
    lines = ["", "| | ours | beside it |", "| --- | ---: | --- |"]
    for what, label in SHORT.items():
        if one := rows.get(what):
            lines.append(f"| {label} | {_number(one['median'])} {one['unit']} | {one['beside']} |")
    before, _, rest = README.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    README.write_text(f"{before}{MARKS[0]}{chr(10).join(lines)}\n\n{MARKS[1]}{after}", encoding="utf-8")


def _measured(name: str, folder: Path, runs: int, counts: list[int]) -> Iterable[dict[str, Any]]:
    folder.mkdir()
    if name == "papers":
        return papers.measure(runs, say)
    if name == "scale":
        return scale.measure(folder, counts, say)
    if name == "first":
        return scale.in_browser(folder, runs, say)
    return (screens if name == "pages" else builds).measure(folder, runs, say)


def say(what: str) -> None:
    print(f"{time.monotonic() - START:5.0f} s  {what}", file=sys.stderr, flush=True)


def machine() -> dict[str, str]:
    theirs = [f"{name} {_of_npm(name)}" for name in NPM]
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}; "
        f"load {os.getloadavg()[0]:.1f} at its end",
        "versions": ", ".join(
            [f"Python {platform.python_version()}", *filter(None, map(_version, PACKAGES)), *theirs]
        ),
    }


def _number(value: float) -> str:
    return f"{value:g}"


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def _of_npm(name: str) -> str:
    for folder in (HERE, HERE.parent):
        place = folder / "node_modules" / name / "package.json"
        if place.exists():
            return str(json.loads(place.read_text(encoding="utf-8"))["version"])
    return "not installed"


def as_markdown(parts: dict[str, Any]) -> str:
    told = [
        "# Measured",
        "",
        "Times are of one machine on one day: read the ratios, which are of runs that took turns. A ratio of",
        "several runs is the median of theirs, and need not be that of the medians beside it.",
    ]
    for name, part in parts.items():
        told += [
            "",
            f"## {TITLES[name]}",
            "",
            f"`{part['command']}`  ",
            f"{part['machine']}; {part['versions']}",
            "",
        ]
        told += [
            "| what | median | lowest to highest | unit | beside it |",
            "| --- | ---: | ---: | --- | --- |",
        ]
        for one in part["rows"]:
            ends = (_number(one["low"]), _number(one["high"]))
            spread = "" if ends[0] == ends[1] else " to ".join(ends)
            told.append(
                f"| {one['what']} | {_number(one['median'])} | {spread} | {one['unit']} | {one['beside']} |"
            )
    return "\n".join(told) + "\n"


if __name__ == "__main__":
    main()
