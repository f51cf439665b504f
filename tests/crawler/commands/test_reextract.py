"""`reextract`: what another version has read is read anew from the kept bytes, told, and taken over."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crawler.readers import client, reextracting
from crawler.readers.read_page import prepare
from crawler.run.visits import Place, visit_of
from pipelines.analyse import marks_of
from storage import Archive
from tests.crawler.commands.conftest import Shell
from tests.story_pages import story
from tests.warm_start import warm_forkserver
from wangqi.copies.trust import Registry
from wangqi.visit import Capture, Reading, Visit

SITE = "https://river.example"
FIRST = datetime(2024, 3, 1, tzinfo=UTC)
LINES = [("河口人家｜第一条船", "/1.html"), ("河口人家｜第二条船", "/2.html")]


def page(number: int, **more: Any) -> bytes:
    return story(f"河口人家｜第{number}条船", LINES, seed=str(number), **more).partition(b"\r\n\r\n")[2]


def visit(archive: Archive, number: int, body: bytes, **old: Any) -> Visit:
    """What a version would have brought that read these facts in the place of those that the page tells."""
    url, now = f"{SITE}/{number}.html", FIRST + timedelta(days=number)
    headers = {"content-type": "text/html; charset=utf-8"}
    named = old.pop("named", None)
    read = prepare(body, url, headers, Place(url, at_home=False, fetched_at=now))
    capture = Capture(url=url, fetched_at=now, status=200, headers=headers, body=body)
    run = archive.runs()[0]
    begun = Visit(series_id=run.series_id, run_id=run.id, url=url, outcome="failed", capture=capture)
    found = visit_of(read, begun)
    assert found.reading is not None
    reading: Reading = replace(found.reading, **old)
    marks = marks_of(reading, url, Registry())
    return replace(found, reading=reading, marks=marks, named=found.named if named is None else named)


def cut(body: bytes) -> str:
    """All but the last paragraph."""
    reading = prepare(body, f"{SITE}/0.html", {}).reading
    assert reading is not None
    return reading.text.rpartition("\n")[0]


@pytest.fixture
def ask(url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """An archive of seven pages, most of which an older version has read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    monkeypatch.setattr(client, "start_process", warm_forkserver)
    old = {"extractor_version": "1+old"}
    with Archive(url) as archive:
        archive.begin_run(archive.series_named("hekou", title="河口人家"))
        bodies = {number: page(number) for number in range(1, 8)}
        for number, facts in {
            1: {},
            2: old | {"text": cut(bodies[2]), "title": "石桥日报"},
            3: old | {"published_at": None, "published_precision": None, "named": []},
            4: old,
            6: old | {"text": "暂无内容的正文，" * 20},
        }.items():
            body = bodies[number] if number != 6 else b"<html><title>404</title><body>404 Not Found</body></html>"
            made = visit(archive, number, bodies[number], **facts)
            assert made.capture is not None
            archive.record(replace(made, capture=replace(made.capture, body=body))).result()
        refused = visit(archive, 5, bodies[5], **old)
        archive.record(replace(refused, outcome="not_story", reading=None, marks=None, named=[])).result()
        archive.end_run(archive.runs()[0].id, reason="finished", counts={})
    return Shell(capsys, url)


def told(rows: list[Any]) -> dict[str, Any]:
    return {row["url"].removeprefix(f"{SITE}/").removesuffix(".html"): row for row in rows}


def texts(archive: Archive) -> dict[str, str]:
    return {one.url: one.text for one in archive.stories()}


def test_the_report_is_what_apply_does(ask: Shell) -> None:
    with Archive(ask.archive_url, read_only=True) as archive:
        before = texts(archive)
        since = datetime.now(UTC)
    dry = ask("reextract", "--json")
    assert dry.code == 0
    rows = told(dry.rows)
    assert {number: row["what"] for number, row in rows.items()} == {
        "2": ["text", "title"],
        "3": ["date", "links"],
        "5": ["kind"],
        "6": ["kind"],
    }
    assert {row["does"] for row in (rows["2"], rows["3"])} == {"revision"}
    assert (rows["5"]["does"], rows["6"]["does"]) == ("visit", "nothing")
    assert (rows["2"]["gained"] > 0, rows["2"]["lost"]) == (True, 0)
    assert rows["3"]["links_gained"] == [title for title, _ in LINES]
    assert "5 pages read anew." in dry.err
    assert "Nothing is changed without --apply." in dry.err
    with Archive(ask.archive_url, read_only=True) as archive:
        assert texts(archive) == before
    applied = ask("reextract", "--apply", "--json")
    assert applied.rows == dry.rows
    with Archive(ask.archive_url, read_only=True) as archive:
        after = texts(archive)
        assert {at for at in after if after[at] != before[at]} == {f"{SITE}/2.html"}
        changed = len(after[f"{SITE}/2.html"]) - len(before[f"{SITE}/2.html"])
        assert changed == rows["2"]["gained"] - rows["2"]["lost"]
        second = archive.story(rows["2"]["story_id"])
        third = archive.story(rows["3"]["story_id"])
        assert second is not None
        assert third is not None
        assert second.story.title == "河口人家｜第2条船"
        assert [one.change for one in second.revisions] == [None, "reread"]
        assert second.revisions[0].extractor_version == "1+old" != second.revisions[1].extractor_version
        assert (third.story.published_precision, len(third.mentions)) == ("minute", 2)
        assert len(archive.search("title:第2条船")) == 1
        # It is no news of the publisher.
        assert archive.search("is:changed") == []
        assert [row.what for row in archive.changed(since)] == []
        assert [row.what for row in archive.changed(since, with_rereadings=True)] == ["reread", "reread"]
        (fifth,) = archive.why(f"{SITE}/5.html")
        assert fifth.page.state == "due"
    (cited,) = json.loads(ask("cite", str(rows["2"]["story_id"]), "--json").out)
    assert cited["note"].startswith("Captured 2024-03-03T08:00:00+08:00")  # the bytes are as old as they were
    assert ask("verify").code == 0
    assert ask("verify", "--proof", str(rows["2"]["story_id"])).code == 0
    again = ask("reextract", "--apply")
    assert (again.code, "0 pages read anew" in again.out) == (0, True)
    assert told(ask("reextract", "--all", "--json").rows).keys() == {"5", "6"}  # what nobody has taken over


def test_what_people_decided_stays(ask: Shell) -> None:
    with Archive(ask.archive_url) as archive:
        stories = {one.url: one.id for one in archive.stories()}
        two, three = stories[f"{SITE}/2.html"], stories[f"{SITE}/3.html"]
        archive.decide(str(two), str(three), "not_same", by="沈")
        first = archive.text(str(two)).text_id
    ask("reextract", "--apply", "--json")
    with Archive(ask.archive_url) as archive:
        assert archive.text(str(two)).text_id != first
        assert archive.is_forbidden(two, three)
        said = [(one.relation, one.decided_by) for one in archive.story(two).relations]  # type: ignore[union-attr]  # it is there
        assert said == [("not_same", "沈"), ("not_same", "沈")]


def test_a_run_that_is_killed_is_gone_on_with(ask: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reextracting, "_BATCH", 1)
    whole = ask("reextract", "--json").rows
    real, count = Archive.read_anew, iter(range(100))

    def killed(self: Archive, *given: Any) -> Any:
        if next(count) == 2:
            raise KeyboardInterrupt
        return real(self, *given)

    monkeypatch.setattr(Archive, "read_anew", killed)
    begun = ask("reextract", "--apply", "--json")
    assert begun.code == 11
    rest = ask("reextract", "--apply", "--json")
    assert [*begun.rows, *rest.rows] == whole
    assert 0 < len(begun.rows) < len(whole)


def test_bytes_that_are_damaged_are_told(ask: Shell) -> None:
    with Archive(ask.archive_url) as archive:
        (number,) = {one.revision_id for one in archive.stories(query="title:石桥日报")}
        broken = text(
            "UPDATE payload SET size = size + 1 WHERE sha256 = (SELECT payload_sha256 FROM capture JOIN revision"
            f" ON revision.capture_id = capture.id WHERE revision.id = {number:d})"
        )
        archive._write(lambda c: c.execute(broken))
    answer = ask("reextract", "--apply", "--json")
    row = told(answer.rows)["2"]
    assert (answer.code, row["does"], "damaged" in row["problem"]) == (20, "nothing", True)
    assert "1 page could not be read" in answer.err
