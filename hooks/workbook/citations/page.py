"""A page with its citations: what is wrong with them, and what takes their place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from workbook import microcopy
from workbook.citations.markdown import Cited, Part, citations
from workbook.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from workbook.citations import Bibliography

HEADING = "## {} {{ #sources data-search-exclude }}"
# The title and the address of each page that cites a key.
Places = Mapping[str, Iterable[tuple[str, str]]]


def keys(text: str) -> list[str]:
    """The keys that a page cites, each once, in the order of the text."""
    return list(dict.fromkeys(part.key for cited in citations(text) for part in cited.parts))


def problems(text: str, path: Path, bibliography: Bibliography) -> Iterator[Problem]:
    """What is wrong with a page's citations. `text` is the whole file, so that lines are the file's own."""
    for cited in citations(text):
        for at in cited.empty:
            hint = "Give each part a key: [@one; @two]."
            yield _problem(text, path, at, "a part of this citation names no source", hint)
        for part in cited.parts:
            if not bibliography.mentions(part.key):
                hint = did_you_mean(part.key, bibliography.keys)
                yield _problem(text, path, part.at, f"no reference is called {part.key!r}", hint)


def _problem(text: str, path: Path, at: int, message: str, hint: str) -> Problem:
    start = text.rfind("\n", 0, at) + 1
    excerpt = text[start:].partition("\n")[0]
    return Problem(path, text.count("\n", 0, at) + 1, at - start + 1, message, hint, excerpt)


def placed(text: str, bibliography: Bibliography) -> str:
    """The page with a link for each citation. One with a key that nobody knows stays as it was typed."""
    out, end, marked = [], 0, set[str]()
    for cited in citations(text):
        if cited.empty or any(part.key not in bibliography.keys for part in cited.parts):
            continue
        out += [text[end : cited.start], _link(cited, bibliography, marked)]
        end = cited.end
    return "".join([*out, text[end:]])


def _link(cited: Cited, bibliography: Bibliography, marked: set[str]) -> str:
    """Author and year in brackets, each work a link to its place in the list."""
    return f"({'; '.join(_part(part, bibliography, marked) for part in cited.parts)})"


def _part(part: Part, bibliography: Bibliography, marked: set[str]) -> str:
    said = bibliography.year(part.key) if part.year_only else bibliography.short(part.key)
    # The list leads back to the first place alone, and an id may stand but once.
    name = "" if part.key in marked else f' id="cited-{part.key}"'
    marked.add(part.key)
    link = f'<a class="cite" role="doc-biblioref"{name} href="#source-{part.key}">{_inert(said)}</a>'
    gap = "" if part.after[:1] in ",:" else " "
    return f"{part.before} {link}{gap}{part.after}".strip()


def _inert(text: str) -> str:
    """Text inside a line of Markdown, safe from both Markdown and HTML."""
    return re.sub(r"[\\`*_\[\]|~^]", lambda found: f"&#{ord(found[0])};", html.escape(text))


def sources(keys: Iterable[str], bibliography: Bibliography) -> str:
    """The list for the end of a page, by author; nothing when the page cites nothing."""
    entries = [_entry(key, bibliography, _back(key, bibliography)) for key in bibliography.in_order(keys)]
    heading = HEADING.format(microcopy.say("sheet.sources"))
    return "\n\n" + heading + "\n\n" + _list(entries) if entries else ""


def references(bibliography: Bibliography, cited_in: Places) -> str:
    """The whole bibliography by author: what each work shows, and which pages cite it."""
    entries = []
    for key in bibliography.in_order(bibliography.keys):
        finding = bibliography.records[key].custom.finding
        shows = f'<p class="source__finding">{html.escape(finding)}</p>' if finding else ""
        entries.append(_entry(key, bibliography, shows + _cited_in(cited_in.get(key, ()))))
    return _list(entries)


def _list(entries: list[str]) -> str:
    return '<ul class="sources">\n' + "\n".join(entries) + "\n</ul>\n"


def _entry(key: str, bibliography: Bibliography, more: str) -> str:
    return f'<li id="source-{key}"><p class="source__entry">{bibliography.entry_html(key)}</p>{more}</li>'


def _back(key: str, bibliography: Bibliography) -> str:
    """The way back, at the end of the entry's own last line: a list of sources is long enough."""
    label = html.escape(microcopy.say("sources.back_to_the_text", work=bibliography.short(key)))
    return f' <a class="source__back" role="doc-backlink" href="#cited-{key}" aria-label="{label}">↑</a>'


def _cited_in(places: Iterable[tuple[str, str]]) -> str:
    links = [f'<a href="{html.escape(address)}">{html.escape(title)}</a>' for title, address in places]
    cited_in = microcopy.say("sources.cited_in", pages=Markup("; ".join(links)))
    return f'<p class="source__places">{cited_in}</p>' if links else ""
