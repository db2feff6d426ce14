"""All worksheets and packets as one FHIR package, in the form that npm and FHIR servers read."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbook import cache, versions
from workbook.fingerprint import core
from workbook.kept import as_json
from workbook.render import screen
from workbook.render.view import size_words

if TYPE_CHECKING:
    from workbook.library import Library
    from workbook.packet import Packet
    from workbook.worksheet import Worksheet

FOLDER = "fhir"
PACKAGE = f"{FOLDER}/package.tgz"
FHIR = "4.0.1"
AN_AGE_AGO = 499_162_500  # seconds: the day that npm gives to every file, so that bytes depend on words alone
INDEXED = ("resourceType", "id", "url", "version", "type")
Read = Callable[[str], bytes]  # the bytes published at an address below the site's root


def resources(library: Library) -> dict[str, str]:
    """The address of each resource below the site's root, by its name in the package. No drafts."""
    sheets = (sheet.id for sheet in library.worksheets.values() if sheet.status != "draft")
    made = {f"Questionnaire-{id_}.json": f"worksheets/{id_}/{id_}.fhir.json" for id_ in sheets}
    return made | {f"Bundle-{id_}.json": f"packets/{id_}/{id_}.fhir.json" for id_ in library.packets}


def package(library: Library, read: Read) -> bytes:
    """package.tgz: the same bytes for the same resources."""
    held = _Held(library, read)
    return _packed(as_json(manifest(library, held)), held)


def packing(library: Library, read: Read, folder: Path) -> cache.Soon[str]:
    """The same as a file in `folder`, by its address; packed beside the build, if there is none."""
    held = _Held(library, read)
    hashes = [[name, sha256(content).hexdigest()] for name, content in held.items()]
    name = cache.key([manifest(library, held), hashes], core() + zlib.ZLIB_RUNTIME_VERSION)
    return cache.Soon({PACKAGE: name}, lambda _: None, lambda _: package(library, read), folder)


def _packed(about: bytes, held: Mapping[str, bytes]) -> bytes:
    """What is `held`, with package.json before it, and an index that saves its readers opening all."""
    index = {"index-version": 2, "files": [_indexed(name, content) for name, content in held.items()]}
    before = {"package.json": about, ".index.json": as_json(index)}
    packed = io.BytesIO()
    with (
        gzip.GzipFile("", "wb", 9, packed, mtime=0) as smaller,
        tarfile.open(fileobj=smaller, mode="w", format=tarfile.USTAR_FORMAT) as tar,
    ):
        for name, content in chain(before.items(), held.items()):
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size, entry.mtime = len(content), AN_AGE_AGO
            tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


class _Held(Mapping[str, bytes]):
    """Every resource by its name in the package, read when it is asked for: all at once are 10 kB a sheet."""

    def __init__(self, library: Library, read: Read) -> None:
        self._places, self._read = resources(library), read

    def __getitem__(self, name: str) -> bytes:
        return self._read(self._places[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def manifest(library: Library, held: Mapping[str, bytes]) -> dict[str, Any]:
    """package.json, as FHIR's registries ask for it."""
    home = library.site
    return {
        "name": name(home.url),
        "version": version(library, held),
        "title": f"Worksheets of {home.name}",
        "description": (
            f"Worksheets on two roads to recovery from addiction, as FHIR R4 Questionnaires, and bundles of"
            f" them, from {home.name}. Each says in its copyright what may be done with it."
        ),
        "type": "Conformance",
        "fhirVersions": [FHIR],
        "dependencies": {"hl7.fhir.r4.core": FHIR},
        "canonical": home.url.rstrip("/"),
        "url": home.address(f"{FOLDER}/"),
        "author": home.name,
        "license": "CC-BY-4.0",
        "date": _newest(library).replace("-", "") + "000000",
    }


def name(url: str) -> str:
    """'example.pointsandsteps.worksheets', of the address of the site: small letters, parts in dots."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    parts = [one for one in reversed(host.split(".")) if re.fullmatch(r"[a-z][a-z0-9-]*", one)]
    return ".".join([*parts, "worksheets"]) if len(parts) > 1 else "local.worksheets"


def version(library: Library, held: Mapping[str, bytes]) -> str:
    """'2026.1127.63+1a2b3c4d': the newest day and the sum of all versions, and a sum of what is `held`.

    The numbers rise whenever a sheet or packet has a new version, twice on one day too. They never fall: what
    the list of versions says of one that is gone, or was newer, still counts. What follows the + differs for
    any other content, such as a clinic's numbers: to SemVer the same version, built in another way.
    """
    year, month, day = _newest(library).split("-")
    digest = sha256()
    for name, content in held.items():
        digest.update(name.encode() + b"\0" + sha256(content).digest())
    numbers = f"{int(year)}.{int(month + day)}.{sum(_numbers(library).values())}"
    return f"{numbers}+{digest.hexdigest()[:8]}"


def _numbers(library: Library) -> dict[str, int]:
    """The highest version of each that is or was out."""
    listed = {name: one.number for name, one in library.versions.listed.items()}
    now = {name: one.version for name, one in _all_out(library).items()}
    return {name: max(listed.get(name, 0), now.get(name, 0)) for name in listed | now}


def _newest(library: Library) -> str:
    every = _all_out(library).values()
    days = [*(one.date for one in every), *(one.date for one in library.versions.listed.values())]
    return max(days, default="1970-01-01")


def _all_out(library: Library) -> dict[str, versions.Part]:
    return versions.out(library.worksheets, library.packets, library.safety)


def _out(library: Library) -> list[Worksheet]:
    return [sheet for sheet in library.worksheets.values() if sheet.status != "draft"]


def _indexed(name: str, content: bytes) -> dict[str, Any]:
    """What a reader of the index learns of a file without opening it."""
    made = json.loads(content)
    return {"filename": name, **{key: made[key] for key in INDEXED if isinstance(made.get(key), str)}}


def page(library: Library, read: Read) -> str:
    """The list on /fhir/: the package, then each resource with its version, bytes and canonical address."""

    def file(folder: str, one: Worksheet | Packet) -> dict[str, Any]:
        place = f"{folder}/{one.id}/{one.id}.fhir.json"
        content = read(place)
        size, version = size_words(len(content)), json.loads(content).get("version", one.version)
        about = {"title": one.title, "version": version, "place": place, "size": size}
        return about | {"canonical": library.site.address(place)}

    return screen.filled(
        "fhir.html",
        package=manifest(library, _Held(library, read)),
        place=PACKAGE.removeprefix(f"{FOLDER}/"),
        size=size_words(len(read(PACKAGE))),
        sheets=[file("worksheets", one) for one in sorted(_out(library), key=_title)],
        packets=[file("packets", one) for one in sorted(library.packets.values(), key=_title)],
    )


def _title(one: Worksheet | Packet) -> str:
    return one.title
