"""Styles, scripts, fonts and pictures get names that change with their content.

Material's own are left out: no page of ours asks for them.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

from workbook import naming

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

OF_THE_THEME = ("assets/images/", "assets/javascripts/", "assets/stylesheets/")


@event_priority(-90)
def on_files(files: Files, config: MkDocsConfig) -> None:
    """After all that adds files."""
    for file in [one for one in files if one.src_uri.startswith(OF_THE_THEME)]:
        files.remove(file)
    ours = {file.src_uri: file for file in files if _is_ours(file)}
    names, changed = naming.renamed({uri: file.content_bytes for uri, file in ours.items()})
    for uri, name in names.items():
        ours[uri].dest_uri = ours[uri].url = name
    for uri, content in changed.items():
        if uri in ours:
            ours[uri].content_bytes = content
        else:
            files.append(File.generated(config, uri, content=content))
    config.extra["names"] = names


def _is_ours(file: File) -> bool:
    """Pictures that no Markdown names, such as icons, may be asked for by their plain names."""
    if not file.src_uri.startswith("assets/"):
        return False
    return PurePosixPath(file.src_uri).suffix in naming.TOGETHER | {".woff2"} or not file.generated_by


@event_priority(-90)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    return naming.in_page(output, config.extra["names"])


@event_priority(-90)
def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """404.html comes this way."""
    return naming.in_page(output, config.extra["names"]) if template_name.endswith(".html") else output
