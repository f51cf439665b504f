"""The pages of a web archive's file, taken as saved ones: whoever wants its lists followed, too, crawls the file."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from crawler.cli.bringing.told import Told
from crawler.downloader.warcs.index import WarcIndex
from crawler.extraction.model import Source
from crawler.readers.bringing import Bringing, Brought
from wangqi.urls import canonical_or_none, canonical_url

_OK: Final = 200
_PAGES: Final = ("text/html", "application/xhtml+xml")
BARE: Final = "pages that tell no story"


def bring(bringing: Bringing, files: list[Path], most: int) -> Told:
    """Stores the story of each page under its own address; pages without one, as lists are, are counted alone.

    `most` is how many bytes a page may have; 0 is no limit.

    Raises:
        WarcError: One of the files cannot be read.
    """

    async def all_of_them() -> Told:
        told = Told()
        try:
            for file in files:
                index = await asyncio.to_thread(WarcIndex, file, canonical_url)
                told.problems += [index.torn] if index.torn else []
                for url in index.urls():
                    await _one(bringing, index, url, most, told)
        finally:
            await bringing.extractors.close()
        return told

    return asyncio.run(all_of_them())


async def _one(bringing: Bringing, index: WarcIndex, url: str, most: int, told: Told) -> None:
    for one in await asyncio.to_thread(lambda: list(_page(index, url, most))):
        if isinstance(one, str):
            told.problems.append(one)
        elif any(history.page.story_id for history in await asyncio.to_thread(bringing.archive.why, one.url)):
            told.counts["stories known"] += 1
        else:
            taken = await bringing.take(one)
            is_copy = not isinstance(taken, str) and taken.outcome == "copy"
            told.counts[
                BARE if isinstance(taken, str) else "copies of stories stored" if is_copy else "stories stored"
            ] += 1


def _page(index: WarcIndex, url: str, most: int) -> Iterator[Brought | str]:
    """The answer to this URL, where it is a page."""
    address, found = canonical_or_none(url), index.find(url, most)
    if found is None:
        yield f"{url}: its record in {index.path.name} is damaged"
        return
    headers = {name.lower(): value for name, value in found.headers}
    if address is None or found.status != _OK or not headers.get("content-type", "").lower().startswith(_PAGES):
        return
    if most and len(found.body) > most:
        yield f"{url}: it is larger than DOWNLOAD_MAXSIZE ({most} bytes)"
        return
    moment = datetime.fromisoformat(found.date) if found.date else datetime.now(UTC)
    yield Brought(address, Source(found.body, address, headers), moment, index.path.name, index.path.name)
