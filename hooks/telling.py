"""How hooks tell what is wrong: `serve` warns and goes on, `build` stops. No hook itself: hooks share it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NoReturn

from mkdocs.exceptions import Abort
from tqdm import tqdm

if TYPE_CHECKING:
    import logging

    from workbook.problems import Problem

_state = {"serving": False}
tqdm.monitor_interval = 0  # no thread to watch over bars: with a second one no process can be split off


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Each hook that tells has this for its own: MkDocs says what it was asked to do at the start alone."""
    _state["serving"] = command == "serve"


def serving() -> bool:
    return _state["serving"]


def tell(log: logging.LoggerAdapter[logging.Logger], problems: Iterable[Problem]) -> None:
    """Each with its place and cure."""
    for problem in problems:
        (log.warning if serving() else log.error)(f"{problem}\n")


def progress(what: str, total: int) -> tqdm[NoReturn]:
    """A bar for long work, where somebody looks."""
    return tqdm(total=total, unit="file", desc=what, disable=None, leave=False)


def stop(count: int, where: str) -> None:
    """In `build`, end it if there are problems. They have all been told, and nothing is put in place yet."""
    if count and not serving():
        raise Abort(f"{count} {'problem' if count == 1 else 'problems'} {where}: nothing was built.")
