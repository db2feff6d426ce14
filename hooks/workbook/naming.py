"""Names that change with the content of a file, so that a browser may keep the file for good.

Styles and scripts name each other, scripts even in circles. They move together, into one folder named by all
of them, and go on naming each other as before. Fonts and pictures name nothing: each gets a name of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from os.path import normpath
from posixpath import dirname, relpath, splitext

FOLDER = "assets/hashed"
TOGETHER = frozenset([".css", ".js"])
ALONE = frozenset([".avif", ".jpg", ".png", ".svg", ".webp", ".woff2"])
LENGTH = 10  # of a hash: enough to tell apart all that a site will ever hold

IN_STYLE = re.compile(r"""url\((["']?)([^"'():]+)\1\)""")
IN_PAGE = re.compile(r"""(?<=["'(=/])assets/[\w./-]+""")

Names = Mapping[str, str]


def renamed(files: Mapping[str, bytes]) -> tuple[Names, Mapping[str, bytes]]:
    """The new address of each file, by its old one, and each style sheet that has new names in it.

    Addresses are from the site's root and begin with `assets/`.
    """
    names = dict(_alone(files))
    styles: dict[str, bytes] = {}
    together = {uri: content for uri, content in files.items() if splitext(uri)[1] in TOGETHER}
    for uri in sorted(together):
        if uri.endswith(".css"):
            style = _style(uri, together[uri].decode(), names).encode()
            if style != together[uri]:
                styles[uri] = together[uri] = style
    digest = sha256()
    for uri, content in sorted(together.items()):
        digest.update(f"{uri}\0{len(content)}\0".encode() + content)
    folder = f"{FOLDER}/{digest.hexdigest()[:LENGTH]}"
    return {**names, **{uri: folder + uri.removeprefix("assets") for uri in together}}, styles


def in_page(page: str, names: Names) -> str:
    """The page with the new names."""
    return IN_PAGE.sub(lambda found: names.get(found[0], found[0]), page)


def _alone(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for uri, content in files.items():
        stem, suffix = splitext(uri)
        if suffix in ALONE:
            word = sha256(content).hexdigest()[:LENGTH]
            yield uri, f"{FOLDER}{stem.removeprefix('assets')}.{word}{suffix}"


def _style(uri: str, text: str, names: Names) -> str:
    """A style sheet with the new names, as seen from the folder that it moves to."""
    here = dirname(f"{FOLDER}/x{uri.removeprefix('assets')}")  # any folder of that depth

    def new(found: re.Match[str]) -> str:
        address = normpath(f"{dirname(uri)}/{found[2]}").replace("\\", "/")
        return f"url({relpath(names[address], here)})" if address in names else found[0]

    return IN_STYLE.sub(new, text)
