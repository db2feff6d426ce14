"""Links that stand by themselves: as large as a thumb. Within a sentence, a link is as high as its line."""

from __future__ import annotations

import re

# 'Next:' or a bracket may stand before it, and a full stop after it.
ALONE = re.compile(
    r"(<(p|li|td)(?: [^>]*)?>\s*(?:\w[\w ]{0,12}: |\()?)<a ((?:(?!</?a\b).)*?</a>[.)]*\s*</\2>)", re.DOTALL
)
NAMED = re.compile(r'(^|[^>]*? )class="')


def marked(html: str) -> str:
    """A page's HTML, where each link that is all of its paragraph, point or cell has the class `alone`."""
    return ALONE.sub(lambda found: f"{found[1]}<a {_with_class(found[3])}", html)


def _with_class(link: str) -> str:
    """`href="…">…</a>`, without the '<a ' before it."""
    return NAMED.sub(r'\1class="alone ', link, count=1) if NAMED.match(link) else f'class="alone" {link}'
