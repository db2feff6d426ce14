"""The files of the site that is being built. No hook itself: hooks that list or hash all of them share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.published import Published

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def published(config: MkDocsConfig) -> Published:
    """One for each build, so that what one hook has read no other reads again."""
    made: Published = config.extra.setdefault("published", Published(config.site_dir))
    return made
