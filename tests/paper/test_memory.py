"""What drawing leaves in the memory of a process that goes on drawing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sheets import ROOT

TIMES = 4
# Each is the same as the last but for its title, as two sheets are the same but for their words.
GROWN = f"""
import sys
sys.path[:0] = ["hooks", "tests"]
from sheets import real
from workbook.render import paper
from workbook.render.packet import paper as packets

def megabytes():
    lines = open("/proc/self/smaps_rollup").read().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))

what, grown = sys.argv[1], []
for turn in range({TIMES}):
    if what == "packet":
        made = packets.data(real().packets["after-hospital"], real(), "letter", {{}})
        packets.draw(made | {{"cover": made["cover"] | {{"title": f"Turn {{turn}}"}}}})
    else:
        made = paper.data(real().worksheets["my-month"], real(), "large-letter")
        paper.draw(made | {{"words": made["words"] | {{"title": f"Turn {{turn}}"}}}})
    grown.append(megabytes())
print(round(grown[-1] - grown[0]))
"""


@pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="only Linux says what a process takes"
)
@pytest.mark.parametrize("what", ["sheet", "packet"])
def test_what_was_drawn_is_forgotten_while_more_is_drawn(what):
    around = {**os.environ, "PYTHONPATH": ""}
    command = [sys.executable, "-c", GROWN, what]
    done = subprocess.run(command, cwd=ROOT, env=around, check=True, capture_output=True, text=True)

    assert int(done.stdout) < 60  # MB: one of them takes as much
