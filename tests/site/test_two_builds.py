"""Two builds of one project at once: the second waits for the first, and the site is whole."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import ENVIRONMENT, built, small

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such lock there")


def begin(project: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.Popen(command, cwd=project, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)


def test_a_build_waits_while_another_is_at_work_and_says_so(tmp_path: Path) -> None:
    import fcntl

    project = small(tmp_path / "project")
    other = os.open(project, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)

    build = begin(project)
    assert build.stderr
    told = next(line for line in build.stderr if "Another build is at work" in line)
    assert "This one begins when that is done." in told
    assert not (project / ".site.new").exists()

    os.close(other)
    left = build.communicate(timeout=120)[1]
    assert build.returncode == 0, left
    assert (project / "site" / "index.html").exists()


@pytest.mark.parametrize("later", [0, 0.2, 0.5])
def test_both_end_well_and_the_site_is_whole(tmp_path: Path, later: float) -> None:
    project = small(tmp_path / "project")
    alone = files(built(project))

    builds = []
    for _ in range(2):
        builds.append(begin(project))
        time.sleep(later)
    told = [build.communicate(timeout=120)[1] for build in builds]

    assert [build.returncode for build in builds] == [0, 0], told
    assert files(project / "site") == alone
    assert [one.name for one in project.glob(".site*")] == []


def files(site: Path) -> dict[str, bytes]:
    return {str(one.relative_to(site)): one.read_bytes() for one in site.rglob("*") if one.is_file()}
