"""Where a site comes from: is it told truly, and in a form that programs read?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from workbook import tracing

ROOT = Path(__file__).parents[1]
PARTS = list(tracing.parts("mkdocs-material", "9.8.1"))
BILL = tracing.bill("A site", "1.0", PARTS, [("mkdocs", "1.6.1"), ("mkdocs-material", "9.8.1")])


def test_the_bill_of_materials_keeps_to_its_schema() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(BILL.decode()) is None


def test_all_that_ships_is_on_the_bill_with_its_licence() -> None:
    shipped = [one for one in json.loads(BILL)["components"] if one["scope"] == "required"]
    files = {file["name"] for one in shipped for file in one.get("components", ())}

    assert {"mkdocs-material", "jose", "pdf-lib", "Atkinson Hyperlegible Next"} <= {
        one["name"] for one in shipped
    }
    assert all(one["licenses"][0]["expression"] for one in shipped)
    assert files == {
        path.name
        for path in [*tracing.SCRIPTS.glob("*.js"), *tracing.FONTS.iterdir()]
        if path.suffix in (".js", ".woff2", ".ttf")  # paper has letters of the last
    }


def test_what_it_was_built_with_is_marked_as_no_part_of_it() -> None:
    tools = [one["purl"] for one in json.loads(BILL)["components"] if one["scope"] == "excluded"]

    assert tools == ["pkg:pypi/mkdocs@1.6.1"]  # the theme ships


def test_a_lock_file_is_read_whole() -> None:
    found = dict(tracing.locked((ROOT / "requirements.lock").read_text(encoding="utf-8")))

    assert found["mkdocs"] == "1.6.1"
    assert found["mkdocs-material"] == "9.8.1"
    assert len(found) > 30


AUDIT = """
import runpy, subprocess, sys
sys.argv = ["tools/audit", "a.lock", "b.lock", {vendor!r}]
class Ran: stdout = {answer!r}
def run(command, **_):
    assert ["--requirement=a.lock", "--requirement=b.lock"] == command[-2:]
    return Ran
subprocess.run = run
runpy.run_path({path!r}, run_name="__main__")
"""
SOUND = {"name": "a", "version": "1", "vulns": []}
HOLED = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
UNKNOWN = {"name": "c", "version": "3", "skip_reason": "not there"}
SHIPPED = {
    ("jose", "6.2.18"),
    ("pdf-lib", "1.17.1"),
    ("pako", "1.0.11"),
    ("tslib", "1.14.1"),
    ("uqr", "0.1.3"),
}
NONE: dict[tuple[str, str], Any] = {}


class Osv(BaseHTTPRequestHandler):
    """The list of holes. `holes` has those of an npm package and version; None: it is out of order."""

    holes: dict[tuple[str, str], Any] | None
    asked: set[tuple[str, str]]

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        named = [(one["package"]["name"], one["version"]) for one in sent["queries"]]
        type(self).asked = {*named} if self.path == "/v1/querybatch" else set()
        assert {one["package"]["ecosystem"] for one in sent["queries"]} == {"npm"}
        told = "out of order"
        if self.holes is not None:
            told = json.dumps({"results": [self.holes.get(one, {}) for one in named]})
        self.send_response(200)
        self.end_headers()
        self.wfile.write(told.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


def audited(packages: list[Any] | None, holes: dict[tuple[str, str], Any] | None) -> tuple[int, str]:
    """What the audit of these packages, and of our scripts beside them, ends with and says."""
    answer = "no network" if packages is None else json.dumps({"dependencies": packages})
    vendor = str(tracing.SCRIPTS / "vendor.json")
    script = AUDIT.format(answer=answer, path=str(ROOT / "tools" / "audit"), vendor=vendor)
    Osv.holes, Osv.asked = holes, set()
    with ThreadingHTTPServer(("127.0.0.1", 0), Osv) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        around = {**os.environ, "OSV": f"http://127.0.0.1:{server.server_port}", "no_proxy": "127.0.0.1"}
        command = [sys.executable, "-c", script]
        ran = subprocess.run(command, check=False, capture_output=True, text=True, env=around)
        server.shutdown()
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([SOUND], 0, ""),
        ([SOUND, HOLED], 1, "b 2 has a known hole, PYSEC-1. Mended in: 3."),
        ([SOUND, UNKNOWN], 0, "could not be asked about 1 of 2 packages"),
        ([UNKNOWN], 0, "could not be asked about the packages"),
        (None, 0, "could not be asked about the packages"),
    ],
)
def test_an_audit_fails_on_a_hole_and_says_what_it_could_not_ask(packages, code, words) -> None:
    ended, said = audited(packages, NONE)

    assert ended == code
    assert words in said
    assert bool(words) == bool(said)


@pytest.mark.parametrize(
    ("holes", "code", "words"),
    [
        (NONE, 0, ""),
        ({("pako", "1.0.11"): {"vulns": [{"id": "GHSA-1"}]}}, 1, "pako 1.0.11 has a known hole, GHSA-1."),
        ({("pako", "1.0.10"): {"vulns": [{"id": "GHSA-1"}]}}, 0, ""),
        ({("pako", "1.0.11"): {"vulns": "?"}}, 0, "could not be asked about the scripts"),
        (None, 0, "could not be asked about the scripts"),
    ],
)
def test_an_audit_asks_about_every_script_of_others_that_ships(holes, code, words) -> None:
    ended, said = audited([SOUND], holes)

    assert (ended, Osv.asked) == (code, SHIPPED)
    assert words in said
    assert bool(words) == bool(said)


def test_an_audit_without_a_network_says_so_and_goes_on() -> None:
    vendor = str(tracing.SCRIPTS / "vendor.json")
    script = AUDIT.format(answer="", path=str(ROOT / "tools" / "audit"), vendor=vendor)
    around = {**os.environ, "OSV": "http://127.0.0.1:9", "no_proxy": "127.0.0.1"}  # where no one listens
    command = [sys.executable, "-c", script]

    ran = subprocess.run(command, check=False, capture_output=True, text=True, env=around)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "could not be asked about the packages" in ran.stdout
    assert "could not be asked about the scripts" in ran.stdout
