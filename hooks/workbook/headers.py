"""What a server says with each file, once for all and then in the words of each kind of server."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping

from workbook import naming, policy

Headers = Mapping[str, str]

# Nothing here needs a sensor, so no page and no frame in it may ask for one.
NEEDLESS = (
    "accelerometer",
    "camera",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "payment",
    "usb",
)
HASH = re.compile(r" 'sha256-[^']*'")
LINE = 1900  # characters: Cloudflare Pages reads 2,000 of a line
WORD = 3500  # characters: nginx reads 4,096 of a word
A_YEAR = 365 * 24 * 3600

# What changes its name when it changes. Everything else is asked for again, and mostly found unchanged.
NAMED_BY_CONTENT = (f"/{naming.FOLDER}/",)
FOR_GOOD = f"public, max-age={A_YEAR}, immutable"
ASK_AGAIN = "no-cache"


def of_every_page(rules: policy.Rules, ancestors: str = "'none'") -> Headers:
    """By name. `ancestors`: who may show our pages in a frame, as the policy has it."""
    return {
        "Content-Security-Policy": policy.written({**rules, "frame-ancestors": ancestors}),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in NEEDLESS),
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": f"max-age={A_YEAR}",
        "X-Content-Type-Options": "nosniff",
    }


def of_short_lines(rules: policy.Rules, ancestors: str = "'none'") -> Headers:
    """The same for hosts that read short lines: with as much of the policy as they read.

    A section for each sheet could bring back its style; but Cloudflare Pages reads no more than a hundred
    sections, and the policy in each page has all of it.
    """
    whole = of_every_page(rules, ancestors)
    if len(whole["Content-Security-Policy"]) <= LINE:
        return whole
    return of_every_page(policy.without_styles(rules), ancestors)


def for_hosts(headers: Headers) -> str:
    """`_headers`, as Cloudflare Pages and Netlify read it. Both have pages asked for again by themselves."""
    blocks = {"/*": headers, **{f"{start}*": {"Cache-Control": FOR_GOOD} for start in NAMED_BY_CONTENT}}
    return "".join(
        f"{address}\n" + "".join(f"  {name}: {value}\n" for name, value in some.items())
        for address, some in blocks.items()
    )


def for_nginx(headers: Headers) -> str:
    """To be included in the `http` block: headers for every server that does not set its own.

    The hashes in the policy are of what stands in pages, so only pages are sent with them. An answer without
    a type says that what the browser has is still good: it says nothing else of its policy either.
    """
    names = "|".join(map(re.escape, NAMED_BY_CONTENT))
    whole = headers["Content-Security-Policy"]
    parts = textwrap.wrap(whole, WORD, break_on_hyphens=False)
    called = {f"$policy_{number}": part for number, part in enumerate(parts, 1)}
    some = {**headers, "Content-Security-Policy": "$policy", "Cache-Control": "$how_long"}
    return (
        f'map $uri $how_long {{\n\tdefault "{ASK_AGAIN}";\n\t"~^({names})" "{FOR_GOOD}";\n}}\n'
        + "".join(f'map "" {name} {{\n\tdefault "{part}";\n}}\n' for name, part in called.items())
        + "map $sent_http_content_type $policy {\n"
        + f'\tdefault "{HASH.sub("", whole)}";\n\t"" "";\n\t"~^text/html" "{" ".join(called)}";\n}}\n'
        + "".join(f'add_header {name} "{value}" always;\n' for name, value in some.items())
    )


def for_caddy(headers: Headers) -> str:
    """To be imported into the block of a site.

    The hashes in the policy are of what stands in pages. Whatever is no file that we send is answered with a
    page, if with anything. The name alone decides, as an answer that a file is unchanged has no type.
    """
    names = " ".join(f"{start}*" for start in NAMED_BY_CONTENT)
    whole = headers["Content-Security-Policy"]
    some = {name: value for name, value in headers.items() if value != whole}
    some["?Vary"] = "Accept-Encoding"  # which a file that is sent as it is lacks otherwise
    file = "\tfile\n\tnot path */ *.html /_*\n"
    return (
        "header {\n"
        + "".join(f'\t{name} "{value}"\n' for name, value in some.items())
        + f"}}\n@file {{\n{file}}}\n@page not {{\n{file}}}\n"
        + f'header @file Content-Security-Policy "{HASH.sub("", whole)}"\n'
        + f'header @page Content-Security-Policy "{whole}"\n'
        + f"@for_good path {names}\n@again not path {names}\n"
        + f'header @for_good Cache-Control "{FOR_GOOD}"\n'
        + f"header @again Cache-Control {ASK_AGAIN}\n"
    )
