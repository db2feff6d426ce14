"""The lock files are whole, and tell nobody's registry."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NPM = json.loads((ROOT / "tests/package-lock.json").read_text(encoding="utf-8"))["packages"]


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.lock")))
def test_python_packages_are_held_by_version_and_hash_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip())

    assert 0 < len(packages) == len(re.findall(r"^\S+==", text, re.MULTILINE))
    assert [each for each in packages if not re.match(r"[\w.-]+==\S+.* \\\n +--hash=sha256:", each)] == []
    assert "://" not in text


def test_both_locks_agree():
    def versions(lock):
        text = (ROOT / lock).read_text(encoding="utf-8")
        return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))

    site, everything = versions("requirements.lock"), versions("requirements-test.lock")

    assert site.items() <= everything.items()


def test_npm_packages_are_held_by_hash_and_no_address():
    packages = {path: package for path, package in NPM.items() if path}

    assert len(packages) > 30
    assert [path for path, package in packages.items() if "integrity" not in package] == []
    assert [path for path, package in packages.items() if "resolved" in package] == []
