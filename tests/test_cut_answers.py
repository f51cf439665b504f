"""Row 2 of issue 12: half a page is never taken for the whole one, however it was cut, on first and later visits."""

import asyncio
import gzip
from pathlib import Path
from random import Random

import pytest

from crawler.downloader.compression import cut_in
from storage import Archive
from tests.crawler.site import Answer, Site, response, serving
from tests.crawling import crawl_command, scrapy
from tests.story_pages import story
from tests.wangqi.copies.stories import STORY as WHOLE
from tests.wangqi.copies.stories import body

PARTIAL = 20
STORY = body(WHOLE)
PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>林海生_河湾网</title></head><body><div class="main">'
    '<h1>林海生：三年跑遍十八个村</h1><div class="content">'
    + "".join(f"<p>{line}</p>" for line in STORY.split("\n"))
    + '</div></div><div class="foot">河湾网</div></body></html>'
).encode()
TEXT_ENDS = PAGE.index(b'</div></div><div class="foot">')


def test_a_page_that_breaks_off_anywhere_is_known_for_it_and_a_whole_one_is_not() -> None:
    rng = Random(12)
    for place in [rng.randrange(len(PAGE) // 4, TEXT_ENDS) for _ in range(50)]:
        assert cut_in(PAGE[:place]), PAGE[:place][-40:]
    for whole in (PAGE, PAGE.replace(b"</html>", b""), PAGE.replace(b"</body></html>", b"")):
        assert cut_in(whole) is None


def raw(page: bytes, **fields: str) -> bytes:
    """An answer without the header that says how long it is, unless it is given."""
    head = {"Content-Type": "text/html; charset=utf-8", "Connection": "close", **fields}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in head.items())
    return f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + page


def chunked(page: bytes) -> bytes:
    return raw(f"{len(page) + 500:x}\r\n".encode() + page, Transfer_Encoding="chunked")


async def _reset(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
    writer.write(raw(PAGE[: TEXT_ENDS // 2], Content_Length=str(len(PAGE))))
    await writer.drain()
    writer.transport.abort()


CUTS: dict[str, Answer] = {
    "no length": raw(PAGE[: TEXT_ENDS // 2]),
    "too long a length": response(PAGE[: TEXT_ENDS // 2], length=len(PAGE)),
    "too short a length": response(PAGE, length=TEXT_ENDS // 2),
    "206": response(PAGE[: TEXT_ENDS // 2], "206 Partial Content", content_range=f"bytes 0-99/{len(PAGE)}"),
    "half a chunk": chunked(PAGE[: TEXT_ENDS // 2]),
    "half a gzip": response(gzip.compress(PAGE)[: len(gzip.compress(PAGE)) // 2], content_encoding="gzip"),
    "reset": _reset,
    "a whole page with half a text": PAGE.replace(PAGE[TEXT_ENDS * 6 // 10 : TEXT_ENDS], b"</p>")
    .decode(errors="ignore")
    .encode(),
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def test_half_an_answer_stands_neither_at_first_nor_later(archive: Path) -> None:
    with serving() as site:
        past = [(f"一线故事｜{way}", f"/{number}") for number, way in enumerate(CUTS)]
        first = {f"/{number}": answer for number, answer in enumerate(CUTS.values())}
        whole = first.pop("/7")
        assert isinstance(whole, bytes)
        first["/7"] = response(PAGE)
        site.pages = {"/start": story("一线故事｜开头", past), **first}
        ended = scrapy(archive, crawl_command(site.url("/start"), "-s", "RETRY_TIMES=0"))
        assert ended.returncode == PARTIAL, ended.stdout
        assert texts(archive, site) == {"/7": STORY}, "nothing that was cut is stored"
        site.pages |= dict.fromkeys(first, response(PAGE))
        again = ("-a", "refresh=all", "-s", "RETRY_TIMES=0")
        scrapy(archive, crawl_command(site.url("/start"), *again))
        assert set(texts(archive, site).values()) == {STORY}
        site.pages |= first | {"/7": response(whole)}
        ended = scrapy(archive, crawl_command(site.url("/start"), *again))
        assert ended.returncode == PARTIAL, ended.stdout
        assert set(texts(archive, site).values()) == {STORY}, "the whole one stands"
        assert "truncated" in ended.stdout


def texts(archive: Path, site: Site) -> dict[str, str]:
    """Of the pages that were cut, what the archive says that they carry."""
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        found = {number: opened.why(site.url(f"/{number}")) for number in range(len(CUTS))}
        ids = {number: history[0].page.story_id for number, history in found.items() if history}
        held = {number: opened.story(story_id) for number, story_id in ids.items() if story_id is not None}
        return {f"/{number}": one.story.text for number, one in held.items() if one}
