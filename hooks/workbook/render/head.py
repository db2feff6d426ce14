"""What other programs read of a page: cards for links, and schema.org's terms for what it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.render.discovery import FEED

if TYPE_CHECKING:
    from workbook.frontmatter import FrontMatter
    from workbook.glossary import Term
    from workbook.packet import Packet
    from workbook.site import Site
    from workbook.worksheet import Worksheet

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CARDS = "assets/cards"
Crumbs = Iterable[tuple[str, str]]  # the name and the published address of each page above, from home on


@dataclass(frozen=True)
class Head:
    """The values of head.html. `card`, `url`: published addresses. `data`: JSON, safe inside a script."""

    kind: str
    site: str
    title: str
    description: str
    url: str
    card: str
    feed: str
    data: str


def card_uri(page: str) -> str:
    """Where the card of a page lies. `page` is its address from the site's root: smart/urges/"""
    return f"{CARDS}/{page.strip('/').replace('/', '-') or 'home'}.png"


def of_page(
    site: Site,
    page: str,
    matter: FrontMatter,
    crumbs: Crumbs,
    author: str,
    *,
    kind: str = "MedicalWebPage",
    clinicians: bool = False,
    questions: Iterable[tuple[str, str]] = (),
    terms: Iterable[Term] = (),
) -> Head:
    """A page to read. Only one that someone has reviewed says that it was."""
    url = site.address(page)
    asked = [_question(*one) for one in questions]
    about: dict[str, Any] = {
        "@type": [kind, "FAQPage"] if asked else kind,
        "datePublished": matter.written,
        "dateModified": matter.updated or matter.written,
        "author": {"@type": "Organization", "name": author, "url": site.address("about/")},
    }
    if kind == "MedicalWebPage":
        audience = "Clinician" if clinicians else "Patient"
        about["medicalAudience"] = {"@type": "MedicalAudience", "audienceType": audience}
    if matter.reviewed:
        about["lastReviewed"] = matter.reviewed
        about["reviewedBy"] = {"@type": "Person", "name": matter.reviewer}
    if asked:
        about["mainEntity"] = asked
    defined = [_term(url, one) for one in terms]
    if defined:
        about["mainEntity"] = {
            "@type": "DefinedTermSet",
            "@id": f"{url}#terms",
            "name": matter.title,
            "hasDefinedTerm": defined,
        }
    return _head(site, page, matter.title, matter.description, about, crumbs)


def of_worksheet(site: Site, sheet: Worksheet) -> Head:
    """A worksheet: something to learn from by filling it in."""
    page = f"worksheets/{sheet.id}/"
    about = _to_work_on(sheet, "worksheet", sheet.minutes)
    above = [("Home", site.address("")), ("Worksheets", site.address("worksheets/"))]
    return _head(site, page, sheet.title, sheet.summary, about, above)


def of_packet(site: Site, packet: Packet, minutes: int) -> Head:
    """A packet: worksheets and pages that belong together."""
    about = _to_work_on(packet, "worksheets", minutes)
    above = [("Home", site.address("")), ("Packets", site.address("packets/"))]
    return _head(site, f"packets/{packet.id}/", packet.title, packet.summary, about, above)


def _to_work_on(one: Worksheet | Packet, kind: str, minutes: int) -> dict[str, Any]:
    return {
        "@type": ["MedicalWebPage", "LearningResource"],
        "learningResourceType": kind,
        "timeRequired": f"PT{minutes}M",
        "version": str(one.version),
        "dateModified": one.date,
    }


def of_list(site: Site, page: str, title: str, description: str) -> Head:
    """A page that lists others: all packets."""
    return _head(site, page, title, description, {"@type": "CollectionPage"}, [("Home", site.address(""))])


def _head(
    site: Site, page: str, title: str, description: str, about: Mapping[str, Any], crumbs: Crumbs
) -> Head:
    url = site.address(page)
    whole = {
        **about,
        "@id": url,
        "url": url,
        "name": title,
        "description": description,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": LICENCE,
        "isPartOf": {"@type": "WebSite", "@id": site.address(""), "name": site.name},
    }
    graph = [whole, *_trail([*crumbs, (title, url)])]
    kind = "website" if not page.strip("/") else "article"
    data = {"@context": "https://schema.org", "@graph": graph}
    return Head(
        kind,
        site.name,
        title,
        description,
        url,
        site.address(card_uri(page)),
        site.address(FEED),
        _json(data),
    )


def _trail(crumbs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """The way from home to a page; home itself has none."""
    if len(crumbs) < 2:
        return []
    steps = [
        {"@type": "ListItem", "position": at, "name": name, "item": address}
        for at, (name, address) in enumerate(crumbs, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": steps}]


def _question(asked: str, answer: str) -> dict[str, Any]:
    return {"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": answer}}


def _term(url: str, term: Term) -> dict[str, Any]:
    made = {"@type": "DefinedTerm", "@id": f"{url}#{term.id}", "name": term.name, "description": term.says}
    return made | ({"alternateName": list(term.also)} if term.also else {})


def _json(data: Any) -> str:
    """JSON that ends no script element and opens no comment in it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
