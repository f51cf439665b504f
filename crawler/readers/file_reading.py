"""Files are read in a process of their own, which is there while there are some."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from crawler.readers.files import READER
from crawler.readers.pool import Extractors, Failure
from storage.rows.files import FileSaid

Read = Callable[[bytes, str], Awaitable[FileSaid | None]]


@asynccontextmanager
async def reading_files(deadline: float, memory: int) -> AsyncIterator[Read]:
    """What tells of a file's bytes and its address what it says; None of a kind that is not read.

    Args:
        deadline: Seconds that a file may take.
        memory: Bytes of address space that its reader may have.
    """
    readers: Extractors[FileSaid | None] | None = None

    async def read(body: bytes, url: str) -> FileSaid | None:
        nonlocal readers
        if readers is None:
            readers = Extractors("crawler.readers.files:said_of", workers=1, deadline=deadline, memory=memory)
            await asyncio.to_thread(readers.start)
        said = await readers.extract(body, url, {})
        return FileSaid("", "", f"{said.reason}: {said.detail}", READER) if isinstance(said, Failure) else said

    try:
        yield read
    finally:
        if readers is not None:
            await readers.close()
