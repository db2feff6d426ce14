"""The workbook without MkDocs: check, write, schema, new, permalinks, versions."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from tqdm import tqdm

from workbook import (
    citations,
    cites,
    claims,
    clinic,
    frontmatter,
    kept,
    library,
    outputs,
    packed,
    parsing,
    permalinks,
    prose,
    record,
    schema,
    site,
    source,
    versions,
)
from workbook.problems import ContentError, Problem, did_you_mean
from workbook.prose import words
from workbook.safety import SafetyLine

SKELETON = Path(__file__).parent / "templates" / "skeleton.yml"
LEAFLETS = Path(".cache/leaflets")
FINE, WRONG, MISUSED, STOPPED = 0, 1, 2, 130
OURS = ("content", "docs", "hooks", "overrides", "tests", "tools")  # what people write, and a build reads

Command = Callable[[argparse.Namespace, Path], int]


class Misuse(Exception):
    """A command that makes no sense, said in one sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all is well, 1 if the content has problems, 2 if the command makes no sense."""
    asked = _parser().parse_args(arguments)
    root = asked.root.resolve()
    run: Command = asked.run
    try:
        if not (root / library.WORKSHEETS).is_dir():
            where = f"{library.WORKSHEETS.as_posix()} is not in {root}"
            raise Misuse(f"{where}: run this in the project's folder, or give that with --root.")
        return run(asked, root)
    except Misuse as error:
        print(error, file=sys.stderr)
    except ContentError as error:
        _tell(error.problems)
        return WRONG
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        print(f"{error.filename}: {(error.strerror or str(error)).lower()}", file=sys.stderr)
    return MISUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m workbook", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Command, about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        added.set_defaults(run=run)
        return added

    check = command("check", _check, "say what is wrong with the content, where, and what to do")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders (default: all)")
    write = command("write", _write, "write every file that the worksheets become")
    write.add_argument("folder", type=Path, metavar="DIR", help="where to; made when it is not there")
    shape = command(
        "schema", _schema, "print the JSON Schema of a worksheet, packet or clinic, which editors read"
    )
    shape.add_argument("of", nargs="?", choices=list(schema.MODELS), default="worksheet", help="whose")
    new = command("new", _new, "start a worksheet from a commented skeleton")
    new.add_argument("id", metavar="ID", help="lower-case words joined by hyphens: evening-walk")
    links = command("permalinks", _permalinks, "add new addresses to those that never break")
    links.add_argument(
        "--moved", nargs=2, metavar=("OLD", "NEW"), help="a page that has moved, and where it is now"
    )
    list_ = command("versions", _versions, "write down the versions that are new")
    about = list_.add_mutually_exclusive_group()
    about.add_argument(
        "--changed",
        nargs="+",
        metavar=("NAME", "WHAT"),
        help='write the next version, and what is different: worksheets/urge-log "It asks where you were."',
    )
    about.add_argument(
        "--mended", metavar="NAME", nargs="+", help="keep the version: only a slip of spelling is mended"
    )
    return parser


def _load(root: Path) -> library.Library:
    bar = tqdm(
        total=len(library.files(root)), unit="file", desc="Checking", disable=None, leave=False, delay=1
    )
    with bar:
        return library.load(root, site.read(root), bar.update)


def _check(asked: argparse.Namespace, root: Path) -> int:
    files = _files(asked.paths)
    loaded = _load(root)
    told = prose.check(root)
    if told.unfit:
        _tell(told.problems)
        return WRONG
    read = cites.read(root / "docs", root, loaded.bibliography, loaded.claims, loaded)
    for one in told.due:
        if not files or root / one.path in files:
            print(one, end="\n\n")
    _, unprinted = packed.leaflets(loaded, root / LEAFLETS)
    tops = frontmatter.check(root / "docs", root)
    more = (*unprinted, *_of_versions(loaded), *_of_addresses(loaded, root), *tops)
    every = sorted({*loaded.problems, *told.problems, *read.problems, *more})
    count = _tell(_problems_of(files, root, loaded, every) if files else every)
    if not count:
        print(f"{_counted(files, loaded)} checked: no problems.")
    return WRONG if count else FINE


def _of_addresses(loaded: library.Library, root: Path) -> list[Problem]:
    """What is wrong with the list of addresses; new ones that it lacks, too."""
    found = permalinks.read(root, loaded)
    if found.problems or loaded.problems:
        return list(found.problems)
    new = permalinks.unlisted(found, permalinks.published(loaded, root))
    return [new] if new else []


def _of_versions(loaded: library.Library) -> list[Problem]:
    """Words that changed and kept their version; new versions that the list lacks, too."""
    found = loaded.versions
    new = None if found.problems or loaded.problems else versions.unlisted(found)
    return [*found.problems, *([new] if new else [])]


def _counted(files: list[Path], loaded: library.Library) -> str:
    """What was checked: '2 files', or '47 worksheets, 16 packets, 43 pages'."""
    counts = {"file": len(files)} if files else {"worksheet": len(loaded.worksheets)}
    if not files:
        counts |= {
            what: number
            for what, number in (("packet", len(loaded.packets)), ("page", len(loaded.pages)))
            if number
        }
    return ", ".join(f"{number} {what}{'s' if number != 1 else ''}" for what, number in counts.items())


def _content(root: Path) -> list[Path]:
    """The files of all worksheets and packets."""
    return [*library.files(root), *library.files(root, library.PACKETS)]


def _files(paths: Iterable[Path]) -> list[Path]:
    """The YAML files and pages that the paths name or hold, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise Misuse(f"{path}: there is no such file or folder.")
        held = sorted([*path.rglob("[!.]*.yml"), *path.rglob("[!.]*.md")]) if path.is_dir() else [path]
        if not held or held[0].suffix not in (".yml", ".yaml", ".md"):
            raise Misuse(f"{path}: there is no YAML file or page here to check.")
        found.update(dict.fromkeys(one.resolve() for one in held))
    return list(found)


def _problems_of(
    files: list[Path], root: Path, loaded: library.Library, every: list[Problem]
) -> list[Problem]:
    """The problems of these files only. One from elsewhere is checked as one of this library."""
    names = (
        library.SAFETY,
        citations.FILE,
        claims.FILE,
        clinic.FILE,
        words.FILE,
        permalinks.FILE,
        versions.FILE,
    )
    shared = [root / one for one in names]
    own = {path.resolve() for path in [*_content(root), *shared]}
    found = [one for one in every if root / one.path in files]
    for path in files:
        if path not in own and path.suffix != ".md":
            found += _check_elsewhere(path, root, loaded)
    return sorted(set(found))


def _check_elsewhere(path: Path, root: Path, loaded: library.Library) -> list[Problem]:
    """The problems of a file from elsewhere: a packet where its folder is called so, else a worksheet."""
    if path.parent.name == library.PACKETS.name:
        return library.check_packet(path, root, loaded.shelf, loaded.worksheets)[1]
    return library.check(path, root, loaded.shelf)[1]


def _write(asked: argparse.Namespace, root: Path) -> int:
    if asked.folder.exists() and not asked.folder.is_dir():
        raise Misuse(f"{asked.folder}: this is a file, not a folder to write into.")
    place = asked.folder.resolve()
    if place == root or any(place.is_relative_to(root / one) for one in OURS):
        raise Misuse(f"{asked.folder}: the project's own files are here. Choose another folder, such as out.")
    loaded = _load(root)
    _, unprinted = packed.leaflets(loaded, root / LEAFLETS)
    if _tell(sorted((*loaded.problems, *loaded.versions.problems, *unprinted))):
        print("Nothing was written.", file=sys.stderr)
        return WRONG
    total = len(loaded.worksheets) * len(kept.DRAWN) + len(loaded.packets) * len(packed.SIZES)
    with tqdm(total=total, unit="file", desc="Drawing", disable=None, leave=False, delay=1) as bar:
        made = list(outputs.everything(loaded, root / ".cache" / "papers", step=bar.update))
        made += packed.everything(loaded, root / ".cache" / "papers", step=bar.update)
    by_address = {output.uri: output for output in made}
    whole = record.package(loaded, lambda address: by_address[address].read())
    made.append(outputs.Output(record.PACKAGE, whole))
    for output in made:
        _put(asked.folder / output.uri, output.read())
    print(f"{len(made)} files written to {asked.folder}.")
    return FINE


def _put(path: Path, content: bytes) -> None:
    """Whoever looks sees all of the file or none of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)


def _schema(asked: argparse.Namespace, root: Path) -> int:
    print(schema.text(asked.of), end="")
    return FINE


def _new(asked: argparse.Namespace, root: Path) -> int:
    if not parsing.is_id(asked.id):
        raise Misuse(f"'{asked.id}' cannot be the id of a worksheet. {parsing.id_hint(asked.id)}")
    path = root / library.WORKSHEETS / f"{asked.id}.yml"
    if path.exists():
        raise Misuse(f"{path.relative_to(root)} is there already: choose another id.")
    words = SKELETON.read_text(encoding="utf-8")
    title = asked.id.replace("-", " ").capitalize()
    for name, value in {"ID": asked.id, "TITLE": title, "TODAY": date.today().isoformat()}.items():
        words = words.replace(f"«{name}»", value)
    _put(path, words.encode())
    print(f"{path.relative_to(root)} is ready to fill in. Then: {_python(root)} -m workbook check")
    return FINE


def _permalinks(asked: argparse.Namespace, root: Path) -> int:
    loaded = _load(root)
    if _tell(loaded.problems):
        print("Mend these first: only then it is known what is published.", file=sys.stderr)
        return WRONG
    there = permalinks.published(loaded, root)
    found = permalinks.read(root, loaded)
    path = root / permalinks.FILE
    if path.exists() and not found.text:
        return WRONG if _tell(found.problems) else FINE
    before = path.read_text(encoding="utf-8") if found.text else ""
    after = permalinks.updated(found, there, _move(asked.moved, there))
    if after != before:
        _put(path, after.encode())
    old, new = ({one for one in text.splitlines() if one.startswith("/")} for text in (before, after))
    changed = len(old - new)
    print(f"{permalinks.FILE.as_posix()}: {len(new - old) - changed} added, {changed} changed.")
    return WRONG if _tell(permalinks.read(root, loaded).problems) else FINE


def _versions(asked: argparse.Namespace, root: Path) -> int:
    loaded = _load(root)
    if _tell(loaded.problems):
        print("Mend these first: only then it is known what is published.", file=sys.stderr)
        return WRONG
    every = loaded.versions.every
    if asked.changed:
        names, what = _names_and_what(asked.changed, every)
        _raise(names, what, root, loaded)
        loaded = _load(root)
    mended = [_named(one, every) for one in asked.mended or ()]
    path, today = root / versions.FILE, date.today().isoformat()
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = versions.updated(loaded.versions, today, mended)
    if after != before:
        _put(path, after.encode())
    count = len(set(after.splitlines()) - set(before.splitlines())) if after != before else 0
    print(f"{versions.FILE.as_posix()}: {count} line{'s' if count != 1 else ''} changed.")
    found = versions.read(root, loaded.versions.every)
    return WRONG if _tell(found.problems) else FINE


def _names_and_what(asked: list[str], every: Collection[str]) -> tuple[list[str], str]:
    """What `--changed` names, and the words after it, if there are any."""
    count = next((n for n, one in enumerate(asked) if n and not _meant(one, every)), len(asked))
    names, what = asked[:count], asked[count:]
    if len(what) > 1:
        raise Misuse(f'Put what changed between quotes: "{" ".join(what)}"')
    return list(dict.fromkeys(_named(one, every) for one in names)), "".join(what)


def _raise(names: list[str], what: str, root: Path, loaded: library.Library) -> None:
    """Write the next version of each into its file, if all files are still sound with them."""
    made: dict[Path, source.Source] = {}
    for name in names:
        path = root / versions.path(name)
        made[path] = _raised(made.get(path) or source.read(path, root), name, what, loaded)
    for path, text in made.items():
        _put(path, "\n".join(text.lines).encode())
    for name in names:
        text = made[root / versions.path(name)]
        line = versions.line(name)
        number = 1 + len(text.data[line]["changes"]) if line else text.data["version"]
        print(f"{text.path.as_posix()}: {f'{line} is' if line else 'this is'} version {number} now.")


def _raised(text: source.Source, name: str, what: str, loaded: library.Library) -> source.Source:
    """The file with the next version of what is named."""
    said, today = " ".join(what.split()), date.today().isoformat()
    before = loaded.versions.listed.get(name)
    if versions.line(name):
        return _line_raised(text, name, said, today, loaded)
    if before and text.data["version"] > before.number:
        raise Misuse(f"{name}: version {text.data['version']} is new already. Run: {versions.COMMAND}")
    packet = name.startswith(library.PACKETS.name)
    if not packet and not what.strip():
        raise Misuse(
            f'Say what changed, for those who printed it: --changed {name} "It asks where you were."'
        )
    if packet and what:
        raise Misuse(f"{name}: a packet has no list of changes. Leave {what!r} out.")
    again = source.parse(versions.raised(text, today, said), text.path)
    found = (parsing.packet if packet else parsing.worksheet)(again)[1]
    if found:
        raise ContentError(found)
    return again


def _line_raised(
    text: source.Source, name: str, said: str, today: str, loaded: library.Library
) -> source.Source:
    before, id_ = loaded.versions.listed.get(name), versions.line(name)
    if before and loaded.versions.every[name].version > before.number:
        raise Misuse(f"{name}: its change is told already. Run: {versions.COMMAND}")
    if not said:
        raise Misuse(f'Say what changed, for those who printed it: --changed {name} "It says whom to call."')
    again = source.parse(versions.line_raised(text, id_, today, said), text.path)
    found: list[Problem] = []
    parsing.validated(again, SafetyLine, again.data[id_], (id_,), found, {"id": id_})
    if found:
        raise ContentError(found)
    return again


def _bare(asked: str) -> str:
    return asked.removeprefix("content/").removesuffix(".yml").strip("/")


def _meant(asked: str, every: Collection[str]) -> list[str]:
    wanted = _bare(asked)
    return [one for one in every if wanted in (one, one.partition("/")[2])]


def _named(asked: str, every: Collection[str]) -> str:
    """The one that is meant: by its name in the list, its file, or its id alone."""
    found = _meant(asked, every)
    if len(found) > 1:
        raise Misuse(f"{asked}: which one? {' or '.join(found)}")
    if not found:
        likely = did_you_mean(_bare(asked), every)
        raise Misuse(f"{asked}: nothing of that name is published. {likely}".rstrip())
    return found[0]


def _move(asked: list[str] | None, there: Collection[str]) -> permalinks.Move | None:
    """What `--moved` says, if it makes sense."""
    if asked is None:
        return None
    old, new = asked
    if not (old.startswith("/") and old.endswith("/")) or old in there:
        raise Misuse(f"{old}: this is no page that has gone. Write its address between slashes: /old/")
    if new not in there or not new.endswith("/"):
        raise Misuse(f"{new}: no page is published there. {did_you_mean(new, there)}".rstrip())
    return permalinks.Move(old, new)


def _python(root: Path) -> str:
    """The Python that runs this, as one types it in the project's folder."""
    python = Path(sys.executable)
    return (python.relative_to(root) if python.is_relative_to(root) else python).as_posix()


def _tell(problems: Sequence[Problem]) -> int:
    for problem in problems:
        print(problem, end="\n\n")
    if problems:
        print(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}.")
    return len(problems)


def _run() -> int:
    """`main`, ending quietly when nobody listens any more or someone presses Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a character the terminal lacks
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains as it ends
        return WRONG
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return STOPPED
    return code


if __name__ == "__main__":
    sys.exit(_run())
