"""The benchmark's site has the weight and the shape that its figures rest on."""

import gzip
import re
from pathlib import Path
from statistics import mean, median
from urllib.parse import urlsplit

import pytest
from lxml import html

from benchmarks import crawl
from benchmarks.runs import Site, run
from benchmarks.site import GIANT, build, sizes

PAGES = 60


@pytest.fixture(scope="module")
def pages():
    return list(build(PAGES, seed=3))


def test_the_weight_of_2000_pages():
    weights = sizes(2000, seed=7)
    assert median(weights) == pytest.approx(60_000, rel=0.1)
    assert mean(weights) == pytest.approx(110_000, rel=0.1)
    assert weights.count(GIANT) == 4


def test_a_page_weighs_what_it_should(pages):
    assert [len(page.html.encode()) for page in pages] == pytest.approx(sizes(PAGES, seed=3), rel=0.25, abs=10_000)


def test_the_same_seed_gives_the_same_site(pages):
    assert [page.reply for page in build(PAGES, seed=3)] == [page.reply for page in pages]
    assert next(build(PAGES, seed=4)).reply != pages[0].reply


def test_page_0_leads_everywhere_through_blocks_of_five(pages):
    todo, seen = [0], set()
    while todo:
        number = todo.pop()
        if number not in seen:
            seen.add(number)
            links = html.document_fromstring(pages[number].html).xpath("//div[@class='wangqi']//a/@href")
            assert len(set(links)) == 5
            todo += [int(re.search(r"\d+", link)[0]) for link in links]
    assert seen == set(range(PAGES))


def test_no_page_leads_to_a_host(pages):
    for page in pages:
        for node in html.document_fromstring(page.html).xpath("//*[@href or @src]"):
            assert urlsplit(node.get("href") or node.get("src")).netloc == ""


def test_replies_are_whole_gzip(pages):
    head, _, body = pages[1].reply.partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert gzip.decompress(body).decode() == pages[1].html


@pytest.mark.torture
def test_the_naive_side_crawls_it_whole(tmp_path: Path):
    heard = []
    with Site(12, seed=3) as site:
        one = run(crawl.NAIVE, site, tmp_path / "a path with spaces", heard.append)
    assert one.sound, one.errors
    assert heard[-1] == one.rows == 12
    assert one.cpu_ms_a_page > 0
    assert one.peak_mb > 50
