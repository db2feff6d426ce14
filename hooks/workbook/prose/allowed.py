"""Exceptions, written where they occur with a reason; one that excuses nothing is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbook.prose.pages import Page
from workbook.prose.passage import Finding
from workbook.source import Place, Source

IN_PAGE = re.compile(r"<!--[ \t]*prose:(?P<rest>.*?)-->", re.DOTALL)
IN_SHEET = re.compile(r"(?:^|\s)#[ \t]*prose:(?P<rest>.*)$")
ALLOW = re.compile(r"\s*allow\s+\"(?P<said>[^\"]+)\"\s*:\s*(?P<reason>\S.*?)\s*", re.DOTALL)
CURE = 'Write it so: prose: allow "the words": the reason'


@dataclass(frozen=True)
class Allowed:
    """What one exception excuses, and in which lines. Without words it is written wrongly."""

    place: Place
    said: str
    lines: range

    def excuses(self, finding: Finding) -> bool:
        same = " ".join(self.said.split()).casefold() == finding.said.casefold()
        return same and (finding.whole or finding.place[0] in self.lines)


def in_page(page: Page) -> Iterator[Allowed]:
    """Each holds for the paragraph that it stands in, or else for the next one."""
    for found in IN_PAGE.finditer(page.text):
        line, column = page.place(found.start())
        last = page.place(found.end())[0]
        alone = not (page.lines[line - 1][: column - 1] + page.text[found.end() :].partition("\n")[0]).strip()
        start, end = line, last
        while not alone and start > 1 and page.lines[start - 2].strip():
            start -= 1
        while alone and end < len(page.lines) and not page.lines[end].strip():
            end += 1
        while end < len(page.lines) and page.lines[end].strip():
            end += 1
        yield _allowed(found["rest"], (line, column), range(start, end + 1))


def in_sheet(sheet: Source) -> Iterator[Allowed]:
    """Each holds for its own line, or, alone on a line, for the next value and the lines it takes."""
    begun = {line for line, _ in (*sheet.marks.values(), *sheet.keys.values())}
    for number, line in enumerate(sheet.lines, 1):
        if not (found := IN_SHEET.search(line)):
            continue
        end = number
        if not line[: found.start()].strip():
            while end < len(sheet.lines) and end not in begun:
                end += 1
        while end < len(sheet.lines) and end + 1 not in begun:
            end += 1
        place = number, line.index("#", found.start()) + 1
        yield _allowed(found["rest"], place, range(number, end + 1))


def _allowed(rest: str, place: Place, lines: range) -> Allowed:
    read = ALLOW.fullmatch(rest)
    return Allowed(place, read["said"] if read else "", lines)


def left(findings: Iterable[Finding], allowed: Iterable[Allowed]) -> Iterator[Finding]:
    """The findings that nothing excuses, and the exceptions that excuse nothing."""
    exceptions, found = list(allowed), list(findings)
    yield from (one for one in found if not any(each.excuses(one) for each in exceptions))
    for each in exceptions:
        if not each.said:
            yield Finding(each.place, "", "this exception cannot be read, or gives no reason", CURE)
        elif not any(map(each.excuses, found)):
            message = f"the exception for '{each.said}' excuses nothing here"
            yield Finding(each.place, "", message, "Take it out, or put it beside the words that it excuses.")
