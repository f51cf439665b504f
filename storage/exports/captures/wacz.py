"""WACZ 1.1.1: a WARC with its index and a list of its pages in one zip, which replays in a browser.

https://specs.webrecorder.net/wacz/1.1.1/
"""

import hashlib
import json
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO, BinaryIO, Final
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from storage.exports.captures import cdxj, warc
from storage.exports.captures.records import Record
from storage.exports.captures.sorted_lines import SortedLines
from storage.exports.chosen import Chosen
from storage.exports.zips import entry
from storage.rows import KeptCapture

_OK: Final = 200
_PAGES_HEAD: Final = {"format": "json-pages-1.0", "id": "pages", "title": "Stories", "hasText": False}


def write(chosen: Chosen, out: BinaryIO) -> int:
    """Each page with a story is a page of it, at the time of its first answer."""
    with ZipFile(out, "w") as made, SortedLines() as index, tempfile.TemporaryFile() as pages:
        writing = _Writing(made, index, pages)
        count = writing.warc(chosen)
        writing.add("indexes/index.cdx", index)
        pages.seek(0)
        writing.add("pages/pages.jsonl", pages)
        writing.describe(chosen)
    return count


class _Writing:
    def __init__(self, made: ZipFile, index: SortedLines, pages: IO[bytes]) -> None:
        self._zip = made
        self._index = index
        self._pages = pages
        self._resources: list[dict[str, object]] = []
        self._newest = datetime(1970, 1, 1, tzinfo=UTC)

    def warc(self, chosen: Chosen) -> int:
        count, place, last = 0, 0, ""
        self._pages.write(f"{json.dumps(_PAGES_HEAD)}\n".encode())

        def packed() -> Iterable[bytes]:
            nonlocal count, place, last
            for record, kept in warc.records(chosen.archive, chosen.captures()):
                if kept is not None:
                    count += 1
                    last = self._page(record, kept, last)
                self._line(record, kept, place)
                place += len(record.packed)
                yield record.packed

        self.add(f"archive/{warc.NAME}", packed(), how=ZIP_STORED)  # so that a record is found where the index says
        return count

    def _line(self, record: Record, kept: KeptCapture | None, place: int) -> None:
        if record.kind not in {"response", "revisit"}:
            return
        moment = datetime.fromisoformat(record.date)
        self._newest = max(self._newest, moment)
        status, headers = (302, {}) if kept is None else (kept.capture.status or 0, kept.capture.headers)
        self._index.add(cdxj.line(record, moment, status, headers, (warc.NAME, place)))

    def _page(self, record: Record, kept: KeptCapture, last: str) -> str:
        if kept.story_title is None or kept.page_url == last or kept.capture.status != _OK:
            return last
        page = {
            "id": str(uuid5(NAMESPACE_URL, kept.page_url)),
            "url": record.url,
            "ts": record.date,
            "title": kept.story_title,
        }
        self._pages.write(f"{json.dumps(page, ensure_ascii=False)}\n".encode())
        return kept.page_url

    def add(self, name: str, pieces: Iterable[bytes], *, how: int = ZIP_DEFLATED, is_listed: bool = True) -> None:
        digest, size = hashlib.sha256(), 0
        with self._zip.open(entry(name, how), "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        if is_listed:
            resource = {
                "name": name.rpartition("/")[2],
                "path": name,
                "hash": f"sha256:{digest.hexdigest()}",
                "bytes": size,
            }
            self._resources.append(resource)

    def describe(self, chosen: Chosen) -> None:
        wanted = chosen.selection.series
        titles = [row.title or row.name for row in chosen.archive.series(wanted)] if wanted is not None else []
        package = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": titles[0] if titles else "Wangqi",
            "software": "Wangqi",
            "created": self._newest.isoformat().replace("+00:00", "Z"),
            "resources": self._resources,
        }
        described = json.dumps(package, ensure_ascii=False, indent=1).encode()
        self.add("datapackage.json", [described], is_listed=False)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
        self.add("datapackage-digest.json", [json.dumps(digest).encode()], is_listed=False)
