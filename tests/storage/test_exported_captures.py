"""WARC and WACZ: what they hold, and that other readers of them agree."""

import hashlib
import io
import json
import zipfile
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from storage import Archive
from storage.db.errors import DamagedError
from storage.exports.captures import cdxj
from storage.exports.captures.sorted_lines import SortedLines
from storage.exports.chosen import Selection
from storage.exports.formats import FORMATS, write
from tests.storage.stories import address, begun, capture, record, story_text
from wangqi.visit import Visit


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Story 1 twice, the second time the same; story 2, which its server sent on; a page that is gone; no answer."""
    series, run = begun(archive)
    for _ in range(2):
        archive.record(record(series, run, 1, capture=capture(address(1), "一")))
    again = capture(address(1), None, status=304, headers={"etag": '"a"'})
    archive.record(Visit(series_id=series, run_id=run, url=address(1), outcome="unchanged", capture=again))
    headers = {"content-type": "text/html", "transfer-encoding": "chunked", "content-length": "7", "x": "é\r\nevil: 1"}
    moved = capture("https://river.example/new/2", "二", headers=headers)
    archive.record(record(series, run, 2, capture=moved))
    gone = capture(address(3), b"", status=404)
    archive.record(Visit(series_id=series, run_id=run, url=address(3), outcome="gone", capture=gone))
    nothing = capture(address(4), None, status=None)
    archive.record(Visit(series_id=series, run_id=run, url=address(4), outcome="failed", capture=nothing)).result()
    return archive


def exported(archive: Archive, form: str, **given: Any) -> tuple[int, bytes]:
    out = io.BytesIO()
    return write(FORMATS[form], archive, Selection(**given), out), out.getvalue()


def test_a_warc_holds_every_answer(filled: Archive) -> None:
    count, warc = exported(filled, "warc")
    assert (count, warc) == exported(filled, "warc")
    assert count == 5
    found: list[tuple[str, str, str, bytes]] = []
    for one in ArchiveIterator(io.BytesIO(warc), check_digests="raise"):
        status = one.http_headers.get_statuscode() if one.rec_type in {"response", "revisit"} else ""
        found.append((one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), status, one.content_stream().read()))
        if one.rec_type == "revisit":
            assert one.rec_headers.get_header("WARC-Refers-To-Target-URI") == address(1)
            assert one.rec_headers.get_header("WARC-Profile").endswith("modified" if status == "304" else "digest")
        if status == "200" and one.rec_headers.get_header("WARC-Target-URI") != address(1):
            sent = dict(one.http_headers.headers)
            assert sent == {"content-type": "text/html", "x": "é evil: 1", "content-length": "3"}
    moved = "https://river.example/new/2"
    assert [each for each in found if each[0] not in {"request", "warcinfo"}] == [
        ("response", address(1), "200", "一".encode()),
        ("revisit", address(1), "200", b""),
        ("revisit", address(1), "304", b""),
        ("response", address(2), "302", b""),
        ("response", moved, "200", "二".encode()),
        ("response", address(3), "404", b""),
    ]
    assert Counter(kind for kind, *_ in found) == {"warcinfo": 1, "response": 4, "revisit": 2, "request": 6}
    assert [body for kind, url, _, body in found if kind == "request" and url == moved] == [b""]
    assert b"GET /new/2 HTTP/1.1" in b"".join(
        one.http_headers.to_bytes() for one in ArchiveIterator(io.BytesIO(warc)) if one.rec_type == "request"
    )


def test_a_selection_of_stories_brings_the_answers_of_their_pages(filled: Archive) -> None:
    assert exported(filled, "warc", query="title:之2")[0] == 1
    assert exported(filled, "warc", limit=1)[0] == 1
    assert exported(filled, "warc", series="河上旧事")[0] == 5
    filled.series_named("另一个")
    assert exported(filled, "warc", series="另一个") == (0, b"")


def test_a_wacz_is_whole(filled: Archive) -> None:
    count, wacz = exported(filled, "wacz", series="河上旧事")
    assert (count, wacz) == exported(filled, "wacz", series="河上旧事")
    assert count == 5
    with zipfile.ZipFile(io.BytesIO(wacz)) as made:
        assert made.testzip() is None
        package = json.loads(made.read("datapackage.json"))
        for resource in package["resources"]:
            content = made.read(resource["path"])
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert resource["bytes"] == len(content)
        digest = json.loads(made.read("datapackage-digest.json"))
        assert digest["hash"] == f"sha256:{hashlib.sha256(made.read('datapackage.json')).hexdigest()}"
        warc = made.read("archive/wangqi.warc.gz")
        lines = made.read("indexes/index.cdx").decode().splitlines()
        pages = [json.loads(line) for line in made.read("pages/pages.jsonl").splitlines()]
    assert warc == exported(filled, "warc", series="河上旧事")[1]
    assert lines == sorted(lines)
    for line in lines:
        _, moment, facts = line.split(" ", 2)
        entry = json.loads(facts)
        place, length = int(entry["offset"]), int(entry["length"])
        (one,) = ArchiveIterator(io.BytesIO(warc[place : place + length]))
        assert one.rec_headers.get_header("WARC-Target-URI") == entry["url"]
        assert "".join(filter(str.isdigit, one.rec_headers.get_header("WARC-Date")))[:14] == moment
    assert [page["title"] for page in pages[1:]] == ["河上旧事之1", "河上旧事之2"]
    assert urlsplit(pages[2]["url"]).path == "/new/2"


def test_bytes_that_are_damaged_end_the_export(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filled, "payload", lambda _: None)
    with pytest.raises(DamagedError, match="are lost"):
        exported(filled, "warc")


def test_a_copy_is_exported_with_its_story(archive: Archive) -> None:
    series, run = begun(archive)
    text = story_text(1)
    archive.record(record(series, run, 1, story=text))
    archive.record(record(series, run, 1, story=text, url="https://mirror.example/1")).result()
    assert exported(archive, "warc", query="title:之1")[0] == 2


def test_many_lines_are_sorted_beside_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.exports.captures.sorted_lines._IN_MEMORY", 3)
    with SortedLines() as lines:
        for number in range(10):
            lines.add(str(number * 7 % 10))
        assert b"".join(lines).split() == [str(number).encode() for number in range(10)]


def test_keys_of_an_index_are_those_that_other_tools_make() -> None:
    keys = {
        "https://www.river.example/a/": "example,river)/a",
        "http://river.example": "example,river)/",
        "http://127.0.0.1:8000/A?b=2&a=1": "1,0,0,127:8000)/a?a=1&b=2",
    }
    assert {url: cdxj.surt(url) for url in keys} == keys
