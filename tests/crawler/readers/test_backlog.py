"""No more pages are asked for while many wait to be stored; but nobody waits for ever."""

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from scrapy.signalmanager import SignalManager

from crawler.readers import backlog
from crawler.readers.backlog import Backlog
from wangqi.visit import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

FIRST, SECOND = "https://river.example/1", "https://river.example/2"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Backlog:
    monkeypatch.setattr(backlog, "_MOST", 1)
    waiting = Backlog(cast("Crawler", SimpleNamespace(signals=SignalManager(), engine=None)))
    waiting.add(FIRST)
    return waiting


def test_a_page_waits_until_another_is_stored(full: Backlog) -> None:
    async def ask() -> list[bool]:
        asked = asyncio.create_task(full.wait(SECOND))
        await asyncio.sleep(0.05)
        before = asked.done()
        for item in ({"title": "an item of somebody else"}, Visit(series_id=1, run_id=1, url=FIRST, outcome="gone")):
            full._settle(item)
        await asyncio.wait_for(asked, 5)
        return [before, asked.done()]

    assert asyncio.run(ask()) == [False, True]


def test_a_page_that_nobody_settles_holds_others_back_no_longer_than_a_while(
    full: Backlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backlog, "_LONGEST", 0.05)
    asyncio.run(asyncio.wait_for(full.wait(SECOND), 5))
    assert FIRST in full._pages
