"""Many worksheets: what each takes when there are more of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import many
import screens
from figures import ratio, row
from running import mkdocs_build

FEW, MANY = 100, 1000  # sheets with which the shelf, the search and the builder are tried in a browser


def measure(folder: Path, counts: list[int], say: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """The first count is what the others stand beside. Told one by one: the last takes long."""
    bases: dict[str, float] = {}
    for count in counts:
        project = many.write(folder / str(count), count)
        say(f"scale: {count} sheets, first build")
        first = mkdocs_build(project)
        say(f"scale: {count} sheets, nothing changed")
        again = mkdocs_build(project)
        files = [path for path in (project / "site").rglob("*") if path.is_file()]
        found = {
            "seconds a sheet, first build": (first.seconds / count, "s"),
            "processor seconds a sheet, first build": (first.cpu / count, "s"),
            "processor seconds a sheet, nothing changed": (again.cpu / count, "s"),
            "peak memory, first build": (first.peak, "MB"),
            "peak memory, nothing changed": (again.peak, "MB"),
            "peak memory a sheet, nothing changed": (again.peak / count, "MB"),
            "output a sheet": (sum(path.stat().st_size for path in files) / count / 1000, "kB"),
            "the list of all, as sent": (_sent(project / "site/worksheets/index.html"), "kB"),
            "the search's index, as sent": (_sent(project / "site/assets/search.js"), "kB"),
        }
        for what, (value, unit) in found.items():
            base = bases.setdefault(what, value)
            said = ratio([value], [base], f"{counts[0]} sheets") if count != counts[0] else ""
            yield row(f"scale: {count} sheets, {what}", [value], unit, said)
        shutil.rmtree(project)


def in_browser(folder: Path, runs: int, say: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """From going there to the first result, with many sheets beside few."""
    sites = {}
    for count in (FEW, MANY):
        say(f"{count} sheets, built")
        project = many.write(folder / str(count), count)
        mkdocs_build(project)
        sites[count] = project / "site"
    os.sync()  # or the disk is still at it
    say("in a browser, in turns")
    yield from screens.first_result(sites, runs)


def _sent(path: Path) -> float:
    """kB of a file as it is sent to a browser that can unpack it."""
    return path.with_name(f"{path.name}.gz").stat().st_size / 1000
