"""The copy that opens from a disk: modules as plain scripts, links to files, the same bytes."""

import io
import json
import re
import shutil
import subprocess
import zipfile

import pytest

from workbook import outputs, portable
from workbook.portable import scripts
from workbook.published import Published

RUN = """
const known = {}
globalThis.module_ = (needs, run) => { known[name] = { needs, run, exports: {} } }
let name
const start = (one) => {
    const { needs, run, exports } = known[one]
    if (!exports.begun) {
        Object.defineProperty(exports, 'begun', { value: true, enumerable: false })
        needs.forEach((need) => start(need))
        run(exports, (need) => known[need].exports, async (need) => start(need), 'file:///' + one)
    }
    return exports
}
const vm = await import('node:vm')
for (const [file, text] of Object.entries(FILES)) { name = file; vm.runInThisContext(text) }
console.log(JSON.stringify(await start('./a.js').told()))
"""


def ran(**modules):
    """What `told` of module a gives, with every module turned into a plain script."""
    files = {f"./{name}.js": scripts.plain(text) for name, text in modules.items()}
    script = RUN.replace("FILES", json.dumps(files))
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


needs_node = pytest.mark.skipif(not shutil.which("node"), reason="needs Node.js; make test installs it")


@needs_node
def test_what_is_imported_is_there_by_its_name():
    told = "import{one as first,two}from'./b.js'\nimport*as all from'./b.js'\n"
    told += "export const told=()=>[first,two(),all.one]"

    assert ran(a=told, b="export const one=1\nexport function two(){return one+1}") == [1, 2, 1]


@needs_node
def test_a_value_that_changes_is_seen_to_change():
    a = "import{set,value}from'./b.js'\n"
    a += "export async function told(){const old=value;set(2);return[old,value]}"

    assert ran(a=a, b="export let value=1\nexport function set(it){value=it}") == [1, 2]


@needs_node
def test_modules_that_import_each_other_work():
    a = "import{odd}from'./b.js'\nexport function even(n){return n===0||odd(n-1)}\n"
    a += "export const told=()=>even(7)"

    assert ran(a=a, b="import{even}from'./a.js'\nexport function odd(n){return n!==0&&even(n-1)}") is False


@needs_node
def test_a_module_can_be_asked_for_later():
    a = "export const told=()=>import('./b.js').then(({default_})=>default_)"

    assert ran(a=a, b="const x=3\nexport{x as default_};") == 3


@pytest.mark.parametrize(
    "text", ["import './x.js'", "export default 3", "export * from './x.js'", "f(import.meta.env)"]
)
def test_what_is_not_known_is_refused(text):
    with pytest.raises(scripts.Unknown):
        scripts.plain(text)


def test_every_script_of_the_site_is_known():
    turned = [
        portable.turned(one.uri, one.read()).decode()
        for one in outputs.of_assets()
        if one.uri.endswith(".js")
    ]

    assert len([text for text in turned if text.startswith("module_(")]) == len(turned) - 1  # the search


@pytest.mark.parametrize(
    ("link", "copy"),
    [
        ("../crisis/", "../crisis/index.html"),
        ("../crisis/#now", "../crisis/index.html#now"),
        ("..", "../index.html"),
        ("./", "./index.html"),
        (".", "./index.html"),
        ("urge-log/", "urge-log/index.html"),
        ("#part", "#part"),
        ("urge-log-a4.pdf", "urge-log-a4.pdf"),
        ("https://example.org/", "https://example.org/"),
        ("tel:988", "tel:988"),
    ],
)
def test_a_link_to_a_folder_leads_to_its_page(link, copy):
    page = portable.turned("a/index.html", f'<head></head><a class="x" href="{link}">'.encode()).decode()

    assert f'<a class="x" href="{copy}">' in page


def test_modules_are_run_by_the_loader_in_their_order():
    page = (
        '<head><link rel="modulepreload" href="../x.js"><script type="module" src="../a.js"></script></head>'
        '<body><script src="b.js" type="module"></script><script type="application/json">{}</script></body>'
    )
    made = portable.turned("a/index.html", page.encode()).decode()

    assert '<script defer src="../load.js" data-run="../a.js b.js"></script>' in made
    assert re.findall(r'type="([^"]+)"', made) == ["application/json"]
    assert "modulepreload" not in made


def test_the_link_to_the_copy_says_how_big_it_is_and_the_copy_says_what_it_is():
    page = f"<head></head>{portable.link('../handbook.zip')}"

    assert portable.is_linked(page)
    assert "The whole handbook as one file</a>, 19 MB</p>" in portable.sized(page, 19_400_000)
    assert "handbook.zip" not in portable.turned("a/index.html", page.encode()).decode()


def test_the_same_files_make_the_same_bytes(tmp_path):
    for name, text in (("index.html", "<head></head>"), ("a.txt", "a"), ("old.html", 'http-equiv="refresh"')):
        (tmp_path / name).write_text(text)
    files = [path.name for path in tmp_path.iterdir()]
    one, other = zipped(tmp_path, files, "one"), zipped(tmp_path, files[::-1], "other")
    (tmp_path / "a.txt").touch()
    again = zipped(tmp_path, files, "one")
    names = zipfile.ZipFile(io.BytesIO(one)).namelist()

    assert one == other == again
    assert names == ["handbook/a.txt", "handbook/index.html", "handbook/load.js"]


def zipped(folder, names, parts):
    """The .zip of these files, with a folder of its own for what is kept of them."""
    kept, place = folder / "kept" / parts, folder / f"{parts}.zip"
    kept.mkdir(parents=True, exist_ok=True)
    portable.zipped(Published(folder), names, place, kept)
    return place.read_bytes()


def test_what_is_kept_of_a_file_lies_in_the_copy_as_the_library_itself_would_pack_it(tmp_path):
    texts = {"a.txt": "a" * 999, "b.pdf": "%PDF" * 99, "c.html": "<head></head>", "empty.txt": ""}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    zipped(tmp_path, texts, "parts")
    (tmp_path / "c.html").write_text("<head></head>changed")
    made = zipped(tmp_path, texts, "parts")  # with what is kept of those that did not change
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        found = [(one, archive.read(one)) for one in archive.infolist()]
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        for one, content in found:
            about = zipfile.ZipInfo(one.filename, portable.LONG_AGO)
            about.external_attr, about.create_system = one.external_attr, one.create_system
            archive.writestr(about, content, one.compress_type, portable.LEVEL)

    assert made == other.getvalue()
    assert b"changed" in {one.filename: content for one, content in found}["handbook/c.html"]


@pytest.mark.parametrize(
    ("uri", "belongs"),
    [("index.html", True), ("licenses.txt", True), ("a/a.pdf", True), ("404.html", False), ("sw.js", False)],
)
def test_the_copy_holds_what_a_page_leads_to(uri, belongs):
    assert portable.belongs(uri) == belongs
