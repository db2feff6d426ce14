"""Whatever is done to a real worksheet: is it still a worksheet, or problems that can be shown?"""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import ROOT, real

from workbook import library, parsing, source
from workbook.problems import ContentError, Problem
from workbook.references.abroad import problems_abroad
from workbook.worksheet import Worksheet

FILES = library.files(ROOT)
ODD = [None, True, 0, -1, 3.5, 10**9, float("inf"), float("nan"), "", " ", "a", "A b", "☃", "x" * 3000]
ODD += [
    [],
    {},
    [None],
    [[]],
    ["a", "a"],
    {"a": 1},
    {"field": "a"},
    {"id": "a", "label": "b"},
    {"type": "table"},
]
SIGNS = [*" \n\t:-#[]{}&*!|>'\"%@`,?~\0\ufeff\u2028é😀", "  ", "- ", ": ", "\n  ", "---\n", "<<: "]
SIGNS += ["!!python/object:os.system "]


def checked(text: str, path: Path) -> Worksheet | list[Problem]:
    """What the library makes of a text."""
    try:
        read = source.parse(text, path.relative_to(ROOT))
    except ContentError as error:
        return list(error.problems)
    sheet, problems = parsing.worksheet(read)
    return [*problems, *problems_abroad(read, real().shelf)] or sheet or []


def places(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in some data but the whole."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place for name, value in inside for place in ((*at, name), *places(value, (*at, name)))]


def holder(data: Any, at: tuple[Any, ...]) -> Any:
    for part in at[:-1]:
        data = data[part]
    return data


def mangled(data: Any, chance: random.Random) -> Any:
    """A worksheet with a few of its parts taken out, doubled, renamed, swapped, or made odd."""
    data = copy.deepcopy(data)
    for _ in range(chance.randint(1, 4)):
        found = places(data)
        if not found:
            break
        at, other = chance.choice(found), chance.choice(found)
        inside, value = holder(data, at), copy.deepcopy(holder(data, other)[other[-1]])
        match chance.randrange(5):
            case 0:
                del inside[at[-1]]
            case 1:
                inside[at[-1]] = chance.choice(ODD)
            case 2:
                inside[at[-1]] = value
            case 3 if isinstance(inside, list):
                inside.insert(at[-1], value)
            case _ if isinstance(inside, dict):
                inside[chance.choice(["id", "type", "label", "odd", str(other[-1])])] = inside.pop(at[-1])
    return data


def scratched(text: str, chance: random.Random) -> str:
    """A text with a few slips of the hand."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(text) + 1)
        end = start + chance.choice([0, 0, 1, 1, 2, 10, 200])
        text = text[:start] + chance.choice(["", "", *SIGNS, text[start:end] * 2]) + text[end:]
    return text


def shown(made: Worksheet | list[Problem]) -> bool:
    """Whether an author gets a worksheet, or problems with a place, a message and a cure."""
    if isinstance(made, Worksheet):
        return True
    return bool(made) and all(str(one) and one.line > 0 and one.message and one.hint for one in made)


def check_mangled(path: Path, chance: random.Random) -> Worksheet | list[Problem]:
    data = mangled(source.read(path, ROOT).data, chance)
    return checked(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), path)


def check_scratched(path: Path, chance: random.Random) -> Worksheet | list[Problem]:
    return checked(scratched(path.read_text(encoding="utf-8"), chance), path)


@given(st.sampled_from(FILES), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_mangled_settings_give_a_worksheet_or_problems(path: Path, chance: random.Random) -> None:
    assert shown(check_mangled(path, chance))


@given(st.sampled_from(FILES), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_scratched_text_gives_a_worksheet_or_problems(path: Path, chance: random.Random) -> None:
    assert shown(check_scratched(path, chance))


def test_a_condition_on_an_unknown_field_is_told_where_the_id_is_a_list() -> None:
    """Found by make fuzz."""
    data = source.read(ROOT / "content/worksheets/urge-log.yml", ROOT).data
    data["sections"][0]["fields"][0] |= {"id": ["a"], "when": {"field": "nowhere", "is": "a"}}

    assert shown(checked(yaml.safe_dump(data), ROOT / "content/worksheets/urge-log.yml"))


def test_conditions_on_a_field_without_a_type_leave_the_type_to_be_told() -> None:
    """Found by make fuzz."""
    data = source.read(ROOT / "content/worksheets/urge-log.yml", ROOT).data
    one = {"id": "one", "label": "One", "options": ["a", "b"]}
    when = [{"field": "one", "is": ["a"]}, {"field": "one", "is": ["b"]}]
    data["sections"][0]["fields"] = [one, {"id": "two", "type": "text", "label": "Two", "when": when}]

    assert shown(checked(yaml.safe_dump(data), ROOT / "content/worksheets/urge-log.yml"))


def test_a_result_of_a_scale_with_a_word_too_few_is_told() -> None:
    """Found by make fuzz."""
    data = source.read(ROOT / "content/worksheets/urge-log.yml", ROOT).data
    scale = {
        "id": "one",
        "type": "scale",
        "label": "One",
        "min": 0,
        "max": 3,
        "words": ["no", "some", "much"],
    }
    result = {"id": "two", "type": "result", "label": "Two", "show": "mean", "of": ["one"], "needs": 1}
    data["sections"][0]["fields"] = [scale, result]

    assert shown(checked(yaml.safe_dump(data), ROOT / "content/worksheets/urge-log.yml"))
