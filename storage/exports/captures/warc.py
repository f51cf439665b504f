"""WARC 1.1: what each page brought at each time, as web archives exchange it."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import BinaryIO, Final

from storage.archive import Archive
from storage.exports.captures.records import (
    Answer,
    Original,
    Record,
    info,
    request,
    response,
    revisit,
    sha256_label,
    warc_date,
)
from storage.exports.chosen import Chosen, body_of
from storage.rows import CaptureRow, KeptCapture
from wangqi.urls import canonical_or_none

NAME: Final = "wangqi.warc.gz"
_ABOUT: Final = {
    "software": "Wangqi",
    "format": "WARC File Format 1.1",
    "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "description": (
        "Bodies are kept without their transfer coding and content coding. Of a request only its line and its host are"
        " known. Where a page was read at another address than the one asked for, a 302 stands for what led there; it"
        " bears the header x-wangqi-made. So does an answer that refused a picture or a file: its body was not kept."
    ),
}
_MADE: Final = {"x-wangqi-made": "the answer that led on was not kept, only where it led"}
_BARE: Final = {"x-wangqi-made": "of this answer only its status was kept"}


def write(chosen: Chosen, out: BinaryIO) -> int:
    """Every answer that brought bytes or the same again, and every one that refused a picture or a file."""
    return write_captures(chosen.archive, chosen.captures(), out)


def write_captures(archive: Archive, captures: Iterable[KeptCapture], out: BinaryIO) -> int:
    """These captures as a file, those of one page together and oldest first; answers how many there were."""
    count = 0
    for record, kept in records(archive, captures):
        out.write(record.packed)
        count += kept is not None
    return count


def records(archive: Archive, captures: Iterable[KeptCapture]) -> Iterator[tuple[Record, KeptCapture | None]]:
    """The records of a file, those of answers with the capture that they tell of.

    Raises:
        DamagedError: The bytes of a capture are not those that came.
    """
    pages = _Page("")
    is_begun = False
    for kept in captures:
        one = kept.capture
        if one.status is None or (one.payload_sha256 is None and one.status < HTTPStatus.BAD_REQUEST):
            continue  # nothing came, or nothing that was taken
        date = warc_date(one.fetched_at)
        if not is_begun:
            yield info(NAME, date, _ABOUT), None
            is_begun = True
        if kept.page_url != pages.url:
            pages = _Page(kept.page_url)
        if pages.is_led_elsewhere(one.url):
            leading = response(Answer(kept.page_url, date, HTTPStatus.FOUND, {"location": one.url, **_MADE}), b"")
            yield leading, None
            yield request(leading), None
        record = pages.record(archive, one, date)
        yield record, kept
        yield request(record), None


class _Page:
    """What a file holds already of one page."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._held: dict[str, Original] = {}
        self._led_to = url

    def is_led_elsewhere(self, url: str) -> bool:
        """The page is read at this address for the first time, and it is not its own."""
        is_new = url != self._led_to and canonical_or_none(url) != self.url
        self._led_to = url
        return is_new

    def record(self, archive: Archive, one: CaptureRow, date: str) -> Record:
        assert one.status is not None
        answer = Answer(one.url, date, one.status, one.headers)
        if one.payload_sha256 is None:
            return response(answer._replace(headers={**one.headers, **_BARE}), b"")
        original = self._held.get(one.payload_sha256)
        if original is not None:
            payload = sha256_label(bytes.fromhex(one.payload_sha256))
            return revisit(answer, payload, original)
        made = response(answer, body_of(archive, one.payload_sha256, one.url))
        self._held[one.payload_sha256] = made.as_original
        return made
