"""Missing stories out of other archives: a loopback server that speaks TimeMaps and CDX, also badly."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage import Archive
from tests.crawler.site import Site, response, serving
from tests.crawling import AT_HOME, command, environment, run
from tests.storage.stories import address, begun, record, story_text

MISSING = (3, 7, 11, 15, 19)
WORDS = "渡口的船工老张今天收了桨，他说水退下去以后，对岸的人又会过来买菜，路还是那条路。"


def page(number: int, title: str | None = None) -> str:
    title = title or f"河上旧事之{number}"
    body = "".join(f"<p>第{number}天第{line}段：{WORDS}船上有{number * line}个人。</p>" for line in range(1, 8))
    head = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>2024-02-0{number % 9 + 1}</p>"
    return f"{head}{body}</body></html>"


@pytest.fixture
def archive_url(tmp_path: Path) -> str:
    """A series of twenty stories, of which five are gone."""
    url = f"sqlite:///{tmp_path / 'archive.db'}"
    with Archive(url) as archive:
        series, run_id = begun(archive)
        for number in range(1, 21):
            if number not in MISSING:
                archive.record(record(series, run_id, number)).result()
        archive.end_run(run_id, reason="finished", counts={})
    return url


def fill(archive_url: str, source: str) -> tuple[int, list[Any], str]:
    settings = [part for value in (*AT_HOME, "RETRY_PAUSE=0.05") for part in ("-s", value)]
    file = Path(archive_url.removeprefix("sqlite:///"))
    ended = run(command("fill", "河上旧事", "--from", source, "--json", *settings), environment(file))
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.returncode, [json.loads(line) for line in ended.stdout.splitlines()], ended.stderr


def timemap(site: Site, number: int, *days: str) -> bytes:
    lines = [f'<{site.url(f"/{day}/{number}")}>; rel="memento"; datetime="{day}"' for day in days]
    return response(",\n".join(['<http://a/>; rel="original"', *lines]), content_type="application/link-format")


def test_what_is_missing_is_filled_and_marked(archive_url: str) -> None:
    with serving() as site:
        middle = "Tue, 05 Mar 2024 00:00:00 GMT"
        early, late = "Mon, 05 Feb 2024 00:00:00 GMT", "Thu, 05 Feb 2026 00:00:00 GMT"
        busy = response("", "503 Busy")
        site.pages = {
            f"/map/{address(3)}": [busy, timemap(site, 3, early, late)],
            f"/map/{address(7)}": timemap(site, 7, late),
            f"/map/{address(11)}": timemap(site, 11, late, middle, early),
            f"/map/{address(15)}": busy,
        }
        for day in (early, late):
            path = day.replace(" ", "%20")
            site.pages[f"/{path}/3"] = response(page(3))
            site.pages[f"/{path}/7"] = response(page(7))
        site.pages[f"/{early.replace(' ', '%20')}/11"] = response("<html><body>页面不存在</body></html>")
        another = page(11, "城东供水管网招标公告").replace(WORDS, "投标人须具备相应资质，截止日期为下月十五日。")
        site.pages[f"/{middle.replace(' ', '%20')}/11"] = response(another)
        site.pages[f"/{late.replace(' ', '%20')}/11"] = response(page(11))
        site.pages[f"/map/{address(19)}"] = timemap(site, 19, middle)
        site.pages[f"/{middle.replace(' ', '%20')}/19"] = response(another)
        code, rows, _ = fill(archive_url, f"timemap={site.url('/map/')}")
        asked = {path for _, path, _ in site.hits}
    assert code == 20
    told = {row["url"]: (row["filled"], row["reason"]) for row in rows}
    assert [told[address(number)][0] for number in MISSING] == [True, True, True, False, False]
    assert told[address(15)][1].endswith("answered 503")
    assert told[address(19)][1].endswith("it tells another story: 《城东供水管网招标公告》")
    assert f"/{middle.replace(' ', '%20')}/11" in asked
    assert f"/{late.replace(' ', '%20')}/3" not in asked
    with Archive(archive_url, read_only=True) as archive:
        ledger = archive.ledger("河上旧事")
        states = {entry.title: entry.state for entry in ledger.entries}
        assert [states[f"河上旧事之{number}"] for number in MISSING] == ["copy only"] * 3 + ["waiting"] * 2
        (history,) = archive.why(address(3))
        assert history.page.outcome == "filled"
        assert "captured 2024-02-05" in history.captures[-1].reason
        assert history.captures[-1].fetched_at.isoformat() == "2024-02-05T00:00:00+00:00"
        assert "a copy held by 127.0.0.1" in history.revisions[-1].standing_reason
        before = archive.count_stories("河上旧事")
        assert archive.proof(history.page.story_id or 0).run_id == archive.runs(kind="fill")[0].id
    genuine = record(1, None, 3, url="https://mirror.example/3", story=story_text(3, history_text(archive_url)))
    with Archive(archive_url) as archive:
        assert archive.record(genuine).result().outcome == "stored"  # it is the fitter one
        assert archive.count_stories("河上旧事") == before
        assert {row.url for row in archive.stories(query="title:之3")} == {"https://mirror.example/3"}


def history_text(archive_url: str) -> str:
    with Archive(archive_url, read_only=True) as archive:
        return next(row.text for row in archive.stories() if row.url == address(3))


@pytest.mark.torture
def test_a_wayback_machine_and_a_warc(archive_url: str, tmp_path: Path) -> None:
    with serving() as site:
        rows = [["timestamp", "original", "statuscode"], ["20240205080000", address(3), "200"]]
        query = "&output=json&fl=timestamp,original,statuscode&filter=statuscode:200"
        listed = f"/cdx/search/cdx?url=https%3A%2F%2Friver.example%2F3{query}"
        site.pages[listed] = response(json.dumps(rows), content_type="application/json")
        site.pages[f"/web/20240205080000id_/{address(3)}"] = response(page(3))
        assert fill(archive_url, f"wayback={site.url('')}")[0] == 20
    warc = tmp_path / "others.warc.gz"
    with warc.open("wb") as file:
        writer = WARCWriter(file)
        for number in MISSING:
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            body = io.BytesIO(page(number).encode())
            one = writer.create_warc_record(address(number), "response", payload=body, http_headers=http)
            writer.write_record(one)
            one.raw_stream.close()  # warcio leaves its temporary file open
    code, told, _ = fill(archive_url, f"warc={warc}")
    assert (code, [row["filled"] for row in told]) == (0, [True] * 4)
    assert fill(archive_url, f"warc={warc}")[:2] == (0, [])


@pytest.mark.parametrize("source", ["nonsense", "warc=/no/such/file.warc", "timemap="])
def test_an_archive_that_there_is_not(archive_url: str, source: str) -> None:
    code, rows, words = fill(archive_url, source)
    assert (code, rows) == (2, [])
    assert len(words.strip().splitlines()[-1]) > 20
