"""All that an archive knows beside the bytes of pages, as JSON lines that `scrapy import` takes into another one."""

import base64
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from itertools import chain
from json import JSONEncoder
from typing import BinaryIO, Final, TypeAlias

from storage.archive import Archive
from storage.exports.chosen import Chosen, ExportError
from storage.exports.fields import plain_value
from storage.rows import CarriedFile

VERSION: Final = 2  # 1 had no last line that tells how many stand before it
LARGEST: Final = 32 * 2**20  # bytes of a picture or an attachment in a line; of a larger one all is told but these
_OF_PAGES: Final = frozenset({"belongs", "foreign"})
_Line: TypeAlias = Mapping[str, object]
_encode: Final = JSONEncoder(ensure_ascii=False).encode


def write(chosen: Chosen, out: BinaryIO) -> int:
    """Series, texts, files, pages that brought no text, and what people decided; answers how many texts.

    Raises:
        ExportError: A part of a series is asked for: it has no ledger of its own.
    """
    if not chosen.selection.is_whole:
        raise ExportError(
            "It holds whole series, with their ledgers. Leave --query, --since, --until and --limit away."
        )
    lines = texts = 0
    for lines, line in enumerate(_lines(chosen), 1):  # noqa: B007 - the count stands in the last line
        texts += line["line"] == "text"
        _put(out, line)
    _put(out, {"line": "end", "lines": lines})
    return texts


def _lines(chosen: Chosen) -> Iterator[_Line]:
    archive, wanted = chosen.archive, chosen.selection.series
    yield {"line": "archive", "version": VERSION}
    names, urls = set(), set()
    for row in archive.series(wanted):
        names.add(row.name)
        yield {"line": "series", "name": row.name, "title": row.title, "publisher": row.publisher, "start": row.start}
    for text in archive.carried_texts(wanted):
        urls.add(text.url)
        yield {"line": "text", **{name: value for name, value in asdict(text).items() if name != "page_id"}}
    yield from chain(_files(chosen), _bare_pages(archive, wanted), _decided(archive, names, urls))


def _files(chosen: Chosen) -> Iterator[_Line]:
    for file in chosen.archive.carried_files(chosen.selection.series):
        yield {"line": "file", **_told(file), **_bytes(chosen, file)}


def _bare_pages(archive: Archive, wanted: int | str | None) -> Iterator[_Line]:
    for page in archive.bare_pages(wanted):
        yield {"line": "page", **{name: value for name, value in asdict(page).items() if name != "page_id"}}


def _decided(archive: Archive, names: AbstractSet[str], urls: AbstractSet[str]) -> Iterator[_Line]:
    """What people said of sites, and of the pages of these series and their texts."""
    for site in archive.hosts():
        facts = {"host": site.host, "registrable": site.registrable, "trust": site.trust}
        yield {"line": "site", **facts, "icp": site.icp, "owner": site.owner}
    for ruling in reversed(archive.rulings()):
        if ruling.series in names and ruling.url and ruling.undone_by is None and ruling.kind in _OF_PAGES:
            facts = {"series": ruling.series, "url": ruling.url, "word": ruling.kind, "by": ruling.decided_by}
            yield {"line": "ruling", **facts}
    for said in archive.said_of_texts():
        if said.one in urls and said.other in urls:
            yield {"line": "said", "one": said.one, "other": said.other, "word": said.word, "by": said.decided_by}


def _told(file: CarriedFile) -> _Line:
    return {name: value for name, value in asdict(file).items() if name not in {"file_id", "said"}}


def _bytes(chosen: Chosen, file: CarriedFile) -> _Line:
    """What a picture holds no text can tell: its bytes, in base 64, and what a program has read in them."""
    if file.sha256 is None:
        return {}
    fits = (file.size or 0) <= LARGEST
    body = chosen.body(file.sha256, file.answered_url or file.url) if fits else None
    return {"said": file.said and file.said._asdict(), "body": body and base64.b64encode(body).decode()}


def _put(out: BinaryIO, values: _Line) -> None:
    out.write(f"{_encode({name: plain_value(value) for name, value in values.items()})}\n".encode())
