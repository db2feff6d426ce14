"""One CSL record as APA says it: the short form for the text, the long form for the list."""

from __future__ import annotations

import functools
import html
import json
import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from workbook import cache
from workbook.fingerprint import fingerprint

STYLE = Path(__file__).with_name("apa.csl")

# Two characters that no title holds stand round what the style sets in italics. citeproc's own HTML
# leaves the '&' of a journal's name bare, so we escape the whole line ourselves and put the tags in last.
OPEN, CLOSE = "\ue000", "\ue001"
TAGS = str.maketrans({OPEN: "<i>", CLOSE: "</i>"})
BARE = str.maketrans("", "", OPEN + CLOSE)
ADDRESS = re.compile(r"https?://\S+$")


class _Marked(str):
    def __new__(cls, text: str) -> _Marked:
        return super().__new__(cls, f"{OPEN}{text}{CLOSE}")


_FORMAT = SimpleNamespace(
    preformat=str,
    Italic=_Marked,
    Oblique=_Marked,
    **dict.fromkeys(("Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str),
)


@functools.cache
def _citeproc() -> ModuleType:
    """Loaded when there is something to format, which is seldom: it takes as long as ten pages."""
    import citeproc  # type: ignore[import-untyped]
    import citeproc.source.json  # type: ignore[import-untyped]

    loaded: ModuleType = citeproc
    return loaded


@functools.cache
def _style() -> Any:
    return _citeproc().CitationStylesStyle(str(STYLE), locale="en-US", validate=False)


# Formatting takes 20 ms a record, and every page asks for some.
_made: dict[str, tuple[str, str]] = {}


def formatted(record: str) -> tuple[str, str]:
    """The short and the long form of a record given as JSON."""
    if record not in _made:
        _made[record] = _format(record)
    return _made[record]


def recall(records: Iterable[str], folder: Path) -> None:
    """Take these records as an earlier build formatted them, kept in `folder`; format only the others."""
    tools = fingerprint([STYLE, Path(__file__)], version("citeproc-py"))
    kept = cache.files({record: record for record in records}, _bytes, folder, tools, workers=1)
    for record, path in kept.items():
        short, long = json.loads(path.read_bytes())
        _made[record] = short, long


def _bytes(record: str) -> bytes:
    return json.dumps(formatted(record)).encode()


def _format(record: str) -> tuple[str, str]:
    item = json.loads(record)
    styles = _citeproc()
    bibliography = styles.CitationStylesBibliography(
        _style(), styles.source.json.CiteProcJSON([item]), _FORMAT
    )
    citation = styles.Citation([styles.CitationItem(item["id"])])
    bibliography.register(citation)
    short = str(bibliography.cite(citation, lambda missing: None)).translate(BARE)
    return short.removeprefix("(").removesuffix(")"), _mended(str(bibliography.bibliography()[0]))


def _mended(line: str) -> str:
    """Without what citeproc-py adds: 'Retrieved' before an address, a second full stop after 'A.A.'."""
    line = line.replace(". Retrieved http", ". http")
    return re.sub(rf"\.({CLOSE}?)\.(?!\.)", r".\1", line)


def as_text(line: str) -> str:
    """A formatted line without its italics."""
    return line.translate(BARE)


def as_html(line: str) -> str:
    """A formatted line with its italics, and its address as a link."""
    marked = html.escape(line, quote=True).translate(TAGS)
    return ADDRESS.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', marked)
