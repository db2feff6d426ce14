"""A browser killed while it keeps what someone types, again and again: is all older than a second there?

The tests do this a few times. For many, on the site that `make build` made:
`python tests/browser/kills.py 200` (a second argument, `firefox`, for the other engine).
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Error, Page, expect, sync_playwright

SHEET = "worksheets/change-plan/"
LARGEST = 20_000  # letters of the second answer: a record that takes a while to write
MEMORY = "/dev/shm"
OLD = 1.0  # seconds after which nothing may be lost
PATIENT = 60_000
TYPE = """([words, long]) => {
    const { change, why } = document.forms[0].elements
    change.value = words
    why.value = words + long
    change.dispatchEvent(new Event('input', { bubbles: true }))
}"""


@dataclass(frozen=True)
class Killed:
    """What was found after one kill: how old the oldest was that is lost, in seconds, and what is wrong."""

    lost: float
    fault: str = ""


def kills(kind: BrowserType, program: str, base: str, count: int, seed: int = 0) -> Iterator[Killed]:
    """Open the sheet, look at what is kept, type, kill; each time in the same profile.

    It lies in memory where that is possible: what a browser has written outlives it, and a disk that others
    keep busy would be measured instead.
    """
    chance = random.Random(seed)
    profile = tempfile.mkdtemp(prefix="killed-", dir=MEMORY if Path(MEMORY).is_dir() else None)
    try:
        ages: dict[int, float] = {}
        typed = found = 0
        with _opened(kind, program, profile) as context:
            _keep(_visit(context, base))
        for turn in range(count + 1):
            with _opened(kind, program, profile) as context:
                page = _visit(context, base)
                if not turn:
                    _until_kept(page)  # what is typed sooner waits for that, as it may have to ask
                else:
                    found, told = _looked(page, ages, range(found, typed + 1))
                    yield told
                if turn < count:
                    ages = _typed_until_killed(page, profile, typed, chance)
                    typed = max(ages, default=typed)
    finally:
        shutil.rmtree(profile, ignore_errors=True)


@contextlib.contextmanager
def _opened(kind: BrowserType, program: str, profile: str) -> Iterator[BrowserContext]:
    mine = ["--no-sandbox"] if kind.name == "chromium" else []
    channel = None if kind.name == "chromium" else "moz-firefox"
    for lock in ("SingletonLock", "SingletonSocket", "lock", ".parentlock"):  # what the dead have left
        Path(profile, lock).unlink(missing_ok=True)
    context = kind.launch_persistent_context(profile, executable_path=program, channel=channel, args=mine)
    context.set_default_timeout(PATIENT)
    yield context
    with contextlib.suppress(Error):
        context.close()


def _visit(context: BrowserContext, base: str) -> Page:
    page = context.new_page()
    page.goto(base + SHEET)
    expect(page.locator(".tools")).to_be_visible(timeout=PATIENT)
    return page


def _keep(page: Page) -> None:
    page.locator(".tools").get_by_role("button", name="Keep", exact=True).click()
    page.get_by_role("dialog").get_by_text("Until I erase it").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep", exact=True).click()
    _until_kept(page)


def _until_kept(page: Page) -> None:
    expect(page.locator(".tools").get_by_role("button", name="Kept")).to_be_visible(timeout=PATIENT)


def _typed_until_killed(page: Page, profile: str, typed: int, chance: random.Random) -> dict[int, float]:
    """Type number after number until the browser dies. How old each was then."""
    times: dict[int, float] = {}
    killed: list[float] = []

    def kill() -> None:
        mine = _processes(profile)
        killed.append(time.monotonic())
        for process in mine:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    timer = threading.Timer(chance.uniform(0.2, 3), kill)
    timer.start()
    with contextlib.suppress(Error):
        while not killed:
            typed += 1
            times[typed] = time.monotonic()
            page.evaluate(TYPE, [f"{typed} ", "x" * chance.randrange(LARGEST)])
            times[typed] = time.monotonic()
            page.wait_for_timeout(chance.randrange(60))
    timer.join()
    return {one: killed[0] - at for one, at in times.items()}


def _processes(profile: str) -> list[int]:
    """Those that were started with this profile, the first one first."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if profile.encode() in place.read_bytes():
                found.append(int(place.parent.name))
    return sorted(found)


def _looked(page: Page, ages: dict[int, float], possible: range) -> tuple[int, Killed]:
    """What the sheet shows of what was kept: the number, and what is to be said of it."""
    try:
        _until_kept(page)
    except AssertionError:
        return 0, Killed(0, f"not kept: {page.locator('main').inner_text()[:300]}")
    first, second = page.locator("#change").input_value(), page.locator("#why").input_value()
    found = int(first or 0)
    lost = max((age for one, age in ages.items() if one > found), default=0)
    fault = f"lost what was {lost:.1f} s old" if lost > OLD else ""
    if page.locator(".notice").count():
        fault = page.locator(".notice").inner_text()
    elif second.partition(" ")[0] != first.strip():
        fault = f"two answers of two times: {first!r} and {second[:20]!r}"
    elif found not in possible:
        fault = f"{found} is there, and it can be one of {possible} only"
    return found, Killed(lost, fault)


def main(count: int, engine: str) -> int:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from browsing import program, served  # needs the path above

    site = Path(__file__).parents[2] / "site"
    began, all_ = time.monotonic(), list[Killed]()
    with sync_playwright() as playwright, served(site) as base:
        kind = getattr(playwright, engine)
        name = program("chromium" if engine == "chromium" else "firefox-esr")
        for one in kills(kind, name, base, count, seed=count):
            all_.append(one)
            if one.fault:
                print(f"{len(all_)}: {one.fault}", flush=True)  # noqa: T201
    took, faults = time.monotonic() - began, sum(bool(one.fault) for one in all_)
    lost = max(one.lost for one in all_)
    told = f"{faults} faults; lost was at most what was {lost:.2f} s old"
    print(f"{count} kills of {engine} in {took:.0f} s: {told}")  # noqa: T201
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]), (sys.argv[2:] or ["chromium"])[0]))
