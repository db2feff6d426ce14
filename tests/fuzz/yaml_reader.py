"""Coverage-guided mutations of worksheets, through all that reads them: never a traceback, never two seconds.

Run by `make fuzz`; not a part of the tests. atheris watches which branches of the reader a mutation reaches,
and keeps those that reach new ones. It stops at the first input that breaks the promise, and leaves it in
.cache/fuzz.
"""

from __future__ import annotations

import contextlib
import random
import sys
import time
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

with atheris.instrument_imports(include=["workbook", "yaml"]):
    import yaml

    from workbook import library, parsing, source
    from workbook.problems import ContentError, Problem
    from workbook.references.abroad import problems_abroad
    from workbook.site import Site

from test_odd_worksheets import mangled, scratched  # noqa: E402  they need the paths above

SLOWEST = 2.0  # seconds
SEEN = ROOT / ".cache" / "fuzz" / "seen"
SHOWN = Path("content/worksheets/fuzzed.yml")
SHELF = library.load(ROOT, Site("A site", "https://example.org/")).shelf


def told(data: bytes) -> list[Problem]:
    """The problems that an author is shown, or none."""
    try:
        read = source.parse(data, SHOWN)
    except ContentError as error:
        return list(error.problems)
    _, problems = parsing.worksheet(read)
    return [*problems, *problems_abroad(read, SHELF)]


def one(data: bytes) -> None:
    began = time.monotonic()
    for problem in told(data):
        assert str(problem), "a problem without words"
        assert problem.line > 0, "a problem without a place"
        assert problem.message, "a problem without a message"
        assert problem.hint, "a problem without a cure"
    took = time.monotonic() - began
    assert took < SLOWEST, f"{took:.1f} seconds"


def written(data: object) -> bytes:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return bytes(yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False, encoding="utf-8"))


def mutated(data: bytes, largest: int, seed: int) -> bytes:
    """A byte turned, a slip of the hand, or a part taken out, doubled, swapped or made odd."""
    chance = random.Random(seed)
    way = chance.randrange(3)
    with contextlib.suppress(ValueError, RecursionError, yaml.YAMLError, IndexError):
        if way == 1:
            return scratched(data.decode(), chance).encode()[:largest]
        if way == 2 and isinstance(read := yaml.load(data, source.LOADER), dict):
            return yaml.safe_dump(mangled(read, chance), allow_unicode=True, sort_keys=False).encode()[
                :largest
            ]
    return bytes(atheris.Mutate(data, largest))


def main() -> None:
    """The arguments are libFuzzer's; -runs=100000 is ours. Real worksheets are what it begins with."""
    SEEN.mkdir(parents=True, exist_ok=True)
    for path in library.files(ROOT):
        (SEEN / path.stem).write_bytes(path.read_bytes())
    options = [f"-artifact_prefix={SEEN.parent}/", "-timeout=10", "-rss_limit_mb=2048", "-max_len=20000"]
    atheris.Setup([sys.argv[0], str(SEEN), *options, *sys.argv[1:]], one, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
