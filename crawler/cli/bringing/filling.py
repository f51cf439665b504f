"""Where a series' missing stories are looked for, and what of them is missing."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.cli.bringing.web_archives import Wanted, WebArchive, ask
from crawler.downloader.warcs.index import WarcError, WarcIndex
from crawler.extraction.model import Source
from crawler.readers.bringing import Bringing, Brought
from storage.rows import LedgerEntry
from wangqi.urls import canonical_url

Fill = Callable[[Bringing, Sequence[Wanted]], Mapping[str, str]]

KINDS: Final = "wayback, timemap=URL or warc=FILE"
_WARC: Final = "warc="
_OK: Final = 200


def way(words: str, settings: Settings) -> Fill:
    """How pages are looked for in the archive of this name: by the address of each "" where it was found, else why not.

    Raises:
        UsageError: There is none of this name, or its file cannot be read.
    """
    if words.startswith(_WARC):
        return _in_warc(words.removeprefix(_WARC))
    web = WebArchive.named(words)
    if web is None:
        raise UsageError(f"{words!r} names no archive. Write --from {KINDS}")

    def fill(bringing: Bringing, wanted: Sequence[Wanted]) -> Mapping[str, str]:
        async def take(brought: Brought, title: str | None) -> str:
            taken = await bringing.take(brought, title)
            return taken if isinstance(taken, str) else ""

        return ask(settings, web, wanted, take, bringing.extractors.close) if wanted else {}

    return fill


def _in_warc(name: str) -> Fill:
    try:
        index = WarcIndex(name, canonical_url)
    except WarcError as error:
        raise UsageError(str(error), print_help=False) from error

    async def take(bringing: Bringing, one: Wanted) -> str:
        found = index.find(one.url)
        if found is None or found.status != _OK:
            return f"{name} does not hold it" if found is None else f"{name} holds the answer {found.status}"
        moment = datetime.fromisoformat(found.date) if found.date else datetime.now(UTC)
        source = Source(found.body, one.url, {key.lower(): value for key, value in found.headers})
        taken = await bringing.take(Brought(one.url, source, moment, Path(name).name, name), one.title)
        return taken if isinstance(taken, str) else ""

    def fill(bringing: Bringing, wanted: Sequence[Wanted]) -> Mapping[str, str]:
        async def all_of_them() -> dict[str, str]:
            try:
                return {one.url: await take(bringing, one) for one in wanted}
            finally:
                await bringing.extractors.close()

        return asyncio.run(all_of_them())

    return fill


def wanted_of(entries: Sequence[LedgerEntry]) -> Iterator[Wanted]:
    """What is missing and has an address, with the date of its nearest neighbour in the series that has one."""
    dates = [entry.published_at for entry in entries]
    for at, entry in enumerate(entries):
        if entry.story_id is None and entry.url:
            yield Wanted(entry.url, entry.title, _near(dates, at))


def _near(dates: Sequence[datetime | None], at: int) -> datetime | None:
    known = [(abs(place - at), day) for place, day in enumerate(dates) if day is not None]
    return min(known)[1] if known else None
