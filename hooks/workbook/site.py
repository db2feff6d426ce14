"""The name and address of the site, as mkdocs.yml gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from workbook.libyaml import LOADER, LONGEST
from workbook.problems import ContentError, Problem

FILE = Path("mkdocs.yml")
EXTENSIONS = "markdown_extensions"


@dataclass(frozen=True)
class Site:
    """What the outputs say about where they came from. Its Markdown is read with these `extensions`."""

    name: str
    url: str
    extensions: tuple[str, ...] = ()

    def address(self, path: str) -> str:
        """The published address of `path`, which is given from the site's root."""
        return self.url.rstrip("/") + "/" + path.lstrip("/")


def read(root: Path) -> Site:
    """The site of the project at `root`. Tags in mkdocs.yml are not run; `serve` changes nothing here."""
    found = dict(_settings(root / FILE)) if (root / FILE).exists() else {}
    name = str(found.get("site_name", "Points & Steps"))
    return Site(name, str(found.get("site_url", "http://127.0.0.1:8000/")), tuple(found.get(EXTENSIONS, ())))


def pages(root: Path) -> frozenset[str] | None:
    """The address of each handbook page: docs/smart/urges.md is /smart/urges/. None: there is no handbook."""
    if not (root / "docs").is_dir():
        return None
    found = (
        path.relative_to(root / "docs").with_suffix("").as_posix() for path in (root / "docs").rglob("*.md")
    )
    return frozenset(f"/{name}/".removesuffix("index/").replace("//", "/") for name in found)


def _settings(path: Path) -> Iterator[tuple[str, str | list[str]]]:
    """The settings that are one plain value, and the names of extensions."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        node = yaml.compose(text, LOADER if len(text) <= LONGEST else yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        hint = "Look for a slip in the spaces, colons and quotes near it."
        raise ContentError([Problem(FILE, line, column, "this cannot be read as YAML", hint)]) from error
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(value, yaml.ScalarNode):
            yield name.value, value.value
        elif isinstance(value, yaml.SequenceNode) and name.value == EXTENSIONS:
            # One with settings is a mapping of its name to them.
            named = (one.value[0][0] if isinstance(one, yaml.MappingNode) else one for one in value.value)
            yield name.value, [one.value for one in named]
