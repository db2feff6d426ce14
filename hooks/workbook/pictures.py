"""Pictures in pages: each picture from docs/assets/figures/ is put into the page itself, with its words.

An SVG behind <img> knows nothing of the page's colours. In the page it takes its ink and its tokens, and
is right in the light, in the dark and in print. Markdown stays Markdown:

    ![What it shows, in words](assets/figures/urge-wave.svg "A caption, which may be left out")
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

FOLDER = "assets/figures/"
PICTURE = re.compile(r"<p>\s*(?P<tag><img\b[^>]*>)\s*</p>")  # alone in its paragraph
# Where hooks/naming.py has been, the name carries the first signs of a hash.
NAME = re.compile(r"(?:^|/)assets/(?:hashed/)?figures/(?P<name>[a-z0-9-]+)(?:\.[0-9a-f]{8,})?\.svg$")


class NoWords(ValueError):
    """A picture that says nothing to those who cannot see it."""


def placed(html: str, read: Callable[[str], str]) -> str:
    """`html` with its pictures in it. `read` gives the SVG of a name, and raises OSError when there is none.

    A picture without words raises NoWords.
    """

    def figure(found: re.Match[str]) -> str:
        given = _attributes(found["tag"])
        name = NAME.search(given.get("src") or "")
        if not name:
            return found[0]
        words = (given.get("alt") or "").strip()
        if not words:
            message = f"the picture {name['name']}.svg has no words for those who cannot see it"
            raise NoWords(f"{message}: write them between ![ and ]")
        said = f'role="img" aria-label="{escape(words)}" data-search-exclude'
        svg = read(name["name"]).strip().replace("<svg ", f"<svg {said} ", 1)
        caption = f"<figcaption>{escape(given['title'])}</figcaption>" if given.get("title") else ""
        return f'<figure class="fig" data-figure="{name["name"]}">{svg}{caption}</figure>'

    return PICTURE.sub(figure, html)


def _attributes(tag: str) -> dict[str, str]:
    found: dict[str, str] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update({name: value or "" for name, value in attrs})

    Reader().feed(tag)
    return found
