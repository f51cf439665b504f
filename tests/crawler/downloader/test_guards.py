"""The guards as a crawl meets them: real requests to a loopback server, in a crawler process of their own."""
# ruff: noqa: N802 - the names of Twisted's interfaces

import asyncio
import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import brotli
import pytest
from backports import zstd
from scrapy.utils.python import to_bytes
from twisted.internet.address import IPv4Address

from crawler.downloader.address_guard import port_ranges
from crawler.downloader.resolver import PublicResolver, may_be_dialled, networks
from crawler.downloader.retry import retry_after
from tests.crawler.crawling import crawl
from tests.crawler.site import Site, response, serving

PAGE = "<!doctype html><html><head><title>往期</title></head><body>{}</body></html>".format(
    "".join(f"<p>第{number}段，一段一个样。</p>" for number in range(500))
)
SQUEEZE = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def robots(text: str, status: str = "200 OK", kind: str = "text/plain") -> bytes:
    return response(text, status, content_type=kind)


async def drop(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
    writer.transport.abort()


# --- bodies ----------------------------------------------------------------------------------------------------------


def test_every_encoding_is_read(site: Site) -> None:
    for name, squeeze in SQUEEZE.items():
        site.pages[f"/{name}"] = response(squeeze(PAGE.encode()), content_encoding=name)
    done = crawl(*(site.url(f"/{name}") for name in SQUEEZE))
    assert {(ending.status, ending.size, *ending.flags) for ending in done.endings.values()} == {
        (200, len(PAGE.encode()))
    }


def test_a_bomb_costs_neither_memory_nor_a_second_try(site: Site) -> None:
    bomb = bytes(200 * 2**20)
    site.pages = {
        "/gzip": response(gzip.compress(bomb, 1), content_encoding="gzip"),
        "/br": response(brotli.compress(bomb, quality=1), content_encoding="br"),
        "/zstd": response(zstd.compress(bomb), content_encoding="zstd"),
        "/plain": response(bytes(11 * 2**20)),
    }
    done = crawl(*map(site.url, site.pages), is_warm=False)
    assert {(ending.error, ending.outcome) for ending in done.endings.values()} == {("TooLarge", "too_large")}
    assert [site.count(path) for path in site.pages] == [1, 1, 1, 1]
    assert done.peak_rss < 200 * 2**20
    assert done.stats["compression/too_large"] == 4


def test_a_body_that_was_cut_is_asked_for_again(site: Site) -> None:
    for name, squeeze in SQUEEZE.items():
        whole = squeeze(PAGE.encode())
        for cut in (len(whole) // 3, len(whole) - 1):
            site.pages[f"/{name}/{cut}"] = response(whole[:cut], content_encoding=name)
    site.pages["/heals"] = [
        response(gzip.compress(PAGE.encode())[:100], content_encoding="gzip"),
        response(gzip.compress(PAGE.encode()), content_encoding="gzip"),
    ]
    done = crawl(*map(site.url, site.pages))
    assert done.endings.pop(site.url("/heals")).size == len(PAGE.encode())
    for url, ending in done.endings.items():
        assert (ending.error, ending.outcome) == ("TruncatedBody", "truncated"), url
        assert "cut off" in ending.reason
        assert site.count(url.removeprefix(site.url(""))) == 3
    assert any(ending.body.startswith("<!doctype html>") for ending in done.endings.values())  # kept as evidence


def test_a_content_length_that_lies(site: Site) -> None:
    site.pages = {
        "/short": response(PAGE, length=300),
        "/long": response(PAGE, length=10**6),
        "/right": response(PAGE),
    }
    done = crawl(*map(site.url, site.pages))
    assert done[site.url("/short")].error == "TruncatedBody"
    assert done[site.url("/long")].error == "ResponseDataLossError"
    assert done[site.url("/right")].flags == []


def test_a_page_that_is_not_the_gzip_it_says(site: Site) -> None:
    async def depends(writer: asyncio.StreamWriter, headers: dict[str, str]) -> None:
        honest = headers["accept-encoding"] == "identity"
        writer.write(response(PAGE) if honest else response(PAGE, content_encoding="gzip"))

    site.pages = {"/mends": depends, "/lies": response(PAGE, content_encoding="gzip")}
    done = crawl(*map(site.url, site.pages))
    for path in site.pages:
        assert done[site.url(path)].size == len(PAGE.encode())
        assert site.count(path) == 2


# --- robots.txt ------------------------------------------------------------------------------------------------------


def test_no_first_request_slips_past_robots(site: Site) -> None:
    site.pages = {"/robots.txt": robots("User-agent: *\nDisallow: /private/")}
    done = crawl(*(site.url(f"/private/{number}") for number in range(6)), site.url("/open"))
    forbidden = [ending for ending in done.endings.values() if ending.error == "ForbiddenByRobots"]
    assert len(forbidden) == 6
    assert forbidden[0].outcome == "robots"
    assert done[site.url("/open")].status == 404
    assert site.count("/robots.txt") == 1
    assert len(site.hits) == 2


@pytest.mark.parametrize(
    "answer", [robots("oops", "500 Internal Server Error"), robots("", "503 Service Unavailable"), drop]
)
def test_robots_that_cannot_be_had_forbids(site: Site, answer: bytes) -> None:
    site.pages = {"/robots.txt": answer, "/page": response(PAGE)}
    done = crawl(site.url("/page"), site.url("/other"), RETRY_TIMES=1)
    assert {(ending.error, ending.outcome) for ending in done.endings.values()} == {("RobotsUnreachable", "failed")}
    assert all(590 < ending.again_after <= 600 for ending in done.endings.values())
    assert site.count("/page") == site.count("/other") == 0
    assert site.count("/robots.txt") == 2


@pytest.mark.parametrize(
    "answer",
    [
        robots("", "404 Not Found"),
        robots("User-agent: *\nDisallow: /", "403 Forbidden"),
        robots("<!DOCTYPE html><html><body>User-agent: *<br>\nDisallow: /\n</body></html>", kind="text/html"),
        robots("User-agent: *\n" + "#" * 600 * 1024 + "\nDisallow: /\n"),
        response("", "302 Found", location="/robots.txt"),
    ],
    ids=["404", "403", "html", "past 512 KiB", "loop"],
)
def test_robots_that_allows(site: Site, answer: bytes) -> None:
    site.pages = {"/robots.txt": answer, "/page": response(PAGE)}
    assert crawl(site.url("/page"))[site.url("/page")].status == 200


def test_a_crawl_delay_is_kept(site: Site) -> None:
    site.pages = {"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.7")}
    done = crawl(*(site.url(f"/{number}") for number in range(3)), DOWNLOAD_DELAY_JITTER=0)
    times = sorted(at for _, path, at in site.hits if path != "/robots.txt")
    assert min(later - earlier for earlier, later in pairwise(times)) > 0.65
    assert done.stats["politeness/slowed_hosts"] == 1


# --- addresses -------------------------------------------------------------------------------------------------------

SPELLINGS = [
    "http://127.0.0.2:{port}/secret",
    "http://2130706434:{port}/secret",
    "http://0x7f000002:{port}/secret",
    "http://0177.0.0.2:{port}/secret",
    "http://127.2:{port}/secret",
    "http://[::1]:{port}/secret",
    "http://[::ffff:127.0.0.2]:{port}/secret",
    "http://127.0.0.2.:{port}/secret",
    "http://①②⑦.⓪.⓪.②:{port}/secret",
    "http://0:{port}/secret",
    "http://0.0.0.0:{port}/secret",
    "http://user@127.0.0.2:{port}/secret",
    "http://127。0。0。2:{port}/secret",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.1.2.3/",
]


def test_no_spelling_of_a_private_address_is_dialled(site: Site) -> None:
    site.pages = {"/secret": response(PAGE)}
    urls = [spelling.format(port=site.port) for spelling in SPELLINGS]
    done = crawl(*urls, ROBOTSTXT_OBEY=False)
    assert len(done.endings) == len(urls)
    assert not site.hits
    for url, ending in done.endings.items():
        assert ending.error in {"AddressRefused", "CannotResolveHostError"}, (url, ending)
    refused = [url for url, ending in done.endings.items() if ending.outcome == "out_of_scope"]
    assert len(refused) >= 12


def test_every_hop_is_vetted(site: Site) -> None:
    site.pages = {
        "/literal": response("", "302 Found", location=site.url("/secret", "127.0.0.2")),
        "/number": response("", "302 Found", location=f"http://2130706434:{site.port}/secret"),
        "/file": response("", "302 Found", location="file:///etc/passwd"),
        "/loop": response("", "302 Found", location="/loop"),
        "/secret": response(PAGE),
    }
    done = crawl(*map(site.url, ["/literal", "/number", "/file", "/loop"]))
    assert done[site.url("/literal")].error == done[site.url("/number")].error == "AddressRefused"
    assert done[site.url("/file")].status == 302
    assert site.count("/loop") == 1
    assert site.count("/secret") == 0
    assert not [host for host, _, _ in site.hits if host != "127.0.0.1"]


def test_ports_and_schemes(site: Site) -> None:
    done = crawl("http://127.0.0.1:22/", "ftp://127.0.0.1/", ALLOWED_PORTS=["80", "8000-8999"])
    assert "ALLOWED_PORTS" in done["http://127.0.0.1:22/"].reason
    assert "neither http nor https" in done["ftp://127.0.0.1/"].reason


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("114.114.114.114", True),
        ("2400:3200::1", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("192.0.0.9", False),
        ("224.0.0.1", False),
        ("168.63.129.16", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:114.114.114.114", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("fe80::1%eth0", False),
        ("ff02::1", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:  # noqa: FBT001  # a table
    assert may_be_dialled(address) is public
    assert may_be_dialled(address, networks(["0.0.0.0/0", "::/0"]))


def test_what_no_port_is() -> None:
    with pytest.raises(ValueError, match="many"):
        port_ranges(["many"])


# --- tries -----------------------------------------------------------------------------------------------------------


def test_a_passing_fault_passes(site: Site) -> None:
    site.pages = {
        "/heals": [response("", "500 Oops"), response("", "429 Too Many Requests"), response(PAGE)],
        "/ill": response("", "502 Bad Gateway"),
        "/gone": response("", "404 Not Found"),
        "/broken": drop,
    }
    done = crawl(*map(site.url, site.pages))
    assert done[site.url("/heals")].status == 200
    assert done[site.url("/ill")].status == 502
    assert done[site.url("/broken")].error == "DownloadFailedError"
    assert [site.count(path) for path in site.pages] == [3, 3, 1, 3]


def test_pauses_grow(site: Site) -> None:
    site.pages = {"/ill": response("", "500 Oops")}
    crawl(site.url("/ill"), RETRY_PAUSE=0.3)
    first, second, third = (at for _, path, at in site.hits if path == "/ill")
    assert second - first > 0.28
    assert third - second > 0.58


def test_a_short_retry_after_is_waited_for_by_the_whole_host(site: Site) -> None:
    site.pages = {
        "/busy": [response("", "503 Busy", retry_after="1"), response(PAGE)],
        **{f"/{number}": response(PAGE) for number in range(3)},
    }
    done = crawl(*map(site.url, site.pages), CONCURRENT_REQUESTS_PER_DOMAIN=1)
    assert {ending.status for ending in done.endings.values()} == {200}
    busy = next(at for _, path, at in site.hits if path == "/busy")
    again = [at for _, path, at in site.hits if at > busy and path == "/busy"]
    assert again[0] - busy > 0.95


def test_a_long_retry_after_ends_the_host_for_this_run(site: Site) -> None:
    site.pages = {"/busy": response("", "429 Too Many", retry_after="1800"), "/other": response(PAGE)}
    done = crawl(site.url("/busy"), site.url("/other"), CONCURRENT_REQUESTS=1)
    busy, other = done[site.url("/busy")], done[site.url("/other")]
    assert (busy.error, busy.outcome, busy.again_after) == ("RetryLater", "failed", 1800)
    assert other.error == "RetryLater"
    assert 1700 < other.again_after <= 1800
    assert site.count("/busy") == 1
    assert site.count("/other") == 0


def test_a_slow_body_is_given_up(site: Site) -> None:
    async def drip(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        writer.write(response("", length=1000))
        for _ in range(1000):
            writer.write(b"a")
            await writer.drain()
            await asyncio.sleep(0.1)

    site.pages = {"/slow": drip, "/fast": response(PAGE)}
    done = crawl(site.url("/slow"), site.url("/fast"), DOWNLOAD_TIMEOUT=1.5)
    assert done[site.url("/slow")].error == "DownloadTimeoutError"
    assert done[site.url("/fast")].status == 200
    assert site.count("/slow") == 3


NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 30 ", 30.0),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True), 300.0),
        (format_datetime(NOW - timedelta(minutes=5), usegmt=True), 0.0),
        ("soon", None),
        ("-5", None),
        ("３０", None),
        ("9" * 5000, 999999999.0),
        ("", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(to_bytes(value), NOW) == seconds


class Answering:
    """A name server whose answer changes, as an attacker's may."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = iter(answers)
        self.nameResolver = self

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> Any:
        receiver.resolutionBegan(None)
        for address in next(self.answers):
            receiver.addressResolved(IPv4Address("TCP", address, port))
        receiver.resolutionComplete()


class Receiving:
    def __init__(self) -> None:
        self.addresses: list[str] = []

    def resolutionBegan(self, _: Any) -> None:
        pass

    def addressResolved(self, address: IPv4Address) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.addresses.append("end")


def test_a_name_that_changes_its_address() -> None:
    resolver = PublicResolver(Answering(["114.114.114.114", "10.0.0.1"], ["127.0.0.2"]), 0)
    seen = []
    for _ in range(2):
        receiver = Receiving()
        resolver.resolveHostName(receiver, "rebinding.example", 80)
        seen.append(receiver.addresses)
    assert seen == [["114.114.114.114", "end"], ["end"]]
    assert resolver.refused["rebinding.example"] == "127.0.0.2"


def test_a_host_that_no_name_can_be_is_refused_in_one_line() -> None:
    """Row 21 of issue 12."""
    urls = ["http://a..b/", f"http://{'a' * 64}.example/", f"http://{'a.' * 130}example/", "http://.example/"]
    done = crawl(*urls)
    assert [done[url].error for url in urls] == ["AddressRefused"] * len(urls)
    assert "Traceback" not in done.log
