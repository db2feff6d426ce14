"""Rules about a page as a whole: a warning for those who stop, two roads at equal length, its review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workbook.prose.pages import Page
from workbook.prose.passage import Finding, number_of_words

# Where a page speaks to someone of stopping: 'before you stop', 'how to cut down', 'Quit drinking'.
STOP = r"(?:stop|quit|cut down|give up|come off)(?! (?:at|for|in|on|reading|taking|to)\b)"
STOPPING = re.compile(
    rf"\b(?:you|I) (?:(?:\w+ )?(?:want|plan|decided?|try|need|wish|have|hope|choose|going|ready|mean) to "
    rf"|can |could |should |must |may )?{STOP}"
    rf"|\b(?:how|ways?|time|plan|safe|help you|helps you|step is|goal is) to {STOP}"
    r"|(?:^[-\d.)* ]*|[.:?]\s+)"
    r"(?:(?:Stop|Quit|Give up|Come off) (?:drink|alcohol|using|drugs|opioid|benzo|GHB)|Cut down\b)",
    re.MULTILINE,
)
DANGER = re.compile(r"^[ \t]*!!! danger\b", re.MULTILINE)
BOX_CURE = "Put a box on the page that begins with '!!! danger': who must not stop all at once, and why."

ROAD = re.compile(r"<!--[ \t]*(?P<what>roads?):[ \t]*(?P<name>[^\n>]*?)[ \t]*-->")
TABLE = re.compile(r"^[ \t]*\|", re.MULTILINE)
CELL = re.compile(r"(?<!\\)\|")
MOST_LONGER = 1.2
ROADS_CURE = (
    "Write <!-- roads: equal -->, <!-- road: name --> before each road, and <!-- roads: end -->. "
    "A table needs no names: its second and third column are the roads."
)

# A link that says nothing of its page: screen readers list links without the words around them.
BARE = re.compile(
    r"(?<!!)\[\s*(?P<words>here|this|this page|this link|link|more|read more|see more|website)[.\s]*\]\(",
    re.IGNORECASE,
)

REVIEW = re.compile(r"^review:[ \t]*(?P<day>.*?)[ \t]*(?:#.*)?$", re.MULTILINE)


def findings(page: Page) -> Iterator[Finding]:
    yield from _danger(page)
    yield from _roads(page)
    for link in BARE.finditer(page.text):
        words, place = link["words"], page.place(link.start("words"))
        yield Finding(
            place, words, f"'{words}' does not say where it leads", "Let the words of the link name the page."
        )
    if (found := REVIEW.search(page.front_matter)) and _day(found) is None:
        place = page.place(found.start("day"))
        yield Finding(place, "review", "'review' is not a day", "Write it like 2027-11-23.")


def _danger(page: Page) -> Iterator[Finding]:
    found = STOPPING.search(page.visible)
    if found and not DANGER.search(page.text):
        message = "the page speaks of stopping or cutting down, and has no danger box"
        yield Finding(page.place(found.start()), "danger box", message, BOX_CURE, True)


def _roads(page: Page) -> Iterator[Finding]:
    """The marked blocks of a comparison, or two columns of its table: none longer by more than a fifth."""
    open_: list[tuple[str, int, int]] | None = None  # name, where its comment begins, where it ends
    begun = 0
    for found in ROAD.finditer(page.text):
        what = "road" if found["what"] == "road" else found["name"]
        if what == "equal" and open_ is None:
            open_, begun = [], found.end()
        elif what == "road" and open_ is not None:
            open_.append((found["name"], found.start(), found.end()))
        elif what == "end" and open_ is not None:
            if not open_ and TABLE.search(page.visible, begun, found.start()):
                yield from _columns(page, begun, found.start())
            else:
                yield from _lengths(page, open_, found.start())
            open_ = None
        else:
            yield Finding(page.place(found.start()), "roads", f"'{what}' has no place here", ROADS_CURE)
    if open_ is not None:
        yield Finding(page.place(len(page.text)), "roads", "a comparison of roads has no end", ROADS_CURE)


def _lengths(page: Page, roads: list[tuple[str, int, int]], end: int) -> Iterator[Finding]:
    if len(roads) < 2:
        yield Finding(page.place(end), "roads", "a comparison needs two roads", ROADS_CURE)
        return
    ends = [*(start for _, start, _ in roads[1:]), end]
    counts = [
        number_of_words(page.visible[begin:stop]) for (_, _, begin), stop in zip(roads, ends, strict=True)
    ]
    yield from _shorter(page, [(name, start) for name, start, _ in roads], counts)


def _columns(page: Page, begin: int, end: int) -> Iterator[Finding]:
    """Two roads in the second and the third column of a table."""
    rows = [row for row in page.visible[begin:end].split("\n") if row.lstrip().startswith("|")]
    columns = [*zip(*(_cells(row)[1:3] for row in rows), strict=False)]
    names = [column[0].strip() for column in columns]
    place = begin + page.visible[begin:end].find("|")
    counts = [sum(map(number_of_words, column[1:])) for column in columns]
    yield from _shorter(page, [(name, place) for name in names], counts)


def _cells(row: str) -> list[str]:
    return CELL.split(row.strip().strip("|"))


def _shorter(page: Page, roads: list[tuple[str, int]], counts: list[int]) -> Iterator[Finding]:
    """Each road that is more than a fifth longer than the shortest."""
    shortest = min(range(len(roads)), key=counts.__getitem__)
    for (name, start), count in zip(roads, counts, strict=True):
        if count > MOST_LONGER * counts[shortest]:
            other = f"'{roads[shortest][0]}' has {counts[shortest]}"
            message = f"the road '{name}' has {count} words, and {other}"
            hint = "Bring them within 20 %: one road is not to look better by its length."
            yield Finding(page.place(start), "roads", message, hint, True)


def due(page: Page, today: date) -> Iterator[Finding]:
    """A review that should have been."""
    found = REVIEW.search(page.front_matter)
    if found and (day := _day(found)) and day < today:
        message = f"a warning: the review of this page was due on {day.isoformat()}"
        hint = "Have it read again, and set 'reviewed' and the next 'review'."
        yield Finding(page.place(found.start("day")), "review", message, hint)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date.fromisoformat(found["day"].strip("'\""))
    except ValueError:
        return None
