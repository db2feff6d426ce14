"""Which tests are slow, and which need Node."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["browsing"]  # one set of browsers for every folder: Playwright starts once in a process

TESTS = Path(__file__).parent
SLOW = {"browser", "fhir", "paper", "site"}  # folders, and markers for a single test
DRIVERS = {"playwright", "browser", "engine", "driven"}  # fixtures

settings.register_profile("quick", max_examples=15, deadline=None)  # for make check
settings.register_profile("whole", deadline=None)  # a busy machine is no failure
settings.load_profile("whole")


def pytest_collection_modifyitems(items):
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in SLOW:
            item.add_marker(folder)
        # A driver at times fails of itself; what is wrong fails twice, and a second try is told.
        if folder == "browser" or DRIVERS & set(item.fixturenames):
            item.add_marker(pytest.mark.flaky(reruns=1))
        if item.path.stem.endswith("_js") and not shutil.which("node"):
            item.add_marker(pytest.mark.skip(reason="needs Node.js; make test installs it"))
        if SLOW & {marker.name for marker in item.iter_markers()}:
            item.add_marker("slow")
