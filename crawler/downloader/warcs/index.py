"""Where in a WARC, or a WACZ, the answer to a URL stands: offsets in memory, bodies on disk."""

import logging
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from crawler.downloader.warcs.pieces import Piece, pieces

logger = logging.getLogger(__name__)

_BLOCK = 65536
_YEARS = (1990, 2200)
_STATUS = 3  # figures
_MOST_HEADERS = 500  # of one answer; browsers refuse more bytes than so many have
_MOST_CAPTURES = 4  # of one URL, the newest
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What warcio raises where no record begins.
_NO_RECORD = (ArchiveLoadFailed, EOFError, ValueError, zlib.error)


class WarcError(ValueError):
    """Raised when a file is no WARC that can be read, from `WarcIndex`."""


@dataclass(frozen=True, slots=True)
class WarcCapture:
    """One answer as the WARC holds it.

    Attributes:
        date: WARC-Date, as written; "" of a record whose date is none.
        headers: Of the HTTP response, in order.
        body: Without chunks, still in its Content-Encoding.
    """

    date: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def check_warc(path: str | Path) -> None:
    """Look at the first two records only, to say in time that a file is not usable; `WarcIndex` reads them all.

    Raises:
        WarcError: It cannot be opened, is no WARC, or is compressed as one piece.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            count = sum(1 for one in pieces(file) for _ in islice(ArchiveIterator(one, no_record_parse=True), 2))
    except OSError as error:
        raise WarcError(f"The WARC {str(path)!r} cannot be read: {error.strerror or error}") from error
    except _NO_RECORD as error:
        raise _unusable(path, error) from error
    if not count:
        raise WarcError(f"The WARC {str(path)!r} holds no record: is it a WARC, plain or .gz?")


def _unusable(path: Path, error: Exception) -> WarcError:
    if "non-chunked" in str(error):
        return WarcError(
            f"The WARC {str(path)!r} is compressed as one piece, so no record can be found in it: "
            f"run `warcio recompress` on it first"
        )
    return WarcError(f"{str(path)!r} is no WARC that can be read: {' '.join(str(error).split())}")


class _Entry(NamedTuple):
    date: str
    offset: int


class WarcIndex:
    """Reads the file once, from end to end.

    Plain, with one gzip member a record, or in a WACZ. Of several captures of a URL the newest counts that is no
    redirect to another spelling of it; a revisit leads to the record that holds its payload. A torn end, as a crash
    leaves it, costs the record it tears and one warning, which `torn` keeps.

    Args:
        path: The file.
        canonical: Two URLs with one canonical form are one.

    Raises:
        WarcError: It cannot be opened, is no WARC, or is compressed as one piece.
    """

    def __init__(self, path: str | Path, canonical: Callable[[str], str]) -> None:
        self.path = Path(path)
        self._canonical = canonical
        self._entries: dict[str, tuple[_Entry, ...]] = {}  # the newest first
        self._payloads: dict[str, int] = {}
        self.torn = ""  # what of the file could not be read; "" of a whole one
        try:
            with self.path.open("rb") as file:
                for piece in pieces(file):
                    self._read(piece)
        except OSError as error:
            raise WarcError(f"The WARC {str(self.path)!r} cannot be read: {error.strerror or error}") from error
        except WarcError:
            raise
        except ValueError as error:
            raise _unusable(self.path, error) from error
        self._payloads.clear()
        if not self._entries:
            raise WarcError(f"The WARC {str(self.path)!r} holds no response: is it a WARC, plain or .gz?")

    def __len__(self) -> int:
        return len(self._entries)

    def urls(self) -> list[str]:
        """What it answers, in the order of the file and in canonical form."""
        return list(self._entries)

    def find(self, url: str, limit: int = 0) -> WarcCapture | None:
        """The answer to the URL; None when there is none, or its head is damaged.

        Args:
            url: In any spelling.
            limit: Bytes; of a longer body one byte more than this is read. 0 is no limit.
        """
        key = self._key(url)
        found = None
        for entry in self._entries.get(key, ()):
            found = self._answer(entry, limit) or found
            if found and not self._leads_to(found, url, key):
                break
        return found

    def _leads_to(self, found: WarcCapture, url: str, key: str) -> bool:
        """Whether the answer only leads from one spelling of the URL to another: ?from=list, a host in capitals."""
        location = next((value for name, value in found.headers if name.lower() == "location"), "")
        return found.status in _REDIRECTS and bool(location) and self._key(urljoin(url, location)) == key

    def _answer(self, entry: _Entry, limit: int) -> WarcCapture | None:
        try:
            return self._read_answer(entry, limit)
        except (*_NO_RECORD, StopIteration, AttributeError, OverflowError) as error:
            logger.warning("%s: the record at byte %d is damaged: %s", self.path, entry.offset, error)
            return None

    def _read_answer(self, entry: _Entry, limit: int) -> WarcCapture | None:
        with self.path.open("rb") as file:
            file.seek(entry.offset)
            record = next(ArchiveIterator(file))
            stream = record.raw_stream
            http = record.http_headers
            if http and (http.get_header("transfer-encoding") or "").lower() == "chunked":
                stream = ChunkedDataReader(stream)
            body = b"".join(_blocks(stream, limit))
        if not http:  # a `resource` is a payload and nothing else
            kind = record.rec_headers.get_header("Content-Type") or "application/octet-stream"
            return WarcCapture(entry.date, 200, (("Content-Type", kind),), body)
        status = http.get_statuscode()
        if not (status.isascii() and status.isdecimal() and len(status) == _STATUS):
            return None
        return WarcCapture(entry.date, int(status), tuple(http.headers[:_MOST_HEADERS]), body)

    def with_other_slash(self, url: str) -> str | None:
        """The URL of a folder's file, or of the folder for that of a file, where it is held: servers redirect so."""
        bare, sign, query = url.partition("?")
        others = (bare[:-1], f"{bare}index.html") if bare.endswith("/") else (f"{bare}/",)
        return next((other for one in others if self._key(other := one + sign + query) in self._entries), None)

    def _read(self, file: Piece) -> None:
        records = ArchiveIterator(file, no_record_parse=True)
        count = end = 0
        try:
            for record in records:
                for _ in _blocks(record.raw_stream):
                    pass
                # A head that was cut names no length; a body that was cut is shorter than its head says.
                unread: int = getattr(record.raw_stream, "limit", 1)
                if unread:
                    break
                self._take(record, records.get_record_offset())
                count += 1
                end = records.get_record_offset() + records.get_record_length()
        except _NO_RECORD as error:
            if not count or "non-chunked" in str(error):
                raise _unusable(self.path, error) from error
        file.seek(end)
        if count and file.read(_BLOCK).strip():
            self.torn = f"{self.path} ends, or is damaged, in the middle of a record; the {count} before it are used"
            logger.warning("%s", self.torn)

    def _take(self, record: Any, offset: int) -> None:  # noqa: ANN401  # warcio ships no types
        head = record.rec_headers
        url = head.get_header("WARC-Target-URI")
        if not url or record.rec_type not in {"response", "resource", "revisit"}:
            return
        if record.rec_type == "response" and not url.strip("<>").startswith("http"):
            return  # of DNS, or another protocol
        key, date = self._key(url.strip("<>")), _date(head.get_header("WARC-Date"))
        digest = head.get_header("WARC-Payload-Digest") or ""
        if record.rec_type == "revisit":
            original = self._entries.get(self._key(head.get_header("WARC-Refers-To-Target-URI") or url))
            found = self._payloads.get(digest, original[0].offset if original else None)
            if found is None:
                return
            offset = found
        elif digest:
            self._payloads.setdefault(digest, offset)
        known = self._entries.get(key, ())
        newer = sum(entry.date > date for entry in known)
        self._entries[key] = (*known[:newer], _Entry(date, offset), *known[newer:])[:_MOST_CAPTURES]

    def _key(self, url: str) -> str:
        try:
            return self._canonical(url)
        except ValueError:
            return url


def _date(written: str | None) -> str:
    """The WARC-Date if it is one of our time, else "": a capture without a date is older than all others."""
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return ""
    is_sane = moment.utcoffset() is not None and _YEARS[0] <= moment.year <= _YEARS[1]
    return written or "" if is_sane else ""


def _blocks(stream: Any, limit: int = 0) -> Iterator[bytes]:  # noqa: ANN401  # one of warcio's readers
    left = limit + 1
    while block := stream.read(min(_BLOCK, left) if limit else _BLOCK):
        yield block
        left -= len(block)
        if limit and not left:
            return
