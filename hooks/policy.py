"""Every page carries a strict Content-Security-Policy, and the build stops on what that would stop."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from functools import cached_property
from os.path import relpath
from pathlib import Path
from posixpath import splitext
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority, get_plugin_logger

import telling
from listing import published
from recalling import recall
from workbook import policy
from workbook.policy import findings
from workbook.policy.findings import Finding
from workbook.problems import Problem

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

# Firefox fetches what rel=next names before anyone asks for it: a visitor's data is not ours to spend.
AHEAD = re.compile(r"\s*<link rel=\"(?:prev|next)\"[^>]*>")
ALIGNED = re.compile(r"(<t[hd]) style=\"text-align: (left|center|right);\"")

ABROAD = (
    "this is a link to nothing, or to a file outside of the project",
    "Put a copy in its place, or delete it.",
)

log = get_plugin_logger("policy")
on_startup = telling.on_startup


@dataclass
class Guard:
    """What one event of this build learns for a later one. `rules`, `files`: of each page, by its address."""

    root: Path
    rules: dict[str, policy.Rules] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    problems: int = 0

    def tell(self, found: Iterable[Finding], text: str, published: str) -> None:
        place, source = Path("site", published), self._source
        problems = [findings.problem(one, text, place, source(published, one)) for one in found]
        telling.tell(log, problems)
        self.problems += len(problems)

    def _source(self, published: str, found: Finding) -> tuple[str, Path] | None:
        """The file in which it was written so, if there is one: a page of an author, or a template."""
        file = self.files.get(published)
        written = [] if file is None or file.generated_by else [file.abs_src_path]
        for path in filter(None, [*written, *(self._templates if found.text else ())]):
            text = Path(path).read_text(encoding="utf-8-sig", errors="replace")
            if found.text in text:
                return text, Path(relpath(path, self.root))
        return None

    @cached_property
    def _templates(self) -> list[str]:
        folders = (self.root / "overrides", Path(policy.__file__).parents[1] / "templates")
        return [str(path) for folder in folders for path in sorted(folder.rglob("*.html"))]


def on_config(config: MkDocsConfig) -> None:
    config.extra["guard"] = Guard(Path(config.config_file_path).resolve().parent)


@event_priority(-100)
def on_files(files: Files, config: MkDocsConfig) -> None:
    """When all have their names. A link out of the project would publish what lies on this machine."""
    guard: Guard = config.extra["guard"]
    guard.files = {file.dest_uri: file for file in files}
    docs = Path(config.docs_dir)
    abroad = [
        path
        for path in (Path(file.abs_src_path) for file in files if file.abs_src_path and not file.generated_by)
        if path.is_relative_to(docs) and not _is_here(path, guard.root)
    ]
    telling.tell(log, [Problem(path.relative_to(guard.root), 1, 1, *ABROAD) for path in abroad])
    telling.stop(len(abroad), "in the files of the pages")


def _is_here(path: Path, root: Path) -> bool:
    return path.exists() and path.resolve().is_relative_to(root)


@event_priority(-100)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Cells of an aligned column get a class, where Markdown gives them a style."""
    html = ALIGNED.sub(r'\1 class="to-\2"', html)
    found = [Finding(*one) for one in recall(config)(_in_words, html)]
    config.extra["guard"].tell(found, html, page.file.dest_uri)
    return html


@event_priority(-100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    rules = policy.SHEET if page.meta.get("template") == "worksheet.html" else policy.READING
    return _finished(output, page.file.dest_uri, rules, config)


@event_priority(-100)
def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """404.html comes this way."""
    if not template_name.endswith(".html"):
        return output
    return _finished(output, template_name, policy.READING, config)


def _finished(html: str, uri: str, rules: policy.Rules, config: MkDocsConfig) -> str:
    """The page with its policy; without it in `serve`, whose reload is an inline script."""
    guard: Guard = config.extra["guard"]
    html = AHEAD.sub("", html)
    found, allowed = recall(config)(_in_page, html, dict(rules))
    guard.tell([Finding(*one) for one in found], html, uri)
    guard.rules[uri] = allowed
    return html if telling.serving() else policy.guarded(html, allowed)


def _in_words(html: str) -> list[tuple[Any, ...]]:
    return [astuple(one) for one in findings.in_words(html)]


def _in_page(html: str, rules: policy.Rules) -> tuple[list[tuple[Any, ...]], policy.Rules]:
    """What is wrong with a page, and what its policy has to allow."""
    found = [*findings.in_page(html), *findings.not_ours(html, rules)]
    return [astuple(one) for one in found], policy.allowing(html, rules)


@event_priority(-80)
def on_post_build(config: MkDocsConfig) -> None:
    """Look at what came into the site by other ways, and stop before the site is put in place."""
    guard: Guard = config.extra["guard"]
    site = published(config)
    for uri in site:
        if look := LOOKS.get(splitext(uri)[1].lower()):
            text = _text(site.path(uri))
            guard.tell(look(text, uri in guard.rules), text, uri)
    telling.stop(guard.problems, "in what pages load and run")


def _in_file(text: str, known: bool) -> Iterator[Finding]:
    """In a page. One that is known was looked at when it was made; `serve` writes no policies."""
    if not telling.serving() and not policy.is_guarded(text):
        yield Finding(0, "", *findings.UNGUARDED)
    if not known:
        yield from findings.in_page(text)
        yield from findings.scripts(text)


def _in_xml(text: str, _: bool) -> Iterator[Finding]:
    return findings.in_xml(text)


def _in_xhtml(text: str, _: bool) -> Iterator[Finding]:
    if not telling.serving() and not policy.is_guarded(text):
        yield Finding(0, "", *findings.UNGUARDED)
    yield from findings.in_xml(text)


def _in_style(text: str, _: bool) -> Iterator[Finding]:
    return findings.in_style(text)


# By the ending of a file, in small letters: what is wrong with such a text; whether it was made as a page.
LOOKS: Mapping[str, Callable[[str, bool], Iterable[Finding]]] = {
    **dict.fromkeys((".html", ".htm", ".shtml"), _in_file),
    **dict.fromkeys((".xhtml", ".xht"), _in_xhtml),
    **dict.fromkeys((".svg", ".svgz", ".xml", ".xsl", ".xslt", ".rss", ".atom", ".rdf"), _in_xml),
    ".css": _in_style,
}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
