"""Headers in the words of each kind of server, and files packed for the way."""

from __future__ import annotations

import gzip

import brotli
import pytest

from workbook import headers, packing, policy

SAID = headers.of_every_page(policy.allowing("<script>run()</script>", policy.READING))


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


def test_no_header_is_said_twice_to_a_host_that_would_join_them() -> None:
    assert headers.for_hosts(SAID).count("Cache-Control") == len(headers.NAMED_BY_CONTENT)
    assert "Cache-Control" not in headers.for_hosts(SAID).partition("/assets/")[0]


def test_packed_text_is_the_same_text_and_the_same_bytes_each_time() -> None:
    content = b"Words, words, words. " * 100

    assert brotli.decompress(packing.WAYS[".br"](content)) == content
    assert gzip.decompress(packing.WAYS[".gz"](content)) == content
    assert packing.WAYS[".gz"](content)[4:8] == bytes(4)  # no time in its head


@pytest.mark.parametrize(
    ("suffix", "size", "worth"), [(".html", 5000, True), (".html", 50, False), (".pdf", 5000, False)]
)
def test_only_text_of_some_length_is_packed(suffix: str, size: int, worth: bool) -> None:
    assert packing.is_worth_it(suffix, bytes(size)) == worth
