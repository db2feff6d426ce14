"""Into the record: /fhir/ lists all Questionnaires and bundles, and offers them as one package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

import generated
from workbook import record
from workbook.outputs import Output

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

MARK = "<!-- fhir -->"


@event_priority(-20)
def on_files(files: Files, config: MkDocsConfig) -> None:
    """After the worksheets and packets have added theirs."""
    folder = Path(config.config_file_path).parent / ".cache" / "record"
    packing = record.packing(config.extra["workbook"].loaded, _reader(files), folder)
    generated.add(files, config, Output(record.PACKAGE, packing.places[record.PACKAGE]))
    config.extra["packing"] = packing


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The list, on the page that asks for it."""
    if MARK not in html:
        return html
    config.extra["packing"].wait()
    return html.replace(MARK, record.page(config.extra["workbook"].loaded, _reader(files)))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    config.extra["packing"].wait()  # MkDocs copies it next


def _reader(files: Files) -> record.Read:
    """The bytes that will be published at an address."""

    def read(address: str) -> bytes:
        file = files.get_file_from_path(address)
        assert file, address
        return file.content_bytes

    return read
