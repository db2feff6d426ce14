"""Does each path of a result lead to the one answer it names?"""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from workbook import paths
from workbook.worksheet import AnyField

FIELD = TypeAdapter(AnyField)
RAW: list[dict[str, Any]] = [
    {"id": "want", "type": "text", "label": "Want"},
    {"id": "pull", "type": "scale", "label": "Pull"},
    {"id": "cost", "type": "number", "label": "Cost"},
    {"id": "goal", "type": "choice", "label": "Goal", "options": ["Stop", "Go"]},
    {
        "id": "log",
        "type": "table",
        "label": "Log",
        "columns": [
            {"id": "x", "type": "scale", "label": "X"},
            {"id": "mood", "type": "choice", "label": "Mood", "options": ["Low", "High"]},
        ],
    },
    {"id": "week", "type": "grid", "label": "Week", "rows": ["Mon"], "columns": ["Morning"]},
    {"id": "life", "type": "wheel", "label": "Life", "scales": ["Body", "Mind", "Money"]},
    {"id": "tip", "type": "note", "label": "Tip"},
    {"id": "all", "type": "result", "label": "All", "show": "sum", "of": ["pull"]},
]
FIELDS = {raw["id"]: FIELD.validate_python(raw) for raw in RAW}


@pytest.mark.parametrize(
    ("path", "label", "numeric"),
    [
        ("want", "Want", False),
        ("pull", "Pull", True),
        ("cost", "Cost", True),
        ("goal", "Goal", False),
        ("log.x", "X", True),
        ("log.mood", "Mood", False),
        ("week.morning", "Morning", False),
        ("life", "Life", True),
        ("life.body", "Body", True),
    ],
)
def test_a_path_leads_to_its_answer(path: str, label: str, numeric: bool) -> None:
    target = paths.find(FIELDS, path)

    assert target
    assert (target.label, target.numeric) == (label, numeric)


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "nobody",
        "Want",
        "want.",
        ".want",
        "want.x",
        "log",
        "log.y",
        "log.x.1",
        "life.soul",
        "tip",
        "all",
    ],
)
def test_a_path_to_nothing_leads_nowhere(path: str) -> None:
    assert paths.find(FIELDS, path) is None


def test_every_known_path_leads_somewhere() -> None:
    known = paths.known(FIELDS)

    assert known
    assert all(paths.find(FIELDS, path) for path in known)


def test_options_are_those_of_the_column_that_is_named() -> None:
    options = {
        path: [one.id for one in paths.find(FIELDS, path).options] for path in ("goal", "log.mood", "log.x")
    }  # type: ignore[union-attr]

    assert options == {"goal": ["stop", "go"], "log.mood": ["low", "high"], "log.x": []}
