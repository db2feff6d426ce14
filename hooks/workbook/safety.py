"""The fixed safety lines of content/safety.yml."""

from __future__ import annotations

from workbook.fields.base import Id, Strict, Text


class Link(Strict):
    """Where a safety line leads."""

    text: Text
    page: str


class SafetyLine(Strict):
    """Words that are shown as they stand, wherever a worksheet names their id."""

    id: Id
    text: Text
    link: Link | None = None
    sources: list[Id] = []
