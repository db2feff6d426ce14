"""Two builds of one project at once: the second waits for the first, and the site is whole."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import ENVIRONMENT, built, small


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such lock there")
@pytest.mark.parametrize("later", [0, 0.4])
def test_the_second_waits_for_the_first(tmp_path: Path, later: float) -> None:
    project = small(tmp_path / "project")
    alone = files(built(project))

    builds = []
    for _ in range(2):
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        builds.append(
            subprocess.Popen(command, cwd=project, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
        )
        time.sleep(later)
    told = [build.communicate(timeout=120)[1] for build in builds]

    assert [build.returncode for build in builds] == [0, 0], told
    assert sum("Another build is at work" in one for one in told) == 1
    assert files(project / "site") == alone
    assert [one.name for one in project.glob(".site*")] == []


def files(site: Path) -> dict[str, bytes]:
    return {str(one.relative_to(site)): one.read_bytes() for one in site.rglob("*") if one.is_file()}
