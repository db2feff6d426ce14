"""The samples that take a copy from fork to published: as their hosts read them, they name what is there."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import tomllib
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from sheets import ROOT

from workbook import headers, naming, policy

SAMPLES = ROOT / "tools" / "publish"
GUIDE = (ROOT / "docs" / "clinicians" / "your-own-copy.md").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
SITE = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)["site_dir"]


def read(name: str) -> Any:
    """YAML with every value as text, for 'on' is a name here; or TOML."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    return tomllib.loads(text) if name.endswith(".toml") else yaml.load(text, yaml.BaseLoader)


def script(name: str) -> ModuleType:
    """A Python program without an ending to its name."""
    loader = SourceFileLoader(name.replace("-", "_"), str(SAMPLES / name))
    made = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))  # type: ignore[arg-type]
    loader.exec_module(made)
    return made


def test_the_guide_names_each_sample_and_each_that_it_names_is_there() -> None:
    named = set(re.findall(r"`(tools/(?:serve|publish)/[\w.-]+)`", GUIDE))

    assert [one for one in named if not (ROOT / one).is_file()] == []
    told = GUIDE + "".join(path.read_text(encoding="utf-8") for path in SAMPLES.iterdir())
    assert [path.name for path in SAMPLES.iterdir() if path.name not in told] == []


def test_github_builds_the_site_and_publishes_that_folder() -> None:
    made = read("github-pages.yml")
    steps = made["jobs"]["build"]["steps"]

    assert made["on"]["push"]["branches"] == ["main"]
    assert made["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert commands(one["run"] for one in steps if "run" in one) == {"build"}
    (upload,) = [one for one in steps if "upload-pages-artifact" in one.get("uses", "")]
    assert upload["with"]["path"] == SITE
    assert made["jobs"]["publish"]["needs"] == "build"
    assert made["jobs"]["publish"]["environment"]["name"] == "github-pages"
    for step in [*steps, *made["jobs"]["publish"]["steps"]]:
        assert re.fullmatch(r"actions/[\w-]+@v\d+", step.get("uses", "actions/none@v1"))


def test_gitlab_publishes_the_folder_that_it_looks_for() -> None:
    job = read("gitlab-ci.yml")["pages"]

    assert commands(job["script"]) == {"build"}
    assert f"mv {SITE} public" in job["script"]
    assert job["artifacts"]["paths"] == ["public"]
    assert job["image"].startswith("python:3.")


def commands(lines: Any) -> set[str]:
    """The targets of make that are asked for; all are there."""
    found = {target for line in lines for target in re.findall(r"\bmake ([a-z-]+)", line)}
    assert found <= TARGETS
    return found


def test_netlify_and_cloudflare_publish_the_site() -> None:
    netlify, cloudflare = read("netlify.toml"), read("wrangler.toml")

    assert commands([netlify["build"]["command"]]) == {"build"}
    assert netlify["build"]["publish"] == SITE
    assert cloudflare["pages_build_output_dir"] == SITE
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", cloudflare["compatibility_date"])
    assert re.fullmatch(r"[a-z0-9-]+", cloudflare["name"])


# ---- S3


def run(folder: Path, **said: str) -> tuple[int, list[str]]:
    """Run the script with programs that only note what they are asked for."""
    tools, notes = folder / "tools", folder / "notes"
    tools.mkdir()
    for name in ("make", "aws"):
        (tools / name).write_text(
            f'#!/bin/sh\nfor one in {name} "$@"; do printf "%s\\t" "$one"; done >> {notes}\necho >> {notes}\n'
        )
        (tools / name).chmod(0o755)
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", **said}
    done = subprocess.run([SAMPLES / "s3"], env=environment, check=False, capture_output=True, text=True)
    return done.returncode, notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []


needs_sh = pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell")


@needs_sh
def test_s3_gets_what_pages_ask_for_before_the_pages(tmp_path: Path) -> None:
    code, asked = run(tmp_path, BUCKET="a-bucket", DISTRIBUTION="E1")
    make, kept, rest, texts, forget = [line.split("\t")[:-1] for line in asked]

    assert code == 0
    assert make == ["make", "build"]
    assert kept[:5] == ["aws", "s3", "sync", f"{SITE}/{naming.FOLDER}", f"s3://a-bucket/{naming.FOLDER}"]
    assert kept[-1] == headers.FOR_GOOD
    assert rest[3:5] == [SITE, "s3://a-bucket"]
    assert {"--delete", "_*", f"{naming.FOLDER}/*", "*.br", "*.gz"} <= set(rest)
    assert rest[-1] == headers.ASK_AGAIN
    assert {"*.txt", "text/plain; charset=utf-8", headers.ASK_AGAIN} <= set(texts)
    assert forget[1:3] == ["cloudfront", "create-invalidation"]


@needs_sh
def test_s3_without_a_bucket_does_nothing_and_says_why(tmp_path: Path) -> None:
    code, asked = run(tmp_path)

    assert code != 0
    assert asked == []


def test_cloudfront_gets_each_header_once() -> None:
    said = headers.of_every_page(policy.READING, "https://portal.example.org")
    program = script("headers-for-cloudfront")

    assert program.said(headers.for_hosts(said)) == dict(said)
    made = program.policy(program.said(headers.for_hosts(said)))
    security = made["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == said["Content-Security-Policy"]
    assert security["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == headers.A_YEAR
    others = {one["Header"]: one["Value"] for one in made["CustomHeadersConfig"]["Items"]}
    assert made["CustomHeadersConfig"]["Quantity"] == len(others)
    assert len(others) + len(security) == len(said)
    assert others.items() <= said.items()


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js; make test installs it")
@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/", "/index.html"),
        ("/worksheets/urge-log/", "/worksheets/urge-log/index.html"),
        ("/worksheets/urge-log/urge-log-a4.pdf", "/worksheets/urge-log/urge-log-a4.pdf"),
        ("/worksheets/urge-log", "301 /worksheets/urge-log/"),
        ("/crisis/index.html", "301 /crisis/"),
        ("/worksheets/urge-log?embed", "301 /worksheets/urge-log/?embed"),
        ("/search/index.html?a=1&a=2&b=%26c", "301 /search/?a=1&a=2&b=%26c"),
        ("/crisis/?embed", "/crisis/index.html"),
        ("//evil.example/a", "301 /evil.example/a/"),
        ("//evil.example/index.html", "301 /evil.example/"),
        ("/\\evil.example/index.html", "301 /evil.example/"),
        ("\\/evil.example/a", "301 /evil.example/a/"),
    ],
)
def test_cloudfront_leads_to_the_one_address_of_a_page(asked: str, there: str) -> None:
    text = (SAMPLES / "cloudfront.js").read_text(encoding="utf-8")
    uri, _, behind = asked.partition("?")
    query: dict[str, Any] = {}
    for name, _, value in (one.partition("=") for one in behind.split("&") if one):
        if name in query:  # as CloudFront says it
            query[name].setdefault("multiValue", [{"value": query[name]["value"]}]).append({"value": value})
        query[name] = {**query.get(name, {}), "value": value}
    request = json.dumps({"uri": uri, "querystring": query})
    call = f"const made = handler({{request: {request}}})\n"
    say = "console.log(made.statusCode ? `${made.statusCode} ${made.headers.location.value}` : made.uri)"
    done = subprocess.run(["node", "-e", f"{text}\n{call}{say}"], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == there


def test_the_sample_of_a_frame_believes_the_sheet_alone() -> None:
    text = (SAMPLES / "embed.html").read_text(encoding="utf-8")

    assert "source !== frame.contentWindow || origin !== new URL(frame.src).origin" in text
    assert re.search(r'<iframe src="https://[^"]+/worksheets/[a-z-]+/\?embed" title="[^"]+"', text)


def test_a_site_made_under_a_strict_umask_can_be_read_in_the_container() -> None:
    text = (ROOT / "tools" / "serve" / "Containerfile").read_text(encoding="utf-8")
    modes = re.findall(r"^COPY(?: --chmod=(\d+))? (\S+)", text, re.MULTILINE)

    assert modes == [("0644", "tools/serve/nginx.conf"), ("0755", "site")]  # a folder has to be entered too
