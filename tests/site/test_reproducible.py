"""The same files make the same bytes: in another folder, language, time zone and year, drawn afresh."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from building import ENVIRONMENT, small

# Python asks for this file at its start. Its calendar is then 400 days ahead, and its clock 20: a build drops
# what no one has asked for in 30 days, and files keep the time of the system.
LATER = """
import datetime, time
now = time.time
time.time = lambda: now() + 20 * 24 * 3600
def later(): return now() + 400 * 24 * 3600
class Date(datetime.date):
    @classmethod
    def today(cls): return cls.fromtimestamp(later())
class Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls.fromtimestamp(later(), tz)
    @classmethod
    def utcnow(cls): return cls.fromtimestamp(later(), datetime.timezone.utc).replace(tzinfo=None)
datetime.date, datetime.datetime = Date, Datetime
"""
HERE = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}


def built(folder: Path, **settings: str) -> Path:
    """The site, as `make build` makes it from one commit. Nothing is taken over from another build."""
    folder.mkdir(parents=True)
    small(folder)
    (folder / ".cache").unlink()
    return built_again(folder, **settings)


def built_again(folder: Path, **settings: str) -> Path:
    """The site, with all that an earlier build has left."""
    environment = {**ENVIRONMENT, "SOURCE_DATE_EPOCH": "1795737071", **settings}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    made = subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return folder / "site"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_two_builds_far_apart_give_the_same_bytes(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(LATER)
    first = contents(built(tmp_path / "a", **HERE))
    mask = os.umask(0o077)
    try:
        second = contents(built(tmp_path / "an other" / "füll" / "path", **THERE, PYTHONPATH=str(tmp_path)))
    finally:
        os.umask(mask)

    assert contents(built_again(tmp_path / "a", **HERE)) == first
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    told = json.loads(first["build.json"])
    assert told["versions"]["mkdocs"] == "1.6.1"
    assert told["sha256"] == {
        name: sha256(content).hexdigest()
        for name, content in sorted(first.items())
        if not name.endswith((".br", ".gz")) and not name.startswith("_") and name != "build.json"
    }
    assert b"Copyright" in first["licenses.txt"]
    assert b"Martin Donath" in first["licenses.txt"]


def test_pages_that_are_held_packed_are_the_same(tmp_path):
    made = []
    for name in ("plain", "packed"):
        (tmp_path / name).mkdir()
        folder = small(tmp_path / name)
        if name == "packed":
            quick = folder / "hooks" / "quick.py"
            text = quick.read_text(encoding="utf-8")
            assert "\nMANY = 1000 " in text
            quick.write_text(text.replace("\nMANY = 1000 ", "\nMANY = 0 "), encoding="utf-8")
        made.append(contents(built_again(folder)))

    plain, packed = ({name: one for name, one in some.items() if name.endswith(".html")} for some in made)
    assert len(plain) > 5
    assert plain == packed
