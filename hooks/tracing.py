"""What came from where: build.json, a bill of materials, and the licences of all that ships."""

from __future__ import annotations

import subprocess
import tomllib
from importlib import metadata
from pathlib import Path
from posixpath import splitext
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

import telling
from listing import published
from recalling import recall
from workbook import packing, tracing

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

THEME = "mkdocs-material"
TOOLS = (
    "brotli",
    "citeproc-py",
    "jinja2",
    "markdown",
    "mkdocs",
    THEME,
    "pikepdf",
    "pillow",
    "python-docx",
    "segno",
    "typst",
)

on_startup = telling.on_startup


@event_priority(-93)
def on_post_build(config: MkDocsConfig) -> None:
    """After all that is published, and before it is packed. `serve` has no use for it.

    The hashes are of what a visitor can ask for and compare. A packed file is unpacked on its way, and then
    has the bytes of the one it stands beside; `_headers` and its like are for the server, which keeps them.
    """
    if telling.serving():
        return
    root, folder = Path(config.config_file_path).resolve().parent, Path(config.site_dir)
    tools = {name: metadata.version(name) for name in TOOLS}
    theme = recall(config)(_licences_of, THEME, tools[THEME])
    (folder / "licenses.txt").write_text(_licences(root, theme), encoding="utf-8")
    (folder / "sbom.cdx.json").write_bytes(
        tracing.bill(
            config.site_name,
            _version(root),
            tracing.parts(THEME, tools[THEME]),
            _locked(root) or sorted(tools.items()),
        )
    )
    site = published(config)
    hashes = {uri: site.digest(uri) for uri in site if splitext(uri)[1] not in packing.WAYS}
    (folder / tracing.BUILD).write_bytes(tracing.build(tools, _commit(root), hashes))


def _version(root: Path) -> str:
    """A copy without pyproject.toml is no release."""
    place = root / "pyproject.toml"
    return (
        str(tomllib.loads(place.read_text(encoding="utf-8"))["project"]["version"]) if place.exists() else "0"
    )


def _locked(root: Path) -> list[tuple[str, str]]:
    place = root / "requirements.lock"
    return tracing.locked(place.read_text(encoding="utf-8")) if place.exists() else []


def _commit(root: Path) -> str | None:
    """The commit that is built, or None where git or the repository is missing."""
    if not (root / ".git").exists():
        return None
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        found = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return found.stdout.strip()


def _licences(root: Path, theme: list[str]) -> str:
    """Ours first, then those of others, each under a line that names it."""
    ours = [(path.name, _text(path)) for path in sorted(root.glob("LICENSE*"))]
    scripts = sorted(tracing.SCRIPTS.glob("LICENSE-*"))
    theirs = [(path.stem.removeprefix("LICENSE-"), _text(path)) for path in scripts]
    return "\n\n".join(
        f"{'=' * 78}\n{name}\n{'=' * 78}\n\n{text}\n"
        for name, text in [*ours, *((THEME, text) for text in theme), *theirs]
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()


def _licences_of(package: str, version: str) -> list[str]:
    """Its licences, by the list of its thousands of files, which takes longer to make paths of."""
    about = metadata.distribution(package)
    listed = (line.partition(",")[0] for line in (about.read_text("RECORD") or "").splitlines())
    named = (name for name in listed if name.rpartition("/")[2].startswith("LICENSE"))
    return [_text(Path(str(about.locate_file(name)))) for name in named]
