"""Nothing is kept unless asked; what is kept survives."""

import contextlib
import json
import os
import signal
from pathlib import Path

import pytest
from browser.hands import (
    PLAN,
    answer,
    change_record,
    context,
    databases,
    downloaded,
    keep,
    plan,
    press,
    record,
    said,
    set_aside,
    site,
    unlock,
    until_kept,
    visit,
    wait,
)
from browsing import program
from playwright.sync_api import expect

__all__ = ["context", "plan", "site"]

CANNOT = "This browser will not keep anything. Save a file or print instead."


def test_nothing_is_kept_unless_asked(plan):
    plan.locator("#change").press_sequentially("Fewer drinks")
    plan.wait_for_timeout(600)

    assert databases(plan) == []
    assert plan.evaluate("localStorage.length + sessionStorage.length") == 0
    assert plan.context.cookies() == []


def test_a_plain_sentence_says_where_the_answers_are(plan):
    before = plan.locator(".private").inner_text()
    keep(plan)
    after = plan.locator(".private").inner_text()

    assert "Your answers go when you close the page, unless you press Keep." in before
    assert after.startswith("Kept on this device until ")


def test_what_is_kept_survives_a_reload(plan):
    plan.locator("#change").press_sequentially("Fewer drinks")
    plan.locator("label.option", has_text="Cut down").click()
    plan.locator("[name='steps.1.step']").fill("Tell Jo")
    keep(plan)
    plan.locator("#why").press_sequentially("I want to\nsleep")
    until_kept(plan, "sleep")
    plan.reload()

    expect(plan.locator("#why")).to_have_value("I want to\nsleep")
    expect(plan.locator("#change")).to_have_value("Fewer drinks")
    expect(plan.locator("[name=goal][value=cut-down]")).to_be_checked()
    expect(plan.locator("[name='steps.1.step']")).to_have_value("Tell Jo")


def test_what_is_typed_is_on_the_device_within_a_second(plan):
    keep(plan)
    plan.evaluate("document.addEventListener('input', () => { window.typed = Date.now() })")
    plan.locator("#change").press_sequentially("Fewer")
    until_kept(plan, "Fewer")

    assert record(plan)["saved"] - plan.evaluate("window.typed") < 1000


def test_what_is_typed_before_an_empty_sheet_has_come_back_is_kept_without_a_question(context, site):
    """On a slow device someone writes sooner than the script has looked what is kept."""
    keep(visit(context, site, PLAN))
    context.add_init_script(
        "const all = indexedDB.databases.bind(indexedDB)\n"
        "window.hold = new Promise((go) => { window.go = go })\n"
        "indexedDB.databases = async () => { await window.hold; return all() }"
    )
    page = visit(context, site, PLAN)
    page.locator("#change").fill("Fewer drinks")
    page.evaluate("window.go()")

    until_kept(page, "Fewer drinks")
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator(".tools").get_by_role("button", name="Kept")).to_be_visible()


def test_rows_that_were_added_come_back(context, site):
    page = visit(context, site, "urge-log")
    keep(page)
    page.set_viewport_size({"width": 1280, "height": 800})  # a table, with all its rows in sight
    page.locator(".add").first.click()
    page.locator("[name='log.8.where']").fill("Kitchen")
    until_kept(page, "Kitchen", "urge-log")
    page.reload()

    expect(page.locator("[name='log.8.where']")).to_have_value("Kitchen")


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_what_is_kept_survives_a_crash(playwright, site, tmp_path, engine):
    def start():
        if engine == "chromium":
            return playwright.chromium.launch_persistent_context(
                tmp_path, executable_path=program("chromium"), args=["--no-sandbox"]
            )
        return playwright.firefox.launch_persistent_context(
            tmp_path, channel="moz-firefox", executable_path=program("firefox-esr")
        )

    context = start()
    page = visit(context, site, PLAN)
    keep(page)
    page.locator("#change").press_sequentially("Fewer drinks")
    until_kept(page, "Fewer drinks")
    kill(tmp_path)
    with contextlib.suppress(Exception):
        context.close()
    context = start()
    page = visit(context, site, PLAN)

    expect(page.locator("#change")).to_have_value("Fewer drinks")
    context.close()


def kill(profile: Path) -> None:
    """Kill the browser that this test started, all its processes, without a word."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(profile).encode() in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)


def forbid(context):
    context.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('', 'Security') } })"
    )


def test_a_forbidden_store_is_said_plainly_and_a_file_offered(context, site):
    forbid(context)
    page = visit(context, site, PLAN)
    page.locator("#change").fill("Fewer drinks")
    press(page, "Keep")
    answer(page, "Keep")
    expect(page.locator(".said")).to_have_text(CANNOT)
    page.locator(".notice").get_by_role("button", name="Save file").click()

    expect(page.get_by_role("dialog")).to_contain_text("Save to a file")
    assert page.locator("#change").input_value() == "Fewer drinks"
    assert page.locator(".private").inner_text().startswith(CANNOT)


def test_firefox_told_to_store_nothing_says_so(playwright, site):
    browser = playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=program("firefox-esr"),
        firefox_user_prefs={"network.cookie.cookieBehavior": 2, "dom.indexedDB.enabled": False},
    )
    page = visit(browser.new_context(), site, PLAN)
    press(page, "Keep")
    answer(page, "Keep")

    expect(page.locator(".said")).to_have_text(CANNOT)
    browser.close()


def test_a_full_store_is_said_plainly_and_nothing_is_lost(chromium, site):
    context = chromium.new_context()
    page = visit(context, site, PLAN)
    session = context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.rstrip("/"), "quotaSize": 1_000_000})
    keep(page)
    page.locator("#change").fill("Before")
    until_kept(page, "Before")
    page.locator("#why").evaluate(
        """(box) => {
            box.value = 'word '.repeat(250_000)
            box.dispatchEvent(new Event('input', { bubbles: true }))
        }"""
    )
    expect(page.locator(".said")).to_contain_text("no more room on this device")

    assert record(page)["answers"] == {"change": "Before"}
    assert page.locator("#why").input_value() == "word " * 250_000
    expect(page.locator(".notice").get_by_role("button", name="Save file")).to_be_visible()

    session.send("Storage.overrideQuotaForOrigin", {"origin": site.rstrip("/")})
    page.locator("#why").fill("room again")
    until_kept(page, "room again")
    expect(page.locator(".notice")).to_have_count(0)
    context.close()


def test_what_is_kept_goes_when_its_time_is_over(plan):
    plan.locator("#change").fill("Fewer drinks")
    keep(plan, "Until the end of today")
    until_kept(plan, "Fewer drinks")
    held = record(plan)
    change_record(plan, "{ ...record, expires: Date.now() - 1 }")
    plan.reload()
    expect(plan.locator(".tools").get_by_role("button", name="Keep")).to_be_visible()
    wait(plan, lambda: not databases(plan))

    midnight = plan.evaluate("new Date().setHours(24, 0, 0, 0)")
    assert held["expires"] == midnight
    assert plan.locator("#change").input_value() == ""


@pytest.mark.parametrize(("long", "days"), [("7 days", 7), ("30 days", 30)])
def test_days_are_kept_whole(plan, long, days):
    keep(plan, long)
    end = plan.evaluate(
        "(days) => new Date(new Date().setDate(new Date().getDate() + days)).setHours(24, 0, 0, 0)",
        days,
    )

    assert record(plan)["expires"] == end


def test_until_i_erase_it_has_no_end(plan):
    keep(plan, "Until I erase it")

    assert record(plan)["expires"] is None
    expect(plan.locator(".private")).to_contain_text("Kept on this device until you erase it.")


def test_keeping_can_be_stopped(plan):
    plan.locator("#change").fill("Fewer drinks")
    keep(plan)
    press(plan, "Kept")
    answer(plan, "Stop keeping")
    expect(plan.locator(".said")).to_contain_text("No longer kept.")

    assert plan.locator("#change").input_value() == "Fewer drinks"
    assert databases(plan) == []


def test_answers_stay_when_the_sheet_has_a_newer_version(plan):
    plan.locator("#change").fill("Fewer drinks")
    keep(plan)
    until_kept(plan, "Fewer drinks")
    change_record(
        plan,
        "{ ...record, version: 0, answers: { change: 'Less', 'old-question': 'Old one', goal: 'vanish' } }",
    )
    plan.reload()
    expect(plan.locator("#change")).to_have_value("Less")
    left = plan.get_by_role("region", name="No longer on this sheet")

    expect(left).to_contain_text("Old question")
    expect(left).to_contain_text("Old one")
    expect(left).to_contain_text("vanish")
    assert "on version 0 of this sheet; this is version 1" in said(plan)

    plan.locator("#why").fill("To sleep")
    until_kept(plan, "To sleep")
    assert record(plan)["gone"] == [["old-question", "Old one"], ["goal", "vanish"]]


@pytest.mark.parametrize(
    "damage", ["{ worksheet: sheet, saved: 'x' }", "'nonsense'", "{ ...record, answers: null }"]
)
def test_damaged_data_is_set_aside_and_said(plan, damage):
    keep(plan)
    change_record(plan, damage)
    plan.reload()
    expect(plan.locator(".notice")).to_contain_text("cannot be read. It is set aside on this device")
    name, found = downloaded(plan, plan.get_by_role("button", name="Save what was found").click)
    plan.locator("#change").fill("New")
    keep(plan)
    until_kept(plan, "New")

    assert name == "change-plan-set-aside.json"
    assert json.loads(found)[0]["worksheet"] == PLAN
    assert len(set_aside(plan)) == 1


def test_a_passphrase_locks_what_is_kept(plan):
    plan.locator("#change").fill("Fewer drinks")
    keep(plan, passphrase="four plain words hére")
    first = record(plan)["saved"]
    plan.locator("#why").fill("To sleep")
    wait(plan, lambda: record(plan)["saved"] > first)
    held = str(record(plan))
    plan.reload()
    plan.get_by_role("button", name="Open").click()
    unlock(plan, "a wrong one")
    expect(plan.get_by_role("dialog")).to_contain_text("That passphrase does not open it")
    unlock(plan, "four plain words hére")
    expect(plan.locator("#why")).to_have_value("To sleep")

    assert "Fewer" not in held
    assert "sleep" not in held
    second = record(plan)["saved"]
    plan.locator("#why").fill("To rest")
    wait(plan, lambda: record(plan)["saved"] > second)
    plan.reload()
    plan.get_by_role("button", name="Open").click()
    unlock(plan, "four plain words hére")
    expect(plan.locator("#why")).to_have_value("To rest")


def test_keeping_and_saving_work_offline_once_one_has_begun(plan):
    plan.locator("#change").press_sequentially("F")
    plan.wait_for_load_state("networkidle")
    plan.wait_for_timeout(500)
    plan.context.set_offline(True)
    keep(plan)
    plan.locator("#change").press_sequentially("ewer")
    until_kept(plan, "Fewer")
    press(plan, "Save file")
    _, content = downloaded(plan, lambda: answer(plan, "Save"))

    assert b"Fewer" in content


def test_more_works_offline_once_one_has_begun(plan):
    plan.locator("#change").press_sequentially("F")
    plan.wait_for_timeout(2000)  # what comes in the background has come
    plan.context.set_offline(True)
    press(plan, "More")
    name, _ = downloaded(plan, lambda: answer(plan, "In a week"))

    assert name == "reminder.ics"


def test_a_part_that_does_not_arrive_is_said(context, site):
    context.route("**/take.js", lambda route: route.abort())
    page = visit(context, site, PLAN)
    press(page, "More")
    expect(page.locator(".notice")).to_contain_text("That part can no longer be loaded here.")

    context.route("**/renew.js", lambda route: route.abort())
    page.reload()
    press(page, "More")
    expect(page.locator(".said")).to_contain_text("That part of the page did not arrive.")


@pytest.mark.parametrize("part", ["ask", "store", "keep"])
def test_erasing_without_its_parts_is_said_and_changes_nothing(context, site, part):
    context.route(f"**/{part}.js", lambda route: route.abort())
    page = visit(context, site, PLAN)
    page.locator("#change").fill("Mine")
    press(page, "Erase")
    if part == "keep":
        answer(page, "Erase this sheet")

    if part == "keep":
        expect(page.locator(".notice")).to_contain_text("What you wrote is still here.")
    else:
        told = "that part of the page did not arrive"
        expect(page.locator(".said")).to_contain_text(told, ignore_case=True)
    assert page.locator("#change").input_value() == "Mine"
