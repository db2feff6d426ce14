"""What a crawl of the site needs in any browser: which pages, how to work them, who notes what goes out."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from browsing import Quiet

# One page of each kind, each with its controls.
FEW = (
    "",
    "crisis/",
    "smart/urges/",
    "compare/",
    "glossary/",
    "evidence/references/",
    "clinicians/",
    "worksheets/",
    "worksheets/urge-log/",  # a table with dates
    "worksheets/balance-wheel/",
    "worksheets/change-plan/",  # what shows when an answer asks for it
    "worksheets/audit/",  # results, for clinicians
    "packets/",
    "packets/#w=urge-log,my-week&p=crisis",  # as a patient has it
    "packets/urges/",
    "search/#q=urge",
    "fhir/",
    "changes/",
    "about/privacy/",
    "nowhere/",
    "about/offline/",  # last: what is being kept keeps the server busy
)


def every_page(site: Path) -> list[str]:
    """The address of each page, from the site's root; none that leads on at once."""
    return sorted(
        f"{path.parent.relative_to(site).as_posix()}/".removeprefix("./")
        for path in site.rglob("index.html")
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    )


def the_rest(site: Path) -> list[str]:
    """Every page that is not among FEW."""
    return sorted({*every_page(site)} - {*FEW})


WATCH = """
addEventListener('securitypolicyviolation', (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
})
window.print = () => {}
const follow = HTMLAnchorElement.prototype.click
// What is downloaded is made here.
HTMLAnchorElement.prototype.click = function () { if (!this.download) follow.call(this) }
"""

# Each control that can be seen, those that others bring up too. Links are followed by the crawl itself.
WORK = """async () => {
    const done = new Set()
    const blink = () => new Promise((resolve) => setTimeout(resolve, 30))
    for (let round = 0; round < 4; round += 1) {
        const fresh = [...document.querySelectorAll('summary, button, label[for], select, input, textarea')]
            .filter((one) => !done.has(one) && !one.disabled && one.type !== 'file' && one.checkVisibility())
        if (!fresh.length) break
        for (const one of fresh) {
            done.add(one)
            if (!one.isConnected) continue // another control took it away; no one could press it
            const typed = one.matches('textarea, input:not([type=radio], [type=checkbox], [type=range])')
            if (typed) one.value = { number: '7', date: '2026-11-23', time: '18:30' }[one.type] ?? 'urge'
            if (one.matches('select')) one.selectedIndex = one.options.length - 1
            if (typed || one.matches('select')) {
                one.focus()
                for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, { bubbles: true }))
            } else {
                one.click()
            }
        }
        await blink()
    }
    return done.size
}"""


# Each button that opens a dialog, and in the dialog each way on, one after the other. Gives what was pressed.
ASK = """async () => {
    const done = new Set()
    const blink = (long) => new Promise((resolve) => setTimeout(resolve, long))
    const until = async (holds) => {
        for (let n = 0; n < 100 && !holds(); n += 1) await blink(20)
        return holds()
    }
    const open = () => document.querySelector('dialog[open]')
    // Its button comes with a part that is loaded later.
    await until(() => !document.querySelector('[data-erase]:not(:has(button))'))
    const openers = '.tools button:not([data-act=print]), [data-display], [data-erase] button'
    for (const opener of document.querySelectorAll(openers)) {
        if (!opener.checkVisibility()) continue
        for (let round = 0; round < 20; round += 1) {
            opener.click()
            if (!await until(open)) break
            const dialog = open()
            for (const one of dialog.querySelectorAll('summary, label, button[type=button]')) one.click()
            for (const one of dialog.querySelectorAll('[type=password]')) one.value = 'four words'
            const name = (button) => `${dialog.querySelector('h2').textContent}: ${button.textContent}`
            const ways = [...dialog.querySelectorAll('button:not([type=button])')]
            const way = ways.find((one) => !done.has(name(one)) && one.textContent !== 'Load a file')
            const back = ways.find((one) => one.textContent === 'Go back') ?? ways.at(-1)
            if (way) done.add(name(way))
            ;(way ?? back).click()
            await until(() => !dialog.isConnected)
            await blink(150)
            if (!way) break
        }
    }
    return [...done]
}"""


# Among what is pressed on FEW are these dialogs and ways on.
PRESSED = {
    *(f"Keep on this device: {way}" for way in ("Keep", "Go back")),
    *(f"Kept: {way}" for way in ("Stop keeping", "Go back")),
    *(f"Save to a file: {way}" for way in ("Save", "Go back")),
    *(f"Erase: {way}" for way in ("Erase this sheet", "Erase everything on this device", "Go back")),
    *(f"Take it away: {way}" for way in ("Filled PDF, A4", "Copy as plain text", "In a week", "Go back")),
    "Take it away: For a health record (FHIR)",
    "Display: Done",
    "Erase everything on this device?: Erase",
}


class Careful(Quiet):
    """A server with the headers of the site, which does not complain when a visitor goes on too soon."""

    def end_headers(self) -> None:
        words = Path(self.directory, "_headers")
        for line in words.read_text(encoding="utf-8").splitlines()[1:] if words.exists() else ():
            if not line.startswith("  "):
                break  # what follows is not for every page
            self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """As every host does: the page of the site for what is not there."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            return super().send_error(code, message, explain)
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(page.read_bytes())
        return None

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
        with contextlib.suppress(OSError):
            super().copyfile(source, outputfile)


@contextmanager
def outside(asked: list[str]) -> Iterator[str]:
    """The address of a proxy that notes whatever a browser asks of the world, a mere greeting included."""

    class Noting(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline(500).decode("latin-1").strip())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Noting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
