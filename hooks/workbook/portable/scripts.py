"""Modules as plain scripts, for pages that are opened from a disk, where browsers load no modules.

The text of a module goes into a call of `module_`, which load.js knows. Names that it imports are looked up
in an object with `with`, so that they stay as live as a module's are, in circles too. Our own modules and the
vendored ones write imports and exports in a few ways only; whatever else looks like one is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

IMPORT = re.compile(
    r"""^import\s*(?:\{(?P<names>[^{}]*)\}|\*\s*as\s+(?P<all>\w+))\s*from\s*(["'])(?P<file>[^"']+)\3;?""",
    re.MULTILINE,
)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const|let) ?(\w+))", re.MULTILINE)
EXPORTS = re.compile(r"(?:^|(?<=[;}]))export\s*\{([^{}]*)\};?", re.MULTILINE)
NEITHER = re.compile(r"^(?:import|export)\b(?!\()|\bimport\.meta\b", re.MULTILINE)
RENAMED = re.compile(r"([\w$]+)(?:\s+as\s+([\w$]+))?")


class Unknown(Exception):
    """A module written in a way that is not known here."""


def plain(text: str) -> str:
    """The module `text` as a script that calls `module_(needs, (exports, from, load, address) => …)`."""
    imports = list(IMPORT.finditer(text))
    needs = dict.fromkeys(found["file"] for found in imports)
    body = IMPORT.sub("", text)
    exported = [(found[1], found[1]) for found in EXPORT.finditer(body)]
    exported += [pair for found in EXPORTS.finditer(body) for pair in _renamed(found[1])]
    body = EXPORTS.sub("", EXPORT.sub("", body))
    body = re.sub(r"\bimport\(", "load_(", body.replace("import.meta.url", "address_"))
    if found := NEITHER.search(body):
        raise Unknown(body[found.start() : found.start() + 80])
    getters = ",".join(f"get {theirs}(){{return {ours}}}" for ours, theirs in exported)
    give = f"Object.defineProperties(exports_,Object.getOwnPropertyDescriptors({{{getters}}}));"
    names = ",".join(_scope(imports))
    inside = f"with({{__proto__:null,{names}}}){{{give}\n{body}\n}}" if names else f"{give}\n{body}\n"
    return f"module_({_list(needs)},function(exports_,from_,load_,address_){{{inside}}})\n"


def _scope(imports: list[re.Match[str]]) -> Iterator[str]:
    """The properties that stand for what is imported."""
    for found in imports:
        file = found["file"]
        if found["all"]:
            yield f"get {found['all']}(){{return from_('{file}')}}"
        else:
            for theirs, ours in _renamed(found["names"]):
                yield f"get {ours}(){{return from_('{file}').{theirs}}}"


def _renamed(names: str) -> list[tuple[str, str]]:
    """`a, b as c` → (a, a), (b, c)."""
    return [(found[1], found[2] or found[1]) for found in RENAMED.finditer(names)]


def _list(files: dict[str, None]) -> str:
    return "[" + ",".join(f"'{file}'" for file in files) + "]"
