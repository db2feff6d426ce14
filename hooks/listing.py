"""The files of the site that is being built. No hook itself: hooks that copy, list or hash them share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.published import Published

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from workbook.former import Former


def published(config: MkDocsConfig) -> Published:
    """One for each build, so that what one hook has read no other reads again."""
    made: Published = config.extra.setdefault("published", Published(config.site_dir))
    return made


def is_there_already(config: MkDocsConfig, uri: str, key: str) -> bool:
    """Whether the last site had this file, made of the same; it stands in the new one then, too.

    `key` is a word for all that it is made of. Whoever writes the file takes away what is in its place,
    and never writes into it: it may be that of the last site.
    """
    former: Former | None = config.extra.get("former")
    if former is None:
        return False
    site = published(config)
    digest = former.give(uri, key, str(site.path(uri)))
    if digest:
        site.know(uri, digest)
    return digest is not None
