"""What another thread works out, waited for by the reactor."""

import asyncio
from concurrent.futures import Future
from typing import Final, TypeVar

T = TypeVar("T")

_LOOK: Final = 30.0  # seconds


async def outcome_of(future: Future[T]) -> T:
    """Its result, as `asyncio.wrap_future` gives it.

    It is looked for as well: a thread that has no memory to wake the reactor leaves a page in flight, and the crawl
    waited for it for ever.
    """
    told = asyncio.wrap_future(future)
    while not told.done():
        await asyncio.wait([told], timeout=_LOOK)
        if not told.done() and future.done():
            return future.result()
    return await told
