"""All that an archive knows beside the bytes of pages, as JSON lines that `scrapy import` takes into another one."""

from dataclasses import asdict
from json import JSONEncoder
from typing import BinaryIO, Final

from storage.exports.chosen import Chosen, ExportError
from storage.exports.fields import plain_value

VERSION: Final = 1
_OF_PAGES: Final = frozenset({"belongs", "foreign"})
_encode: Final = JSONEncoder(ensure_ascii=False).encode


def write(chosen: Chosen, out: BinaryIO) -> int:
    """Series, each page's newest text, the pages that brought none, and what people decided; answers how many texts.

    Raises:
        ExportError: A part of a series is asked for: it has no ledger of its own.
    """
    if not chosen.selection.is_whole:
        raise ExportError(
            "It holds whole series, with their ledgers. Leave --query, --since, --until and --limit away."
        )
    archive, wanted = chosen.archive, chosen.selection.series
    _put(out, {"line": "archive", "version": VERSION})
    names = set()
    for row in archive.series(wanted):
        names.add(row.name)
        _put(
            out,
            {"line": "series", "name": row.name, "title": row.title, "publisher": row.publisher, "start": row.start},
        )
    count, urls = 0, set()
    for count, text in enumerate(archive.carried_texts(wanted), 1):  # noqa: B007 - the count is the answer
        urls.add(text.url)
        _put(out, {"line": "text", **{name: value for name, value in asdict(text).items() if name != "page_id"}})
    for page in archive.bare_pages(wanted):
        _put(out, {"line": "page", **{name: value for name, value in asdict(page).items() if name != "page_id"}})
    for site in archive.hosts():
        facts = {"host": site.host, "registrable": site.registrable, "trust": site.trust}
        _put(out, {"line": "site", **facts, "icp": site.icp, "owner": site.owner})
    for ruling in reversed(archive.rulings()):
        if ruling.series in names and ruling.url and ruling.undone_by is None and ruling.kind in _OF_PAGES:
            facts = {"series": ruling.series, "url": ruling.url, "word": ruling.kind, "by": ruling.decided_by}
            _put(out, {"line": "ruling", **facts})
    for said in archive.said_of_texts():
        if said.one in urls and said.other in urls:
            _put(out, {"line": "said", "one": said.one, "other": said.other, "word": said.word, "by": said.decided_by})
    return count


def _put(out: BinaryIO, values: dict[str, object]) -> None:
    out.write(f"{_encode({name: plain_value(value) for name, value in values.items()})}\n".encode())
