"""What one answer looked like: the words of its page, and the shell of markup around them, read off its bytes.

The bytes are searched and not parsed: this is asked of any page whose words changed, inside a transaction.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from wangqi.copies.ranks import TAMPERED
from wangqi.details import unwritten
from wangqi.sites import site_of
from wangqi.visit import Marks, Reading

_NAMED: Final = re.compile(rb"""\s(?:class|id)\s*=\s*["']([^"'<>]{1,200})["']""", re.IGNORECASE)
_ASSET: Final = re.compile(
    rb"""<(?:script|link|img|iframe|frame)\b[^<>]{0,500}?\s(?:src|href)\s*=\s*["']?([^"'\s<>]{1,500})""", re.IGNORECASE
)
_LINK: Final = re.compile(rb"""<a\b[^<>]{0,500}?\shref\s*=\s*["']?(?:https?:)?//([^"'\s<>/?#]{1,200})""", re.IGNORECASE)
_SENDS: Final = rb"location(?:\.href)?\s*=|location\.(?:replace|assign)\(|http-equiv=[\"']?refresh[^<>]{0,80}?url="
_AWAY: Final = re.compile(rb"(?:" + _SENDS + rb""")\s*["']?\s*(?:https?:)?//([^"'\s<>/?#;]{1,200})""", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+")
_END: Final = b"</html"
_END_WITHIN: Final = 4096  # bytes
_MOST: Final = 5_000  # names of one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The markup of a page without its words.

    Attributes:
        names: Classes, ids and the files it loads, figures left out: what a template's pages have in common.
        assets: Registrable domains that scripts, styles, pictures and frames come from.
        links: Registrable domains that its links lead to.
        away: Registrable domains to which a
            script or a refresh sends its reader.
        is_ended: `</html>` stands near its end.
        size: Bytes.
    """

    names: frozenset[str] = frozenset()
    assets: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    is_ended: bool = True
    size: int = 0


class Answer(NamedTuple):
    """What a server sent; names of headers in lower case."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A page as one answer showed it.

    Attributes:
        text: Display form; `title` likewise.
        head: What it told searchers: `<title>`, keywords, description.
        footer: What was cut off the body.
        url: Where it came from, after redirects.
        found: The signs of tampering on this text alone, as (detector, label, score, summary).
        is_unfit: Those signs are strong, or its site is not to be trusted.
        outdated: What it was read from, when that was by other rules than the appearance that it is weighed beside:
            these may read another part of a page that did not change. None where that was by the same rules, or the
            bytes are lost.
    """

    title: str
    text: str
    url: str = ""
    head_title: str = ""
    keywords: str = ""
    description: str = ""
    footer: str = ""
    canonical_url: str = ""
    found: Sequence[tuple[str, str, float, str]] = ()
    is_unfit: bool = False
    outdated: Answer | None = None
    shell: Shell | None = None

    @property
    def site(self) -> str:
        return site_of((urlsplit(self.url).hostname or "").lower())


def appearance(details: Mapping[str, Any], body: bytes | None, **known: Any) -> Appearance:  # noqa: ANN401 - its fields
    """Of a revision, by the details that are kept with it and the bytes that it was read from; None where these are
    not kept.
    """
    claims: dict[str, Any] = {
        name: str(details.get(name) or "") for name in ("head_title", "keywords", "description", "canonical_url")
    }
    footer = "\n".join(str(piece[1]) for piece in details.get("cut") or () if len(piece) > 1)
    return Appearance(**{**claims, **known}, footer=footer, shell=None if body is None else shell_of(body))


def of_reading(reading: Reading, marks: Marks, body: bytes | None, url: str) -> Appearance:
    """Of a page that was read just now; `body` is None where no bytes came."""
    return appearance(
        unwritten(reading.details),
        body,
        title=reading.title,
        text=reading.text,
        url=url,
        found=tuple((sign.detector, sign.label, sign.score, sign.summary) for sign in marks.findings),
        is_unfit=marks.standing.rank >= TAMPERED,
    )


def shell_of(body: bytes) -> Shell:
    """The shell of a page.

    >>> sorted(shell_of(b'<html><body class="a b"><p id=x></body></html>').names)
    ['a', 'b']
    """
    names: set[str] = set()
    for match in _NAMED.finditer(body):
        names.update(_plain(name) for name in match[1].decode("latin-1").lower().split())
        if len(names) > _MOST:
            break
    files = [match[1].decode("latin-1") for match in _ASSET.finditer(body)][:_MOST]
    names.update(_plain(_file(name)) for name in files)
    names.discard("")
    hosts = (name.split("//", 1)[1] for name in files if "//" in name[:8])
    return Shell(
        names=frozenset(names),
        assets=_sites(host.split("/", 1)[0] for host in hosts),
        links=_sites(match[1].decode("latin-1") for match in _LINK.finditer(body)),
        away=_sites(match[1].decode("latin-1") for match in _AWAY.finditer(body)),
        is_ended=_END in body[-_END_WITHIN:].lower(),
        size=len(body),
    )


def _file(address: str) -> str:
    """The last part of the address's path; empty for pictures, since each story has its own."""
    name = address.split("?", 1)[0].split("#", 1)[0].rstrip("/").rsplit("/", 1)[-1].lower()
    return "" if name.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp")) else name


def _plain(name: str) -> str:
    """The name without figures: post-1234 is the template's post-N."""
    return _NUMBER.sub("0", name)


def _sites(hosts: Any) -> frozenset[str]:  # noqa: ANN401 - strings
    found = set()
    for host in hosts:
        name = host.rsplit("@", 1)[-1].split(":", 1)[0].lower().rstrip(".")
        if "." in name:
            found.add(site_of(name))
        if len(found) > _MOST:
            break
    return frozenset(found)
