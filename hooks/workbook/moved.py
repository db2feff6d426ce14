"""Addresses that have moved, once for all and then in the words of each kind of server."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# Old address → new one, both from the site's root: /references/ → /evidence/references/
Moved = Mapping[str, str]
# What has its place in a list or a table, where no link may stand beside it.
HELD = ("li", "dt", "dd", "td", "th", "summary")


def for_hosts(moved: Moved) -> str:
    """`_redirects`, as Cloudflare Pages and Netlify read it."""
    return "".join(f"{old} {new} 301\n" for old, new in _each(moved))


def for_nginx(moved: Moved) -> str:
    """For the `http` block: where an address has moved to, or nothing."""
    lines = "".join(f'\t"{old}" "{new}";\n' for old, new in _each(moved))
    return f'map $uri $moved_to {{\n\tdefault "";\n{lines}}}\n'


def for_caddy(moved: Moved) -> str:
    """For the block of a site."""
    return "".join(f"redir {old} {new} 301\n" for old, new in _each(moved))


def anchored(html: str, old: str, new: str) -> str:
    """A page's HTML with the anchor `old` where `new` is: in it, where a list or table holds nothing else."""
    tag = re.compile(rf'<(\w+)[^<>]*\bid="{re.escape(new)}"[^<>]*>')
    anchor = f'<a id="{old}"></a>'
    return tag.sub(lambda at: at[0] + anchor if at[1] in HELD else anchor + at[0], html, count=1)


def _each(moved: Moved) -> Iterator[tuple[str, str]]:
    """A folder is also asked for without its last slash. What follows a # never reaches a server."""
    for old, new in sorted(moved.items()):
        if "#" not in old:
            yield from ((one, new) for one in dict.fromkeys([old.rstrip("/") or old, old]))
