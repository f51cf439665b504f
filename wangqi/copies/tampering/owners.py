"""Whether the site's owner named in the footer fits the host that serves the page."""

import re
from collections.abc import Collection

from wangqi.copies.records import Finding, Span
from wangqi.copies.tampering.licence import belongs
from wangqi.copies.tampering.page import SIGN, STRONG, Page

_LABEL = r"(?:主办(?:单位|方)?|主管(?:单位)?|版权所有|网站所有(?:者|人))"
_GOVERNMENT = re.compile(
    rf"^[^\n]{{0,40}}{_LABEL}[^\n]{{0,80}}?(?P<name>[a-z0-9.-]{{1,60}}\.gov\.cn)(?![a-z0-9-])",
    re.IGNORECASE | re.MULTILINE,
)
# Every site of a Chinese government has one, and has to live below gov.cn.
_CODE = re.compile(r"(?:政府)?网站标识码\s*[:：]?\s*(?P<name>[a-z]{0,2}\d{8,10})(?!\d)", re.IGNORECASE)
_OWNED = rf"{_LABEL}\s*[:：]?[^\n]{{0,20}}?"
_SHORTEST = 4  # characters of a name that is nobody else's
_TAIL_LINES = 6  # of a text, where a footer that was not cut off stands


def government_footer(page: Page) -> Finding | None:
    """The footer is that of a government's site, and the host is none.

    The registry may know that site: then the footer was taken over with the page. Of a site that nobody knows it is a
    sign to look at, since the host may be the site's second address; one that a person vouches for is.
    """
    host = page.host.lower().rstrip(".")
    if not host or page.is_vouched or host == "gov.cn" or host.endswith(".gov.cn"):
        return None
    match = _CODE.search(page.footer) or _GOVERNMENT.search(page.footer)
    if match:
        score = STRONG if _is_known(page, match["name"]) else SIGN
        return _finding(page, match, f"the footer is that of {match['name']}", score, in_text=False)
    start = _start_of_tail(page.text)
    code = _CODE.search(page.text, start)
    return (
        _finding(page, code, f"the text ends with the footer of {code['name']}", SIGN, in_text=True) if code else None
    )


def _is_known(page: Page, name: str) -> bool:
    return any(belongs(name, hosts) for hosts in (*page.owners.values(), *page.registry.values()))


def foreign_owner(page: Page) -> Finding | None:
    """The footer names the owner of other registered hosts; a sign only, since a reprint may quote its source's."""
    if not page.host or page.is_vouched or not page.footer:
        return None
    for name, hosts in page.owners.items():
        if len(name) < _SHORTEST or name not in page.footer or belongs(page.host, hosts):
            continue
        match = re.search(rf"{_OWNED}(?P<name>{re.escape(name)})", page.footer)
        if match:
            return _finding(page, match, f"the footer names {name}, who owns {_shown(hosts)}", 0.6, in_text=False)
    return None


def _shown(hosts: Collection[str]) -> str:
    return ", ".join(sorted(hosts)[:3])


def _start_of_tail(text: str) -> int:
    place = len(text)
    for _ in range(_TAIL_LINES):
        place = text.rfind("\n", 0, place)
        if place < 0:
            return 0
    return place


def _finding(page: Page, match: re.Match[str], what: str, score: float, *, in_text: bool) -> Finding:
    span = Span(start=match.start(), end=match.end(), found=match[0], note="" if in_text else "footer")
    return Finding(
        detector="foreign_owner",
        version=1,
        label="host_mismatch",
        score=score,
        summary=f"{what}, and {page.host} serves the page",
        evidence=(span,),
        measured={"owner": match["name"], "host": page.host},
    )
