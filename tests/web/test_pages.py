"""The pages of the room: what stands on them, and what they answer where there is nothing."""

import json
import re
import sqlite3
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import etree
from starlette.testclient import TestClient
from warcio.archiveiterator import ArchiveIterator

from storage import Archive
from storage.db.migrate import VERSION_TABLE
from tests.storage.stories import address, begun, capture, record, story_text, words
from tests.web.conftest import HOSTILE, PATHS, TITLE, Enter, hostile
from views.language.words import EXPORTS
from wangqi.readings.files import files_of


def text(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def test_home_tells_how_whole_each_series_is_and_what_came_this_week(enter: Enter, small: str) -> None:
    page = text(enter(small), "/")
    assert TITLE in page
    assert "4 stories" in page
    assert "4 missing" in page
    assert "河上旧事之9" in page.partition("This week")[2]


def test_a_series_reads_like_a_table_of_contents_with_what_is_missing_and_why(enter: Enter, small: str) -> None:
    page = text(enter(small), "/series/1")
    titles = re.findall(r'class="title"[^>]*><bdi>([^<]+)', page)
    assert titles == [f"河上旧事之{n}" for n in range(2, 10)]
    assert "4 of 8 known stories are stored" in page
    assert "404" in page
    opened = text(enter(small), "/series/1?show=open")
    assert re.findall(r'class="title"[^>]*><bdi>([^<]+)', opened) == [f"河上旧事之{n}" for n in range(2, 6)]


def test_a_story_is_read_with_its_neighbours_its_copies_and_which_of_them_stands(enter: Enter, small: str) -> None:
    client = enter(small)
    page = text(client, "/story/2")
    assert all(line in page for line in words(8).split("\n"))
    assert 'rel="prev" href="/story/3"' in page
    assert 'rel="next" href="/story/1"' in page
    mirrored = text(client, "/story/1")
    assert "mirror.example/9" in mirrored
    assert "9 words stand where another copy has other ones" in mirrored
    assert "玩家" not in mirrored.partition("Where it comes from")[0]


def test_a_story_is_cited_in_four_styles_and_as_records(enter: Enter, small: str) -> None:
    found = enter(small).get("/story/1/cite.json").json()
    assert [one["style"] for one in found["styles"]] == ["GB/T 7714-2015", "APA", "Chicago", "MLA"]
    assert all("河上旧事之9" in one["text"] for one in found["styles"])
    assert found["records"].keys() == {"RIS", "BibTeX"}


def test_the_bytes_of_a_page_are_saved_and_never_shown(enter: Enter, small: str) -> None:
    answer = enter(small).get("/story/1/kept")
    assert answer.content.decode() == words(9)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"].startswith("sandbox")


def test_the_record_of_a_page_is_saved_as_web_archives_exchange_it(enter: Enter, small: str) -> None:
    answer = enter(small).get("/story/2/record")  # a story of two revisions: the newer one's answer alone
    assert answer.headers["content-disposition"] == 'attachment; filename="story-2.warc.gz"'
    assert answer.headers["content-security-policy"].startswith("sandbox")
    found = [
        (one.rec_type, one.rec_headers.get_header("WARC-Target-URI"), one.content_stream().read().decode())
        for one in ArchiveIterator(BytesIO(answer.content))
    ]
    assert [kind for kind, _, _ in found] == ["warcinfo", "response", "request"]
    assert found[1][1:] == (address(8), words(8) + "\n又过了一年，渡口还在")
    assert enter(small).get("/story/99/record").status_code == 404


def test_a_credit_that_does_not_say_where_it_stood_is_shown(enter: Enter, sqlite_url: str) -> None:
    credited = [{"role": "author", "name": "江一舟"}]
    with Archive(sqlite_url) as archive:
        archive.record(record(*begun(archive), 1, story=story_text(1, details={"credits": credited}))).result()
    assert "江一舟" in text(enter(sqlite_url), "/story/1")


def test_pictures_stand_in_a_story_and_those_that_are_not_kept_say_why(enter: Enter, sqlite_url: str) -> None:
    kept, lost, table = (f"https://river.example/{name}" for name in ("a.png", "b.png", "list.xlsx"))
    blocks = [
        {"kind": "paragraph", "text": words(1)},
        {"kind": "image", "text": "渡口", "url": kept},
        {"kind": "caption", "text": "清晨的渡口"},
        {"kind": "image", "text": "", "url": lost},
        {"kind": "document", "text": "渡船名册", "url": table},
    ]
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        story = story_text(1, words(1), details={"blocks": blocks}, files=files_of({"blocks": blocks}))
        archive.record(record(series, run, 1, story=story)).result()
        picture, other, book = archive.wanted_files(series, ["image", "document"])
        png = b"\x89PNG\r\n\x1a\n" + b"<script>alert(1)</script>"
        archive.keep_file(picture.id, run, capture(kept, png))
        archive.refuse_file(other.id, run, "gone", "the server answered 404", capture(lost, None, status=404))
        archive.keep_file(book.id, run, capture(table, b"PK\x03\x04<html>"))
    client = enter(sqlite_url, language="zh")
    page = text(client, "/story/1")
    shown = client.get(re.findall(r'<img src="([^"]+)" alt="[^"]+" loading="lazy"', page)[0])
    assert (shown.content, shown.headers["content-type"]) == (png, "image/png")
    assert shown.headers["content-disposition"].startswith("inline")
    assert "未存：" in page
    assert "服务器答 404" in page
    saved = client.get(re.findall(r'href="(/story/1/files/\d+)" download', page)[0])
    assert saved.headers["content-type"] == "application/octet-stream"
    for answer in (shown, saved):
        assert answer.headers["content-security-policy"].startswith("sandbox")
        assert answer.headers["x-content-type-options"] == "nosniff"
    files = client.get("/story/1.json").json()["files"]
    assert [(one["url"], one["lacks"]) for one in files] == [(kept, ""), (lost, "the server answered 404"), (table, "")]
    assert client.get(f"/story/1/files/{files[1]['position']}").status_code == 404
    assert client.get("/story/1/files/77").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_small_has_no_script_of_its_own_and_is_json_as_well(enter: Enter, small: str, path: str) -> None:
    client = enter(small)
    page = client.get(path)
    assert len(page.content) < 60_000
    assert page.text.count("<script") - page.text.count('<script type="application/ld+json">') == 1
    assert " style=" not in page.text
    assert "'unsafe-inline'" not in page.headers["content-security-policy"]
    name, _, query = path.partition("?")
    assert client.get(f"{name if name != '/' else '/home'}.json?{query}").json()
    linked = sum(len(client.get(one).content) for one in page.text.split('"') if one.startswith("/static/"))
    assert linked + len(page.content) < 60_000


def test_an_address_that_is_no_page_has_a_way_on(enter: Enter, small: str) -> None:
    client = enter(small)
    for path in (
        "/nothing",
        "/story/99",
        f"/story/{2**70}",
        "/series/99",
        "/series/1?page=7",
        "/series/1?show=x",
        "/runs/7",
        "/runs/1?outcome=x",
    ):
        page = text(client, path, 404)
        assert 'action="/search"' in page, path
        assert 'href="/"' in page


def test_a_story_that_was_merged_away_leads_to_what_it_became(enter: Enter, sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        series, run = begun(archive)
        for number in (1, 2):
            archive.record(record(series, run, number)).result()
        archive.decide(address(1), address(2), "same", by="林")
        (story,) = archive.stories()
    client, gone = enter(sqlite_url), 3 - story.id
    answer = client.get(f"/story/{gone}")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/story/{story.id}")


def test_an_archive_that_is_not_there_newer_or_no_database_is_told_and_found_again(
    enter: Enter, tmp_path: Path
) -> None:
    file = tmp_path / "archive.db"
    client = enter(f"sqlite:///{file}")
    assert "There is no archive at" in text(client, "/", 503)
    file.write_text("no database at all, and long enough to be none" * 99)
    assert text(client, "/", 503)
    file.unlink()
    with Archive(f"sqlite:///{file}") as archive:
        archive.series_named(TITLE)
    assert TITLE in text(client, "/")
    newer = tmp_path / "newer.db"
    with Archive(f"sqlite:///{newer}"):
        pass
    with sqlite3.connect(newer) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999_later'")
    assert "later release" in text(enter(f"sqlite:///{newer}"), "/", 503)


def test_an_empty_archive_says_how_to_begin(enter: Enter, sqlite_url: str) -> None:
    Archive(sqlite_url).close()
    assert "scrapy crawl series" in text(enter(sqlite_url), "/")


def test_what_strangers_write_is_shown_as_text_wherever_it_stands(enter: Enter, tmp_path: Path) -> None:
    client, asked = enter(hostile(tmp_path / "archive.db")), quote(HOSTILE)
    for path in (*PATHS, f"/search?q={asked}", f"/why?of={asked}", f"/compare?first={asked}&second=1", f"/{asked}"):
        page = client.get(path).text
        assert "<script>" not in page
        assert "</title><img" not in page
        assert "<svg/onload" not in page
        assert "<img" not in page
        assert "\u202e" not in page
        assert "javascript:" not in page.replace(">javascript:", "")
        assert "alert(1)" in page or path.startswith(
            ("/search", "/changes?", "/runs", "/why", "/compare", "/series/1?")
        )


def test_search_asks_as_the_command_does_and_can_be_narrowed(enter: Enter, small: str) -> None:
    client = enter(small)
    page = text(client, "/search?q=渡口 -编号7")
    assert set(re.findall(r'class="title"[^>]*><bdi>([^<]+)', page)) == {f"河上旧事之{n}" for n in (6, 8, 9)}
    assert "<mark>渡口</mark>" in page
    assert "is no field" in text(client, "/search?q=autor:张三", 400)
    assert "No story answers" in text(client, "/search?q=没有这个词")
    assert client.get("/search.json?q=渡口").json()["total"] == 4
    for path in ("/search?q=渡口&page=51", "/search?q=渡口&order=oldest", "/search?q=渡口&facets="):
        assert text(client, path, 404)


def test_changes_are_told_by_day_and_by_kind(enter: Enter, small: str) -> None:
    client = enter(small)
    assert {one["what"] for one in client.get("/changes.json").json()["changes"]} == {"new", "revised", "tampered"}
    assert {one["what"] for one in client.get("/changes.json?what=revised").json()["changes"]} == {"revised"}
    for path in ("/changes?what=x", "/changes?until=yesterday", "/changes?series=x", "/changes?series=9"):
        text(client, path, 404)


def test_older_changes_follow_on_further_pages_and_none_is_lost(
    enter: Enter, small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.changes._ROWS", 2)
    client, found, path = enter(small), [], "/changes.json"
    whole = 6
    for _ in range(2 * whole):
        page = client.get(path).json()
        found += [(one["what"], one["title"]) for one in page["changes"]]
        if page["older"] is None:
            break
        path = f"/changes.json?until={page['older'].replace('+', '%2B')}"
    assert len(set(found)) == whole


def test_a_run_shows_its_pages_by_what_they_ended_in(enter: Enter, small: str) -> None:
    client = enter(small)
    assert "not known to be whole" in text(client, "/runs")
    gone = client.get("/runs/1.json?outcome=gone").json()
    assert [(one["url"], one["reason"]) for one in gone["visited"]] == [(address(5), "404")]
    assert gone["outcomes"]["gone"] == 1


def test_why_tells_a_pages_history_by_its_address_and_by_a_title(enter: Enter, small: str) -> None:
    client = enter(small)
    page = text(client, f"/why?of={address(8)}")
    assert "2 visits" in page
    assert "compare with the one before" in page
    assert "not visited yet" in text(client, "/why?of=河上旧事之3")
    assert "河上旧事之8" in text(client, "/why?of=河上旧事之88", 404)
    assert "no page of this address" in text(client, "/why?of=https://nowhere.example/", 404)


def test_two_texts_stand_side_by_side_with_what_speaks_against_them(enter: Enter, small: str) -> None:
    client = enter(small)
    mirrored = next(one for one in client.get("/story/1.json").json()["copies"] if "mirror" in one["url"])
    found = client.get(f"/compare.json?first=1&second=r{mirrored['revision_id']}").json()
    assert ["客人", "玩家", 9] in found["swaps"]
    assert [one["summary"] for one in found["findings"]] == ["9 words stand where another copy has other ones"]
    assert "<mark>玩家" in text(client, f"/compare?first=1&second=r{mirrored['revision_id']}")
    assert "first=1" not in text(client, "/compare?first=99&second=1", 404)


@pytest.mark.parametrize("form", EXPORTS)
def test_a_series_is_carried_away_in_every_form_that_is_offered(enter: Enter, small: str, form: str) -> None:
    answer = enter(small).get(f"/series/1/export/{form}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert len(answer.content) > 500


def test_feeds_and_the_book_catalogue_can_be_read(enter: Enter, small: str) -> None:
    client = enter(small)
    for path, what in (("/series/1.atom", "河上旧事之9"), ("/opds", "/series/1/export/epub")):
        answer = client.get(path)
        assert "atom+xml" in answer.headers["content-type"]
        root = etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False))
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"
        assert what in answer.text
    assert client.get("/series/1/export/x").status_code == 404


def test_a_story_says_what_it_is_to_programs(enter: Enter, small: str) -> None:
    page = text(enter(small), "/story/1")
    linked = _linked(page)
    assert (linked["headline"], linked["isBasedOn"]) == ("河上旧事之9", address(9))
    assert linked["isPartOf"]["name"] == TITLE


def test_every_address_that_is_described_to_programs_answers_so(enter: Enter, small: str) -> None:
    client = enter(small)
    described = client.get("/openapi.json").json()["paths"]
    for path, methods in described.items():
        assert methods.keys() == {"get"}
        asked = re.sub(r"\{\w+\}", "1", path)
        given = {one["name"]: _value(one["schema"]) for one in methods["get"]["parameters"] if one["in"] == "query"}
        for query in ({}, given, dict.fromkeys(given, "\x00'\"<")):
            answer = client.get(asked, params=query)
            assert str(answer.status_code) in methods["get"]["responses"], (path, query, answer.text)
            if answer.status_code == 200:
                assert isinstance(answer.json(), dict)


def _value(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return str(schema["enum"][0])
    return {"integer": "1", "string": "渡口"}[schema["type"]] if "format" not in schema else "2026-01-01T00:00:00+00:00"


def test_programs_travel_in_the_time_of_a_page(enter: Enter, small: str) -> None:
    client, url = enter(small), address(8)
    listed = text(client, f"/timemap/{url}")
    assert f'<{url}>; rel="original"' in listed
    times = re.findall(r'<([^>]+)>; rel="memento"; datetime="([^"]+)"', listed)
    assert len(times) == 2
    for at, moment in times:
        lead = client.get(f"/timegate/{url}", headers={"accept-datetime": moment})
        assert (lead.status_code, f"http://127.0.0.1:8000{lead.headers['location']}") == (302, at)
        assert lead.headers["vary"] == "accept-datetime"
        kept = client.get(lead.headers["location"])
        assert kept.headers["memento-datetime"] == moment
        assert kept.headers["content-disposition"].startswith("attachment")
        assert kept.content.decode().startswith(words(8))
    assert client.get(f"/timegate/{url}", headers={"accept-datetime": "yesterday"}).status_code == 400
    long = "x" * 2_001
    for path in (f"/why?of={long}", f"/compare?first=1&second={long}"):
        assert "cannot be read" in text(client, path, 400)
    for path in ("/timemap/https://nowhere.example/", "/timegate/x", f"/memento/20200101000000/{url}"):
        text(client, path, 404)


def test_a_series_says_what_it_is_to_programs(enter: Enter, small: str) -> None:
    linked = _linked(text(enter(small), "/series/1"))
    assert (linked["@type"], linked["name"], linked["url"]) == ("CreativeWorkSeries", TITLE, "/series/1")


def _linked(page: str) -> dict[str, Any]:
    """The JSON-LD of a page."""
    said = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    linked: dict[str, Any] = json.loads(said)
    return linked
