"""Does the core know nothing of MkDocs, each floor nothing of those above, and no import go in circles?"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOOKS = Path(__file__).parents[1] / "hooks"
PACKAGE = HOOKS / "workbook"
FLOORS = [
    [
        "problems",
        "site",
        "handbook",
        "fingerprint",
        "libyaml",
        "aside",
        "cache",
        "policy",
        "pictures",
        "headers",
        "moved",
        "packing",
        "published",
        "former",
        "naming",
        "tracing",
        "offline",
        "portable",
        "colours",
        "weight",
    ],
    ["source", "reading", "fonts", "fields"],
    [
        "worksheet",
        "packet",
        "safety",
        "clinic",
        "paths",
        "references",
        "parsing",
        "results",
        "operations",
        "answers",
        "amounts",
        "citations",
        "claims",
        "frontmatter",
        "glossary",
        "otherwords",
        "microcopy",
    ],
    ["library", "versions", "prose", "cites", "questions"],
    ["render", "pages"],
    ["outputs", "packed", "kept", "permalinks", "record", "schema", "__main__"],
]
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")

every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())


def name_of(path: Path) -> str:
    """workbook.fields.text.field, for the file of that module."""
    parts = path.relative_to(HOOKS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def nodes(tree: ast.AST, *, types: bool) -> Iterator[ast.AST]:
    """Every node; without `types`, what only type checkers read is left out."""
    for node in ast.iter_child_nodes(tree):
        if types or not is_for_types(node):
            yield node
            yield from nodes(node, types=types)


def imports(path: Path, *, types: bool = True) -> Iterator[str]:
    """The modules that a file imports."""
    for node in nodes(ast.parse(path.read_text(encoding="utf-8")), types=types):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: name modules from the top"
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & NAMES
            yield from inner or {node.module or ""}


def floor(module: str) -> str:
    return module.split(".")[1]


def test_every_module_has_a_floor() -> None:
    assert {floor(name_of(path)) for path in MODULES} == FLOOR_OF.keys()


@every_module
def test_a_module_imports_nothing_from_above(path: Path) -> None:
    own = FLOOR_OF[floor(name_of(path))]
    above = [one for one in imports(path) if one.startswith("workbook.") and FLOOR_OF[floor(one)] > own]

    assert above == []


@every_module
def test_only_hooks_know_mkdocs(path: Path) -> None:
    assert not [one for one in imports(path) if one.split(".")[0] in ("mkdocs", "material", "pymdownx")]


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("fields/*/field.py")), ids=lambda path: path.parent.name)
def test_a_field_type_leans_on_no_other_but_to_hold_it(path: Path) -> None:
    ours = {one for one in imports(path) if one.startswith("workbook.")}

    assert ours <= {"workbook.fields", "workbook.fields.base", "workbook.problems"}


def test_no_imports_go_in_circles() -> None:
    """What a package's own file imports of the package is left out: that is how a package is put together."""
    asked = {name_of(path): [one for one in imports(path, types=False) if one in NAMES] for path in MODULES}
    done: set[str] = set()

    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join([*above[above.index(name) :], name])
        if name not in done:
            for other in asked[name]:
                if not name.startswith(f"{other}.") or other == "workbook.fields":
                    walk(other, (*above, name))
            done.add(name)

    for name in sorted(asked):
        walk(name, ())


DRAWING = {"PIL", "docx", "pikepdf", "typst"}
LOADED = """
import sys
from importlib import import_module
for name in sys.argv[1:]:
    import_module(name)
print(*sys.modules)
"""


def test_what_draws_is_not_loaded_before_something_is_drawn():
    """It takes long to load, and a build in which nothing changed draws nothing."""
    hooks = sorted(path.stem for path in HOOKS.glob("*.py"))
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *hooks], cwd=HOOKS, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert {"workbook.render.paper", "workbook.render.card", "jinja2"} <= loaded
    assert DRAWING & loaded == set()
