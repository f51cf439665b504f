"""An article that is in no series, on the site of a newspaper: what does a crawl that begins with it do?"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.prose import headline, paragraph
from benchmarks.scrapy_runs import crawl
from benchmarks.series import warc_of

_HOST = "https://daily.example"
_OTHERS = 24


@dataclass(frozen=True, slots=True)
class Alone:
    """What came of it; `said` is what the crawl printed."""

    stories: int
    requests: int
    exit_code: int
    said: str


def run(seed: int = 7) -> Alone:
    with tempfile.TemporaryDirectory(prefix="lone-") as folder:
        database, warc = Path(folder, "archive.db"), Path(folder, "site.warc")
        warc_of(pages(seed), warc)
        ended = crawl(database, f"{_HOST}/2024/0305/100.html", warc=warc)
        with closing(sqlite3.connect(database)) as archive:
            (stories,) = archive.execute("SELECT count(*) FROM stories").fetchone()
            (requests,) = archive.execute("SELECT count(*) FROM capture").fetchone()
    return Alone(stories, requests, ended.returncode, ended.stdout)


def pages(seed: int) -> Iterator[tuple[str, str]]:
    """The site as (URL, HTML): its home page, its one column, and articles that have nothing in common."""
    rng = Random(seed)
    titles = [headline(rng) for _ in range(_OTHERS + 1)]
    urls = [f"{_HOST}/2024/0305/{100 + at}.html" for at in range(len(titles))]
    rows = "".join(map(_row, urls, titles))
    for page in ("/", "/news/"):
        yield f"{_HOST}{page}", _frame("河口日报", f"<h2>要闻</h2><ul>{rows}</ul>")
    for at, (url, title) in enumerate(zip(urls, titles, strict=True)):
        older, newer = (at - 7) % len(titles), (at + 9) % len(titles)
        body = "".join(f"<p>{paragraph(rng)}</p>" for _ in range(6))
        beside = "".join(_row(urls[other], titles[other]) for other in rng.sample(range(len(urls)), 8) if other != at)
        yield (
            url,
            _frame(
                title,
                f'<p><a href="/">首页</a> &gt; <a href="/news/">要闻</a></p><h1>{title}</h1><p>2024-03-05 10:22</p>'
                f'<div class="content">{body}</div><p>上一篇：<a href="{urls[older]}">{titles[older]}</a></p>'
                f'<p>下一篇：<a href="{urls[newer]}">{titles[newer]}</a></p><h3>相关阅读</h3><ul>{beside}</ul>',
            ),
        )


def _row(url: str, title: str) -> str:
    return f'<li><a href="{url}">{title}</a></li>'


def _frame(title: str, body: str) -> str:
    return f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
