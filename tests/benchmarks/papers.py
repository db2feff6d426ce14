"""PDFs: cold in a new process, and warm in one."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from typing import Any

from figures import row
from sheets import ROOT, real

from workbook.render import paper

COLD = """
import sys, time
sys.path[:0] = ["hooks", "tests"]
start = time.perf_counter()
from sheets import real
from workbook.render import paper
sheet = real().worksheets["what-i-gain"]
loaded = time.perf_counter()
paper.draw(paper.data(sheet, real(), "letter"))
print(time.perf_counter() - loaded, time.perf_counter() - start)
"""


def measure(runs: int) -> list[dict[str, Any]]:
    cold, whole = zip(*(_cold() for _ in range(runs)), strict=True)
    wanted = [paper.data(sheet, real(), size) for sheet in real().worksheets.values() for size in paper.SIZES]
    paper.draw(wanted[0])
    warm = [_milliseconds(data) for _ in range(max(1, runs // 2)) for data in wanted]
    return [
        row("a PDF, cold: the first of a process", [1000 * one for one in cold], "ms"),
        row("the same, with imports and all content read", [1000 * one for one in whole], "ms"),
        row(
            f"a PDF, warm: {len(wanted)} files in one process",
            warm,
            "ms",
            f"mean {statistics.mean(warm):.0f} ms",
        ),
    ]


def _cold() -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", COLD], cwd=ROOT, check=True, capture_output=True, text=True)
    first, second = map(float, done.stdout.split())
    return first, second


def _milliseconds(data: Any) -> float:
    start = time.perf_counter()
    paper.draw(data)
    return 1000 * (time.perf_counter() - start)
