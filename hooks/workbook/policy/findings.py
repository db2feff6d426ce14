"""What the policy would stop in a visitor's browser, told to the author at the build: place and cure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook import policy
from workbook.policy import markup
from workbook.problems import Problem

RISKY = re.compile(
    r"style|on[a-z]|script|data|/[\t\r\n]*/|ping|srcdoc|http-equiv|attribut|referrer|[\\&:]", re.IGNORECASE
)  # a tag without these is not looked at twice
# `https:a` asks the host `a` from a page that came by http.
ABROAD = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|(?:https?|wss?|ftp):", re.IGNORECASE)
SCRIPT = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)
DOCUMENT = re.compile(r"data:(?!image/|font/|audio/|video/)", re.IGNORECASE)
OWN_SCHEME = re.compile(r"//|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\r\n\f]?|\r?\n|(.))", re.IGNORECASE | re.DOTALL)
STYLE_NAME = r"(?:[-\w]|[^\x00-\x7f]|\\[^\n])++"
STYLE_PART = re.compile(
    r"""/\*.*?(?:\*/|\Z)|(?P<words>"(?:\\.|[^"\\\n])*+"?|'(?:\\.|[^'\\\n])*+'?)"""
    rf"""|(?P<name>@?{STYLE_NAME})(?P<call>\([ \t\r\n\f]*(?P<plain>[^"' \t\r\n\f)][^)]*)?)?"""
    r"|(?P<sign>[][:;{}])",
    re.DOTALL,
)
LOADING = {"src", "srcset", "imagesrcset", "poster", "data", "background", "action", "formaction"}
LOADING_BY_HREF = {
    *("link", "script", "image", "feimage", "use", "lineargradient", "radialgradient", "pattern", "filter"),
    *("textpath", "mpath"),
}
LOADING_LINKS = re.compile(
    r"stylesheet|preconnect|dns-prefetch|prefetch|preload|prerender|icon|manifest", re.IGNORECASE
)
# What an author's words have no use for. Some of it browsers read in two ways, as their mood is.
NOT_IN_WORDS = re.compile(r"link|base|noscript|iframe|noembed|noframes|xmp|plaintext|frameset|frame")

FOR_PEOPLE = re.compile(r"aria-\w+|alt|content|label|placeholder|title|value")  # words, and never an address
ADDRESSES = re.compile(r"(?:xlink:)?href")  # of tags that may be followed, or load something: see _loads
Wrong = tuple[str, str]  # what is wrong, and the cure
STYLE = "a style in a tag", "Use a class, and say in a style sheet how it looks."
HANDLER = "a script in a tag", "Let a script file listen for it, or take it out."
SCRIPT_ADDRESS = "an address that is a script", "Link to a page, or use a button and a script file."
FRAMED = "a page in a tag", "Make it a page of its own, or take it out."
TWO_WAYS = "text that browsers read in two ways", "Write &lt; for <, in data \\u003c. Or take it out."
PING = "a link that reports who follows it", "Take out ping."
REPORT = "this reports who saw or followed it", "Take out attributionsrc."
REFERRER = "this tells where one came from", "Take it out, or write no-referrer: no page of ours tells it."
OPENER = "a link whose page gets hold of this one", "Take opener out of rel."
ANIMATED = "an animation that sets an address", "Take it out, or let it change something else."
ELEMENT = (
    "a {} in the text of a page",
    "Put it in a file in docs/assets, and name the file in mkdocs.yml. Or take it out.",
)
NOT_OURS = (
    "a {} in a page that is none of ours",
    "Put it in a file in docs/assets, and name the file in mkdocs.yml or in the template. Or take it out.",
)
ELSEWHERE = (
    "this asks another host for something, and so tells it of the visit",
    "Put a copy into docs/assets, if its licence lets you, and name that. Or make it a link to follow.",
)
UNGUARDED = (
    "a page without a Content-Security-Policy",
    "Make it a page of Markdown, which gets one; or write <meta charset=utf-8> and a policy into its head.",
)
BROKEN = "not well-formed: {}", "Mend it: browsers and other programs stop there."


@dataclass(frozen=True)
class Finding:
    """Where it begins in the page, its text there, what is wrong, and the cure."""

    start: int
    text: str
    message: str
    hint: str


def in_page(page: str) -> Iterator[Finding]:
    """In a whole page: styles and scripts in tags, and whatever another host is asked for."""
    for tag in markup.tags(page):
        if RISKY.search(tag.inside):
            yield from _in_tag(tag)
        if tag.name == "style":
            yield from in_style(tag.text, tag.text_start)


def in_xml(text: str) -> Iterator[Finding]:
    """In a drawing or feed, which runs scripts when it is opened. Its styles do no harm there."""
    encoded = text.encode()
    for one in markup.elements(text):
        start = len(encoded[: one.start].decode(errors="replace"))
        if isinstance(one, markup.Broken):
            yield Finding(start, "", BROKEN[0].format(one.why), BROKEN[1])
            continue
        opening = text[start : text.find(">", start) + 1]
        for name, value in one.values.items():
            wrong = name != "style" and _wrong(one.name, name, value, one.values)
            if wrong := wrong or (name == "style" and any(in_style(value)) and ELSEWHERE):
                written = re.search(
                    rf"""[\w:-]*\b{re.escape(name)}\s*=\s*("[^"]*"|'[^']*')""", opening, re.IGNORECASE
                )
                at, words = (start + written.start(), written[0]) if written else (start, opening)
                yield Finding(at, words, *wrong)
        if one.name == "script" and not markup.DATA.fullmatch(one.values.get("type", "").strip().lower()):
            yield Finding(start, opening, ELEMENT[0].format("<script>"), ELEMENT[1])
        elif (one.name == "style" and any(in_style(one.text))) or (
            one.name == "xml-stylesheet" and re.search(r"//|[\\&:]", one.text)
        ):
            yield Finding(start, opening, *ELSEWHERE)


def in_words(part: str) -> Iterator[Finding]:
    """Scripts and styles in what an author wrote. Those of templates are allowed, each by its hash."""
    for tag in markup.tags(part):
        message, hint = ELEMENT
        opening = f"<{tag.name}{tag.inside}>"
        at = tag.start - len(tag.name) - 1
        refused = NOT_IN_WORDS.fullmatch(tag.name) or (tag.name == "meta" and "http-equiv" in tag.values())
        if refused or markup.is_inline(tag):
            yield Finding(at, opening, message.format(f"<{tag.name}>"), hint)
        elif "<" in tag.text:
            yield Finding(at, opening, *TWO_WAYS)
    if (at := part.find("<![CDATA[")) >= 0:
        yield Finding(at, "<![CDATA[", *TWO_WAYS)


def scripts(page: str) -> Iterator[Finding]:
    """Each script in a page that no template of ours has made, even if its policy names it."""
    for tag in markup.inline_elements(page):
        if tag.name == "script":
            at = tag.start - len(tag.name) - 1
            yield Finding(at, f"<{tag.name}{tag.inside}>", ELEMENT[0].format("<script>"), ELEMENT[1])


def not_ours(page: str, rules: policy.Rules) -> Iterator[Finding]:
    """Each script and style in a page of ours that is not one we know, whatever template it comes from."""
    for tag in policy.others(page, rules):
        written = f"<{tag.name}{tag.inside}>{tag.text}".partition("\n")[0]
        yield Finding(
            tag.start - len(tag.name) - 1, written, NOT_OURS[0].format(f"<{tag.name}>"), NOT_OURS[1]
        )


def in_style(text: str, start: int = 0) -> Iterator[Finding]:
    """What a style sheet asks another host for: any address outside of a selector, in whatever disguise."""
    before, selecting = "", 0
    for found in STYLE_PART.finditer(text):
        if sign := found["sign"]:
            selecting += (sign == "[") - (sign == "]")
            before = "" if sign in ";{}" else before
        elif found["name"]:
            name = _unescaped(found["name"]).lower()
            before = before if before == "content" else name
            if name in ("url", "src") and _abroad(_unescaped(found["plain"] or "")):
                yield Finding(start + found.start(), found[0], *ELSEWHERE)
        elif (words := found["words"]) and not selecting and before not in ("content", "@namespace"):
            yield from (Finding(start + found.start(), words, *ELSEWHERE),) * _abroad(_unescaped(words[1:-1]))


def _unescaped(text: str) -> str:
    """What a style sheet says with its escapes."""

    def plain(found: re.Match[str]) -> str:
        code = int(found[1], 16) if found[1] else 0
        return chr(code) if 0 < code < 0x110000 else found[2] or ""

    return ESCAPE.sub(plain, text) if "\\" in text else text


def problem(finding: Finding, text: str, path: Path, source: tuple[str, Path] | None = None) -> Problem:
    """Where a finding is: in the text and path of its source if it is there, else in what is published."""
    at = finding.start
    if source and finding.text in source[0]:
        text, path = source
        at = text.index(finding.text)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    excerpt = text[at - column + 1 :].partition("\n")[0]
    return Problem(path, line, column, finding.message, finding.hint, excerpt)


def _in_tag(tag: markup.Tag) -> Iterator[Finding]:
    attributes = list(tag.attributes())
    values = {name: value for name, value, _ in reversed(attributes)}
    for name, value, found in attributes:
        if wrong := _wrong(tag.name, name, value, values):
            yield Finding(tag.start + found.start(), found[0], *wrong)


def _wrong(tag: str, name: str, value: str, values: Mapping[str, str]) -> Wrong | None:
    """What is wrong with an attribute; `values` has all of its tag."""
    if name == "style":
        return STYLE
    if re.fullmatch(r"on[a-z]+", name):
        return HANDLER
    address = markup.address(value) if ":" in value else ""
    if SCRIPT.match(address) and not FOR_PEOPLE.fullmatch(name):
        return SCRIPT_ADDRESS
    if DOCUMENT.match(address) and (name in LOADING or name.removeprefix("xlink:") == "href"):
        return SCRIPT_ADDRESS
    if name == "attributename" and value.strip().lower().rpartition(":")[2] == "href":
        return ANIMATED
    tells = name == "referrerpolicy" or (name == "content" and values.get("name", "").lower() == "referrer")
    if tells and value.strip().lower() not in ("", "no-referrer"):
        return REFERRER
    if name == "rel" and tag != "link" and "opener" in value.lower().split():
        return OPENER
    refused = {"srcdoc": FRAMED, "ping": PING, "attributionsrc": REPORT}
    return refused.get(name) or (ELSEWHERE if _loads(tag, name, value, values) else None)


def _loads(tag: str, name: str, value: str, values: Mapping[str, str]) -> bool:
    """Whether the browser asks another host by itself. A link that one follows is no such thing."""
    if tag == "meta" and values.get("http-equiv", "").strip().lower() == "refresh":
        return name == "content" and bool(OWN_SCHEME.search(markup.address(value)))
    if tag == "link" and not LOADING_LINKS.search(values.get("rel", "")):
        return False
    if name in LOADING or (ADDRESSES.fullmatch(name) and tag in LOADING_BY_HREF):
        return any(map(_abroad, value.split(",") if name.endswith("srcset") else [value]))
    # What a drawing is painted with may stand in any attribute: <set attributeName="fill" to="url(...)">.
    words = FOR_PEOPLE.fullmatch(name) or ADDRESSES.fullmatch(name) or name.startswith("data-")
    return "(" in value and not words and any(in_style(value))


def _abroad(value: str) -> bool:
    return bool(ABROAD.match(markup.address(value)))
