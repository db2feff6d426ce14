"""Tables for a phone: each cell knows its column, and a table stays one however it is drawn."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

# Drawn as cards, the elements lose their meaning to a screen reader; said again, they keep it.
ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}


class Tables(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            for one in table.iter():
                if one.tag in ROLES:
                    one.set("role", ROLES[one.tag])
                if aligned := re.fullmatch(
                    r"text-align: (\w+);", one.get("style", "")
                ):  # a policy forbids styles
                    del one.attrib["style"]
                    one.set("class", f"to-{aligned[1]}")
            labels = ["".join(head.itertext()).strip() for head in table.iter("th")]
            for row in table.iter("tr"):
                for label, cell in zip(labels, row.findall("td"), strict=False):
                    if label:
                        cell.set("data-label", label)


class TablesExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Markdown calls
        md.treeprocessors.register(Tables(md), "reading-tables", 5)  # after words in a line are made elements


def makeExtension(**settings: object) -> TablesExtension:  # noqa: N802 - the name that Markdown calls
    return TablesExtension(**settings)
