"""In `serve` a changed page is shown at once, the rest follows, and the server goes on answering."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.commands import build
from mkdocs.plugins import event_priority, get_plugin_logger

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

State = dict[Path, tuple[int, int]]  # when each watched file was changed, in ns, and its bytes

log = get_plugin_logger("preview")


@dataclass
class Build:
    """The last whole build, from which one page can be made again."""

    shown: Path  # the folder that the server shows
    config: MkDocsConfig
    files: Files | None = None
    nav: Navigation | None = None
    env: Environment | None = None
    matters: dict[Path, str] = field(default_factory=dict)  # what stands above each page, by file

    @property
    def folder(self) -> Path:
        """Where it is made."""
        return Path(self.config.site_dir)


# MkDocs hands no config to on_startup, and one event learns nothing of another but here.
_serving: dict[str, Build] = {}
_state = {"serving": False}


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    _state["serving"] = command == "serve" and not dirty


@event_priority(100)
def on_config(config: MkDocsConfig) -> None:
    """Build beside what is shown, which MkDocs would empty first."""
    if _state["serving"]:
        shown = Path(config.site_dir)
        config.site_dir = str(shown.with_name(f"{shown.name}.new"))
        _serving["new"] = Build(shown, config)


@event_priority(-100)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    if _state["serving"]:
        made = _serving["new"]
        made.nav, made.files = nav, files
        sources = (one.abs_src_path for one in files.documentation_pages())
        made.matters = {(path := Path(one).resolve()): _matter(path) for one in sources if one}


@event_priority(-100)
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    if _state["serving"]:
        _serving["new"].env = env


@event_priority(-100)
def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]
) -> LiveReloadServer:
    """After the first build: show it, and take MkDocs's place at every change."""
    if _state["serving"]:
        _show(_serving["new"])
        watched = [Path(one) for one in (config.docs_dir, config.config_file_path, *config.watch)]
        server.builder = _rebuilding(server, builder, watched)
    return server


def on_shutdown() -> None:
    if build := _serving.get("new"):
        shutil.rmtree(build.folder, ignore_errors=True)


def _rebuilding(
    server: LiveReloadServer, builder: Callable[[], None], watched: list[Path]
) -> Callable[[], None]:
    """What the server calls when a file has changed."""
    before = _states(watched)

    def rebuild() -> None:
        nonlocal before
        now = _states(watched)
        changed = [path for path in now.keys() | before.keys() if now.get(path) != before.get(path)]
        before = now
        if _shown_at_once(changed, _serving["new"]):
            _reload(server)
        last = _serving["new"]
        try:
            builder()
        except Exception:  # a server that answers is worth more than one that is stuck
            log.exception("The site could not be built; the last good one is shown.")
            _serving["new"] = last
        else:
            _show(_serving["new"])

    return rebuild


def _states(watched: list[Path]) -> State:
    found = chain.from_iterable(path.rglob("*") if path.is_dir() else [path] for path in watched)
    states = ((path, path.stat()) for path in found if path.is_file() and "__pycache__" not in path.parts)
    return {path.resolve(): (state.st_mtime_ns, state.st_size) for path, state in states}


def _shown_at_once(changed: list[Path], last: Build) -> bool:
    """Whether these changes reach no other page, and theirs are made anew."""
    level = logging.getLogger("mkdocs").level
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)  # the whole build tells what is wrong
    try:
        pages = [_page_of(path, last) for path in changed]
        if not pages or not all(pages):
            return False
        for page in pages:
            _make(page, last)
    except Exception:  # noqa: BLE001 # the whole build will meet it too, and tell it
        return False
    finally:
        logging.getLogger("mkdocs").setLevel(level)
    return True


def _page_of(path: Path, last: Build) -> Page | None:
    """The page that is made of this file, if it alone has to be made again."""
    root = Path(last.config.config_file_path).resolve().parent
    docs = Path(last.config.docs_dir).resolve()
    if path.parent == root / "content" / "worksheets" and path.exists():
        renewed = last.config.extra["workbook"].renew(path, root)
        file = last.files.get_file_from_path(f"worksheets/{path.stem}.md") if renewed else None
    elif path.suffix == ".md" and path.is_relative_to(docs) and path.exists():
        file = last.files.get_file_from_path(path.relative_to(docs).as_posix())
        if _matter(path) != last.matters.get(path):
            return None  # its title may stand in every menu
    else:
        return None
    return file.page if file else None


def _matter(path: Path) -> str:
    """The text above a page's words, which says its title."""
    text = path.read_text(encoding="utf-8-sig")
    return text.partition("\n---")[0] if text.startswith("---") else ""


def _make(page: Page, last: Build) -> None:
    """One page, as MkDocs makes it, into the folder that is shown."""
    inclusion = page.file.inclusion
    page.file.dest_dir = str(last.shown)
    page.file.__dict__.pop("abs_dest_path", None)
    pages = last.files.documentation_pages(inclusion=lambda one: one.is_in_serve())
    build._populate_page(page, last.config, last.files)
    build._build_page(page, last.config, pages, last.nav, last.env, excluded=inclusion.is_excluded())


def _reload(server: LiveReloadServer) -> None:
    """Let browsers see it. The whole build that follows has the same number: they load nothing twice."""
    with server._epoch_cond:
        server._visible_epoch = server._wanted_epoch
        server._epoch_cond.notify_all()


def _show(made: Build) -> None:
    """Put each file in its place, and take away what is gone. Nothing is missing in between."""
    new = dict(_files(made.folder))
    for name, path in new.items():
        place = made.shown / name
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    for name, path in list(_files(made.shown)):
        if name not in new:
            path.unlink()


def _files(folder: Path) -> Iterator[tuple[Path, Path]]:
    return ((path.relative_to(folder), path) for path in sorted(folder.rglob("*")) if path.is_file())
