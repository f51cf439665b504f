"""Whether the licence number (备案号) in the footer belongs to the host that serves the page."""

import re
from collections.abc import Collection

from wangqi.copies.records import Finding, Span
from wangqi.copies.tampering.page import Page

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LICENCE = re.compile(rf"([{_PROVINCES}]) ?ICP ?[备证] ?(?:第 ?)?(\d{{6,10}}) ?号?", re.IGNORECASE)


def licences(text: str) -> tuple[str, ...]:
    """The ICP numbers in a text, as 闽ICP备19017762号, without the suffix of the single site."""
    return tuple(dict.fromkeys(_normal(match) for match in _LICENCE.finditer(text)))


def host_mismatch(page: Page) -> Finding | None:
    """The licence in the footer is registered to other hosts; a number that the registry does not know says nothing."""
    if not page.host or not page.registry:
        return None
    owners = {number: hosts for key, hosts in page.registry.items() for number in licences(key)}
    for place, source in (("text", page.text), ("footer", page.footer)):
        for match in _LICENCE.finditer(source):
            hosts = owners.get(_normal(match))
            if hosts and not belongs(page.host, hosts):
                return _finding(page, match, hosts, in_text=place == "text")
    return None


def _normal(match: re.Match[str]) -> str:
    return f"{match[1]}ICP备{match[2]}号"


def belongs(host: str, hosts: Collection[str]) -> bool:
    """Whether a host is one of these or below one of them."""
    host = host.lower().rstrip(".")
    return any(host == own or host.endswith("." + own) for own in (each.lower().removeprefix("www.") for each in hosts))


def _finding(page: Page, match: re.Match[str], hosts: Collection[str], *, in_text: bool) -> Finding:
    evidence = (Span(start=match.start(), end=match.end(), found=match[0], note="" if in_text else "footer"),)
    return Finding(
        detector="host_mismatch",
        version=1,
        label="host_mismatch",
        score=0.95,
        summary=f"{_normal(match)} belongs to {', '.join(sorted(hosts)[:3])}, and {page.host} serves the page",
        evidence=evidence,
        measured={"licence": _normal(match), "host": page.host, "registered": sorted(hosts)},
    )
