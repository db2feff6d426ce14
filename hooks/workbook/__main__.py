"""The workbook without MkDocs: check, write, schema, new."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from tqdm import tqdm

from workbook import library, outputs, parsing, schema, site, source
from workbook.problems import ContentError, Problem
from workbook.render import paper

SKELETON = Path(__file__).parent / "templates" / "skeleton.yml"
FINE, WRONG, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when the content has problems, 2 when the command makes no sense."""
    asked = _parser().parse_args(arguments)
    root = asked.root.resolve()
    if not (root / library.WORKSHEETS).is_dir():
        print(f"{asked.root} has no {library.WORKSHEETS}: run this in the project's folder, or say --root.", file=sys.stderr)
        return MISUSED
    result: int = asked.run(asked, root)
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m workbook", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what is wrong with the content, and where")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: everything)")
    check.set_defaults(run=_check)
    write = commands.add_parser("write", help="write every file the worksheets become")
    write.add_argument("folder", type=Path, metavar="DIR", help="where to; made when it is not there")
    write.set_defaults(run=_write)
    commands.add_parser("schema", help="print the JSON Schema of a worksheet").set_defaults(run=_schema)
    new = commands.add_parser("new", help="start a worksheet from a commented skeleton")
    new.add_argument("id", metavar="ID", help="lower-case words joined by hyphens: evening-walk")
    new.set_defaults(run=_new)
    return parser


def _check(asked: argparse.Namespace, root: Path) -> int:
    loaded = library.load(root, site.read(root))
    problems: Iterable[Problem] = loaded.problems
    if asked.paths:
        if absent := [path for path in asked.paths if not path.exists()]:
            print("\n".join(f"{path}: there is no such file or folder" for path in absent), file=sys.stderr)
            return MISUSED
        problems = _below(asked.paths, root, loaded)
    count = _tell(problems)
    if not count:
        print(f"{len(asked.paths) and 'No' or f'{len(loaded.worksheets)} worksheets, no'} problems.")
    return WRONG if count else FINE


def _below(paths: list[Path], root: Path, loaded: library.Library) -> list[Problem]:
    """The problems of these files only; a file from elsewhere is checked as a worksheet of this library."""
    found: list[Problem] = []
    for path in (path.resolve() for path in paths):
        if path.is_relative_to(root / "content"):
            below = path.relative_to(root)
            found += [one for one in loaded.problems if one.path == below or below in one.path.parents]
        else:
            files = sorted(path.glob("*.yml")) if path.is_dir() else [path]
            found += [one for file in files for one in _elsewhere(file, loaded)]
    return sorted(set(found))


def _elsewhere(path: Path, loaded: library.Library) -> list[Problem]:
    try:
        text = source.read(path, path.parent)
    except ContentError as error:
        return list(error.problems)
    return [*parsing.worksheet(text)[1], *library.problems_abroad(text, loaded)]


def _write(asked: argparse.Namespace, root: Path) -> int:
    loaded = library.load(root, site.read(root))
    if _tell(loaded.problems):
        print("Nothing was written.", file=sys.stderr)
        return WRONG
    if asked.folder.exists() and not asked.folder.is_dir():
        print(f"{asked.folder} is a file, not a folder", file=sys.stderr)
        return MISUSED
    total = len(loaded.worksheets) * len(paper.SIZES)
    with tqdm(total=total, unit="PDF", desc="Drawing", disable=None, leave=False) as bar:
        count = 0
        for output in outputs.everything(loaded, root / ".cache" / "papers", step=bar.update):
            _put(asked.folder / output.uri, output.read())
            count += 1
    print(f"{count} files written to {asked.folder}.")
    return FINE


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(content)
    os.replace(part, path)


def _schema(asked: argparse.Namespace, root: Path) -> int:
    print(schema.text(), end="")
    return FINE


def _new(asked: argparse.Namespace, root: Path) -> int:
    if not parsing.is_id(asked.id):
        print(f"{asked.id!r} is not an id: use lower-case words joined by hyphens, such as evening-walk.", file=sys.stderr)
        return MISUSED
    path = root / library.WORKSHEETS / f"{asked.id}.yml"
    if path.exists():
        print(f"{path.relative_to(root)} is there already; choose another id.", file=sys.stderr)
        return MISUSED
    title = asked.id.replace("-", " ").capitalize()
    words = SKELETON.read_text(encoding="utf-8")
    for name, value in {"ID": asked.id, "TITLE": title, "TODAY": date.today().isoformat()}.items():
        words = words.replace(f"«{name}»", value)
    _put(path, words.encode())
    print(f"{path.relative_to(root)} is ready to fill in. Then: python -m workbook check")
    return FINE


def _tell(problems: Iterable[Problem]) -> int:
    count = 0
    for count, problem in enumerate(problems, 1):
        print(problem, end="\n\n")
    if count:
        print(f"{count} problem{'s' if count > 1 else ''}.")
    return count


if __name__ == "__main__":
    sys.exit(main())
