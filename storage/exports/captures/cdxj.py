"""PURE: lines of a CDXJ index, by which replayers find a record.

https://specs.webrecorder.net/cdxj/0.1.0/
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from storage.exports.captures.records import Record

_PORTS: Final = {"http": 80, "https": 443}


def line(record: Record, moment: datetime, status: int, headers: Mapping[str, str], place: tuple[str, int]) -> str:
    """The line of a record; `place` is the name of its file, and where in it the record begins."""
    kind = headers.get("content-type", "application/octet-stream").partition(";")[0].strip()
    facts = {
        "url": record.url,
        "mime": "warc/revisit" if record.kind == "revisit" else kind,
        "status": str(status),
        "digest": record.payload_digest,
        "length": str(len(record.packed)),
        "offset": str(place[1]),
        "filename": place[0],
    }
    return f"{surt(record.url)} {moment.astimezone(UTC):%Y%m%d%H%M%S} {json.dumps(facts, ensure_ascii=False)}"


def surt(url: str) -> str:
    """The key of an address: its host from the end, so that what belongs together stands together.

    >>> surt("https://www.River.example:8080/News/?b=2&A=1")
    'example,river:8080)/news?a=1&b=2'
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port and parts.port != _PORTS.get(parts.scheme) else ""
    name = ",".join(reversed(host.split(".")))  # of a bare IP address, too, as other tools do
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    path = parts.path.lower().rstrip("/") or "/"
    return f"{name}{port}){path}{'?' + query if query else ''}"
