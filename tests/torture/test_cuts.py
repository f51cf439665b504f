"""Row 2 of issue 12 at random places: cut in eight ways, at first and on later visits, nothing stands for the whole.

The small form is in `tests/test_cut_answers.py`.
"""

import asyncio
import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from storage import Archive
from tests.crawler.site import Answer, Site, response, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import story
from tests.test_cut_answers import chunked, raw

OFFSETS = 50
PARTIAL = 20
UNBOUNDED = ("-s", "RETRY_TIMES=0", "-s", "RUN_MAX_PAGES=0")


def half(page: bytes, place: int) -> bytes:
    """A whole page with a part of its text; its last sentences alone, up to two fifths, an editor may take out."""
    end = page.index(b"</div>", place)
    return page[:place].decode("utf-8", "ignore").encode() + b"</p>" + page[end:]


def halved(page: bytes, place: int) -> bytes:
    return response(half(page, place))


def reset(page: bytes, place: int) -> Answer:
    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(raw(page[:place], Content_Length=str(len(page))))
        await writer.drain()
        writer.transport.abort()

    return answer


def half_gzip(page: bytes, place: int) -> bytes:
    packed = gzip.compress(page)
    return response(packed[: len(packed) * place // len(page)], content_encoding="gzip")


WAYS: dict[str, Callable[[bytes, int], Answer]] = {
    "no length": lambda page, place: raw(page[:place]),
    "too long a length": lambda page, place: response(page[:place], length=len(page)),
    "too short a length": lambda page, place: response(page, length=place),
    "206": lambda page, place: response(page[:place], "206 Partial Content", content_range=f"bytes 0-9/{len(page)}"),
    "half a chunk": lambda page, place: chunked(page[:place]),
    "half a gzip": half_gzip,
    "reset": reset,
    "a whole page with half a text": halved,
}


def pages(site: Site, way: str, *, is_first: bool) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """The pages whole and cut, by their addresses; before each that is cut stands one that never is."""
    dice = Random(way)
    whole: dict[str, Answer] = {}
    cut: dict[str, Answer] = {}
    for number in range(OFFSETS):
        for name in (f"whole-{number}", f"cut-{number}"):
            answer = story(f"渡口旧事：{way}之{name}", seed=f"{way} {name}")
            whole[f"/{name}.html"] = answer
        page = answer.partition(b"\r\n\r\n")[2]
        begins = page.index(b'<div class="content">')
        ends = page.index(b"</div>", begins)
        last = begins + 6 * (ends - begins) // 10 if WAYS[way] is halved else ends - 200
        place = dice.randrange(begins + (ends - begins) // 4, last)
        cut[f"/cut-{number}.html"] = WAYS[way](page, place)
    past = [(f"渡口旧事：{way}之{path[1:-5]}", path) for path in whole]
    whole["/start"] = story("渡口旧事：开头", past)
    return whole, cut


def standing(archive: Path, site: Site) -> tuple[dict[str, str], Counter[str]]:
    """The texts that stand for the pages that are cut, and what became of these."""
    texts: dict[str, str] = {}
    outcomes: Counter[str] = Counter()
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        for number in range(OFFSETS):
            path = f"/cut-{number}.html"
            for history in opened.why(site.url(path)):
                outcomes[str(history.page.outcome)] += 1
                if history.page.story_id and (held := opened.story(history.page.story_id)):
                    texts[path] = held.story.text
    return texts, outcomes


@pytest.mark.torture
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("way", WAYS)
def test_cut_anywhere(tmp_path: Path, way: str) -> None:
    first, later = tmp_path / "first.db", tmp_path / "later.db"
    with serving() as site:
        whole, cut = pages(site, way, is_first=True)
        site.pages = dict(whole)
        ended = scrapy(later, crawl_command(site.url("/start"), *UNBOUNDED))
        before, outcomes = standing(later, site)
        assert len(before) == OFFSETS, ended.stdout
        site.pages = whole | cut
        ended = scrapy(later, crawl_command(site.url("/start"), "-a", "refresh=all", *UNBOUNDED))
        after, outcomes = standing(later, site)
        print(way, "later:", dict(outcomes))
        assert ended.returncode == PARTIAL, ended.stdout
        assert {path for path in before if before[path] != after[path]} == set(), "the whole one stands"
        assert not outcomes.keys() & {"stored", "unchanged", "revised"}, outcomes
        if way == "a whole page with half a text":
            return  # who has never seen more cannot know
        scrapy(first, crawl_command(site.url("/start"), *UNBOUNDED))
        held, outcomes = standing(first, site)
        print(way, "first:", dict(outcomes))
        assert {path for path in held if held[path] != before[path]} == set(), "nothing that was cut is stored"
