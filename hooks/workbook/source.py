"""Read a YAML file and remember where every value stands."""

from __future__ import annotations

import marshal
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import yaml

from workbook import cache
from workbook.fingerprint import core
from workbook.libyaml import LOADER
from workbook.problems import ContentError, Problem, first
from workbook.reading.slips import impossible_escape, slip
from workbook.reading.text import Text, decode, load
from workbook.reading.tree import Loc, Place, TooDeepError, TooManyError, Tree, place

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Loc", "Place", "Source", "parse", "read"]

_KEPT: dict[str, Path] = {}


@dataclass(frozen=True)
class Source:
    """The data of one file, and the line and column of each name and value in it."""

    path: Path
    data: Any
    marks: dict[Loc, Place]
    keys: dict[Loc, Place]
    lines: tuple[str, ...]

    def problem(self, loc: Loc, message: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """A problem at `loc`, or at its nearest ancestor that has a place in the file."""
        while loc not in self.marks:
            loc = loc[:-1]
        line, column = self.keys.get(loc, self.marks[loc]) if at_key else self.marks[loc]
        return Text(self.path, "", self.lines).problem(line, column, message, hint)


def keep(folder: Path) -> None:
    """From now on, take what a file says from `folder` when the same bytes were read before."""
    folder.mkdir(parents=True, exist_ok=True)
    _KEPT["in"] = folder


def read(path: Path, root: Path, *, blank: bool = False) -> Source:
    """The content of `path`, shown to the author relative to `root`; raises `ContentError`."""
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    data = load(path, shown, root)
    if blank or "in" not in _KEPT:
        return parse(data, shown, blank=blank)
    place = _KEPT["in"] / sha256(core().encode() + data).hexdigest()
    with suppress(OSError, EOFError, ValueError, TypeError):
        said = marshal.loads(place.read_bytes())
        os.utime(place)
        return Source(shown, *said)
    made = parse(data, shown)
    with suppress(OSError, ValueError):
        cache.put(place, marshal.dumps((made.data, made.marks, made.keys, made.lines)))
    return made


def parse(data: bytes | str, shown: Path, *, blank: bool = False) -> Source:
    """The content of one file given as bytes or text; raises `ContentError`. It may be `blank` for some."""
    text = decode(data, shown)
    tree = Tree(text)
    problems = [*_grow(tree), *tree.problems]
    if blank and not problems and tree.data is None:
        return Source(shown, {}, {(): (1, 1)}, {}, text.lines)
    if not problems:
        problems = _not_a_mapping(tree)
    if problems:
        raise ContentError(first(problems))
    return Source(shown, tree.data, tree.marks, tree.keys, text.lines)


def _grow(tree: Tree) -> list[Problem]:
    """Feed the whole text to `tree`; what stops the reading is returned."""
    documents = 0
    try:
        for event in yaml.parse(tree.text.content, Loader=LOADER):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                line, _ = place(event.start_mark)
                hint = "Keep one in each file: delete this line, or move what follows into a file of its own."
                return [tree.text.problem(line, 1, "a second document begins here", hint)]
            tree.take(event)
    except (TooDeepError, TooManyError):
        pass  # the tree has told it
    except yaml.MarkedYAMLError as error:
        return [slip(error, tree)]
    except (ValueError, OverflowError):
        return [impossible_escape(tree.text)]  # raised where libyaml is missing
    return []


def _not_a_mapping(tree: Tree) -> list[Problem]:
    """What is wrong when the file as a whole is not names with values."""
    if isinstance(tree.data, dict):
        return []
    hint = "Begin with a name, a colon and a value, such as 'title: Urge log'."
    if tree.data is None:
        lines = "".join(tree.text.lines).strip()
        message = "the file holds only comments" if lines.startswith("#") else "the file is empty"
        return [tree.text.problem(1, 1, message, hint)]
    message = f"the file is {'a list' if isinstance(tree.data, list) else 'one text'}, not names with values"
    return [tree.text.problem(*tree.marks[()], message, hint)]
