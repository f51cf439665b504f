"""No more pages are asked for while many wait to be stored; but nobody waits for ever."""

import asyncio

import pytest

from crawler.extensions import in_flight
from crawler.extensions.in_flight import InFlight

FIRST, SECOND = "https://river.example/1", "https://river.example/2"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> InFlight:
    monkeypatch.setattr(in_flight, "_MOST_COME", 1)
    pages = InFlight()
    for url in (FIRST, SECOND):
        pages.add(url)
    pages.come(FIRST, 1_000)
    return pages


def test_a_page_waits_until_another_is_stored(full: InFlight) -> None:
    async def ask() -> list[bool]:
        asked = asyncio.create_task(full.wait_for_room(SECOND))
        await asyncio.sleep(0.05)
        before = asked.done()
        full.settle(FIRST)
        return [before, await asyncio.wait_for(asked, 5)]

    assert asyncio.run(ask()) == [False, True]
    assert full.urls == {SECOND}


def test_a_page_waits_while_those_that_have_come_are_large() -> None:
    pages = InFlight()
    pages.come(FIRST, 20 * 2**20)

    async def ask() -> bool:
        asked = asyncio.create_task(pages.wait_for_room(SECOND))
        await asyncio.sleep(0.05)
        pages.settle(FIRST)
        return await asyncio.wait_for(asked, 5)

    assert asyncio.run(ask())


def test_a_page_that_has_come_is_asked_for_again_at_once(full: InFlight) -> None:
    assert asyncio.run(asyncio.wait_for(full.wait_for_room(FIRST), 5)) is False


def test_a_page_that_nobody_settles_holds_others_back_no_longer_than_a_while(
    full: InFlight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_flight, "_LONGEST", 0.05)
    assert asyncio.run(asyncio.wait_for(full.wait_for_room(SECOND), 5))
    assert full.urls == {FIRST, SECOND}
