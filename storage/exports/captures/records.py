"""PURE: records of WARC 1.1 (ISO 28500:2017), one gzip member each.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import base64
import hashlib
import uuid
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, NamedTuple
from urllib.parse import urlsplit

Fields = Sequence[tuple[str, str]]

_NAMES: Final = uuid.UUID("6f0d5b52-6f5c-5c3e-9d0a-6b1f4a3f7c11")  # of what our record ids are made; any fixed one does
_IDENTICAL: Final = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# They spoke of the bytes on the wire; what is kept is unwrapped.
_OF_THE_WIRE: Final = frozenset({"transfer-encoding", "content-length", "connection", "keep-alive"})
_LEVEL: Final = 9


class Answer(NamedTuple):
    """What a server said, but for its body.

    Attributes:
        date: As `warc_date` writes it.
    """

    url: str
    date: str
    status: int
    headers: Mapping[str, str]


class Original(NamedTuple):
    """The record that has the bytes of a later revisit."""

    url: str
    date: str
    record_id: str


class Record(NamedTuple):
    """One record.

    Attributes:
        packed: Its bytes, as the file has them.
        payload_digest: With the algorithm before it.
    """

    kind: str
    url: str
    date: str
    record_id: str
    payload_digest: str
    packed: bytes

    @property
    def as_original(self) -> Original:
        return Original(self.url, self.date, self.record_id)


def warc_date(moment: datetime) -> str:
    """As exact as it is known, which WARC 1.1 allows.

    >>> warc_date(datetime(2026, 3, 5, 8, 0, 0, 250_000, tzinfo=UTC)), warc_date(datetime(2026, 3, 5, tzinfo=UTC))
    ('2026-03-05T08:00:00.250000Z', '2026-03-05T00:00:00Z')
    """
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def digest_of(body: bytes) -> str:
    return sha256_label(hashlib.sha256(body).digest())


def sha256_label(digest: bytes) -> str:
    """In base 32, as most readers of WARC expect it."""
    return f"sha256:{base64.b32encode(digest).decode()}"


def info(name: str, date: str, fields: Mapping[str, str]) -> Record:
    """The head of a file."""
    block = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
    more = [("WARC-Filename", name), ("Content-Type", "application/warc-fields")]
    return _record("warcinfo", Answer("", date, 0, {}), more, block)


def response(answer: Answer, body: bytes) -> Record:
    payload = digest_of(body)
    block = _head(answer, len(body)) + body
    more = [("WARC-Payload-Digest", payload), ("Content-Type", "application/http; msgtype=response")]
    return _record("response", answer, more, block, payload)


def revisit(answer: Answer, payload: str, original: Original) -> Record:
    """An answer that brought the bytes of an earlier one again, or said that they still hold (304)."""
    more = [
        ("WARC-Profile", _NOT_MODIFIED if answer.status == HTTPStatus.NOT_MODIFIED else _IDENTICAL),
        ("WARC-Refers-To", original.record_id),
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", original.date),
        ("WARC-Payload-Digest", payload),
        ("Content-Type", "application/http; msgtype=response"),
    ]
    return _record("revisit", answer, more, _head(answer, None), payload)


def request(of: Record) -> Record:
    """The line and the host by which it was asked for; nothing else of a request is kept."""
    parts = urlsplit(of.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    block = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    more = [("WARC-Concurrent-To", of.record_id), ("Content-Type", "application/http; msgtype=request")]
    return _record("request", Answer(of.url, of.date, 0, {}), more, block)


def _record(kind: str, of: Answer, more: Fields, block: bytes, payload: str = "") -> Record:
    url, date = of.url, of.date
    digest = digest_of(block)
    record_id = f"<urn:uuid:{uuid.uuid5(_NAMES, f'{kind} {url} {date} {digest}')}>"
    fields = [("WARC-Type", kind), ("WARC-Record-ID", record_id), ("WARC-Date", date)]
    fields += [("WARC-Target-URI", url)] if url else []
    fields += [*more, ("WARC-Block-Digest", digest), ("Content-Length", str(len(block)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)  # whose head holds no time
    packed = packing.compress(f"WARC/1.1\r\n{head}\r\n".encode()) + packing.compress(block)
    return Record(kind, url, date, record_id, payload, packed + packing.compress(b"\r\n\r\n") + packing.flush())


def _head(answer: Answer, length: int | None) -> bytes:
    """Status line and headers, as they were kept, but for what spoke of the wire."""
    try:
        reason = HTTPStatus(answer.status).phrase
    except ValueError:
        reason = ""
    kept = ((name, value) for name, value in answer.headers.items() if name.lower() not in _OF_THE_WIRE)
    lines = [f"HTTP/1.1 {answer.status} {reason}".rstrip(), *(f"{name}: {_one_line(value)}" for name, value in kept)]
    lines += [] if length is None else [f"content-length: {length}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", errors="replace")


def _one_line(value: str) -> str:
    return " ".join(value.split())
