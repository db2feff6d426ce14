"""An old address leads on by itself, without script and under its own policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import served
from playwright.sync_api import Browser
from sheets import real

from workbook import policy
from workbook.render import screen

OLD, NEW = "/safety/", "/safety/withdrawal/"


@pytest.mark.parametrize("script", [True, False])
def test_whoever_goes_to_an_old_address_arrives(browser: Browser, tmp_path: Path, script: bool) -> None:
    page = policy.guarded(screen.moved(real(), OLD, NEW), policy.READING)
    for address, text in ((OLD, page), (NEW, "<!doctype html><title>Here</title><h1>Withdrawal safety</h1>")):
        place = tmp_path / address[1:] / "index.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    context = browser.new_context(java_script_enabled=script)
    visitor = context.new_page()
    said: list[str] = []
    visitor.on("console", lambda line: said.append(line.text) if "Security Policy" in line.text else None)

    with served(tmp_path) as home:
        visitor.goto(f"{home}safety/")
        visitor.wait_for_url(f"{home}safety/withdrawal/")
        assert visitor.inner_text("h1") == "Withdrawal safety"
    assert said == []
    context.close()
