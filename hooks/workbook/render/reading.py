"""The end of a reading page: who wrote it, whether a clinician has read it, and how to report a mistake."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from workbook.frontmatter import FrontMatter
from workbook.render.screen import filled


def status(matter: FrontMatter, author: str, sources: int, home: str) -> str:
    """HTML. `sources`: how many works the page lists; `home` leads from the page to the site's root."""
    return filled(
        "status.html", matter=matter, author=matter.author or author, sources=sources, home=home, day=_day
    )


def _day(day: str) -> Markup:
    told = date.fromisoformat(day)
    return Markup('<time datetime="{}">{} {:%B %Y}</time>').format(day, told.day, told)
