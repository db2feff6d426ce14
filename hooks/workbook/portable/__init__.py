"""The whole site as one .zip that opens from a disk, with no server and no connection."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache as cache_once
from functools import partial
from pathlib import Path
from posixpath import splitext
from typing import TypeAlias

import rjsmin  # type: ignore[import-untyped]

from workbook import cache, offline
from workbook.fingerprint import fingerprint
from workbook.portable import scripts
from workbook.published import Published

FILE, FOLDER = "handbook.zip", "handbook"  # the same in every fork, whatever it is called
LOADER = "load.js"  # beside index.html
STORED = frozenset([".docx", ".pdf", ".png", ".tgz", ".webp", ".woff2"])  # packed already
NEEDLESS = frozenset(["404.html", offline.MANIFEST])  # a disk answers for no address that is not there
LONG_AGO = (1980, 1, 1, 0, 0, 0)
LEVEL = 6  # of deflate
AT_ONCE = 1 << 20  # bytes that are written together
Buffer: TypeAlias = bytes | memoryview
SAYS = struct.Struct("<II")  # CRC and bytes of what is packed behind it

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


def zipped(site: Published, uris: Iterable[str], place: Path, parts: Path) -> None:
    """The .zip of these files, written to `place`; the same bytes for the same files.

    What a text becomes in it is kept in the folder `parts`: of all of them, few change from one to the next.
    """
    tools = fingerprint(Path(__file__).parent.glob("*.[jp]*"), zlib.ZLIB_RUNTIME_VERSION)
    with place.open("wb", AT_ONCE) as file, zipfile.ZipFile(file, "w") as archive:
        for uri in sorted(uris):
            if splitext(uri)[1] in STORED:
                content = site.path(uri).read_bytes()
                _put(archive, _about(uri, zipfile.ZIP_STORED), _said(content), content)
                continue
            name = cache.key([uri, site.digest(uri)], tools)
            made = memoryview(cache.kept(parts / name, partial(_packed, uri, site.path(uri))))
            if made:
                _put(archive, _about(uri, zipfile.ZIP_DEFLATED), made[: SAYS.size], made[SAYS.size :])
        archive.writestr(_about(LOADER, zipfile.ZIP_DEFLATED), _loader(), compresslevel=LEVEL)
    cache.drop_old(parts)


def _about(uri: str, way: int) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(f"{FOLDER}/{uri}", LONG_AGO)
    about.external_attr = 0o644 << 16
    about.create_system = 3  # whatever it is made on
    about.compress_type = way
    return about


def _packed(uri: str, path: Path) -> bytes:
    """A text as it lies in the .zip, after what its entry says of it; nothing, if it is not in it."""
    content = path.read_bytes()
    if uri.endswith(".html") and LEADS_ON in content:
        return b""
    content = turned(uri, content)
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    return _said(content) + packed


def _said(content: bytes) -> bytes:
    return SAYS.pack(zlib.crc32(content), len(content))


def _put(archive: zipfile.ZipFile, about: zipfile.ZipInfo, said: Buffer, packed: Buffer) -> None:
    """Add what is packed already, and `said` to be what: the library itself takes only what it then packs,
    and goes back in the file for each to say what it was."""
    about.CRC, about.file_size = SAYS.unpack(said)
    about.compress_size, about.header_offset = len(packed), archive.start_dir
    assert archive.fp
    archive.fp.write(about.FileHeader(zip64=False))
    archive.fp.write(packed)
    archive.start_dir = archive.fp.tell()
    archive.filelist.append(about)
    archive.NameToInfo[about.filename] = about


def turned(uri: str, content: bytes) -> bytes:
    """A file of the site as it is in the copy."""
    suffix = splitext(uri)[1]
    if suffix == ".html":
        return _page(content.decode(), "../" * uri.count("/")).encode()
    if suffix == ".js":
        return _script(content.decode()).encode()
    return content


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


@cache_once
def _loader() -> bytes:
    text = Path(__file__).with_name("load.js").read_text(encoding="utf-8")
    return str(rjsmin.jsmin(text)).encode()
