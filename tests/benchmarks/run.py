"""Figures, each beside something measured in the same run. Writes results.md and .json; asserts nothing."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "hooks"), str(HERE.parent), str(HERE)]

import builds  # noqa: E402
import papers  # noqa: E402

RUNS = int(os.environ.get("RUNS", "5"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # Builds first: a process is told the memory of the one it was started from as its own.
        built = builds.measure(Path(folder), RUNS)
        rows = [*papers.measure(RUNS), *built]
    about = machine()
    figures = json.dumps({"about": about, "rows": rows}, indent=2)
    (HERE / "results.json").write_text(figures + "\n", encoding="utf-8")
    table = as_markdown(about, rows)
    (HERE / "results.md").write_text(table, encoding="utf-8")
    print(table)


def machine() -> dict[str, str]:
    packages = ("mkdocs", "mkdocs-material", "typst", "pikepdf")
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "versions": ", ".join(
            [f"Python {platform.python_version()}", *(f"{one} {version(one)}" for one in packages)]
        ),
        "command": "make bench",
    }


def as_markdown(about: dict[str, str], rows: list[dict[str, Any]]) -> str:
    head = "".join(f"- {name}: {value}\n" for name, value in about.items())
    lines = ["| what | median | lowest to highest | unit | beside it |", "| --- | ---: | ---: | --- | --- |"]
    for one in rows:
        spread = f"{one['low']} to {one['high']}"
        lines.append(f"| {one['what']} | {one['median']} | {spread} | {one['unit']} | {one['beside']} |")
    note = "Times are of one machine on one day: read the ratios."
    return f"# Measured\n\n{head}\n{note}\n\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
