"""The whole site as one .zip that opens from a disk, with no server and no connection."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from posixpath import splitext

import rjsmin  # type: ignore[import-untyped]

from workbook import offline
from workbook.portable import scripts

FILE, FOLDER = "handbook.zip", "handbook"  # the same in every fork, whatever it is called
LOADER = "load.js"  # beside index.html
STORED = frozenset([".docx", ".pdf", ".png", ".tgz", ".webp", ".woff2"])  # packed already
NEEDLESS = frozenset(["404.html", offline.MANIFEST])  # a disk answers for no address that is not there
LONG_AGO = (1980, 1, 1, 0, 0, 0)

LEADS_ON = b'http-equiv="refresh"'  # an old address, which no page of a copy names
LINK = re.compile(r"(<p data-zip>.*?)</p>")
# A link to a folder of the site: `../a/`, `./`, `../..`, each with or without a place on its page.
TO_FOLDER = re.compile(r"""(<a\b[^>]*?\shref=["'])((?:\.\.?/|[\w-]+/)*(?:\.\.?)?)((?:#[^"']*)?["'])""")
AHEAD = re.compile(r"""\s*<link\b[^>]*\brel="(?:modulepreload|preload|manifest)"[^>]*>""")
MODULE = re.compile(r"""<script\b(?=[^>]*\btype="module")[^>]*\bsrc="([^"]+)"[^>]*></script>\n?""")
# Whatever begins with a call keeps its names to itself: the search and its index, which are no modules.
CALL = re.compile(r"\s*(?:\w+)?\(")


def link(address: str) -> str:
    """What leads to the copy. How big it is, is known when all else is made."""
    return f'<p data-zip><a href="{address}" type="application/zip">The whole handbook as one file</a></p>'


def is_linked(page: str) -> bool:
    return LINK.search(page) is not None


def sized(page: str, size: int) -> str:
    """The page with the bytes of the copy behind its link."""
    return LINK.sub(lambda found: f"{found[1]}, {size / 1e6:.0f} MB</p>", page)


def belongs(uri: str) -> bool:
    """Whether a file of the site is in the copy: all that a page leads to, and the licences."""
    return uri == "licenses.txt" or (uri not in NEEDLESS and offline.group(uri) is not None)


def zipped(files: Mapping[str, Path], place: Path) -> None:
    """The .zip of these files, by address, written to `place`; the same bytes for the same files."""
    with zipfile.ZipFile(place, "w") as archive:
        for uri, path in sorted(files.items()):
            content = path.read_bytes()
            if not (uri.endswith(".html") and LEADS_ON in content):
                _add(archive, f"{FOLDER}/{uri}", turned(uri, content))
        _add(archive, f"{FOLDER}/{LOADER}", _loader())


def turned(uri: str, content: bytes) -> bytes:
    """A file of the site as it is in the copy."""
    suffix = splitext(uri)[1]
    if suffix == ".html":
        return _page(content.decode(), "../" * uri.count("/")).encode()
    if suffix == ".js":
        return _script(content.decode()).encode()
    return content


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    about = zipfile.ZipInfo(name, LONG_AGO)
    about.external_attr = 0o644 << 16
    about.create_system = 3  # whatever it is made on
    way = zipfile.ZIP_STORED if splitext(name)[1] in STORED else zipfile.ZIP_DEFLATED
    archive.writestr(about, content, way, 6)


def _page(page: str, base: str) -> str:
    page = LINK.sub("<p>You are reading that copy.</p>", page)
    page = AHEAD.sub("", TO_FOLDER.sub(_to_file, page))
    modules = MODULE.findall(page)
    loader = f'<script defer src="{base}{LOADER}" data-run="{" ".join(modules)}"></script>\n'
    return MODULE.sub("", page).replace("</head>", f"{loader}</head>", 1)


def _to_file(link: re.Match[str]) -> str:
    before, address, after = link.groups()
    if not address:  # a place on this page
        return link[0]
    slash = "" if address.endswith("/") else "/"
    return f"{before}{address}{slash}index.html{after}"


def _script(text: str) -> str:
    return text if CALL.match(text) else scripts.plain(text)


@cache
def _loader() -> bytes:
    text = Path(__file__).with_name("load.js").read_text(encoding="utf-8")
    return str(rjsmin.jsmin(text)).encode()
