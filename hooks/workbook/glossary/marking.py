"""Terms of the glossary in the HTML of a page: the first use of each becomes a link that explains itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser

from workbook.glossary import Term

PROSE = frozenset(["p", "li", "dd", "td"])  # where words are read
# Where none is marked, though it stands in one of those.
CLOSED = frozenset(
    [
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "code",
        "pre",
        "button",
        "label",
        "select",
        "summary",
        "svg",
        "aside",
        "script",
        "style",
    ]
)
QUIET = frozenset(["danger", "admonition-title", "sources", "no-terms"])  # classes of what is to stay plain
VOID = frozenset(
    ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


def marked(content: str, terms: Iterable[Term], glossary: str) -> str:
    """`content` with its terms marked; `glossary` is the address of their page as seen from this one."""
    marking = _Marking(list(terms), glossary)
    marking.feed(content)
    marking.close()
    return "".join(marking.out)


class _Marking(HTMLParser):
    """Writes what it reads, but for the terms."""

    def __init__(self, terms: list[Term], glossary: str) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.glossary = glossary
        self.left = {form: term for term in terms for form in _forms(term)}
        self.pattern = _pattern(frozenset(self.left))
        self.path: list[
            tuple[str, bool, bool]
        ] = []  # each open element: its name, whether it is read, closed

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        if tag in VOID:
            return
        _, reads, closed = self.path[-1] if self.path else ("", False, False)
        values = dict(attrs)
        quiet = not QUIET.isdisjoint((values.get("class") or "").split()) or "lang" in values
        self.path.append((tag, reads or tag in PROSE, closed or quiet or tag in CLOSED))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        names = [name for name, _, _ in self.path]
        if tag in names:
            del self.path[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        _, reads, closed = self.path[-1] if self.path else ("", False, False)
        self.out.append(self.pattern.sub(self._mark, data) if reads and not closed else data)

    def _mark(self, found: re.Match[str]) -> str:
        said = found[0]
        term = self.left.get(" ".join(said.split())) or self.left.get(" ".join(said.lower().split()))
        if term is None:
            return said
        self.left = {form: one for form, one in self.left.items() if one is not term}
        says = html.escape(term.says)
        return f'<a class="term" href="{html.escape(self.glossary)}#{term.id}" data-says="{says}">{said}</a>'

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")


def _forms(term: Term) -> Iterable[str]:
    """The ways in which a term is written. One in capitals, such as AA, is meant in capitals only."""
    for name in (term.name, *term.also):
        form = name if _capitals(name) else name.lower()
        yield form
        if not form.endswith("s") and not _capitals(name):
            yield f"{form}s"


def _capitals(name: str) -> bool:
    return bool(re.search(r"[A-Z]{2}", name))


@lru_cache(maxsize=64)  # most pages have the same terms, and this takes longer than to read a page
def _pattern(forms: frozenset[str]) -> re.Pattern[str]:
    """Any of the forms as whole words, the longest first."""
    each = "|".join(map(_form, sorted(sorted(forms), key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{each or '(?!)'})(?![\w-])")


def _form(form: str) -> str:
    spaced = re.escape(form).replace(r"\ ", r"\s+")
    return spaced if _capitals(form) else f"(?i:{spaced})"
