"""Lists of captures: TimeMaps in link format or JSON, and the CDX server's answers."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

_STAMP: Final = "%Y%m%d%H%M%S"
# RFC 8288: a target, and parameters, of which commas may be part.
_LINK: Final = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s";,]+))*)')
_PARAMETER: Final = re.compile(r';\s*([\w*]+)\s*=\s*(?:"([^"]*)"|([^\s";,]+))')
# How Wayback machines and pywb write a capture; with `id_` they send it as it came.
_REPLAYED: Final = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/(?=https?:/)")
_MOST: Final = 100_000  # captures of one page
_OK: Final = "200"


class Memento(NamedTuple):
    """One capture that an archive holds."""

    moment: datetime
    url: str


class TimeMap(NamedTuple):
    """A list, and the addresses of further ones."""

    mementos: Sequence[Memento]
    further: Sequence[str] = ()


class ListError(ValueError):
    """Raised when an answer is no list of captures."""


def timemap(body: str) -> TimeMap:
    """The captures that a TimeMap names.

    >>> timemap('<https://a.example/20240305000000/https://b.example/>; rel="first memento"; '
    ...         'datetime="Tue, 05 Mar 2024 00:00:00 GMT"').mementos[0].url
    'https://a.example/20240305000000id_/https://b.example/'

    Raises:
        ListError: It names nothing at all, not even itself.
    """
    found: list[Memento] = []
    further: list[str] = []
    is_list = False
    for target, parameters in _links(body):
        kinds = parameters.get("rel", "").split()
        is_list = is_list or bool(kinds)
        if "memento" in kinds:
            moment = _http_date(parameters.get("datetime", ""))
            if moment and len(found) < _MOST:
                found.append(Memento(moment, as_it_came(target)))
        elif "timemap" in kinds:
            further.append(target)
    if not is_list:
        raise ListError("it is no TimeMap")
    return TimeMap(found, further)


def cdx(body: str, replay: str) -> list[Memento]:
    """The captures that a CDX server names with `output=json`: a row of names, then rows.

    Args:
        body: An empty list, or none, where it holds nothing.
        replay: The address before the time of a capture, as https://web.archive.org/web/.

    Raises:
        ListError: It is something else.
    """
    try:
        rows = json.loads(body) if body.strip() else []
        if not isinstance(rows, list):
            raise ListError("it is no list")
        names, *captures = rows or [[]]
        at, original = (names.index(name) if rows else 0 for name in ("timestamp", "original"))
        status = names.index("statuscode") if "statuscode" in names else None
        return [
            Memento(_stamped(row[at]), f"{replay}{row[at]}id_/{row[original]}")
            for row in captures[:_MOST]
            if status is None or row[status] == _OK
        ]
    except (ValueError, TypeError, IndexError, AttributeError, KeyError) as error:
        raise ListError("it is no answer of a CDX server") from error


def nearest(mementos: Sequence[Memento], moment: datetime | None) -> list[Memento]:
    """Those nearest to a moment first; where none is known, the earliest first, which is nearest to publication."""
    if moment is None:
        return sorted(mementos)
    return sorted(mementos, key=lambda one: (abs(one.moment - moment), one))


def as_it_came(url: str) -> str:
    """The address under which a replayed capture is sent without a banner and with its own links."""
    return _REPLAYED.sub(r"/\1id_/", url, count=1)


def _links(body: str) -> Iterator[tuple[str, dict[str, str]]]:
    for found in _LINK.finditer(body):
        yield found[1], {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(found[2])}


def _http_date(words: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _stamped(words: str) -> datetime:
    return datetime.strptime(words.ljust(14, "0"), _STAMP).replace(tzinfo=UTC)
