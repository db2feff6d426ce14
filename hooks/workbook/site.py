"""The name and address of the site, as mkdocs.yml gives them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Site:
    """What the outputs say about where they came from."""

    name: str
    url: str

    def address(self, path: str) -> str:
        """The published address of `path`, which is given from the site's root."""
        return self.url.rstrip("/") + "/" + path.lstrip("/")


def read(root: Path) -> Site:
    """The site of the project at `root`. Tags in mkdocs.yml are not run, and `mkdocs serve` does not change it."""
    found = {}
    if (root / "mkdocs.yml").exists():
        node = yaml.compose((root / "mkdocs.yml").read_text(encoding="utf-8"))
        found = {key.value: value.value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
    return Site(found.get("site_name", "Points & Steps"), found.get("site_url", "http://127.0.0.1:8000/"))
