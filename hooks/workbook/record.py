"""All worksheets and packets as one FHIR package, in the form that npm and FHIR servers read."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

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
    held = {name: read(address) for name, address in resources(library).items()}
    index = {"index-version": 2, "files": [_indexed(name, content) for name, content in held.items()]}
    files = {"package.json": as_json(manifest(library)), ".index.json": as_json(index), **held}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in files.items():
            about = tarfile.TarInfo(f"package/{name}")
            about.size, about.mtime = len(content), AN_AGE_AGO
            tar.addfile(about, io.BytesIO(content))
    return gzip.compress(packed.getvalue(), 9, mtime=0)


def manifest(library: Library) -> dict[str, Any]:
    """package.json, as FHIR's registries ask for it."""
    home = library.site
    return {
        "name": name(home.url),
        "version": version(library),
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


def version(library: Library) -> str:
    """'2026.1127.63': the day of the newest sheet or packet, and the sum of all versions.

    It rises whenever one of them has a new version, twice on one day too.
    """
    year, month, day = _newest(library).split("-")
    return f"{int(year)}.{int(month + day)}.{sum(one.version for one in _every(library))}"


def _newest(library: Library) -> str:
    return max((one.date for one in _every(library)), default="1970-01-01")


def _every(library: Library) -> list[Worksheet | Packet]:
    return [*_out(library), *library.packets.values()]


def _out(library: Library) -> list[Worksheet]:
    return [sheet for sheet in library.worksheets.values() if sheet.status != "draft"]


def _indexed(name: str, content: bytes) -> dict[str, Any]:
    """What a reader of the index learns of a file without opening it."""
    made = json.loads(content)
    return {"filename": name, **{key: made[key] for key in INDEXED if isinstance(made.get(key), str)}}


def page(library: Library, read: Read) -> str:
    """The list on /fhir/: the package, then each resource with its version, bytes and canonical address."""
    packed = package(library, read)

    def file(folder: str, one: Worksheet | Packet) -> dict[str, Any]:
        place = f"{folder}/{one.id}/{one.id}.fhir.json"
        size = size_words(len(read(place)))
        about = {"title": one.title, "version": one.version, "place": place, "size": size}
        return about | {"canonical": library.site.address(place)}

    return screen.filled(
        "fhir.html",
        package=manifest(library),
        place=PACKAGE.removeprefix(f"{FOLDER}/"),
        size=size_words(len(packed)),
        sheets=[file("worksheets", one) for one in sorted(_out(library), key=_title)],
        packets=[file("packets", one) for one in sorted(library.packets.values(), key=_title)],
    )


def _title(one: Worksheet | Packet) -> str:
    return one.title
