"""A WARC in place of the network."""

import base64
import gzip
import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from w3lib.url import canonicalize_url
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.downloader.warcs.index import WarcError, WarcIndex, check_warc
from tests.crawler.crawling import crawl

PAGE = "<html><body><p>{}</p></body></html>"
OLD, NEW = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
URL = "http://archive.example/{}"


def write(path: Path, fill: Callable[["Writing"], None], *, gz: bool = True) -> Path:
    with path.open("wb") as file:
        fill(Writing(WARCWriter(file, gzip=gz)))
    return path


class Writing:
    def __init__(self, writer: WARCWriter) -> None:
        self.writer = writer

    def record(self, url: str, kind: str, payload: bytes, http: StatusAndHeaders | None = None, **head: str) -> None:
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(payload),
            http_headers=http,
            warc_content_type="text/html" if kind == "resource" else "",
            warc_headers_dict={name.replace("_", "-"): value for name, value in head.items()},
        )
        self.writer.write_record(record)
        record.raw_stream.close()  # warcio leaves its temporary file open

    def answer(self, name: str, body: bytes | str, status: str = "200 OK", date: str = OLD, **headers: str) -> None:
        fields = [("Content-Type", "text/html; charset=utf-8")]
        fields += [(key.replace("_", "-").title(), value) for key, value in headers.items()]
        http = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
        payload = body.encode() if isinstance(body, str) else body
        self.record(URL.format(name), "response", payload, http, WARC_Date=date)

    def revisit(self, name: str, payload: str, refers_to: str = "") -> None:
        digest = "sha1:" + base64.b32encode(hashlib.sha1(payload.encode()).digest()).decode()
        record = self.writer.create_revisit_record(URL.format(name), digest, URL.format(refers_to), OLD)
        record.rec_headers.replace_header("WARC-Date", NEW)
        self.writer.write_record(record)


def some_pages(warc: Writing) -> None:
    info = warc.writer.create_warcinfo_record("a.warc", {"software": "a test"})
    warc.writer.write_record(info)
    for number in range(5):
        warc.answer(f"{number}.html", PAGE.format(f"第{number}期"))


@pytest.mark.parametrize("gz", [True, False])
def test_a_crawl_of_a_warc(tmp_path: Path, gz: bool) -> None:  # noqa: FBT001  # a table
    def fill(warc: Writing) -> None:
        some_pages(warc)
        warc.answer("1.html", PAGE.format("新版"), date=NEW)
        warc.answer("2.html", PAGE.format("旧版"), date="2025-01-01T00:00:00Z")
        warc.answer("moved", "", "302 Found", location="/3.html")
        warc.answer("ill", "", "503 Busy", retry_after="900")
        warc.answer("squeezed", gzip.compress(PAGE.format("压缩").encode()), content_encoding="gzip")
        warc.answer("cut", gzip.compress(PAGE.format("压缩").encode())[:-9], content_encoding="gzip")
        warc.answer("chunks", b"3\r\n<p>\r\n4\r\n</p>\r\n0\r\n\r\n", transfer_encoding="chunked")
        warc.answer("bomb", gzip.compress(bytes(11 * 2**20)), content_encoding="gzip")
        warc.answer("big", bytes(11 * 2**20))
        warc.revisit("again", PAGE.format("第4期"))
        warc.revisit("once more", "other bytes", refers_to="3.html")

    path = write(tmp_path / "series.warc", fill, gz=gz)
    names = [
        "0.html",
        "1.html",
        "2.html",
        "moved",
        "squeezed",
        "cut",
        "chunks",
        "bomb",
        "big",
        "again",
        "once more",
        "missing",
    ]
    done = crawl(*map(URL.format, names), URL.format("ill"), arguments={"warc": str(path)})
    ends = {name: done[URL.format(name)] for name in [*names, "ill"]}
    assert "第0期" in ends["0.html"].body
    assert "新版" in ends["1.html"].body
    assert "第2期" in ends["2.html"].body
    assert ends["moved"].url == URL.format("3.html")
    assert "压缩" in ends["squeezed"].body
    assert ends["cut"].error == "TruncatedBody"
    assert ends["chunks"].body == "<p></p>"
    assert ends["bomb"].error == ends["big"].error == "TooLarge"
    assert "第4期" in ends["again"].body
    assert "第3期" in ends["once more"].body
    assert ends["missing"].error == "NotInWarc"
    assert ends["ill"].status == 503
    assert done.stats["warc/missing"] == 1
    assert "downloader/request_count" not in done.stats


def test_any_spelling_of_a_url(tmp_path: Path) -> None:
    index = WarcIndex(write(tmp_path / "a.warc.gz", lambda warc: warc.answer("?b=2&a=1", "x")), canonicalize_url)
    found = index.find("http://ARCHIVE.example/?a=1&b=2#top")
    assert found
    assert (found.body, found.status, found.date) == (b"x", 200, OLD)
    assert index.find("http://archive.example/?a=1") is None
    assert index.find("http://[broken") is None


def test_a_redirect_from_one_spelling_to_another_is_no_answer(tmp_path: Path) -> None:
    plain = URL.format("9.html")

    def fill(warc: Writing) -> None:
        warc.answer("9.html", "<p>nine")
        warc.answer("9.html?from=list", "", status="301 Moved", date=NEW, location=plain)

    found = WarcIndex(write(tmp_path / "a.warc", fill), lambda url: url.partition("?")[0]).find(plain)
    assert found
    assert (found.status, found.body) == (200, b"<p>nine")


@pytest.mark.parametrize("gz", [True, False])
def test_a_torn_end_costs_one_record(tmp_path: Path, gz: bool, caplog: pytest.LogCaptureFixture) -> None:  # noqa: FBT001
    path = write(tmp_path / "a.warc", some_pages, gz=gz)
    whole = path.read_bytes()
    last = WarcIndex(path, str)._entries[URL.format("4.html")][0].offset
    for cut in range(last + 1, len(whole) - (16 if gz else 5), 13):
        caplog.clear()
        path.write_bytes(whole[:cut])
        index = WarcIndex(path, str)
        assert index.find(URL.format("3.html"))
        assert not index.find(URL.format("4.html")), cut
        assert [record.message for record in caplog.records if record.levelname == "WARNING"] == [
            f"{path} ends, or is damaged, in the middle of a record; the 5 before it are used"
        ], cut


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>no archive</html>", "is no WARC"),
        (b"", "holds no response"),
        (b"\x1f\x8b\x08\x00garbage", "is no WARC|holds no response"),
        (None, "cannot be read: No such file"),
    ],
)
def test_what_is_no_warc_is_named(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "a.warc"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WarcError, match=message) as caught:
        WarcIndex(path, str)
    assert str(path) in str(caught.value)
    with pytest.raises(WarcError):
        check_warc(path)


def test_one_gzip_stream_for_all_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", some_pages, gz=False)
    path.write_bytes(gzip.compress(path.read_bytes()))
    for reading in (lambda: WarcIndex(path, str), lambda: check_warc(path)):
        with pytest.raises(WarcError, match="warcio recompress"):
            reading()


def test_a_sound_file_passes_the_check(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", some_pages)
    before = path.read_bytes()
    check_warc(path)
    assert path.read_bytes() == before
    assert WarcIndex(path, str).find(URL.format("4.html")), "what passes the check can be read"


def test_a_resource_is_a_page(tmp_path: Path) -> None:
    def fill(warc: Writing) -> None:
        warc.record(URL.format("r"), "resource", b"<p>")

    found = WarcIndex(write(tmp_path / "a.warc.gz", fill), str).find(URL.format("r"))
    assert found
    assert (found.status, found.headers, found.body) == (200, (("Content-Type", "text/html"),), b"<p>")


@pytest.mark.parametrize(
    ("status", "date", "headers"),
    [
        ("99999999999999999999 OK", NEW, 1),
        (f"{'9' * 5000} OK", NEW, 1),
        ("20 OK", NEW, 1),
        ("-200 OK", NEW, 1),
        ("200 OK", "99999-01-01T00:00:00Z", 1),
        ("200 OK", "0001-01-01T00:00:00+23:00", 1),
        ("200 OK", "9999-12-31T23:59:59-23:00", 1),
        ("200 OK", "yesterday", 1),
        ("200 OK", "2024-05-06", 1),
        ("200 OK", NEW, 20_000),
    ],
)
def test_a_record_out_of_bounds_costs_itself(tmp_path: Path, status: str, date: str, headers: int) -> None:
    """Row 5 of issue 12."""

    def fill(warc: Writing) -> None:
        some_pages(warc)
        fields = [("Content-Type", "text/html"), *[("Set-Cookie", f"a={number}") for number in range(headers)]]
        http = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
        warc.record(URL.format("odd.html"), "response", PAGE.format("odd").encode(), http, WARC_Date=date)

    file = write(tmp_path / "odd.warc.gz", fill)
    found = WarcIndex(file, canonicalize_url).find(URL.format("odd.html"))
    assert (found is None) == (not status.startswith("200"))
    urls = [URL.format(name) for name in ("0.html", "odd.html")]
    done = crawl(*urls, arguments={"warc": str(file)})
    assert done[urls[0]].status == 200
    assert done[urls[1]].status == 200 or done[urls[1]].error == "NotInWarc"
    assert "Traceback" not in done.log


def wacz(path: Path, warcs: Mapping[str, Path], how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", how) as made:
        made.writestr("datapackage.json", "{}")
        for name, warc in warcs.items():
            made.write(warc, name)
    return path


def test_the_warcs_of_a_wacz(tmp_path: Path) -> None:
    first = write(tmp_path / "a.warc.gz", some_pages)
    second = write(tmp_path / "b.warc", lambda warc: warc.answer("later.html", "第9期"), gz=False)
    whole = wacz(tmp_path / "all.wacz", {"archive/a.warc.gz": first, "archive/b.warc": second})
    check_warc(whole)
    index = WarcIndex(whole, str)
    assert len(index) == 6
    for name, words in (("3.html", "第3期"), ("later.html", "第9期")):
        found = index.find(URL.format(name))
        assert found
        assert words in found.body.decode()


def test_a_wacz_that_cannot_be_read(tmp_path: Path) -> None:
    warc = write(tmp_path / "a.warc.gz", some_pages)
    whole = wacz(tmp_path / "all.wacz", {"archive/a.warc.gz": warc})
    cut = tmp_path / "cut.wacz"
    cut.write_bytes(whole.read_bytes()[:-30])
    for path, words in (
        (cut, "is cut or damaged"),
        (wacz(tmp_path / "packed.wacz", {"archive/a.warc.gz": warc}, zipfile.ZIP_DEFLATED), "packed once more"),
        (wacz(tmp_path / "other.zip", {"pages/a.warc.gz": warc}), "no WACZ"),
    ):
        for read in (check_warc, lambda path: WarcIndex(path, str)):
            with pytest.raises(WarcError, match=words):
                read(path)
