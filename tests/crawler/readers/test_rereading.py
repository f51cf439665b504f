"""A page that changed is weighed beside what it was, both read by the rules of today."""

import asyncio
from dataclasses import replace

import pytest

from crawler.readers.pool import Extractors
from crawler.readers.read_page import prepare
from crawler.readers.rereading import as_read_now
from crawler.run.visits import Known
from tests.crawler.pages_that_misbehave import read_page
from tests.story_pages import story
from wangqi.copies.changes import Answer, Appearance, of_reading, weigh
from wangqi.copies.trust import Registry

URL = "https://news.river.example/2021/0301/7.html"
KNOWN = Known(Registry())
PAGE = story("渡口的老丁", seed="ding").partition(b"\r\n\r\n")[2]
OTHER = story("校园里的香樟", seed="camphor").partition(b"\r\n\r\n")[2]
EDITED = PAGE.replace(b"</p></div>", "</p><p>（昨天的数目有误，现已更正。）</p></div>".encode(), 1)


def seen(body: bytes) -> Appearance:
    page = prepare(body, URL, {}, known=KNOWN)
    assert page.reading is not None
    assert page.marks is not None
    return of_reading(page.reading, page.marks, body, URL)


# Earlier rules took half of the text.
BEFORE = seen(PAGE)
HALF = replace(BEFORE, text=BEFORE.text[: len(BEFORE.text) // 2], outdated=Answer(PAGE, {}))


def test_what_other_rules_read_is_read_again() -> None:
    assert as_read_now(HALF, KNOWN).text == BEFORE.text
    assert as_read_now(replace(HALF, outdated=None), KNOWN).text == HALF.text
    lost = replace(HALF, outdated=Answer(b"<html></html>", {}))
    assert as_read_now(lost, KNOWN) is lost, "by the rules of today it is no story"


@pytest.mark.parametrize(("body", "is_held"), [(EDITED, False), (OTHER, True)], ids=["edited", "hijacked"])
def test_an_edit_after_an_upgrade_is_taken_and_a_strangers_text_is_not(body: bytes, *, is_held: bool) -> None:
    assert (weigh(as_read_now(HALF, KNOWN), seen(body)).held is not None) is is_held


def test_the_judge_reads_it_in_its_own_process() -> None:
    async def main() -> None:
        pool: Extractors[object] = Extractors(read_page, workers=1)
        pool.start()
        judging = pool.judging()
        try:
            assert (await asyncio.to_thread(judging.weigh, HALF, seen(EDITED))).held is None
            assert (await asyncio.to_thread(judging.weigh, HALF, seen(OTHER))).held is not None
        finally:
            judging.close()
            await pool.close()

    asyncio.run(main())
