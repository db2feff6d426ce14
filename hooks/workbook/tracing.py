"""Where a site comes from: what it was built with, what of others ships in it, the hash of each file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).parent / "assets" / "js" / "vendor"
FONTS = Path(__file__).parent / "assets" / "fonts"
BUILD = "build.json"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """Something of others that visitors get. `licence` is SPDX's; `files` are those that we carry."""

    name: str
    licence: str
    version: str = ""
    purl: str = ""
    files: tuple[Path, ...] = ()


def parts(theme: str, theme_version: str) -> Iterator[Part]:
    """All that ships and is not ours."""
    yield Part(theme, "MIT", theme_version, f"pkg:pypi/{theme}@{theme_version}")
    for module in json.loads((SCRIPTS / "vendor.json").read_text(encoding="utf-8")):
        first, *inside = module["packages"]
        yield _of_npm(first, (SCRIPTS / module["file"],))
        yield from map(_of_npm, inside)
    fonts = sorted(path for path in FONTS.iterdir() if path.suffix in (".ttf", ".woff2"))
    yield Part("Atkinson Hyperlegible Next", "OFL-1.1", files=tuple(fonts))


def _of_npm(package: Mapping[str, str], files: tuple[Path, ...] = ()) -> Part:
    name, version = package["name"], package["version"]
    purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
    return Part(name, package["license"], version, purl, files)


def locked(text: str) -> list[tuple[str, str]]:
    """Name and version of each package that a lock file pins."""
    return sorted(LOCKED.findall(text))


def bill(name: str, version: str, shipped: Iterable[Part], tools: Iterable[tuple[str, str]]) -> bytes:
    """sbom.cdx.json, in CycloneDX 1.6. What it was built with is there too, marked as not a part of it."""
    components = [_component(part) for part in shipped]
    components += [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{tool}@{its}",
            "name": tool,
            "version": its,
            "scope": "excluded",
            "purl": f"pkg:pypi/{tool}@{its}",
        }
        for tool, its in tools
        if all(one["name"] != tool for one in components)
    ]
    licences = [{"expression": "Apache-2.0 AND CC-BY-4.0"}]
    whole = {"type": "application", "bom-ref": name, "name": name, "version": version, "licenses": licences}
    return _json(
        {
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": {"component": whole},
            "components": components,
        }
    )


def _component(part: Part) -> dict[str, Any]:
    hashes = [
        {"type": "file", "name": path.name, "hashes": [{"alg": "SHA-256", "content": digest(path)}]}
        for path in part.files
    ]
    return {
        "type": "library",
        "bom-ref": part.purl or part.name,
        "name": part.name,
        **({"version": part.version} if part.version else {}),
        "scope": "required",
        "licenses": [{"expression": part.licence}],
        **({"purl": part.purl} if part.purl else {}),
        **({"components": hashes} if hashes else {}),
    }


def build(versions: Mapping[str, str], commit: str | None, hashes: Mapping[str, str]) -> bytes:
    """build.json. `commit` ends with -dirty where files differed from it; None without a repository."""
    found = {"versions": versions, "sha256": hashes}
    return _json({"commit": commit, **{name: dict(sorted(some.items())) for name, some in found.items()}})


def unchanged(old: Path, new: Path) -> list[str]:
    """The files with the same bytes in two sites, by what the build.json of each says; none without both."""
    try:
        before, now = (json.loads((site / BUILD).read_bytes())["sha256"] for site in (old, new))
        return [name for name, word in now.items() if before.get(name) == word]
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return []


def digest(path: Path) -> str:
    with path.open("rb") as file:  # a piece at a time: one of them is as big as the site
        return file_digest(file, "sha256").hexdigest()


def _json(data: Any) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()
