"""The questions of a page and their answers, as plain text: for programs that know what a question is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from workbook.prose.pages import Page

HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)
ASKED = re.compile(r"^###[ \t]+(?P<asked>[^\n]*\?)[ \t]*$", re.MULTILINE)
GAP = re.compile(r"\s+([.,;:?])")


def questions(text: str) -> Iterator[tuple[str, str]]:
    """Each heading of the third level that asks something, and the words below it."""
    visible = Page(PurePath(), text).visible
    for found in ASKED.finditer(visible):
        following = HEADING.search(visible, found.end())
        answer = visible[found.end() : following.start() if following else len(visible)]
        yield found["asked"].strip(), GAP.sub(r"\1", " ".join(answer.split()))
