"""While an author writes: the server shows what is wrong in place of the sheet, and goes on."""

from serving import asking_for, serving, wait_for


def test_a_broken_sheet_shows_its_problem_until_it_is_mended(project):
    sheet = project / "content" / "worksheets" / "urge-log.yml"
    sound = sheet.read_text(encoding="utf-8")

    with serving(project) as site:
        page = wait_for(f"{site}/worksheets/urge-log/", "My urges")
        assert "livereload" in page
        assert "Content-Security-Policy" not in page  # it would keep the page from reloading
        sheet.write_text(sound.replace("rows: 7", "row: 7 <b>"), encoding="utf-8")
        shown = wait_for(f"{site}/worksheets/urge-log/", "unknown setting")
        assert "content/worksheets/urge-log.yml:" in shown
        assert "7 &lt;b&gt;" in shown
        assert "My change plan" in wait_for(f"{site}/worksheets/change-plan/", "My change plan")

        sheet.write_text(sound.replace("label: My urges", "label: My own urges"), encoding="utf-8")
        assert "unknown setting" not in wait_for(f"{site}/worksheets/urge-log/", "My own urges")


def test_a_server_starts_on_broken_content(project):
    sheet = project / "content" / "worksheets" / "urge-log.yml"
    sheet.write_bytes(b"\xff\xfe not text")

    with serving(project) as site:
        assert "urge-log.yml:1:1" in wait_for(f"{site}/worksheets/urge-log/", "problem")


def test_a_lost_address_keeps_no_one_from_writing(small_project):
    (small_project / "content" / "permalinks.txt").write_text("/gone/\n", encoding="utf-8")

    with serving(small_project) as site:
        assert "Call someone." in wait_for(f"{site}/crisis/", "Call someone.")


def test_what_is_saved_is_shown_and_nothing_goes_missing_meanwhile(project):
    """Saved one after the other: a sheet, a page, a title, and settings that cannot be read."""
    sheet, page = project / "content/worksheets/urge-log.yml", project / "docs/smart/urges.md"
    settings = project / "mkdocs.yml"

    def change(path, old, new):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with serving(project) as site, asking_for(f"{site}/crisis/") as answers:
        wait_for(f"{site}/worksheets/urge-log/", "My urges")
        answers.clear()

        change(sheet, "label: My urges", "label: My own urges")
        wait_for(f"{site}/worksheets/urge-log/", "My own urges")
        page.write_text(page.read_text(encoding="utf-8") + "\n\nThis is new.\n", encoding="utf-8")
        wait_for(f"{site}/smart/urges/", "<p>This is new.</p>")
        change(sheet, "title: Urge log", "title: Log of urges")
        wait_for(f"{site}/worksheets/", "Log of urges")
        change(settings, "site_name:", "site_name: [")
        change(sheet, "label: My own urges", "label: My very own urges")
        wait_for(f"{site}/worksheets/urge-log/", "My own urges")
        change(settings, "site_name: [", "site_name:")
        wait_for(f"{site}/worksheets/urge-log/", "My very own urges")

    assert set(answers) == {200}
