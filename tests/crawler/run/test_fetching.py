"""How many files a run leaves open."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from crawler.downloader.refusals import NotInWarc
from crawler.readers.file_reading import Read
from crawler.run.files.fetching import Fetching
from storage.rows.files import WantedFile

if TYPE_CHECKING:
    from storage import Archive

FILES = 5


class Wanting:
    """An archive that wants some files of one host."""

    def __init__(self) -> None:
        self.refused: list[int] = []

    def wanted_files(
        self, series: int, kinds: object, after: int, limit: int, *, all_of_them: bool
    ) -> list[WantedFile]:
        del series, kinds, all_of_them
        left = range(after + 1, FILES + 1)[:limit]
        return [WantedFile(id=number, kind="document", url=f"https://river.example/{number}.pdf") for number in left]

    def refuse_file(self, number: int, *_: object) -> None:
        self.refused.append(number)


@asynccontextmanager
async def no_reading() -> AsyncIterator[Read]:
    yield cast("Read", None)


@pytest.mark.parametrize(
    ("error", "asked", "left_open"),
    [
        (NotInWarc("it is not in river.warc"), FILES, 0),  # none comes from there, however often it is asked
        (DownloadTimeoutError("no answer"), 3, FILES),  # the host is asked for no more, and all may come later
    ],
)
def test_what_a_warc_does_not_hold_is_told_and_is_not_open(error: Exception, asked: int, left_open: int) -> None:
    async def download(request: Request) -> Response:
        del request
        raise error

    archive = Wanting()
    fetching = Fetching(download, cast("Archive", archive), 1, 1, {"document": 1_000}, lambda: False)
    asyncio.run(fetching.fetch_all(no_reading()))
    assert len(archive.refused) == asked
    assert fetching.open == left_open
