"""Columns that a script draws, drawn by the browser of this machine on a loopback site."""

import asyncio
import io
import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psutil
import pytest
from warcio.warcwriter import WARCWriter

from crawler.downloader.rendering.browser import BrowserMissing, check_browser
from crawler.extraction import extract_page
from storage import Archive
from storage.rows import CaptureRow, PageRow
from tests.crawler.site import Site, response, serving
from tests.crawling import AT_HOME, ROOT, command, crawl_command, environment, scrapy
from tests.story_pages import story
from tests.test_exit_codes import until


@pytest.fixture(scope="module", autouse=True)
def _browser() -> None:
    """All of this needs scrapy-playwright and a browser that starts."""
    try:
        check_browser("", sandbox=True)
    except BrowserMissing as error:
        pytest.skip(str(error))


SERIES = [(f"/{number}.html", f"数石阶的人：第{number}级") for number in range(1, 9)]
DRAW = """
fetch('/rows.json', {method: 'POST', headers: {'content-type': 'application/json'}, body: '{"page": 1}'})
  .then(answer => answer.json())
  .then(rows => setTimeout(() => {
    for (const [href, title] of rows) {
      const row = document.createElement('li');
      row.innerHTML = `<a href="${href}">${title}</a><span>2021-03-01</span>`;
      document.querySelector('#rows').append(row);
    }
  }, 200));
"""
COLUMN = '<div class="list"><ul id="rows"></ul>{}</div><img src="/banner.png"><script src="/draw.js"></script>'


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server that nobody may reach: its address, and whoever has called."""
    callers: list[str] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    call, caller = server.accept()
                    callers.append(str(caller))
                    call.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", callers
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def page(body: str, title: str = "专栏_石桥日报") -> bytes:
    return response(f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>')


def crawl(archive: Path, site: Site, path: str, *more: str) -> subprocess.CompletedProcess[str]:
    only = ("-s", f"ALLOWED_PORTS={site.port}", "-s", "RETRY_PAUSE=0.1", "-s", "RENDER_TIMEOUT=20")
    ended = scrapy(archive, crawl_command(site.url(path), *only, *more))
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended


def visit(archive: Path, url: str) -> tuple[PageRow, CaptureRow, bytes]:
    """The page, its last capture, and what was kept of it."""
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        found = opened.why(url)[0].page
        capture = opened.captures(found.id)[-1]
        return found, capture, opened.payload(capture.payload_sha256 or "") or b""


def stories(archive: Path) -> set[str]:
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        return {one.title for one in opened.stories()}


def test_a_column_that_a_script_draws(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/column/": page(
            COLUMN.format('<div class="pages"><a href="/column/">1</a> <a href="/column/2.html">2</a></div>')
        ),
        "/column/2.html": page(COLUMN.format("")),
        "/draw.js": response(DRAW, content_type="text/javascript"),
        "/rows.json": response(json.dumps(SERIES), content_type="application/json"),
        **{href: story(title, column="/column/") for href, title in SERIES},
    }
    archive = tmp_path / "archive.db"
    assert crawl(archive, site, "/column/").returncode == 1, "without a browser there is nothing to see"
    assert not site.count("/rows.json")

    ended = crawl(archive, site, "/column/", "-a", "render=listing", "-a", "refresh=all")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert stories(archive) == {title for _, title in SERIES}
    assert not site.count("/banner.png")
    assert (site.count("/rows.json"), site.count("/draw.js")) == (2, 1), "a script is kept for the next page"
    found, capture, payload = visit(archive, site.url("/column/"))
    assert (found.outcome, capture.status) == ("listing", 200)
    assert "drawn by Chromium" in found.reason
    assert capture.headers["content-type"] == "text/html; charset=utf-8"
    assert "with 2 more files" in capture.headers["x-rendered"]
    # What was kept is what was read: reading it again gives the same.
    again = extract_page(payload, capture.url, capture.headers)
    assert [link.title for link in again.links if link.kind == "entry"] == [title for _, title in SERIES]
    assert "x-rendered" not in visit(archive, site.url("/1.html"))[1].headers, "a story needs no browser"

    ended = crawl(archive, site, "/column/", "-a", "render=listing")
    assert "this run: 1 listing (4 requests)" in ended.stdout, "nothing new"


def test_a_drawn_page_reaches_nobody_else(site: Site, elsewhere: tuple[str, list[str]], tmp_path: Path) -> None:
    other, callers = elsewhere
    site.pages["/away.json"] = response("", "302 Found", location=f"http://{other}/away")
    site.pages["/"] = page(
        f"""<link rel="preconnect" href="http://{other}/"><link rel="prefetch" href="http://{other}/prefetch">
<link rel="stylesheet" href="http://{other}/style"><script src="http://{other}/script"></script>
<img src="http://{other}/image"><iframe src="http://{other}/frame"></iframe><p id="here"></p>
<script>
fetch("http://{other}/fetch").catch(() => 0);
fetch("/away.json").catch(() => 0);
navigator.sendBeacon("http://{other}/beacon", "1");
new WebSocket("ws://{other}/socket");
new EventSource("http://{other}/events");
new Worker(URL.createObjectURL(new Blob([`new WebSocket("ws://{other}/"); importScripts("http://{other}/import")`])));
const turn = {{urls: "turn:{other}?transport=tcp", username: "a", credential: "b"}};
const peer = new RTCPeerConnection({{iceServers: [turn]}});
peer.createDataChannel("x");
peer.createOffer().then(offer => peer.setLocalDescription(offer));
window.open("http://{other}/window");
setInterval(() => {{ location.href = "http://{other}/location"; }}, 100);
setTimeout(() => {{ document.querySelector("#here").textContent = "仍在原处"; }}, 300);
const form = document.createElement("form");
form.method = "POST"; form.action = "http://{other}/form";
document.body.append(form); form.submit();
</script>"""
    )
    archive = tmp_path / "archive.db"
    crawl(archive, site, "/", "-a", "render=1")
    assert not callers
    assert site.count("/away.json") == 1
    found, _, payload = visit(archive, site.url("/"))
    assert "仍在原处" in payload.decode()
    assert found.outcome == "failed", "what was refused may be what the page is made of"
    assert f"{other}/frame asks for port" in found.reason


@pytest.mark.torture  # each of them takes the time that a page may have
def test_pages_that_misbehave_cost_themselves_only(site: Site, tmp_path: Path) -> None:
    rows = json.dumps(SERIES)
    gbk = "<html><head><meta charset=gb2312><title>朱镕</title></head><body><p>镕</p><script>{}</script></body></html>"
    echo = "document.body.append('画：' + document.querySelector('p').textContent)"
    site.pages |= {
        "/robots.txt": response("User-agent: *\nDisallow: /hidden/\n", content_type="text/plain"),
        "/busy": page("<script>fetch('/busy.json')</script>"),
        "/busy.json": response("{}", "503 Service Unavailable"),
        "/shy": page("<script>fetch('/hidden/rows.json')</script>"),
        "/hidden/rows.json": response(rows, content_type="application/json"),
        "/endless": page("<script>for (;;) {}</script>"),
        "/restless": page("<script>setInterval(() => document.body.append(document.createElement('i')), 100)</script>"),
        "/huge": page("<script>document.body.append('河'.repeat(500000))</script>"),
        "/gbk": response(gbk.format(echo).encode("gb18030"), content_type="text/html; charset=iso-8859-1"),
        "/moved": response("", "301 Moved", location="/gbk"),
        "/gone": response("", "404 Not Found"),
        "/feed": response("<rss><channel></channel></rss>", content_type="text/xml", etag='"a"'),
    }
    paths = ["/busy", "/shy", "/endless", "/restless", "/huge", "/gbk", "/moved", "/gone", "/feed"]
    catalogue = tmp_path / "series.toml"
    starts = json.dumps([site.url(path) for path in paths])
    catalogue.write_text(f'["石阶"]\nstart = {starts}\nrender = true\n', "utf-8")
    settings = (*AT_HOME, "RETRY_PAUSE=0.1", "RETRY_WAIT=1", "RENDER_TIMEOUT=6", "DOWNLOAD_MAXSIZE=400000")
    archive = tmp_path / "archive.db"
    done = scrapy(
        archive,
        command("crawl", "石阶", *(part for value in (f"CATALOGUE={catalogue}", *settings) for part in ("-s", value))),
    )
    assert "Traceback" not in done.stderr, done.stderr
    seen = {path: visit(archive, site.url(path)) for path in paths}
    outcomes = {path: (found.outcome, found.reason) for path, (found, _, _) in seen.items()}
    assert outcomes["/busy"][0] == "failed"
    assert "/busy.json: the server answered 503" in outcomes["/busy"][1]
    assert not site.count("/hidden/rows.json")
    assert outcomes["/shy"][0] == "failed"
    assert "robots.txt does not allow it" in outcomes["/shy"][1]
    assert outcomes["/endless"] == ("failed", "the browser did not draw it within 6 seconds")
    assert "still changing after 6 seconds" in outcomes["/restless"][1]
    assert outcomes["/huge"][0] == "too_large"
    assert outcomes["/gone"][0] == "gone"
    assert "drawn" not in outcomes["/feed"][1]
    for path in ("/gbk", "/moved"):
        _, capture, payload = seen[path]
        assert "画：镕" in payload.decode("utf-8")
        assert capture.url == site.url("/gbk")


def test_pages_of_a_warc_are_taken_as_they_were_captured(tmp_path: Path) -> None:
    file, url = tmp_path / "series.warc.gz", "http://archive.example/column/"
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        body = io.BytesIO(page(COLUMN).split(b"\r\n\r\n", 1)[1])
        record = writer.create_warc_record(url, "resource", payload=body, warc_content_type="text/html")
        writer.write_record(record)
        record.raw_stream.close()
    archive = tmp_path / "archive.db"
    done = scrapy(archive, crawl_command(url, "-a", f"warc={file}", "-a", "render=1", "-s", "LOG_LEVEL=INFO"))
    assert "Pages out of a WARC are taken as they were captured: none is drawn" in done.stderr
    assert "x-rendered" not in visit(archive, url)[1].headers


STOPPED = {
    "the driver": lambda one: "run-driver" in one.cmdline(),
    "the browser": lambda one: one.parent() and "run-driver" in one.parent().cmdline(),
    "what begins its pages": lambda one: "--type=zygote" in one.cmdline(),
}


@pytest.mark.parametrize("which", [pytest.param(each, marks=pytest.mark.torture) for each in STOPPED])
def test_a_browser_that_is_stopped_is_replaced(site: Site, tmp_path: Path, which: str) -> None:
    """Row 3 of issue 12."""
    asked: list[str] = []

    async def late(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        asked.append("late")
        await asyncio.sleep(3)
        writer.write(response("{}", content_type="application/json"))

    site.pages |= {
        "/1.html": story("渡口旧事", head="<script>fetch('/late.json')</script>"),
        "/late.json": late,
    }
    archive = tmp_path / "archive.db"
    with subprocess.Popen(
        crawl_command(site.url("/1.html"), "-a", "render=1", "-s", "RENDER_SILENCE=6"),
        env=environment(archive),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as crawling:
        try:
            until(lambda: asked)
            family = psutil.Process(crawling.pid).children(recursive=True)
            for process in filter(STOPPED[which], family):
                process.suspend()
            printed, errors = crawling.communicate(timeout=100)
        finally:
            crawling.kill()
    assert "The browser gives no sign of life: it is killed, and another one is started" in errors
    assert "Traceback" not in errors
    assert "1 stored" in printed, errors
    assert "drawn by Chromium" in visit(archive, site.url("/1.html"))[1].headers["x-rendered"]
    until(lambda: not any(one.is_running() for one in family), 10)


@pytest.mark.torture  # five seconds, of a browser and a crawl that begin with nothing
def test_a_crawl_that_is_stopped_leaves_no_browser(site: Site, tmp_path: Path) -> None:
    async def never(_writer: asyncio.StreamWriter, _headers: dict[str, str]) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)

    site.pages |= {"/": page("<script>fetch('/never.json')</script>"), "/never.json": never}
    archive = tmp_path / "archive.db"
    with subprocess.Popen(
        crawl_command(site.url("/"), "-a", "render=1", "-s", "DOWNLOAD_TIMEOUT=2"),
        env=environment(archive),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as crawling:
        try:
            until(lambda: site.count("/never.json"))
            family = psutil.Process(crawling.pid).children(recursive=True)
            os.killpg(crawling.pid, signal.SIGINT)  # as Ctrl-C does: the browser hears it, too
            _, errors = crawling.communicate(timeout=30)
        finally:
            crawling.kill()
    assert crawling.returncode == 11
    assert "Traceback" not in errors
    assert visit(archive, site.url("/"))[0].reason == "the crawl was stopped while the browser drew it"
    until(lambda: not any(one.is_running() for one in family), 10)
