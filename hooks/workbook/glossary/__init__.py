"""The terms of docs/glossary.md: the one place where each is defined.

An entry is a definition list: the term in bold, then its meaning. Beside the term a comment may say
<!-- also: benzodiazepine, benzos --> (other words for it) or <!-- everyday word --> (never marked in pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = "glossary.md"  # below docs
ENTRY = re.compile(
    r"^\*\*(?P<name>[^*\n]+)\*\*(?P<beside>[^\n]*)\n:[ \t]+(?P<says>.+?)(?=\n[ \t]*\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
ALSO = re.compile(r"<!--[ \t]*also:(?P<words>[^>]*?)-->")
EVERYDAY = "<!-- everyday word -->"
LINK = re.compile(r"\[(?P<text>[^\]\n]*)\]\((?P<target>[^)\s]*)\)")
SENTENCE = re.compile(r"(?:(?<=[.?!])|(?<=[.?!][\"”]))\s+(?=[A-Z])")
SIGNS = re.compile(r"\*+|(?<!\w)_|_(?!\w)")


@dataclass(frozen=True)
class Term:
    """One entry. `says`: its meaning as plain text. `leads`: the pages it sends to, as paths below docs."""

    id: str
    name: str
    says: str
    also: tuple[str, ...] = ()
    leads: frozenset[str] = frozenset()
    everyday: bool = False


def read(docs: Path) -> list[Term]:
    """The terms in the order of the page; none where there is no glossary."""
    path = docs / PAGE
    return list(terms(path.read_text(encoding="utf-8-sig"))) if path.exists() else []


def terms(text: str) -> Iterator[Term]:
    """The terms in the Markdown of a glossary."""
    for found in ENTRY.finditer(text):
        also = ALSO.search(found["beside"])
        names = (one.strip() for one in also["words"].split(",")) if also else ()
        yield Term(
            _id(found["name"]),
            found["name"],
            _plain(found["says"]),
            tuple(one for one in names if one),
            frozenset(link["target"].partition("#")[0] for link in LINK.finditer(found["says"])),
            EVERYDAY in found["beside"],
        )


def with_ids(text: str) -> str:
    """The glossary's Markdown, each term with an id to link to."""
    return ENTRY.sub(_with_id, text)


def _with_id(found: re.Match[str]) -> str:
    bold = f"**{found['name']}**"
    return f"{bold}{{ #{_id(found['name'])} }}{found[0].removeprefix(bold)}"


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _plain(says: str) -> str:
    """The meaning alone: no sentence that only sends elsewhere, no link, no Markdown."""
    each = SENTENCE.split(LINK.sub(r"[\g<text>]", says))
    kept = " ".join(one for one in each if not (one.startswith("See ") and "[" in one))
    return " ".join(SIGNS.sub("", kept.replace("[", "").replace("]", "")).split())
