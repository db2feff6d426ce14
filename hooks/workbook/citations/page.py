"""A page with its citations: what is wrong with them, and what takes their place."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from workbook import microcopy
from workbook.citations.markdown import Cited, Part, citations, inert
from workbook.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from workbook.citations import Bibliography

HEADING = "## {} {{ #sources data-search-exclude }}"
FEW = 5  # a list no longer than this stands open; a longer one folds, and is open on paper
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


def placed(text: str, bibliography: Bibliography, *, numbered: bool = False) -> str:
    """The page with a link for each citation. One with a key that nobody knows stays as it was typed.

    `numbered`: a link says the number of its source in the list, where names would crowd a table.
    """
    said = _numbers(text, bibliography) if numbered else {}
    out, end, marked = [], 0, set[str]()
    for cited in citations(text):
        if cited.empty or any(part.key not in bibliography.keys for part in cited.parts):
            continue
        out += [text[end : cited.start], _link(cited, bibliography, marked, said)]
        end = cited.end
    return "".join([*out, text[end:]])


def _numbers(text: str, bibliography: Bibliography) -> dict[str, str]:
    """The number of each work that the page cites, in the order of its list."""
    known = [key for key in keys(text) if key in bibliography.keys]
    return {key: str(number) for number, key in enumerate(bibliography.in_order(known), 1)}


def _link(cited: Cited, bibliography: Bibliography, marked: set[str], numbers: Mapping[str, str]) -> str:
    """Author and year in brackets, or a number, each work a link to its place in the list."""
    parts = "; ".join(_part(part, bibliography, marked, numbers) for part in cited.parts)
    return f"&#91;{parts}&#93;" if numbers else f"({parts})"


def _part(part: Part, bibliography: Bibliography, marked: set[str], numbers: Mapping[str, str]) -> str:
    short = bibliography.year(part.key) if part.year_only else bibliography.short(part.key)
    said = numbers.get(part.key, short)
    # The list leads back to the first place alone, and an id may stand but once.
    name = "" if part.key in marked else f' id="cited-{part.key}"'
    marked.add(part.key)
    told = f' aria-label="{said}: {html.escape(short)}"' if said != short else ""
    link = f'<a class="cite" role="doc-biblioref"{name}{told} href="#source-{part.key}">{inert(said)}</a>'
    gap = "" if part.after[:1] in ",:" else " "
    return f"{part.before} {link}{gap}{part.after}".strip()


def sources(keys: Iterable[str], bibliography: Bibliography, *, numbered: bool = False) -> str:
    """The list for the end of a page, by author; nothing when the page cites nothing. A long one folds."""
    entries = [_entry(key, bibliography, _back(key, bibliography)) for key in bibliography.in_order(keys)]
    if not entries:
        return ""
    listed = _list(entries, "ol" if numbered else "ul")
    if len(entries) > FEW:
        shown = html.escape(microcopy.say("sources.show", count=len(entries)))
        listed = f"<details>\n<summary>{shown}</summary>\n{listed}</details>\n"
    heading = HEADING.format(microcopy.say("sheet.sources"))
    return f"\n\n{heading}\n\n{listed}"


def references(bibliography: Bibliography, cited_in: Places) -> str:
    """The whole bibliography by author: what each work shows, and which pages cite it."""
    entries = []
    for key in bibliography.in_order(bibliography.keys):
        finding = bibliography.records[key].custom.finding
        shows = f'<p class="source__finding">{html.escape(finding)}</p>' if finding else ""
        entries.append(_entry(key, bibliography, shows + _cited_in(cited_in.get(key, ()))))
    return _list(entries)


def _list(entries: list[str], tag: str = "ul") -> str:
    return f'<{tag} class="sources">\n' + "\n".join(entries) + f"\n</{tag}>\n"


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
