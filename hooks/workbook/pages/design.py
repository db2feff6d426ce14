"""The colours of the design page, drawn from the tokens themselves, so that page and site cannot disagree."""

from __future__ import annotations

from html import escape

from workbook.colours import PAIRS, colours, contrast

MARK = "<!-- colours -->"
USES = {
    "ink": "words",
    "soft": "words that matter less",
    "points": "SMART Recovery, with dots",
    "steps": "12-step groups, with stairs",
    "act": "links, buttons, ticks: what you can do",
    "act-deep": "the same, under the pointer",
    "danger": "crisis and withdrawal, with a sign and a word",
    "edge": "the borders of boxes and buttons",
    "points-mid": "pictures of SMART Recovery",
    "steps-mid": "pictures of 12-step groups",
    "focus": "the ring around what has the focus",
}


def table() -> str:
    """A row for each colour: its use, its value, and its contrast where it stands out least."""
    heads = ("Colour", "What for", "Light", "Dark", "Needs")
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(map(_row, USES))}</tbody>\n</table>"


def _row(name: str) -> str:
    needs = max(pair.least for pair in PAIRS if pair.over == name)
    swatch = (
        '<svg class="swatch" viewBox="0 0 40 24" aria-hidden="true">'
        f'<rect width="40" height="24" rx="4" fill="var(--{name})"/></svg>'
    )
    cells = (
        swatch + escape(name),
        escape(USES[name]),
        _least("light", name),
        _least("dark", name),
        f"{needs:g}",
    )
    labels = ("", "What for", "Light", "Dark", "Needs")
    told = (f'<td data-label="{label}">' if label else "<td>" for label in labels)
    return f"<tr>{''.join(f'{one}{cell}</td>' for one, cell in zip(told, cells, strict=True))}</tr>\n"


def _least(scheme: str, name: str) -> str:
    values = colours(scheme)
    least = min(contrast(values[name], values[pair.under]) for pair in PAIRS if pair.over == name)
    return f"<code>{values[name]}</code> {int(least * 10) / 10:.1f}"
