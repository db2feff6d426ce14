"""Names that change with the content of a file, so that a browser may keep the file for good.

A file is named by what it is and by all that it names in turn: a style by its fonts too, a module by
all that it imports at once, in circles as well. What changes is renamed with whatever names it, and nothing
else is.

What a module imports later (`import('./keep.js')`) would hand that on to the modules that pages name, and so
to every page. Such imports are looked up instead, in one small list of parts. Its name is that of what pages
begin with: who has begun with something else than what was published last finds no list, and so never gets
parts that do not fit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from os.path import normpath
from posixpath import dirname, relpath, splitext

FOLDER = "assets/hashed"
LISTS = "assets/parts"  # not named by its content, so asked for again
TOGETHER = frozenset([".css", ".js"])
ALONE = frozenset([".avif", ".jpg", ".png", ".svg", ".webp", ".woff2"])
LENGTH = 10  # of a hash: enough to tell apart all that a site will ever hold

IN_STYLE = re.compile(r"""(?P<before>url\(["']?)(?P<file>[^"'():]+)(?P<after>["']?\))""")
IN_PAGE = re.compile(r"""(?<=["'(=/])assets/[\w./-]+""")
AT_ONCE = re.compile(
    r"""(?P<before>(?:^|(?<=;))import\b[^'"();]*["']"""
    r"""|\bnew URL\(["'](?=[^"']+\.\w+["'],\s*import\.meta))(?P<file>\.[^"']+)(?P<after>["'])""",
    re.MULTILINE,
)
LATER = re.compile(r"""\bimport\((["'])(?P<file>\.[^"'`$]+)\1\)""")

Names = Mapping[str, str]
Files = Mapping[str, bytes]


class NotThere(Exception):
    """A script or style names a file that the site has not."""


def renamed(files: Files) -> tuple[Names, Files]:
    """The new address of each file, by its old one; and what has new names in it, by its old address.

    Among the latter is the list of parts, which keeps its address. Addresses are from the site's root and
    begin with `assets/`. Raises NotThere.
    """
    texts = {uri: content.decode() for uri, content in files.items() if splitext(uri)[1] in TOGETHER}
    led_to = {uri: set(_named(uri, text, files)) for uri, text in texts.items()}
    later = {uri: set(_imported_later(uri, text, files)) for uri, text in texts.items()}
    parts = f"{LISTS}/{_hash(files, _begun_with(led_to, later))}.js"
    texts = {uri: _looked_up(uri, text, parts) for uri, text in texts.items()}

    known = {**files, **{uri: text.encode() for uri, text in texts.items()}}
    names = {uri: _name(uri, _hash(known, _whole([uri], led_to))) for uri in files if _is_named(uri)}
    new = {uri: _rewritten(uri, text, names).encode() for uri, text in texts.items()}
    changed = {uri: content for uri, content in new.items() if content != files[uri]}
    if some := set().union(*later.values()):
        changed[parts] = _list(parts, {uri: names[uri] for uri in sorted(some)})
    return names, changed


def in_page(page: str, names: Names) -> str:
    """The page with the new names."""
    return IN_PAGE.sub(lambda found: names.get(found[0], found[0]), page)


def _is_named(uri: str) -> bool:
    return splitext(uri)[1] in TOGETHER | ALONE


def _name(uri: str, word: str) -> str:
    stem, suffix = splitext(uri)
    return f"{_moved(stem)}.{word}{suffix}"


def _moved(uri: str) -> str:
    return FOLDER + uri.removeprefix("assets")


def _beside(uri: str, file: str) -> str:
    """The address of what `uri` calls `file`."""
    return normpath(f"{dirname(uri)}/{file}").replace("\\", "/")


def _named(uri: str, text: str, files: Files) -> Iterator[str]:
    """What a style or script names and cannot do without."""
    script = uri.endswith(".js")
    for found in (AT_ONCE if script else IN_STYLE).finditer(text):
        address = _beside(uri, found["file"])
        if address in files:
            yield address
        elif script:
            raise NotThere(f"{uri} names {address}, which is not there.")


def _imported_later(uri: str, text: str, files: Files) -> Iterator[str]:
    for found in LATER.finditer(text):
        address = _beside(uri, found["file"])
        if address not in files:
            raise NotThere(f"{uri} imports {address}, which is not there.")
        yield address


def _whole(begin: Iterable[str], led_to: Mapping[str, set[str]]) -> set[str]:
    """These files and all that they lead to, in circles too."""
    whole: set[str] = set()
    ahead = list(begin)
    while ahead:
        uri = ahead.pop()
        if uri not in whole:
            whole.add(uri)
            ahead += led_to.get(uri, ())
    return whole


def _begun_with(led_to: Mapping[str, set[str]], later: Mapping[str, set[str]]) -> set[str]:
    """What pages begin with: modules that no other names, and what those import at once."""
    by_others = set().union(*led_to.values(), *later.values())
    first = (uri for uri in led_to.keys() - by_others if uri.endswith(".js") and (led_to[uri] or later[uri]))
    return _whole(first, led_to)


def _hash(files: Files, whole: Iterable[str]) -> str:
    digest = sha256()
    for uri in sorted(whole):
        digest.update(f"{uri}\0{len(files[uri])}\0".encode() + files[uri])
    return digest.hexdigest()[:LENGTH]


def _looked_up(uri: str, text: str, parts: str) -> str:
    """A script that looks up in the list of parts what it imports later."""
    way = _from(_moved(uri), parts)
    return LATER.sub(
        lambda found: f"import('{way}').then(one=>one.load('{_key(_beside(uri, found['file']))}'))", text
    )


def _rewritten(uri: str, text: str, names: Names) -> str:
    """A style or script with the new names, as seen from where it is now."""

    def new(found: re.Match[str]) -> str:
        address = _beside(uri, found["file"])
        if address not in names:
            return found[0]
        return f"{found['before']}{_from(_moved(uri), names[address])}{found['after']}"

    return (IN_STYLE if uri.endswith(".css") else AT_ONCE).sub(new, text)


def _from(uri: str, address: str) -> str:
    """The address as the file `uri` says it. A module never says a bare name."""
    way = relpath(address, dirname(uri))
    return way if way.startswith(".") else f"./{way}"


def _key(uri: str) -> str:
    return splitext(uri)[0].removeprefix("assets/")


def _list(parts: str, names: Names) -> bytes:
    told = json.dumps({_key(uri): _from(parts, name) for uri, name in names.items()}, separators=(",", ":"))
    return f"const names={told}\nexport const load=(name)=>import(names[name])\n".encode()
