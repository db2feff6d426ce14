"""Headers in the words of each kind of server, and files packed for the way."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest

from workbook import headers, packing, policy

SAID = headers.of_every_page(policy.allowing(f"<script>{policy.EARLY}</script>", policy.READING))


def test_who_may_show_our_pages_in_a_frame_is_said() -> None:
    assert SAID["Content-Security-Policy"].endswith("; frame-ancestors 'none'")
    named = headers.of_every_page(policy.READING, "'self' https://clinic.example")
    assert named["Content-Security-Policy"].endswith("; frame-ancestors 'self' https://clinic.example")


@pytest.mark.parametrize("write", [headers.for_hosts, headers.for_nginx, headers.for_caddy])
def test_every_kind_of_server_says_the_same(write) -> None:
    words = write(SAID)

    for name, value in SAID.items():
        assert name in words
        assert value in words
    assert headers.FOR_GOOD in words


def test_a_line_is_no_longer_than_hosts_read() -> None:
    """Cloudflare Pages reads 2,000 characters of a line."""
    assert max(map(len, headers.for_hosts(SAID).splitlines())) < 1000


MANY = policy.together(
    policy.allowing(f"<style>a{{top:{number}px}}</style>", policy.SHEET) for number in range(200)
)


def test_a_host_of_short_lines_gets_as_much_of_the_policy_as_it_reads() -> None:
    short = headers.of_short_lines(MANY)

    assert max(map(len, headers.for_hosts(short).splitlines())) < 2000
    assert "object-src 'none'" in short["Content-Security-Policy"]
    assert headers.of_short_lines(policy.READING) == headers.of_every_page(policy.READING)


def test_servers_say_the_whole_of_a_long_policy() -> None:
    said = headers.of_every_page(MANY)
    words = headers.for_nginx(said)
    parts = re.findall(r'map "" (\$policy_\d+) {\n\tdefault "(.*)";', words)

    assert said["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert said["Content-Security-Policy"] in headers.for_caddy(said)
    assert " ".join(part for _, part in parts) == said["Content-Security-Policy"]
    assert f'"~^text/html" "{" ".join(name for name, _ in parts)}";' in words
    assert max(len(part) for _, part in parts) < 4096  # what nginx reads of a word


def test_no_header_is_said_twice_to_a_host_that_would_join_them() -> None:
    assert headers.for_hosts(SAID).count("Cache-Control") == len(headers.NAMED_BY_CONTENT)
    assert "Cache-Control" not in headers.for_hosts(SAID).partition("/assets/")[0]


@pytest.mark.parametrize("uri", ["index.html", "build.json"])
def test_packed_text_is_the_same_text_and_the_same_bytes_each_time(uri: str) -> None:
    content = b"Words, words, words. " * 100

    assert brotli.decompress(packing.WAYS[".br"](uri, content)) == content
    assert gzip.decompress(packing.WAYS[".gz"](uri, content)) == content
    assert packing.WAYS[".gz"](uri, content)[4:8] == bytes(4)  # no time in its head


@pytest.mark.parametrize(
    ("suffix", "size", "worth"), [(".html", 5000, True), (".html", 50, False), (".pdf", 5000, False)]
)
def test_only_text_of_some_length_is_packed(suffix: str, size: int, worth: bool) -> None:
    assert packing.is_worth_it(suffix, size) == worth
