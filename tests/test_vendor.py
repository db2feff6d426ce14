"""Modules of others: what we publish is what we say we publish."""

import hashlib
import json
import re
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "hooks/workbook/assets/js"
VENDOR = SCRIPTS / "vendor"
MODULES = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
FIRST = ("main.js", "live.js", "answers.js")


@pytest.fixture(params=MODULES, ids=lambda module: module["file"])
def module(request):
    return request.param


def test_a_module_is_the_one_that_was_made(module):
    digest = hashlib.sha256((VENDOR / module["file"]).read_bytes()).hexdigest()

    assert digest == module["sha256"]


def test_a_module_names_its_packages_and_their_licences(module):
    opening = (VENDOR / module["file"]).read_text(encoding="utf-8").splitlines()[0]
    licence = (VENDOR / module["license"]).read_text(encoding="utf-8")

    assert module["license"] in opening
    for package in module["packages"]:
        assert f"{package['name']} {package['version']}" in opening
    assert "Copyright" in licence


def test_how_a_module_was_made_names_the_same_versions(module):
    made = (VENDOR / "README.md").read_text(encoding="utf-8")
    main = module["packages"][0]

    assert f"{main['name']}@{main['version']}" in made


def test_every_module_is_listed():
    found = {path.name for path in VENDOR.glob("*.js")}

    assert found == {module["file"] for module in MODULES}


def test_no_module_makes_code_of_text(module):
    text = (VENDOR / module["file"]).read_text(encoding="utf-8")

    assert not re.search(r"\beval\(|new Function\b", text)


def test_modules_of_others_wait_until_someone_asks():
    """What is loaded first imports nothing of theirs, not even by way of our own modules."""
    seen, waiting = set(), list(FIRST)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        text = (SCRIPTS / name).read_text(encoding="utf-8")
        waiting += set(re.findall(r"^import .* from '\./(.+)'", text, re.MULTILINE)) - seen

    assert seen == set(FIRST)
