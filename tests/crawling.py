"""What a crawl of the site needs in any browser: which pages, how to work them, who notes what goes out."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from browsing import Quiet

FEW = (
    "",
    "crisis/",
    "smart/urges/",
    "worksheets/",
    "worksheets/urge-log/",
    "worksheets/balance-wheel/",
    "nowhere/",
)

WATCH = """
addEventListener('securitypolicyviolation', (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
})
window.print = () => {}
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


class Careful(Quiet):
    """A server with the headers of the site, which does not complain when a visitor goes on too soon."""

    def end_headers(self) -> None:
        words = Path(self.directory, "_headers")
        for line in words.read_text(encoding="utf-8").splitlines()[1:] if words.exists() else ():
            if not line.startswith("  "):
                break  # what follows is not for every page
            self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

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
