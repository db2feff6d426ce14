"""The data of a YAML text, built step by step, with the place of every name and value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from workbook.problems import MOST_LOOKED_AT, quoted
from workbook.reading.text import UNSEEN, unseen_message
from workbook.reading.values import NumberTooBigError, resolve

if TYPE_CHECKING:
    from yaml._yaml import Mark as LibyamlMark

    from workbook.problems import Problem
    from workbook.reading.text import Text

Loc = tuple[str | int, ...]
Place = tuple[int, int]
Value = dict[str, Any] | list[Any] | str | bool | float | None

DEEPEST = 20
REPEAT = "Write the value out again; or put quotes around the text if it begins with '{}'."


class TooDeepError(Exception):
    """Nesting that no worksheet needs and that could exhaust the machine."""


class TooManyError(Exception):
    """So many problems that nobody will read on; nor do we."""


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    value: dict[str, Any] | list[Any]
    loc: Loc
    place: Place
    name: str | None = None  # the name whose value comes next


@dataclass
class Tree:
    """Takes the parser's events; refuses what the house does not use, and goes on."""

    text: Text
    data: Value = None
    marks: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    last: yaml.Event | None = None

    def take(self, event: yaml.Event) -> None:
        """Add what `event` tells to the data."""
        if isinstance(event, yaml.ScalarEvent):
            self._put(self._scalar(event), event)
        elif isinstance(event, yaml.AliasEvent):
            self._put(None, event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            self._refuse(event, "lines that begin with '%' are not used here", "Delete the line.")
        self.last = event

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        loc = self._put(value, event)
        self.open.append(_Open(value, loc, self._place(event)))
        if len(self.open) > DEEPEST:
            self._refuse(event, f"this is nested more than {DEEPEST} levels deep", "Take some levels away.")
            raise TooDeepError

    def _put(self, value: Value, event: yaml.NodeEvent) -> Loc:
        """Set `value` where the innermost open list or mapping expects it; returns its place in the data."""
        self._check_signs(event)
        if not self.open:
            self.data = value
            return self._mark((), event)
        holder = self.open[-1]
        if isinstance(holder.value, list):
            holder.value.append(value)
            return self._mark((*holder.loc, len(holder.value) - 1), event)
        if holder.name is None:
            return self._name(holder, value, event)
        name, holder.name = holder.name, None
        holder.value.setdefault(name, value)
        return self._mark((*holder.loc, name), event)

    def _mark(self, loc: Loc, event: yaml.NodeEvent) -> Loc:
        self.marks.setdefault(loc, self._place(event))
        return loc

    def _name(self, holder: _Open, value: Value, event: yaml.NodeEvent) -> Loc:
        holder.name = self._name_text(value, event)
        loc = (*holder.loc, holder.name)
        if loc in self.keys:
            hint = f"It is first given on line {self.keys[loc][0]}: keep one of the two."
            self._refuse(event, f"{quoted(holder.name)} is given twice", hint)
        self.keys.setdefault(loc, self._place(event))
        return loc

    def _name_text(self, value: Value, event: yaml.NodeEvent) -> str:
        if isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor}"
        if not isinstance(event, yaml.ScalarEvent):
            kind = "list" if isinstance(value, list) else "group of settings"
            hint = "Write a word before the ':'; put it in quotes if it holds brackets."
            self._refuse(event, f"a {kind} stands where a name belongs", hint)
            return f"<{len(self.keys)}>"  # a stand-in, so that what is inside can still be checked
        if not event.style and event.value == "<<":
            self._refuse(event, "'<<' is not used here", "Write the settings out again.")
        elif not event.style and not event.value:
            self._refuse(event, "a name is missing before ':'", "Write the name of the setting there.")
        elif not isinstance(value, str):
            hint = "Names are words: begin it with a letter, or put it in quotes."
            self._refuse(event, f"{quoted(event.value)} is not a name", hint)
        return str(event.value)

    def _scalar(self, event: yaml.ScalarEvent) -> Value:
        text: str = event.value
        if not event.style:
            try:
                return resolve(text)
            except NumberTooBigError:
                hint = "Use fewer digits, or put it in quotes if it is text, such as a telephone number."
                self._refuse(event, "the number is too big", hint)
        elif event.style == '"' and (found := UNSEEN.search(text.replace("\r", "\0"))):
            self._refuse(event, *unseen_message(found[0]))
        return text

    def _check_signs(self, event: yaml.NodeEvent) -> None:
        """Refuse tags (`!!str`), anchors (`&a`) and aliases (`*a`)."""
        if isinstance(event, yaml.AliasEvent):
            repeat = quoted(f"*{event.anchor}")
            self._refuse(event, f"{repeat} repeats another value", REPEAT.format("*"))
            return
        if event.anchor is not None:
            repeat = quoted(f"&{event.anchor}")
            self._refuse(event, f"{repeat} marks a value to repeat", REPEAT.format("&"), "&")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            hint = "Delete it; or put quotes around the text if it begins with '!'."
            self._refuse(event, "tags, which begin with '!', are not used here", hint, "!")

    def _place(self, event: yaml.Event) -> Place:
        """libyaml puts a value that is missing at the end one line below the last."""
        line, column = place(event.start_mark)
        last = len(self.text.lines)
        return (line, column) if line <= last else (last, len(self.text.lines[-1]) + 1)

    def _refuse(self, event: yaml.Event, message: str, hint: str, sign: str = "") -> None:
        line, column = self._place(event)
        column = max(column, self.text.lines[line - 1].find(sign, column - 1) + 1)
        self.problems.append(self.text.problem(line, column, message, hint))
        if len(self.problems) >= MOST_LOOKED_AT:
            raise TooManyError


def place(mark: yaml.Mark | LibyamlMark | None) -> Place:
    """Line and column, counted from 1, of a mark that the parser gave."""
    assert mark is not None, "both parsers mark every event and error"
    return mark.line + 1, mark.column + 1
