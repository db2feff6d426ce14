"""A build that fails, strict or not, leaves the last good site as it was."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.plugins import event_priority, get_plugin_logger

from listing import published
from workbook import packing, tracing
from workbook.former import Former

try:
    import fcntl
except ImportError:  # Windows, where who builds twice at once is on their own
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

# MkDocs hands no config to on_startup and on_shutdown, so what passes between them stands here.
_build: dict[str, Path] = {}
_state = {"staged": False, "good": False}
_last: dict[str, Former] = {}
_digests: dict[str, str] = {}
_lock: dict[str, int] = {}

log = get_plugin_logger("staging")


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    _state["staged"] = command != "serve" and not dirty


@event_priority(100)
def on_config(config: MkDocsConfig) -> None:
    """Build beside the site. Runs first, so that everything later sees one folder."""
    if _state["staged"]:
        final = Path(config.site_dir)
        _wait_for_others(final.parent)
        _build.update(final=final, new=final.with_name(f".{final.name}.new"))
        config.site_dir = str(_build["new"])
        store = Path(config.config_file_path).resolve().parent / ".cache" / "former"
        config.extra["former"] = _last["former"] = Former(final, store)


def _wait_for_others(folder: Path) -> None:
    """Two builds at once would write into one folder. The lock is gone with the process, however it ends."""
    if fcntl is None:
        return
    _leave()
    folder.mkdir(parents=True, exist_ok=True)
    _lock["folder"] = lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        log.info("Another build is at work in this folder. This one begins when that is done.")
        fcntl.flock(lock, fcntl.LOCK_EX)
    except OSError:  # a disk that knows no locks
        return


def _leave() -> None:
    if (lock := _lock.pop("folder", None)) is not None:
        os.close(lock)


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    _state["good"] = True
    if former := _last.get("former"):
        site, packed = published(config), tuple(packing.WAYS)
        _digests.update({uri: site.digest(uri) for uri in former.asked() if not uri.endswith(packed)})


def on_build_error(error: Exception) -> None:
    """Also called when --strict finds a warning, which is after on_post_build."""
    _state["good"] = False


def on_shutdown() -> None:
    if _build:
        if _state["good"]:
            _swap(_build["new"], _build["final"])
            _last["former"].keep(_digests)
        shutil.rmtree(_build["new"], ignore_errors=True)
    _leave()


def _swap(new: Path, final: Path) -> None:
    old = final.with_name(f".{final.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        _keep_times(final, new)
        final.rename(old)
    new.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def _keep_times(old: Path, new: Path) -> None:
    """What did not change is no newer than it was: nginx, rsync and caches tell files apart by their time."""
    for name in tracing.unchanged(old, new):
        for way in ("", *packing.WAYS) if name.endswith(tuple(packing.TEXTS)) else ("",):
            with suppress(FileNotFoundError):
                time = os.stat(f"{old}/{name}{way}").st_mtime_ns  # noqa: PTH116 # for a thousand files
                os.utime(f"{new}/{name}{way}", ns=(time, time))
