"""How a figure is kept: median and spread of its runs, and what stands beside it."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any


def row(what: str, values: Sequence[float], unit: str, beside: str = "") -> dict[str, Any]:
    digits = 0 if min(values) >= 100 or all(float(one).is_integer() for one in values) else 2
    low, middle, high = (round(one, digits) for one in (min(values), statistics.median(values), max(values)))
    runs = [round(one, 4) for one in values] if len(values) <= 20 else len(values)
    return {
        "what": what,
        "median": middle,
        "low": low,
        "high": high,
        "unit": unit,
        "beside": beside,
        "runs": runs,
    }


def ratio(values: Sequence[float], others: Sequence[float], name: str) -> str:
    """'1.3 × plain': the median of each run beside the run of the other that came with it."""
    if len(values) == len(others):
        found = statistics.median(one / other for one, other in zip(values, others, strict=True))
    else:
        found = statistics.median(values) / statistics.median(others)
    return f"{found:.2f} × {name}"


def beside(ours: Sequence[float], others: Mapping[str, Sequence[float]], unit: str) -> str:
    """'SurveyJS 2540 ms (0.21 ×)': the median of each other, and how many times it ours is."""
    said = []
    for name, values in others.items():
        theirs = statistics.median(values)
        digits = 0 if theirs >= 100 or float(theirs).is_integer() else 2
        times = f" ({statistics.median(ours) / theirs:.2f} ×)" if theirs and unit else ""
        said.append(
            f"{name} {round(theirs, digits) if digits else round(theirs)}{f' {unit}' if unit else ''}{times}"
        )
    return "; ".join(said)
