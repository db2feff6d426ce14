"""A page that asks for more than its policy allows stops the build, with its place and the cure."""

import gzip
import re

import brotli
from building import built, headed, mkdocs

BAD = """# A page

<p style="color: red">Red</p>

<button onclick="run()">Run</button>

![A picture](https://example.org/a.png)

<script>run()</script>

<!--><meta http-equiv="refresh" content="3; url=http:&#47;&#47;example.org/">-->
"""
BESIDE = {
    "page.htm": "<p>A page",
    "Page.HTML": """<!-- <meta http-equiv="Content-Security-Policy" content="default-src 'none'"> -->""",
    "page.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"/>',
    "Page.SVG": '<svg onload="run()"/>',
    "page.xml": '<a xmlns:h="http://www.w3.org/1999/xhtml"><h:script>run()</h:script></a>',
}


def test_a_bad_page_stops_the_build_with_every_place_and_cure(small_project):
    (small_project / "docs" / "bad.md").write_text(headed(BAD))
    (small_project / "docs" / "assets" / "bad.svg").write_text("<svg><script>run()</script></svg>")
    (small_project / "docs" / "assets" / "bad.css").write_text(
        "\na { background: url(https://example.org/a.png) }"
    )
    (small_project / "docs" / "own.html").write_text("<!doctype html><title>A page</title>")
    for name, text in BESIDE.items():
        (small_project / "docs" / name).write_text(text)

    built = mkdocs(small_project, "build")
    assert built.returncode == 1
    assert "docs/bad.md:9:4: a style in a tag" in built.stderr
    assert "docs/bad.md:11:9: a script in a tag" in built.stderr
    assert "this asks another host for something" in built.stderr
    assert "docs/bad.md:15:1: a <script> in the text of a page" in built.stderr
    assert "docs/assets/bad.svg:1:6: a <script>" in built.stderr
    assert "docs/assets/bad.css:2:17: this asks another host" in built.stderr
    assert "docs/own.html:1:1: a page without a Content-Security-Policy" in built.stderr
    assert "docs/bad.md:17:6: a <meta> in the text of a page" in built.stderr
    assert [name for name in BESIDE if f"docs/{name}:1:" not in built.stderr] == []
    assert built.stderr.count("Put a copy into docs/assets") == 3
    assert "Traceback" not in built.stderr
    assert not (small_project / "site").exists()


def test_the_title_of_a_page_is_words_and_no_markup(small_project):
    """Jinja's `striptags` gives back the markup that entities stand for, and MkDocs escapes nothing."""
    title = "Now &lt;/title&gt;&lt;script&gt;run()&lt;/script&gt;"
    page = headed("# Now\n\nWords.\n").replace("title: Now\n", f'title: "{title}"\n')
    (small_project / "docs" / "hostile.md").write_text(page)

    written = (built(small_project) / "hostile" / "index.html").read_text()
    assert "<script>run()" not in written
    assert "&lt;script&gt;run()&lt;/script&gt;" in written


LOOSE = """<!doctype html><meta charset=utf-8><meta http-equiv="Content-Security-Policy"
content="default-src 'none'; {}"><title>A page</title>"""


def test_a_page_with_a_looser_policy_or_a_script_of_its_own_stops_the_build(small_project):
    pages = {
        "any.html": LOOSE.format("script-src 'unsafe-inline'; connect-src *"),
        "named.html": LOOSE.format("script-src 'sha256-abc='") + "<script>run()</script>",
        "plain.svgz": "<svg><script>run()</script></svg>",
    }
    for name, text in pages.items():
        (small_project / "docs" / name).write_text(text)

    told = mkdocs(small_project, "build").stderr
    assert "docs/any.html:1:1: a page without a Content-Security-Policy" in told
    assert re.search(r"docs/named.html:2:\d+: a <script> in the text of a page", told)
    assert "docs/plain.svgz:1:6: a <script>" in told


def test_no_link_publishes_what_lies_elsewhere_on_the_machine(small_project, tmp_path):
    secret = tmp_path / "elsewhere"
    secret.mkdir()
    (secret / "key.txt").write_text("secret")
    docs = small_project / "docs"
    (docs / "one.txt").symlink_to(secret / "key.txt")
    (docs / "folder").symlink_to(secret)
    (docs / "gone.txt").symlink_to(secret / "nothing")

    done = mkdocs(small_project, "build")
    assert done.returncode == 1
    for name in ("one.txt", "folder/key.txt", "gone.txt"):
        assert (
            f"docs/{name}:1:1: this is a link to nothing, or to a file outside of the project" in done.stderr
        )
    assert "Traceback" not in done.stderr
    assert not (small_project / "site").exists()


def test_a_page_that_says_too_much_of_itself_is_told_of_and_ends_no_program(small_project):
    (small_project / "docs" / "deep.md").write_text(f"---\ntitle: A\nx: {'[' * 100_000}\n---\n\n# A\n")

    done = mkdocs(small_project, "build")
    assert done.returncode == 1
    assert "docs/deep.md:3:" in done.stderr
    assert "Traceback" not in done.stderr


def test_aligned_columns_need_no_style(small_project):
    (small_project / "docs" / "table.md").write_text(
        headed("# A table\n\n| a | b |\n| :-- | --: |\n| 1 | 2 |\n")
    )

    page = (built(small_project) / "table" / "index.html").read_text()
    assert re.search('<td class="to-right"[^>]*>2</td>', page)


def directives(policy: str) -> dict[str, set[str]]:
    return {
        name: set(sources.split()) for name, _, sources in (one.partition(" ") for one in policy.split("; "))
    }


def test_one_header_covers_every_page_and_hosts_can_read_it(site):
    lines = (site / "_headers").read_text().splitlines()
    (header,) = [line.partition(": ")[2] for line in lines if "Content-Security-Policy" in line]

    said = directives(header)
    assert "unsafe" not in header
    assert {"'none'"} == said["base-uri"] == said["form-action"] == said["frame-ancestors"]
    assert "'self'" in said["script-src"]
    for path in site.rglob("*.html"):
        policy = directives(re.search(r'Content-Security-Policy" content="([^"]+)"', path.read_text())[1])
        assert [name for name in policy.keys() & said.keys() if not policy[name] <= said[name]] == [], path
    assert max(map(len, lines)) < 2000  # what Cloudflare Pages reads of a line
    for name, said_as in (("caddy", "Content-Security-Policy"), ("nginx", "default")):  # pages, the rest
        assert (site / f"_headers.{name}").read_text().count(f"{said_as} \"default-src 'none'; ") == 2


def test_no_page_says_where_one_came_from_on_a_host_without_headers_either(site):
    pages = {path: path.read_text() for path in site.rglob("*.html")}

    assert len(pages) > 80
    assert [
        path for path, page in pages.items() if '<meta name="referrer" content="no-referrer">' not in page
    ] == []


def _is_text(content: bytes) -> bool:
    try:
        return bool(content.decode())
    except UnicodeDecodeError:
        return False


def test_every_text_lies_packed_beside_itself(site):
    texts = [
        path
        for path in site.rglob("*")
        if path.is_file()
        and not path.name.startswith("_")  # for servers alone
        and path.stat().st_size >= 300
        and _is_text(path.read_bytes())
    ]

    assert {".html", ".css", ".js", ".json", ".svg", ".txt", ".bib", ".ris"} <= {one.suffix for one in texts}
    for path in texts:
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
        assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == path.read_bytes()


def test_a_script_in_a_template_stops_the_build_with_its_place_there(small_project):
    """A policy that named whatever a template holds would let a slip through as it does our own."""
    place = small_project / "overrides" / "base.html"
    text = place.read_text().replace("</head>", "<script>run()</script>\n</head>")
    place.write_text(text)
    line = text[: text.index("<script>run()")].count("\n") + 1

    told = mkdocs(small_project, "build").stderr
    assert f"overrides/base.html:{line}:1: a <script> in a page that is none of ours" in told
    assert "Put it in a file in docs/assets" in told
    assert not (small_project / "site").exists()
