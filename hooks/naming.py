"""Styles, scripts, fonts and pictures get names that change with their content.

Material's own are not even looked for, all twelve thousand: no page of ours asks for one.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

from recalling import recall
from workbook import naming

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_config(config: MkDocsConfig) -> None:
    """MkDocs lists what templates can be found, to copy what is none. Of ours alone it shall."""
    make, ours = config.theme.get_env, config.theme.custom_dir

    def get_env() -> Environment:
        env = make()
        env.list_templates = Environment(loader=FileSystemLoader(ours or [])).list_templates
        return env

    config.theme.get_env = get_env


@event_priority(-90)
def on_files(files: Files, config: MkDocsConfig) -> None:
    """After all that adds files."""
    ours = {file.src_uri: file for file in files if _is_ours(file)}
    contents = {uri: file.content_bytes for uri, file in ours.items()}
    hashes = [[uri, sha256(content).hexdigest()] for uri, content in sorted(contents.items())]
    names, changed = recall(config)(lambda _: _renamed(contents), hashes)
    for uri, name in names.items():
        ours[uri].dest_uri = ours[uri].url = name
    for uri, content in changed.items():
        if uri in ours:
            ours[uri].content_string = content
        else:
            files.append(File.generated(config, uri, content=content))
    config.extra["names"] = names


def _renamed(contents: dict[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """New names, and new texts of those that name others."""
    names, changed = naming.renamed(contents)
    return names, {uri: content.decode() for uri, content in changed.items()}


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
