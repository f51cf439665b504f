"""A loopback site of real weight: `python -m benchmarks.site --pages 2000` serves it until it is stopped.

Page 0 leads to every page through 往期 blocks of five links. Replies are built and gzipped before the first request;
one asyncio process then only writes bytes. The same seed gives the same site.
"""

import argparse
import asyncio
import gzip
import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.furniture import Furniture
from benchmarks.prose import headline, paragraph, person

SERIES = "田野来信"
LINKS = 5
SMALLEST = 2 * LINKS  # pages, so that each can name five others
SITES = 12  # templates
MEDIAN, SPREAD, LARGEST = 57_500, 1.07, 700_000  # of a log-normal distribution of bytes: mean 110 KB with the giants
GIANT, GIANT_EVERY = 3_000_000, 500


@dataclass(frozen=True, slots=True)
class Page:
    html: str
    reply: bytes


def title(seed: int, number: int) -> str:
    return f"{SERIES} | {headline(Random(f'title {seed} {number}'))}"


def sizes(pages: int, seed: int) -> list[int]:
    """Bytes of each page: the distribution's quantiles, shuffled, so that a small site has the shape of a big one."""
    normal = statistics.NormalDist()
    drawn = [
        min(LARGEST, int(MEDIAN * 2.718281828 ** (SPREAD * normal.inv_cdf((n + 0.5) / pages)))) for n in range(pages)
    ]
    Random(f"sizes {seed}").shuffle(drawn)
    for number in range(min(100, pages // 2), pages, GIANT_EVERY):
        drawn[number] = GIANT
    return drawn


def named(number: int, pages: int, rng: Random) -> list[int]:
    """The five pages that a page names: its children in a tree over the site, else any pages before it."""
    children = [child for child in range(LINKS * number + 1, LINKS * number + LINKS + 1) if child < pages]
    while len(children) < LINKS:
        other = rng.randrange(1, pages)  # never page 0: Scrapy would fetch a start page twice
        if other != number and other not in children:
            children.append(other)
    return children


def build(pages: int, seed: int) -> Iterator[Page]:
    furniture = [Furniture.of_site(Random(f"furniture {seed} {n}")) for n in range(SITES)]
    for number, size in enumerate(sizes(pages, seed)):
        rng = Random(f"page {seed} {number}")
        block = [(f"/story/{n}.html", title(seed, n)) for n in named(number, pages, rng)]
        html = _html(title(seed, number), block, size, furniture[number % SITES], rng)
        body = gzip.compress(html.encode(), 6, mtime=0)
        yield Page(html, reply("200 OK", body, "Content-Encoding: gzip\r\n"))


def _html(name: str, past: list[tuple[str, str]], size: int, furniture: Furniture, rng: Random) -> str:
    text = "\n".join(f"<p>　　{paragraph(rng)}</p>" for _ in range(rng.randint(10, 32)))
    block = "\n".join(f'<li><a href="{path}">{words}</a></li>' for path, words in past)
    head, top, bottom = furniture.around(max(4000, size - len(text.encode()) - 1800), rng)
    day = f"20{rng.randint(5, 24):02}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    hour = f"{rng.randint(7, 22):02}:{rng.randint(0, 59):02}"
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{name}_田野日报</title><meta name="keywords" content="田野日报">
{head}</head><body>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; 正文</div>
{top}<div class="article"><h1>{name}</h1>
<div class="info">发布时间：{day} {hour}　来源：田野日报　记者：{person(rng)}</div>
<div class="content">
{text}
<div class="wangqi"><h3>往期回顾</h3><ul>
{block}
</ul></div>
</div></div>
<div class="side">{bottom}</div>
<div class="footer"><p>版权所有：田野日报社　未经授权不得转载</p><p>备案号：浙ICP备00000000号-3</p></div>
</body></html>
"""


def reply(status: str, body: bytes, headers: str = "", kind: str = "text/html; charset=utf-8") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Server(asyncio.Protocol):
    """Answers GET; `/_stats` tells how many pages went out and what they cost."""

    replies: dict[bytes, bytes]
    asked: set[bytes]
    started_cpu: float
    transport: asyncio.Transport

    def __init__(self) -> None:
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1]
            reply = self.replies.get(path)
            if reply is not None:
                self.asked.add(path)
            self.transport.write(reply or self._other(path))

    def _other(self, path: bytes) -> bytes:
        if path == b"/robots.txt":
            return reply("200 OK", b"User-agent: *\nDisallow:\n", kind="text/plain")
        if path == b"/_reset":
            self.asked.clear()
        if path in {b"/_stats", b"/_reset"}:
            facts = {"pages": len(self.asked), "cpu": time.process_time() - self.started_cpu}
            return reply("200 OK", json.dumps(facts).encode(), kind="application/json")
        return reply("404 Not Found", b"404 Not Found")


async def serve(replies: dict[bytes, bytes], about: dict[str, float]) -> None:
    """Prints one JSON line with the port and the site's weight, then serves until the process is stopped."""
    Server.replies, Server.asked, Server.started_cpu = replies, set(), time.process_time()
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1], **about}), flush=True)
    await server.serve_forever()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    if chosen.pages < SMALLEST:
        options.error(f"--pages is {chosen.pages}; the shape of the site needs {SMALLEST} or more")
    replies, weights = {}, []
    for number, page in enumerate(build(chosen.pages, chosen.seed)):
        replies[f"/story/{number}.html".encode()] = page.reply
        weights.append(len(page.html.encode()))
        if sys.stderr.isatty() and number % 50 == 0:
            print(f"\rbuilding the site: {number} of {chosen.pages} pages", end="", file=sys.stderr)
    about = {"median_kb": statistics.median(weights) / 1000, "mean_kb": statistics.mean(weights) / 1000}
    about |= {"largest_kb": max(weights) / 1000, "total_mb": sum(weights) / 1e6}
    try:
        asyncio.run(serve(replies, about))
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
