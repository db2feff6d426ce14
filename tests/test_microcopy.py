"""The words of the scripts: all in microcopy.yml, each asked for, in place when published."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment
from markupsafe import Markup
from sheets import scripts

import quick
from workbook import fingerprint, microcopy, outputs
from workbook.microcopy import Unfit, in_place
from workbook.problems import ContentError
from workbook.prose import grade

SOURCES = sorted(microcopy.SCRIPTS.glob("*.js"))
KNOWN = {
    "keep.title": "Keep it",
    "keep.until": "Kept until {day}.",
    "keep.pages": "{count} {count|page|pages} of {name}",
}
# Twins of Python, whose sentences the vectors hold to those on paper.
TEMPLATES = sorted(path for folder in microcopy.TEMPLATES for path in folder.rglob("*.html"))
FOR_READERS = [one for one in TEMPLATES if one.name != "problem.html"]  # which an author sees
WORKBOOK = microcopy.FILE.parent
RENDERERS = [
    *(WORKBOOK / f"render/{name}.py" for name in ("blanks", "docx", "shelf", "text", "view")),
    *(WORKBOOK / f"render/leaflet/{name}.py" for name in ("paper", "text")),
    *sorted((WORKBOOK / "render/packet").glob("[a-z]*.py")),
    WORKBOOK / "render/pdf/words.py",
    WORKBOOK / "pages/pace.py",
    WORKBOOK.parent / "offline.py",
]
SAID = re.compile(r"^(?!export const).*[A-Za-z’,]{2,} [A-Za-z]|^[A-Z][a-z]+[.:]")
STYLES_OF_WORD = frozenset(
    [
        *("List Bullet", "Default Paragraph Font", "No List", "Normal Table", "Table Grid"),
        *("Heading 1", "Heading 2", "Heading 3", "Writing line"),
    ]
)
TWINS = frozenset(["results.js", "given.js"])
COMMENT = re.compile(r"(?:^|(?<=[\s;{}(,]))//[^\n]*|/\*.*?\*/", re.DOTALL)
STRING = re.compile(r"'((?:\\.|[^'\\\n])*)'|`((?:\\.|[^`\\])*)`")
SENTENCE = re.compile(r"[A-Za-z’,]{2,} [a-z]|[A-Z][a-z]+[.!?]|^[A-Z][a-z]+ [a-z]")
# What looks like words and is none: for machines, or for the console alone.
NO_WORDS = re.compile(
    r"^(?:btn|ask|safety|printed|cell|row|noopener|packet|done-|too late)\b|[<>\[\]#=]|^\.|\bfor$|^\(min-|"
    r"^field-sizing|^input, |^button, |^select, |^thead |^table, |^a\.|^h3 a$|^translate|^M |"
    r"Td|\bre f\b|Tf|BMC"
)


def test_a_string_and_a_template_take_the_place_of_words():
    assert in_place("say(WORDS`keep.title`)", KNOWN) == "say('Keep it')"
    assert (
        in_place("say(WORDS`keep.until day=${f({ a: '}' })}`)", KNOWN)
        == "say(`Kept until ${f({ a: '}' })}.`)"
    )


def test_words_turn_on_a_number():
    made = in_place("WORDS`keep.pages count=${n} name=${title}`", KNOWN)

    assert made == "`${n} ${n === 1 ? 'page' : 'pages'} of ${title}`"


def test_a_value_may_itself_be_words():
    assert in_place("WORDS`keep.until day=${WORDS`keep.title`}`", KNOWN) == "`Kept until ${'Keep it'}.`"


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("WORDS`keep.titel`", "no words with the name 'keep.titel'"),
        ("WORDS`Keep it`", "should be the name of words"),
        ("WORDS`keep.title day=${1}`", "not those that 'keep.title' has places for"),
        ("WORDS`keep.until`", "not those that 'keep.until' has places for"),
        ("WORDS`keep.until day=${1} day=${2}`", "not those that 'keep.until' has places for"),
        ("WORDS`keep.until day=${1} more`", "not those that 'keep.until' has places for"),
        ("WORDS`keep.until day=${1", "not closed"),
    ],
)
def test_what_does_not_fit_is_told(script, told):
    with pytest.raises(Unfit, match=told):
        in_place(script, KNOWN)


def test_a_script_that_asks_for_unknown_words_is_told_with_line_and_cure(tmp_path):
    path = tmp_path / "one.js"
    path.write_text("// One.\nsay(WORDS`keep.how_lon`)\n", encoding="utf-8")

    with pytest.raises(ContentError) as raised:
        microcopy.published(path)

    [problem] = raised.value.problems
    assert (problem.line, problem.column) == (2, 5)
    assert "Did you mean 'keep.how_long'?" in problem.hint


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("keep:\n  one: 'Fine.'\n  two: 7\n", 3, "here should be a sentence"),
        ("keep: 'Fine.'\n", 1, "here should be names with sentences"),
        ('keep:\n  one: "You can\'t."\n', 2, "a sentence cannot hold '''"),
        ('keep:\n  one: "Until {day."\n', 2, "a sentence cannot hold '{'"),
        ('keep:\n  one: "Costs $5."\n', 2, "a sentence cannot hold '$'"),
        ('keep:\n  one: "A"\n  one: "B"\n', 3, "one"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(text, line, told, tmp_path, monkeypatch):
    path = tmp_path / "microcopy.yml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(microcopy, "FILE", path)

    problems = microcopy.problems()

    assert [one.line for one in problems] == [line]
    assert told in problems[0].message


def test_a_template_that_asks_for_unknown_words_is_told_with_line_and_cure(tmp_path, monkeypatch):
    (tmp_path / "one.html").write_text('<p>\n{{ "bar.prnt" | words }}</p>', encoding="utf-8")
    monkeypatch.setattr(microcopy, "TEMPLATES", (tmp_path, *microcopy.TEMPLATES))

    [problem] = microcopy.problems()

    assert (problem.line, problem.column) == (2, 4)
    assert "Did you mean 'bar.print'?" in problem.hint


def test_a_program_that_asks_for_unknown_words_is_told_with_line_and_cure(tmp_path, monkeypatch):
    asks = 'one = microcopy.say("paper.pag")\ntwo = microcopy.say("paper.newer", title=f(g(one)))\n'
    (tmp_path / "one.py").write_text(asks, encoding="utf-8")
    known = microcopy.PROGRAMS
    both = SimpleNamespace(rglob=lambda like: [*tmp_path.rglob(like), *known.rglob(like)])
    monkeypatch.setattr(microcopy, "PROGRAMS", both)

    unknown, unfit = microcopy.problems()

    assert (unknown.line, unknown.column) == (1, 7)
    assert "Did you mean 'paper.page'?" in unknown.hint
    assert unfit.message == "the values given here are not those that 'paper.newer' has places for"


def test_a_template_says_words_with_its_values():
    assert microcopy.say("shelf.showing", part=3, all=49) == "Showing 3 of 49 sheets"
    assert microcopy.say("packet.pages_to_read", count=1) == "1 page to read"


def test_a_link_within_a_sentence_stays_one_and_all_else_is_text():
    said = microcopy.say("shelf.showing", part=Markup('<a href="#a">3</a>'), all="<b>")

    assert said == Markup('Showing <a href="#a">3</a> of &lt;b&gt; sheets')


def test_a_changed_sentence_is_what_the_page_says(tmp_path, monkeypatch):
    path = tmp_path / "microcopy.yml"
    text = microcopy.FILE.read_text(encoding="utf-8")
    path.write_text(text.replace('"How long?"', '"For how many days?"'), encoding="utf-8")
    monkeypatch.setattr(microcopy, "FILE", path)

    said = {one.uri: one.read() for one in outputs.of_assets()}

    assert b"'For how many days?'" in said["assets/workbook/js/keep.js"]


def test_nothing_is_wrong_with_ours():
    assert microcopy.problems() == []


def test_all_is_told_at_once_with_words_that_nothing_says(tmp_path, monkeypatch):
    path = tmp_path / "microcopy.yml"
    text = microcopy.FILE.read_text(encoding="utf-8")
    path.write_text(text.replace("  how_long:", "  how_lon:"), encoding="utf-8")
    (tmp_path / "one.html").write_text('{{ "shelf.showing" | words(part=f(1, all=2)) }}', encoding="utf-8")
    monkeypatch.setattr(microcopy, "FILE", path)
    monkeypatch.setattr(microcopy, "TEMPLATES", (tmp_path, *microcopy.TEMPLATES))

    script, template, unsaid = microcopy.problems()

    assert script.message == "there are no words with the name 'keep.how_long'"
    assert template.message == "the values given here are not those that 'shelf.showing' has places for"
    assert "Its places: part, all." in template.hint
    assert unsaid.message == "nothing says 'keep.how_lon'"
    assert unsaid.line == 1 + text[: text.index("  how_long:")].count("\n")


def test_words_within_words_are_told_at_their_own_place(tmp_path):
    path = tmp_path / "one.js"
    path.write_text("say(WORDS`file.saved name=${WORDS`no.words`}`)\n", encoding="utf-8")

    with pytest.raises(ContentError) as raised:
        microcopy.published(path)

    assert [one.column for one in raised.value.problems] == [29]


def test_nothing_that_is_published_still_asks():
    assert [path.name for path in scripts().rglob("*.js") if microcopy.TAG in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    "path", [one for one in SOURCES if one.name not in TWINS], ids=lambda path: path.name
)
def test_no_sentence_is_left_in_a_script(path: Path):
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    text = re.sub(r"WORDS`[a-z]+\.\w+", "`", text)
    strings = (re.sub(r"\$\{.*?\}", "…", found[1] or found[2] or "") for found in STRING.finditer(text))

    assert [one for one in strings if SENTENCE.search(one) and not NO_WORDS.search(one)] == []


@pytest.mark.parametrize("path", FOR_READERS, ids=lambda one: one.name)
def test_no_sentence_is_left_in_a_template_of_what_readers_open(path: Path):
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|<script.*?</script>", "|", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    named = re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]*[A-Za-z’]{2,}[^"]*)"', text)
    shown = re.sub(r"<[^>]*>", "|", text)

    said = re.findall(r"[A-Za-z’]{2,}[^|\n]*", re.sub(r"&\w+;", "", shown))

    assert named + [one for one in said if not re.search(r'="|/$', one)] == []


@pytest.mark.parametrize("path", RENDERERS, ids=lambda one: one.relative_to(WORKBOOK.parent).as_posix())
def test_no_sentence_is_left_in_a_renderer(path: Path):
    """Nor in what counts and lists for readers. What authors are told stands where it is found."""
    read = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    raised = {id(one) for error in ast.walk(read) if isinstance(error, ast.Raise) for one in ast.walk(error)}
    docs = {ast.get_docstring(one, clean=False) for one in ast.walk(read) if isinstance(one, documented)}
    values = [one.value for one in ast.walk(read) if isinstance(one, ast.Constant) and id(one) not in raised]
    texts = {one for one in values if isinstance(one, str)} - docs - STYLES_OF_WORD

    assert [one for one in texts if SAID.search(one)] == []


@pytest.mark.parametrize("path", sorted(WORKBOOK.rglob("*.typ")), ids=lambda one: one.name)
def test_no_sentence_is_left_in_what_typst_draws(path: Path):
    text = re.sub(r"//[^\n]*|panic\([^)\n]*\)", "", path.read_text(encoding="utf-8"))
    texts = re.findall(r'"((?:\\.|[^"\\\n])*)"', text) + re.findall(r"\[([A-Z][a-z]+[ :][^\]\n]*)\]", text)

    assert [
        one for one in texts if re.search(r"[a-z]+[.:,]? [A-Za-z]|^ [a-z]+ $|^[A-Z][a-z]+ ", one)
    ] == font(path)


def font(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").count('"Atkinson Hyperlegible Next"') * [
        "Atkinson Hyperlegible Next"
    ]


def test_they_are_easy_to_read():
    """Each part on its own is too short for a formula; together they are held to what a sheet is held to."""
    sentences = [text for text in microcopy.words().values() if text.endswith((".", "?"))]

    assert grade.of(" ".join(re.sub(r"\{[^}]*\}", "it", one) for one in sentences)) <= 7


def test_no_template_keeps_the_words_of_an_older_build(tmp_path):
    """Jinja works out what is the same each time, and writes that into the templates that it keeps."""
    env = Environment()
    quick.on_env(env, SimpleNamespace(config_file_path=str(tmp_path / "mkdocs.yml")), None)

    assert microcopy.FILE.suffix in fingerprint.CODE
    assert fingerprint.core()[:10] in env.bytecode_cache.pattern
