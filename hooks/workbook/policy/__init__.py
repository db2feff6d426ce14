"""What a page may load and run: its Content-Security-Policy."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import takewhile
from pathlib import Path

from workbook.policy import markup

Rules = Mapping[str, str]

# A worksheet fetches what was published beside it, as its blank PDF; and itself anew when its parts are gone.
SHEET: Rules = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
# A reading page has a search, which fetches its index and reads it in a worker.
READING: Rules = {**SHEET, "worker-src": "'self'"}

CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)
# The one script that stands in a page: it has to run before anything is drawn.
EARLY = (Path(__file__).parents[1] / "templates" / "early.js").read_text(encoding="utf-8").removesuffix("\n")
BEFORE = ("html", "head", "meta", "title")  # what may stand before the policy


def guarded(page: str, rules: Rules) -> str:
    """The page with its policy first in its head, so that it holds for everything that comes after."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{written(rules)}">'
    return CHARSET.sub(lambda charset: f"{charset[0]}\n{meta}", page, count=1)


def is_guarded(page: str) -> bool:
    """Whether its policy comes before all that it could be for."""
    for tag in takewhile(lambda tag: tag.name in BEFORE, markup.tags(page)):
        said = tag.values()
        if said.get("http-equiv", "").lower() == "content-security-policy" and tag.name == "meta":
            return _is_strict(said.get("content", ""))
    return False


def _is_strict(policy: str) -> bool:
    """Whether it lets through no more than ours do, but for what it names by its hash."""
    told: dict[str, set[str]] = {}
    for name, *sources in filter(None, (one.split() for one in policy.split(";"))):
        told.setdefault(name.lower(), set(sources))  # of two with one name the first counts
    return told.get("default-src") == {"'none'"} and all(
        {one for one in some if not one.startswith("'sha256-")} <= {"'none'", *READING.get(name, "").split()}
        for name, some in told.items()
    )


def allowing(page: str, rules: Rules) -> Rules:
    """The rules, and in them the hashes of our own script and style in the page; of no others."""
    hashes: dict[str, set[str]] = {"script-src": set(), "style-src": set()}
    for element in ours(page, rules):
        digest = b64encode(sha256(element.text.encode()).digest()).decode()
        hashes[f"{element.name}-src"].add(f"'sha256-{digest}'")
    return {**rules, **{kind: " ".join([rules[kind], *sorted(some)]) for kind, some in hashes.items()}}


def ours(page: str, rules: Rules) -> list[markup.Tag]:
    """In its head `early.js`; on a worksheet, which has no worker, the style of its first drawing too."""
    head = takewhile(lambda tag: tag.name != "body", markup.tags(page))
    plain = [tag for tag in head if markup.is_inline(tag) and not tag.inside]
    scripts = [tag for tag in plain if tag.name == "script" and tag.text == EARLY]
    styles = [tag for tag in plain if tag.name == "style" and "worker-src" not in rules]
    return [*scripts[:1], *styles[:1]]


def others(page: str, rules: Rules) -> list[markup.Tag]:
    """Scripts and styles in the page that are not ours, which its policy stops."""
    known = ours(page, rules)
    return [tag for tag in markup.inline_elements(page) if tag not in known]


def together(policies: Iterable[Rules]) -> Rules:
    """One policy that lets through what any of them does, for a header that every page is sent with."""
    whole: dict[str, set[str]] = {name: set() for name in READING}
    for policy in policies:
        for name, sources in policy.items():
            whole[name].update(sources.split())
    return {name: " ".join(sorted(sources, key=_hashes_last)) for name, sources in whole.items() if sources}


def without_styles(rules: Rules) -> Rules:
    """The same for a host that reads short lines: style sheets are left to the policy in each page.

    So `default-src` has to go too. What it would forbid is forbidden by name.
    """
    rest = {name: sources for name, sources in rules.items() if name not in ("default-src", "style-src")}
    return {**dict.fromkeys(("object-src", "frame-src", "media-src", "style-src-attr"), "'none'"), **rest}


def _hashes_last(source: str) -> tuple[bool, str]:
    return source.startswith("'sha256-"), source


def written(rules: Rules) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())
