"""The built site behind real servers, with the configuration that we hand out."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from building import ROOT, built, small

SAMPLES = ROOT / "tools" / "serve"
SHEET = "/worksheets/a/"
PDF = "/worksheets/a/a-a4.pdf"


@dataclass(frozen=True)
class Answer:
    """What a server sent back. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server under test, and the site that it serves."""

    port: int
    site: Path
    errors: Path

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request(
            method, address, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = line.getresponse()
        found = Answer(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        )
        line.close()
        return found


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(small(tmp_path_factory.mktemp("small")))


# A container without a container: its paths, nothing that can be written to but /tmp, and no one special.
CONTAINED = """
mount --make-rprivate /
mount -t tmpfs tmpfs /srv && mkdir /srv/site && mount --bind {site} /srv/site
mount --bind {config} /etc/nginx/nginx.conf
mount -t tmpfs -o mode=1777 tmpfs /tmp
for place in /srv/site /srv /; do mount -o remount,ro,bind $place; done
exec setpriv --reuid {user} --regid {user} --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs \
  sh -c 'for place in /srv/site /etc; do touch $place/mine 2>/dev/null && exit 9; done
    exec {command} 2>/tmp/errors'
"""


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _contained(site: Path) -> tuple[int, list[str]]:
    """The port, and what our Containerfile runs, as its user. Of its files only the port is changed."""
    if (
        os.geteuid()
        or subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("only root may set up the file system of a container")
    said = dict(line.split(" ", 1) for line in _containerfile())
    port, config = _free_port(), site.parent / "contained.conf"
    text = (SAMPLES / "nginx.conf").read_text(encoding="utf-8")
    config.write_text(text.replace(f"listen {said['EXPOSE']}", f"listen 127.0.0.1:{port}"), encoding="utf-8")
    command = shlex.join(json.loads(said["CMD"])).replace("'", '"')
    script = CONTAINED.format(site=site, config=config, user=said["USER"], command=command)
    return port, ["unshare", "--mount", "sh", "-ec", script]


def _containerfile() -> list[str]:
    """Its instructions, one a line."""
    text = (SAMPLES / "Containerfile").read_text(encoding="utf-8").replace("\\\n", "")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module", params=["nginx", "caddy", "container"])
def server(request: pytest.FixtureRequest, small_site: Path) -> Iterator[Server]:
    """Started with our sample, in which only the port and two folders are changed."""
    program = request.param.replace("container", "nginx")
    if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip(f"{program} is not installed; on Debian make test installs it")
    if request.param == "container":
        port, command = _contained(small_site)
        yield from _started(command, port, small_site)
        return
    port = _free_port()
    name = {"nginx": "nginx.conf", "caddy": "Caddyfile"}[request.param]
    text = (SAMPLES / name).read_text(encoding="utf-8")
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace(
        ":8080 {", f"http://127.0.0.1:{port} {{"
    )
    text = text.replace("/tmp/", f"{small_site.parent}/").replace("/srv/site", str(small_site))
    config = small_site.parent / name
    config.write_text(text, encoding="utf-8")
    command = {
        "nginx": [
            "nginx",
            "-c",
            str(config),
            "-g",
            f"daemon off; pid {config}.pid;{' user root;' * (os.geteuid() == 0)}",
        ],
        "caddy": ["caddy", "run", "--config", str(config), "--adapter", "caddyfile"],
    }[request.param]
    yield from _started(command, port, small_site)


def _started(command: list[str], port: int, small_site: Path) -> Iterator[Server]:
    environment = {"PATH": f"{os.environ['PATH']}:/usr/sbin", "HOME": str(small_site.parent)}
    said = small_site.parent / f"said-{port}"
    with (
        said.open("wb") as errors,
        subprocess.Popen(command, env=environment, stderr=errors, stdout=errors) as running,
    ):
        _wait(port, running, said)
        inside = Path(f"/proc/{running.pid}/root/tmp/errors")  # where a container writes it
        yield Server(port, small_site, inside if "unshare" in command else said)
        running.terminate()
        running.wait(timeout=20)


def _wait(port: int, running: subprocess.Popen[bytes], said: Path) -> None:
    end = time.monotonic() + 30
    while socket.socket().connect_ex(("127.0.0.1", port)):
        assert running.poll() is None, said.read_text(encoding="utf-8")
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize("address", ["/", SHEET, PDF, "/assets/workbook/favicon.svg", "/nowhere/"])
def test_every_answer_carries_the_headers(server, address):
    headers = server.ask(address).headers

    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["content-security-policy"].endswith("; frame-ancestors 'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "camera=()" in headers["permissions-policy"]
    assert "set-cookie" not in headers


def test_pages_are_asked_for_again_and_found_unchanged(server):
    first = server.ask(SHEET)

    assert first.headers["cache-control"] == "no-cache"
    assert server.ask(SHEET, If_None_Match=first.headers["etag"]).status == 304


def test_hashes_are_sent_with_pages(server):
    for page in ("/", SHEET, "/404.html", "/nowhere/", "/assets/gone.css", "/_headers"):
        assert " 'sha256-" in server.ask(page).headers["content-security-policy"]


def test_a_page_that_is_found_unchanged_keeps_a_policy_that_fits_it(server):
    """A browser puts the headers of such an answer in place of those it has."""
    first = server.ask(SHEET).headers
    again = server.ask(SHEET, If_None_Match=first["etag"]).headers

    assert again.get("content-security-policy") in (None, first["content-security-policy"])


@pytest.mark.parametrize("address", [PDF, "/worksheets/a/a.txt", "/assets/workbook/favicon.svg"])
def test_a_file_that_is_no_page_is_not_sent_with_the_hashes_of_all(server, address):
    policy = server.ask(address).headers["content-security-policy"]

    assert "sha256" not in policy
    assert len(policy) < 400


@pytest.mark.parametrize("pattern", ["**/print.*.css", "**/js/main.*.js", "**/*latin-wght*.woff2"])
def test_a_file_named_by_its_content_is_kept_for_a_year(server, pattern):
    kept = server.ask(_only(server.site, pattern)).headers

    assert kept["cache-control"] == "public, max-age=31536000, immutable"


def test_that_a_file_is_not_there_is_kept_by_no_one(server):
    assert server.ask("/assets/gone.css").headers["cache-control"] == "no-cache"
    assert server.ask("/assets/hashed/gone/workbook/print.css").headers["cache-control"] == "no-cache"


def _only(site: Path, pattern: str) -> str:
    """The address of the one asset that fits."""
    (path,) = (site / "assets").glob(pattern)
    return f"/{path.relative_to(site).as_posix()}"


@pytest.mark.parametrize(("way", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_text_comes_packed_to_those_who_can_unpack_it(server, way, unpack):
    answer = server.ask(SHEET, Accept_Encoding=way)
    plain = server.ask(SHEET)

    assert answer.headers["content-encoding"] == way
    assert answer.headers["content-type"] == plain.headers["content-type"] == "text/html; charset=utf-8"
    assert "Accept-Encoding" in answer.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert "content-encoding" not in plain.headers
    assert unpack(answer.body) == plain.body == (server.site / "worksheets/a/index.html").read_bytes()
    assert len(answer.body) < len(plain.body) / 2


def test_brotli_is_sent_to_a_browser_that_takes_both(server):
    assert server.ask("/", Accept_Encoding="gzip, deflate, br, zstd").headers["content-encoding"] == "br"


def test_what_is_not_there_is_said_on_our_own_page(server):
    answer = server.ask("/nowhere/at/all")

    assert answer.status == 404
    assert answer.body == (server.site / "404.html").read_bytes()


@pytest.mark.parametrize("address", ["/%00", "/worksheets/%00/", "/" + "x" * 300, "/x" * 2000])
def test_an_address_that_no_disk_could_hold_is_no_fault_of_the_server(server, address):
    assert server.ask(address).status in (400, 404)


@pytest.mark.parametrize(
    "address", ["/_headers", "/_headers.nginx", "/404.html", "/../mkdocs.yml", "/.git/config"]
)
def test_what_is_for_the_server_alone_is_not_there(server, address):
    assert server.ask(address).status in (400, 404)


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/worksheets/a", SHEET),
        ("/worksheets/a/index.html", SHEET),
        ("/index.html", "/"),
        ("/crisis", "/crisis/"),
    ],
)
def test_a_page_has_one_address(server, address, there):
    answer = server.ask(address)

    assert answer.status in (301, 308)
    assert answer.headers["location"] == there


@pytest.mark.parametrize("end", ["/index.html", "/worksheets/a/index.html", "/worksheets/a", "/old"])
@pytest.mark.parametrize(
    "start", ["//", "///", "/\\", "\\/", "/%5C", "/%5c%5c", "/%2F", "/%09/", "/%0a/", "/%20/", "/./", "/..//"]
)
def test_no_address_leads_to_another_host(server, start, end):
    """A browser reads a stroke of either kind, and leaves out tabs and ends of lines."""
    answer = server.ask(f"{start}evil.example{end}")

    there = re.sub(r"[\t\r\n]", "", answer.headers.get("location", "")).strip().replace("\\", "/")
    assert re.fullmatch(r"(?:/(?!/).*)?", there)


@pytest.mark.parametrize(
    ("address", "there"),
    [("/old/", "/crisis/"), ("/old", "/crisis/"), ("/old.txt", "/worksheets/a/a.txt")],
)
def test_what_has_moved_leads_to_where_it_is_now(server, address, there):
    answer = server.ask(address)

    assert (answer.status, answer.headers["location"]) == (301, there)
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_host_that_knows_no_redirects_leads_on_too(small_site):
    page = (small_site / "old" / "index.html").read_text(encoding="utf-8")

    assert '<meta http-equiv="refresh" content="0; url=../crisis/">' in page
    assert '<a href="../crisis/">Crisis</a>' in page
    assert (small_site / "old.txt").read_bytes() == (small_site / "worksheets/a/a.txt").read_bytes()
    assert '<a id="gone"></a><h1 id="crisis">' in (small_site / "crisis/index.html").read_text("utf-8")
    assert (small_site / "_redirects").read_text().splitlines()[1:] == [
        "/old /crisis/ 301",
        "/old/ /crisis/ 301",
        "/worksheets/diary /worksheets/a/ 301",
        "/worksheets/diary/ /worksheets/a/ 301",
    ]


def test_a_link_to_a_packet_and_the_list_of_changes_know_what_has_moved(small_site):
    packets = (small_site / "packets" / "index.html").read_text(encoding="utf-8")
    changes = (small_site / "changes" / "index.html").read_text(encoding="utf-8")

    assert '"moved":{"p:old":"p:crisis","w:diary":"w:a"}' in packets
    assert '<code>/worksheets/diary/</code>, is now <a href="../worksheets/a/">A</a>' in changes


def test_a_part_of_a_pdf_can_be_asked_for(server):
    whole = (server.site / PDF[1:]).read_bytes()

    part = server.ask(PDF, Range="bytes=100-199")
    assert (part.status, part.body) == (206, whole[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert server.ask(PDF, Range=f"bytes={len(whole)}-").status == 416


def test_head_says_what_get_would(server):
    head, get = server.ask(PDF, "HEAD"), server.ask(PDF)

    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(get.body))
    assert head.headers["content-type"] == get.headers["content-type"] == "application/pdf"


@pytest.mark.parametrize(
    "address", ["/{}", "/{}/", "/worksheets/a/{}.pdf", "/_{}", "/{}%00", "/{}" + "x" * 300]
)
def test_what_someone_asked_for_is_written_nowhere(server, address):
    server.ask(address.format("secret"))
    server.ask("/")

    assert "secret" not in server.errors.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_to_it(server, method):
    assert server.ask("/", method).status in (405, 501)


def test_files_are_what_they_are_said_to_be(server):
    kinds = {
        _only(server.site, "**/js/main.*.js"): "text/javascript",
        _only(server.site, "**/print.*.css"): "text/css",
        "/assets/workbook/favicon.svg": "image/svg+xml",
        _only(server.site, "**/atkinson-hyperlegible-next-latin-wght-*.woff2"): "font/woff2",
        "/worksheets/a/a.fhir.json": "application/json",
        "/worksheets/a/a.txt": "text/plain",
        "/worksheets/a/a.png": "image/png",
    }

    found = {address: server.ask(address).headers["content-type"].partition(";")[0] for address in kinds}
    assert found == kinds
    assert "utf-8" in server.ask("/worksheets/a/a.txt").headers["content-type"]


def test_the_container_holds_what_its_server_needs():
    said = [line.split(" ", 1) for line in _containerfile()]
    copied = {to: ROOT / here for here, to in (rest.split()[-2:] for word, rest in said if word == "COPY")}

    assert copied["/etc/nginx/nginx.conf"] == SAMPLES / "nginx.conf"
    assert copied["/srv/site"] == ROOT / "site"
    assert dict(said)["USER"] not in ("root", "0")
    assert f"listen {dict(said)['EXPOSE']};" in (SAMPLES / "nginx.conf").read_text(encoding="utf-8")
    text = (SAMPLES / "nginx.conf").read_text(encoding="utf-8") + dict(said)["CMD"]
    written = re.findall(r"(?:_path|pid) (/\S+);", text)
    assert len(set(written)) == 6
    assert {Path(one).parent for one in written} == {Path("/tmp")}


def test_systemd_finds_nginx_where_debian_has_it_write_its_number():
    """Where our file named another place, systemd waited for it in vain, and took the server down again."""
    unit = Path("/lib/systemd/system/nginx.service")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program or not unit.exists():
        pytest.skip("nginx is not installed with its unit; on Debian make test installs it")
    asked = re.search(r"^PIDFile=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    built = subprocess.run([program, "-V"], check=True, capture_output=True, text=True).stderr

    assert asked
    assert f"--pid-path={asked[1]} " in built
    assert not re.search(r"^pid ", (SAMPLES / "nginx.conf").read_text(encoding="utf-8"), re.MULTILINE)
