"""A project of two small worksheets, for tests that break it."""

from __future__ import annotations

from pathlib import Path

from workbook.site import Site

SITE = Site("A site", "https://example.org/")
SHEET = """\
id: {id}
title: A
summary: It is a test.
point: any
minutes: 5
use_when: Now.
version: 1
date: 2026-11-23
status: active
sources: [hill-2020]
safety: [crisis]
next: [{next}]
sections: [{{id: now, title: Now, fields: [{{id: one, type: text, label: One}}]}}]
"""
SAFETY = """\
crisis:
  text: Call for help.
  link: {text: More, page: /crisis/}
  sources: [hill-2020]
"""
REFERENCES = """\
references:
  - id: hill-2020
    type: book
    author: [{family: Hill, given: A}]
    title: A book
    custom: {confirmed: page}
"""


def root_with(folder: Path, **files: str | None) -> Path:
    """A project of two sound worksheets that name each other; `files` replace theirs, None takes one away."""
    content = {
        "safety.yml": SAFETY,
        "references.yml": REFERENCES,
        "worksheets/a.yml": SHEET.format(id="a", next="b"),
        "worksheets/b.yml": SHEET.format(id="b", next="a"),
    }
    for name, text in (content | {name.replace("__", "/"): text for name, text in files.items()}).items():
        if text is not None:
            path = folder / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def linked_out(place: Path, folder: Path) -> None:
    """Put at `place` a link to a secret in `folder`, which lies outside of the project."""
    secret = folder / "secret"
    secret.write_text("# A secret!\n", encoding="utf-8")
    place.unlink(missing_ok=True)
    place.symlink_to(secret)
