"""What the policy would stop in a visitor's browser, told to the author at the build: place and cure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.policy import markup
from workbook.problems import Problem

RISKY = re.compile(
    r"style|on[a-z]|script:|//|ping", re.IGNORECASE
)  # a tag without these is not looked at twice
ABROAD = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
ABROAD_IN_STYLE = re.compile(
    r"""(?:url\(\s*|@import\s+)["']?(?:[a-z][a-z0-9+.-]*:)?//[^"')\s]*""", re.IGNORECASE
)
LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction"}
LOADING_BY_TAG = {"link": "href", "use": "href", "image": "href", "feimage": "href"}
LOADING_LINKS = re.compile(
    r"stylesheet|preconnect|dns-prefetch|prefetch|preload|prerender|icon|manifest", re.IGNORECASE
)

FOR_PEOPLE = re.compile(r"aria-\w+|alt|content|label|placeholder|title|value")  # words, and never an address
Wrong = tuple[str, str]  # what is wrong, and the cure
STYLE = "a style in a tag", "Use a class, and say in a style sheet how it looks."
HANDLER = "a script in a tag", "Let a script file listen for it, or take it out."
SCRIPT_ADDRESS = "an address that is a script", "Link to a page, or use a button and a script file."
PING = "a link that reports who follows it", "Take out ping."
ELEMENT = (
    "a {} in the text of a page",
    "Put it in a file in docs/assets, and name the file in mkdocs.yml. Or take it out.",
)
ELSEWHERE = (
    "this asks another host for something, and so tells it of the visit",
    "Put a copy into docs/assets, if its licence lets you, and name that. Or make it a link to follow.",
)
UNGUARDED = (
    "a page without a Content-Security-Policy",
    "Make it a page of Markdown, which gets one; or write <meta charset=utf-8> and a policy into its head.",
)


@dataclass(frozen=True)
class Finding:
    """Where it begins in the page, its text there, what is wrong, and the cure."""

    start: int
    text: str
    message: str
    hint: str


def in_page(page: str) -> Iterator[Finding]:
    """In a whole page: styles and scripts in tags, and whatever another host is asked for."""
    for tag in markup.tags(page):
        if RISKY.search(tag.inside):
            yield from _in_tag(tag)
        if tag.name == "style":
            yield from in_style(tag.text, tag.text_start)


def in_drawing(text: str) -> Iterator[Finding]:
    """In an SVG file, which runs scripts when it is opened by itself. Its styles do no harm there."""
    yield from (one for one in in_page(text) if one.message != STYLE[0])
    yield from (one for one in in_words(text) if not one.text.startswith("<style"))


def in_words(part: str) -> Iterator[Finding]:
    """Scripts and styles in what an author wrote. Those of templates are allowed, each by its hash."""
    for tag in markup.inline_elements(part):
        message, hint = ELEMENT
        opening = f"<{tag.name}{tag.inside}>"
        yield Finding(tag.start - len(tag.name) - 1, opening, message.format(f"<{tag.name}>"), hint)


def in_style(text: str, start: int = 0) -> Iterator[Finding]:
    """What a style sheet asks another host for."""
    for found in ABROAD_IN_STYLE.finditer(text):
        yield Finding(start + found.start(), found[0], *ELSEWHERE)


def problem(finding: Finding, text: str, path: Path, source: tuple[str, Path] | None = None) -> Problem:
    """Where a finding is: in the text and path of its source if it is there, else in what is published."""
    at = finding.start
    if source and finding.text in source[0]:
        text, path = source
        at = text.index(finding.text)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    excerpt = text[at - column + 1 :].partition("\n")[0]
    return Problem(path, line, column, finding.message, finding.hint, excerpt)


def _in_tag(tag: markup.Tag) -> Iterator[Finding]:
    attributes = list(tag.attributes())
    values = {name: value for name, value, _ in attributes}
    for name, value, found in attributes:
        wrong = _wrong(name, value) or (_loads(tag.name, name, value, values) and ELSEWHERE)
        if wrong:
            yield Finding(tag.start + found.start(), found[0], *wrong)


def _wrong(name: str, value: str) -> Wrong | None:
    if name == "style":
        return STYLE
    if re.fullmatch(r"on[a-z]+", name):
        return HANDLER
    if re.match(r"\s*javascript:", value, re.IGNORECASE) and not FOR_PEOPLE.fullmatch(name):
        return SCRIPT_ADDRESS
    return PING if name == "ping" else None


def _loads(tag: str, name: str, value: str, values: Mapping[str, str]) -> bool:
    """Whether the browser asks another host by itself. A link that one follows is no such thing."""
    if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
        return name == "content" and "//" in value
    if tag == "link" and not LOADING_LINKS.search(values.get("rel", "")):
        return False
    loading = name in LOADING or name.removeprefix("xlink:") == LOADING_BY_TAG.get(tag)
    return loading and any(map(ABROAD.match, value.split(",") if name == "srcset" else [value]))
