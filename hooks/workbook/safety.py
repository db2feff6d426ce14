"""The fixed safety lines of content/safety.yml."""

from __future__ import annotations

from pydantic import Field as Setting

from workbook.fields.base import Id, Ref, Strict, Text
from workbook.worksheet import Page


class Link(Strict):
    """Where a safety line leads."""

    text: Text
    page: Page


class SafetyLine(Strict):
    """Words that are shown as they stand, wherever a worksheet names their id."""

    id: Id
    text: Text
    link: Link | None = None
    sources: list[Ref] = Setting(default=[], max_length=60)
