"""What a build takes over from the one before: templates as Python has compiled them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

KEPT = Path(".cache/templates")


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Compiling Material's templates takes as long as filling them."""
    folder = Path(config.config_file_path).parent / KEPT
    folder.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder))
