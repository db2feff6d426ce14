"""What pages may load and run: the policy that they carry, and what an author is told."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from workbook import policy
from workbook.policy import findings, markup

PAGE = '<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
BAD = {
    '<p style="color: red">a</p>': "a style in a tag",
    "<p STYLE=color:red>a</p>": "a style in a tag",
    '<img src="a.png" onerror="run()">': "a script in a tag",
    "<svg/onload=run()>": "a script in a tag",
    '<a href=" javascript:run()">a</a>': "an address that is a script",
    '<a href="b/" ping="/seen">a</a>': "a link that reports who follows it",
    '<img src="https://example.org/a.png">': "another host",
    "<img src=//example.org/a.png>": "another host",
    '<img srcset="a.png, https://example.org/a.png 2x">': "another host",
    '<iframe src="https://example.org/"></iframe>': "another host",
    '<script src="https://example.org/a.js"></script>': "another host",
    '<link href="https://example.org/a.css" rel="stylesheet">': "another host",
    '<link rel="preconnect" href="//example.org">': "another host",
    '<video poster="https://example.org/a.png"></video>': "another host",
    '<object data="https://example.org/a.svg"></object>': "another host",
    '<form action="https://example.org/"></form>': "another host",
    '<svg><use xlink:href="https://example.org/a.svg#b"/></svg>': "another host",
    '<meta http-equiv="refresh" content="0; url=https://example.org/">': "another host",
    '<meta http-equiv="refresh" content="3; url=http:&#47;&#47;example.org/">': "another host",
    '<meta http-equiv="refresh" content="3; url=https:example.org/">': "another host",
    '<!--><img src="https://example.org/a.png">-->': "another host",
    '<!---><img src="https://example.org/a.png">-->': "another host",
    '<!-- a --!><img src="https://example.org/a.png">-->': "another host",
    '<p "><img src="https://example.org/a.png" alt="">': "another host",
    '<p a=b"><img src="https://example.org/a.png" alt="">': "another host",
    '<style>a{}</style b><img src="https://example.org/a.png">': "another host",
    '<textarea><!--</textarea><img src="https://example.org/a.png">-->': "another host",
    r'<img src="http:\\example.org\a.png">': "another host",
    r'<img src="/\example.org/a.png">': "another host",
    '<img src="/\t/example.org/a.png">': "another host",
    '<img src=a.png srcset="b.png 1x, /\n/example.org/a.png 2x">': "another host",
    '<img src="&#104;ttps://example.org/a.png">': "another host",
    '<img src="ht\ntp\ts://example.org/a.png">': "another host",
    '<img src="\x01https:example.org/a.png">': "another host",
    r'<link rel=preconnect href="/\example.org">': "another host",
    '<link rel="&#112;reconnect" href="http&#58;//example.org">': "another host",
    '<a href="java&#115;cript:run()">a</a>': "an address that is a script",
    '<a href="java&Tab;script:run()">a</a>': "an address that is a script",
    '<a href="data:text/html,a">a</a>': "an address that is a script",
    '<iframe srcdoc="a"></iframe>': "a page in a tag",
    "<style>a{background:image-set('http://example.org/a.png' 1x)}</style>": "another host",
    r"<style>a{background:\75rl(//example.org/a.png)}</style>": "another host",
    r"<style>a{background:url(ht\74ps://example.org/a.png)}</style>": "another host",
    r"<style>a{background:url('/\5c example.org/a.png')}</style>": "another host",
    '<style>@import/**/"https://example.org/a.css";</style>': "another host",
    '<style>@import "https://example.org/a.css";</style>': "another host",
    '<svg><path fill="url(https://example.org/a.svg#b)"/></svg>': "another host",
    r'<svg><path filter="ur\6c(//example.org/a.svg#b)"/></svg>': "another host",
    '<svg><linearGradient xlink:href="https://example.org/a#b"/></svg>': "another host",
    '<svg><pattern href="//example.org/a#b"/></svg>': "another host",
    '<svg><textPath href="//example.org/a#b"/></svg>': "another host",
    '<svg><mpath href="//example.org/a#b"/></svg>': "another host",
    '<svg><filter href="//example.org/a#b"/></svg>': "another host",
    '<svg><set attributeName="href" to="https://example.org/a.png"/></svg>': "sets an address",
    '<svg><animate attributeName="xlink:href" values="a;javascript:run()"/></svg>': "sets an address",
    '<svg><animate ATTRIBUTENAME=" any:href " from="a.png" to="b.png"/></svg>': "sets an address",
    '<img src="a.png" attributionsrc>': "reports",
    '<img src="a.png" attributionsrc="https://example.org/a">': "reports",
    '<a href="b/" referrerpolicy="unsafe-url">a</a>': "tells where one came from",
    '<meta name="Referrer" content="no-referrer, unsafe-url">': "tells where one came from",
    '<svg><animate attributeName="fill" to="url(//example.org/a#b)"/></svg>': "another host",
    '<a href="https://example.org/" rel="noreferrer opener">a</a>': "gets hold of this one",
}
GOOD = [
    '<a href="https://example.org/" rel="noreferrer">a link to follow</a>',
    '<link rel="canonical" href="https://example.org/">',
    '<meta property="og:image" content="https://example.org/a.png">',
    '<img src="../a.png" alt="style=&quot;a&quot;">',
    "<p>onclick= and style= in words, javascript: too</p>",
    '<fieldset aria-label="javascript:alert(1)">a</fieldset>',
    '<p data-words="on off one" data-style="x">a</p>',
    '<!-- <p style="color: red"> -->',
    '<script src="../a.js"></script>',
    '<script type="application/json">{"a": "<p onclick=b>"}</script>',
    "<style>a{background:url(../a.png)}</style>",
    """<style>/* url(//a) */ a[href^="https://"]::after{content:"https://"} @namespace "http://a.org/";</style>""",
    r"<style>.md\:a\[b{background:url(data:image/png;base64,aaaa//)}</style>",
    '<a href="?a=1&amp;b=//c">a</a>',
    '<img src="data:image/png;base64,AAAA">',
    '<meta http-equiv="refresh" content="0; url=../crisis/">',
    '<p data-note="Data: kept" title="a &amp; b: https://example.org">a</p>',
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    '<svg><path fill="url(#a)" d="M0 0"><animate attributeName="d" values="M0 0;M1 1"/></path></svg>',
    '<svg><radialGradient href="#a"/><use href="a.svg#b"/></svg>',
    '<p title="url(https://example.org/a)">a</p>',
    '<a href="https://example.org/a(b)" rel="noopener" referrerpolicy="no-referrer">a</a>',
    '<meta name="referrer" content="no-referrer">',
]


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("markup", BAD)
def test_what_a_policy_would_stop_is_found_with_its_cure(markup: str) -> None:
    page = PAGE.format(head="", body=markup)

    (found,) = findings.in_page(page)
    assert BAD[markup] in found.message
    assert found.hint
    assert page[found.start :].startswith(found.text)


@pytest.mark.parametrize("markup", GOOD)
def test_what_a_policy_lets_through_is_no_problem(markup: str) -> None:
    assert list(findings.in_page(PAGE.format(head="", body=markup))) == []


def test_everything_wrong_with_a_page_is_found_at_once() -> None:
    assert len(list(findings.in_page("".join(BAD)))) == len(BAD)


IN_WORDS = [
    "<script>run()</script>",
    "<script type=module>run()</script>",
    "<style>a{}</style>",
    '<script type="text/jscript">run()</script>',
    "<script type=Application/ECMAScript>run()</script>",
    '<script type=" module ">run()</script>',
    "<script type=text/javascript type=application/json>run()</script>",
    '<script type="application/json"><!--<script></script><img onerror=run() src=a></script>',
    '<svg><script src="a.js">run()</script></svg>',
    '<meta HTTP-EQUIV="set-cookie" content="a=b">',
    '<meta http-equiv="refresh" content="0; url=../crisis/">',
    "<link rel=stylesheet href=a.css>",
    "<noscript><!--</noscript>",
    "<svg><title><meta></title></svg>",
    "<svg><![CDATA[<!--]]></svg>",
    "<!--><script>run()</script>-->",
]


@pytest.mark.parametrize("text", IN_WORDS)
def test_scripts_and_styles_in_an_authors_words_are_found(text: str) -> None:
    found = next(findings.in_words(f"<p>Words</p>\n{text}"))

    assert found.text in text
    assert found.hint


def test_data_in_an_authors_words_is_no_script() -> None:
    assert (
        list(findings.in_words('<script type="application/ld+json">{}</script><script src="a.js"></script>'))
        == []
    )


def test_a_drawing_may_have_styles_but_no_script() -> None:
    drawing = (
        '<svg><style>a{}</style><path style="fill: red"/><script>run()</script><g onclick="run()"/></svg>'
    )

    assert sorted(one.text for one in findings.in_xml(drawing)) == ["<script>", 'onclick="run()"']


@pytest.mark.parametrize(
    "text",
    [
        '<a xmlns:h="http://www.w3.org/1999/xhtml"><h:script>run()</h:script></a>',
        "<!DOCTYPE a [<!ENTITY b '<script/>'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ATTLIST a onload CDATA 'run()'>]><a/>",
        "<svg><title><script>run()</script></title></svg>",
        '<svg><script href="a.js"/></svg>',
        '<svg><path style="fill: url(//example.org/a#b)"/></svg>',
        '<svg><path fill="url(//example.org/a#b)"/></svg>',
        "<svg><style>a{fill:url(//example.org/a#b)}</style></svg>",
        '<svg><a><set attributeName="href" to="javascript:run()"/></a></svg>',
        '<svg><linearGradient href="https://example.org/a#b"/></svg>',
        '<?xml-stylesheet href="https:example.org/a.css"?><a/>',
        '<svg><image href="https&#58;//example.org/a"/></svg>',
        '<?xml-stylesheet href="https://example.org/a.xsl" type="text/xsl"?><a/>',
        '<svg><script>run()</script><a b="&lt;',
        "<svg><a></svg>",
    ],
)
def test_what_an_xml_file_runs_or_asks_for_is_found(text: str) -> None:
    assert list(findings.in_xml(text))


def test_a_feed_is_no_problem() -> None:
    feed = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.org/"/>'
        '<link rel="self" href="https://example.org/feed.xml"/><content type="html">&lt;script&gt;</content>'
        "</feed>"
    )

    assert list(findings.in_xml(feed)) == []


@pytest.mark.parametrize(
    "head",
    [
        "<!-- {policy} -->",
        '<script src="a.js"></script>{policy}',
        "</head><body>{policy}",
        "<title>{policy}</title>",
        "<template>{policy}</template>",
        "<meta name=a content='{policy}'>",
    ],
)
def test_a_policy_that_holds_for_nothing_is_none(head: str) -> None:
    meta = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""

    assert not policy.is_guarded(PAGE.format(head=head.format(policy=meta), body=""))
    assert policy.is_guarded(PAGE.format(head=f"<!-- a --><title>a</title>{meta}", body=""))


@pytest.mark.parametrize(
    ("said", "strict"),
    [
        ("default-src 'none'", True),
        ("default-src 'none'; script-src 'self' 'sha256-a='; frame-ancestors 'none'", True),
        ("default-src 'none'; script-src 'unsafe-inline'", False),
        ("default-src 'none'; connect-src *", False),
        ("default-src 'none'; script-src-elem https://example.org", False),
        ("default-src 'none' https:", False),
        ("script-src 'self'", False),
        ("", False),
    ],
)
def test_a_policy_counts_where_it_lets_through_no_more_than_ours(said: str, strict: bool) -> None:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{said}">'

    assert policy.is_guarded(PAGE.format(head=meta, body="")) == strict


def test_a_problem_points_into_the_file_that_the_author_wrote() -> None:
    (found,) = findings.in_page('<h1>A</h1><p style="color: red">a</p>')

    problem = findings.problem(
        found, "", Path("site/a/index.html"), ('# A\n\n<p style="color: red">a</p>\n', Path("docs/a.md"))
    )
    assert (problem.path, problem.line, problem.column) == (Path("docs/a.md"), 3, 4)
    assert problem.excerpt == '<p style="color: red">a</p>'


def test_a_problem_of_a_template_points_into_the_published_page() -> None:
    page = '<h1>A</h1>\n<p style="color: red">a</p>'
    (found,) = findings.in_page(page)

    problem = findings.problem(found, page, Path("site/a/index.html"), ("# A\n", Path("docs/a.md")))
    assert (problem.path, problem.line, problem.column) == (Path("site/a/index.html"), 2, 4)


def test_a_policy_names_the_hash_of_our_own_script_and_style_and_of_no_other() -> None:
    page = PAGE.format(
        head=f"<script>run('a')</script><script>{policy.EARLY}</script><style>a{{}}</style><style>b{{}}</style>",
        body='<script type="module">go()</script><script src="b.js"></script><style>c{}</style>'
        f'<script type="application/json">c</script><script>{policy.EARLY}</script>',
    )

    sheet, reading = policy.allowing(page, policy.SHEET), policy.allowing(page, policy.READING)
    assert sheet["script-src"].split() == ["'self'", hashed(policy.EARLY)]
    assert sheet["style-src"].split() == ["'self'", hashed("a{}")]
    assert reading["script-src"] == sheet["script-src"]
    assert reading["style-src"] == "'self'"


def test_each_script_and_style_that_is_not_ours_is_a_problem() -> None:
    page = PAGE.format(
        head=f"<script>run('a')</script><script>{policy.EARLY}</script><style>a{{}}</style><style>b{{}}</style>",
        body='<script type="module">go()</script><script type="application/ld+json">{}</script>',
    )

    def told(rules: policy.Rules) -> list[str]:
        return [one.text for one in findings.not_ours(page, rules)]

    assert told(policy.SHEET) == ["<script>run('a')", "<style>b{}", '<script type="module">go()']
    assert "<style>a{}" in told(policy.READING)
    (first, *_) = findings.not_ours(page, policy.SHEET)
    assert "a <script> in a page that is none of ours" in str(findings.problem(first, page, Path("a.html")))


def test_no_policy_lets_through_what_is_unsafe() -> None:
    for rules in (policy.SHEET, policy.READING):
        assert rules["default-src"] == "'none'"
        assert "unsafe" not in policy.written(rules)
        assert "*" not in policy.written(rules)
        assert {rules["base-uri"], rules["form-action"]} == {"'none'"}


def test_a_page_carries_its_policy_before_anything_that_it_loads() -> None:
    page = policy.guarded(PAGE.format(head='<link rel="stylesheet" href="a.css">', body=""), policy.SHEET)

    assert policy.is_guarded(page)
    assert page.index("Content-Security-Policy") < page.index("<link")


def test_a_header_for_all_pages_lets_through_what_each_does() -> None:
    first = policy.allowing(f"<script>{policy.EARLY}</script><style>a</style>", policy.SHEET)
    second = {**policy.READING, "script-src": f"'self' {hashed('b')}"}

    whole = policy.together([first, second])
    assert set(whole["script-src"].split()) == {"'self'", hashed(policy.EARLY), hashed("b")}
    assert set(whole["style-src"].split()) == {"'self'", hashed("a")}
    assert whole["worker-src"] == "'self'"
    assert whole["default-src"] == "'none'"


def test_a_header_for_many_pages_names_every_style_and_forbids_the_rest() -> None:
    pages = [policy.allowing(f"<style>a{{top:{number}px}}</style>", policy.SHEET) for number in range(200)]

    whole = policy.together(pages)
    assert whole["default-src"] == "'none'"
    assert set(whole["style-src"].split()) == {
        "'self'",
        *(hashed(f"a{{top:{number}px}}") for number in range(200)),
    }
    assert "unsafe" not in policy.written(whole)


def test_a_header_without_styles_does_not_grow_with_the_pages() -> None:
    pages = [policy.allowing(f"<style>a{{top:{number}px}}</style>", policy.SHEET) for number in range(200)]

    short = policy.without_styles(policy.together(pages))
    assert len(policy.written(short)) < 500
    assert short["script-src"] == "'self'"
    forbidden = ("object-src", "frame-src", "media-src", "style-src-attr")
    assert {short[name] for name in forbidden} == {"'none'"}
    assert "style-src" not in short  # each page's own policy still names its style


@pytest.mark.parametrize(
    "before",
    [
        *("<?x <b b=' ?>", "</ <b b='>", "<!x <b b='>", "<!x <!-- >", "</ <!-- >", "<? <!-- >"),
        *(
            '<p>a</p title="<!--">',
            """<p>a</p title="<b b='">""",
            """<p>a</p x='<b b="'>""",
            "<!doctype <b b='>",
        ),
        """<script type="application/json">1</script title="<b b='">""",
        """<title>a</title x="<!--">""",
    ],
)
def test_nothing_hides_behind_what_a_browser_takes_for_a_comment_or_an_end(before: str) -> None:
    """Such a part ends sooner than a tag in it would: what follows is read by browsers, and was not by us."""
    refresh = '<meta http-equiv="refresh" content="0;url=https://example.org/">'
    page = f"{before}{refresh}<a onclick=run()>q</a><img src=https://example.org/x.png><b c='d'>--> \"</b>"

    assert [one.name for one in markup.tags(page)][-4:] == ["meta", "a", "img", "b"]
    assert {one.text for one in findings.in_page(page)} >= {"onclick=run()", "src=https://example.org/x.png"}
    assert refresh[:20] in str([one.text for one in findings.in_words(page)])
