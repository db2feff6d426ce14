"""How a figure is kept: median and spread of its runs, and what stands beside it."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any


def row(what: str, values: Sequence[float], unit: str, beside: str = "") -> dict[str, Any]:
    digits = 0 if unit in ("MB", "ms") and min(values) >= 20 else 2
    low, middle, high = (round(one, digits) for one in (min(values), statistics.median(values), max(values)))
    return {"what": what, "median": middle, "low": low, "high": high, "unit": unit, "beside": beside}


def ratio(values: Sequence[float], others: Sequence[float], name: str) -> str:
    """'1.3 × plain': the medians of two figures taken in turn."""
    return f"{statistics.median(values) / statistics.median(others):.2f} × {name}"
