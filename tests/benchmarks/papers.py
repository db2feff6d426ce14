"""PDFs: cold in a new process, warm in one, and beside WeasyPrint where that is installed."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from figures import ratio, row
from sheets import ROOT, real

from workbook.render import paper, screen, style

SHEET = "what-i-gain"
COLD = f"""
import sys, time
sys.path[:0] = ["hooks", "tests"]
start = time.perf_counter()
from sheets import real
from workbook.render import paper
sheet = real().worksheets["{SHEET}"]
loaded = time.perf_counter()
paper.draw(paper.data(sheet, real(), "letter"))
print(time.perf_counter() - loaded, time.perf_counter() - start)
"""


def measure(runs: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    say("PDFs, cold")
    cold, whole = zip(*(_cold() for _ in range(runs)), strict=True)
    wanted = [paper.data(sheet, real(), size) for sheet in real().worksheets.values() for size in paper.SIZES]
    paper.draw(wanted[0])
    say("PDFs, warm")
    warm = [_milliseconds(lambda data=data: paper.draw(data)) for data in wanted]
    return [
        row("PDF: the first of a process", [1000 * one for one in cold], "ms"),
        row("PDF: the same, with imports and all content read", [1000 * one for one in whole], "ms"),
        row(f"PDF: each of {len(wanted)}, warm", warm, "ms", f"mean {statistics.mean(warm):.0f} ms"),
        *_beside_weasyprint(runs, say),
    ]


def _cold() -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", COLD], cwd=ROOT, check=True, capture_output=True, text=True)
    first, second = map(float, done.stdout.split())
    return first, second


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def _beside_weasyprint(runs: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """The same sheet, of the page as it prints. Both are warm, and take turns."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:  # the package, or Pango below it
        say(f"PDFs beside WeasyPrint: left out, {error}")
        return []
    say("PDFs beside WeasyPrint")
    sheet = real().worksheets[SHEET]
    page = screen.page(sheet, real(), {}).replace("</head>", f"<style>{style.printed()}</style></head>")
    data = paper.data(sheet, real(), "letter")

    def theirs() -> object:
        return HTML(string=page, base_url=str(ROOT)).write_pdf(pdf_forms=True)

    theirs()
    turns = [(_milliseconds(lambda: paper.draw(data)), _milliseconds(theirs)) for _ in range(runs)]
    ours, others = zip(*turns, strict=True)
    return [
        row(f"PDF: {SHEET}, fillable, WeasyPrint", others, "ms"),
        row(f"PDF: {SHEET}, fillable and tagged, ours", ours, "ms", ratio(ours, others, "WeasyPrint")),
    ]
