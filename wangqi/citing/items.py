"""A story as an item of CSL-JSON, by which citation programs know it.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from wangqi.bibliography import Bibliography

Item = Mapping[str, Any]

_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_BETWEEN_NAMES: Final = re.compile(r"\s*[、，,;；/]\s*|(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2})")
_PARTS_OF_DATE: Final = {"year": 1, "month": 2}


class Bytes(NamedTuple):
    """What a story was read from.

    Attributes:
        sha256: Hexadecimal.
    """

    fetched_at: datetime
    sha256: str


def item(number: int, facts: Bibliography, url: str, read_from: Bytes | None, zone: tzinfo = _SHANGHAI) -> Item:
    """The story of this number in the archive.

    A date is as exact as the page prints it, in the zone of its series. The note tells when the bytes were fetched, and
    their SHA-256.
    """
    known: dict[str, Any] = {
        "id": f"wangqi-{number}",
        "type": "webpage",
        "title": facts.title,
        "author": [{"literal": name} for name in names(facts.author)],
        "container-title": facts.source,
        "URL": url,
        "language": facts.language,
    }
    if facts.published_at is not None:
        known["issued"] = _date(facts.published_at.astimezone(zone), facts.published_precision)
    if read_from is not None:
        moment = read_from.fetched_at.astimezone(_SHANGHAI)
        known["accessed"] = _date(moment, "day")
        known["note"] = f"Captured {moment.isoformat(timespec='seconds')}; SHA-256 of the bytes {read_from.sha256}"
    return {name: value for name, value in known.items() if value}


def names(author: str | None) -> list[str]:
    """Each of several people.

    >>> names("许念安、林 舟 / 阮大椿")
    ['许念安', '林 舟', '阮大椿']
    """
    return [name for name in _BETWEEN_NAMES.split(author.strip()) if name] if author else []


def _date(moment: datetime, precision: str | None) -> dict[str, Any]:
    return {"date-parts": [[moment.year, moment.month, moment.day][: _PARTS_OF_DATE.get(precision or "day", 3)]]}
