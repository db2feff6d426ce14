"""Put a file that the content becomes into the site. No hook itself: hooks that make files share it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel

from listing import is_there_already
from workbook.outputs import Output

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

log = get_plugin_logger("worksheets")


def add(
    files: Files,
    config: MkDocsConfig,
    output: Output,
    inclusion: InclusionLevel = InclusionLevel.NOT_IN_NAV,
) -> None:
    """Add one file; a page of the same name in docs/ goes before it, and is told."""
    if files.get_file_from_path(output.uri):
        log.warning(f"docs/{output.uri} hides the page made from {output.origin}; rename one of them")
        return
    if isinstance(output.content, Path):
        file = File.generated(config, output.uri, abs_src_path=str(output.content), inclusion=inclusion)
        if output.content.is_relative_to(Path(config.config_file_path).parent / ".cache"):
            file.copy_file = partial(_copy, file, config)  # type: ignore[method-assign]
    else:
        file = File.generated(config, output.uri, content=output.content, inclusion=inclusion)
    file.edit_uri = output.origin and f"../{output.origin}"
    files.append(file)


def _copy(file: File, config: MkDocsConfig, dirty: bool = False) -> None:
    """In place of `File.copy_file`. The name of what is kept stands for all that it is made of."""
    place = Path(file.abs_dest_path)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not is_there_already(config, file.dest_uri, Path(str(file.abs_src_path)).name):
        File.copy_file(file, dirty)


def page(
    uri: str, title: str, summary: str, day: str, origin: str, *, found: bool = True, **meta: str
) -> Output:
    """Front matter alone: words from YAML never pass through Markdown. `meta` says whose page it is.

    `day` is that of its last change. The search passes over a page that is not to be `found`.
    """
    about: dict[str, Any] = {"title": title, "description": summary, "template": "worksheet.html"}
    about |= {"updated": day, **meta}
    about |= {} if found else {"search": {"exclude": True}}
    return Output(uri, f"---\n{yaml.safe_dump(about, allow_unicode=True)}---\n".encode(), origin)
