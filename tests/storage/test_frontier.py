"""Which pages a run is given, and when they come back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import Archive, schema
from storage.records import PageRecord
from storage.timetable import LONGEST_INTERVAL, MAX_ATTEMPTS, next_visit
from tests.storage.stories import address, begun, record, rows

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def outcome(series: int, run: int, number: int, word: str, **given: object) -> PageRecord:
    return PageRecord(series_id=series, run_id=run, url=address(number), outcome=word, reason="一时不通", **given)


def test_seeds_are_claimed_once_in_their_order(archive: Archive) -> None:
    series, run = begun(archive)
    assert archive.seed(series, [address(n) for n in (3, 1, 2)]) == 3
    assert archive.seed(series, [address(1)]) == 0
    assert [page.url for page in archive.claim(series, run, 2)] == [address(3), address(1)]
    assert [page.url for page in archive.claim(series, run)] == [address(2)]
    assert archive.claim(series, run) == []


def test_a_run_that_died_is_interrupted_and_its_pages_come_back(archive: Archive) -> None:
    series, run = begun(archive)
    archive.seed(series, [address(1)])
    archive.claim(series, run)
    assert archive.counts(series).leased == 1
    again = archive.begin_run(series)
    assert [page.url for page in archive.claim(series, again)] == [address(1)]
    assert [(row.id, row.reason) for row in archive.runs(series)] == [(again, None), (run, "interrupted")]


def test_an_expired_lease_goes_to_another_run(archive: Archive) -> None:
    series, run = begun(archive)
    archive.seed(series, [address(1)])
    archive.claim(series, run)
    later = datetime.now(UTC) + timedelta(hours=2)
    assert archive.claim(series, run, now=later) == []
    assert len(archive.claim(series, _other_run(archive, series), now=later)) == 1


def _other_run(archive: Archive, series: int) -> int:
    row = {"series_id": series, "pid": 1, "started_at": NOW, "counts": {}}
    return archive._write(lambda c: c.execute(schema.run.insert().returning(schema.run.c.id), row).scalar_one())


def test_a_failure_comes_back_in_a_later_run_and_dies_in_the_end(archive: Archive) -> None:
    series, run = begun(archive)
    archive.seed(series, [address(1)])
    words = []
    far = datetime.now(UTC) + timedelta(days=400)
    for _ in range(MAX_ATTEMPTS):
        assert len(archive.claim(series, run, now=far)) == 1
        words.append(archive.record(outcome(series, run, 1, "failed")).result().outcome)
        assert archive.claim(series, run, now=far) == [], "never twice in one run"
        run = archive.begin_run(series)
    assert words == ["failed"] * (MAX_ATTEMPTS - 1) + ["dead"]
    assert archive.claim(series, run, now=far) == []
    assert archive.make_due(series, "dead") == 1
    assert [page.attempts for page in archive.claim(series, run)] == [0]


def test_watch_pages_and_listings_are_due_once_a_run(archive: Archive) -> None:
    series, run = begun(archive)
    archive.seed(series, [address(1)], watch=True)
    archive.seed(series, [address(2)])
    archive.claim(series, run)
    archive.record(record(series, run, 1, named=[], discoveries=[])).result()
    archive.record(outcome(series, run, 2, "listing")).result()
    assert archive.claim(series, run) == []
    second = archive.begin_run(series)
    assert {page.url for page in archive.claim(series, second)} == {address(1), address(2)}


def test_a_known_page_that_is_watched_from_now_on_is_due_at_once(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 1, named=[], discoveries=[])).result()
    again = archive.begin_run(series)
    archive.seed(series, [address(1)], watch=True)
    assert [page.url for page in archive.claim(series, again)] == [address(1)]


@pytest.mark.parametrize("word", ["gone", "robots", "out_of_scope", "too_large", "not_story", "soft_404"])
def test_final_words_end_a_page(archive: Archive, word: str) -> None:
    series, run = begun(archive)
    archive.record(outcome(series, run, 1, word)).result()
    assert archive.counts(series).done == 1


def test_robots_out_of_reach_are_asked_again_when_the_crawler_says_so(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(outcome(series, run, 1, "robots", revisit_at=datetime.now(UTC) + timedelta(hours=1))).result()
    assert archive.counts(series).later == 1


def test_a_page_that_another_series_never_read_goes_to_the_one_that_wants_it(archive: Archive) -> None:
    first, _ = begun(archive, "山中日记")
    archive.seed(first, [address(8)])
    series, run = begun(archive)
    archive.record(record(series, run, 9)).result()
    assert address(8) in {page.url for page in archive.claim(series, run)}


def test_a_page_keeps_its_tags_for_the_next_request(archive: Archive) -> None:
    series, run = begun(archive)
    whole = record(series, run, 1, named=[], discoveries=[])
    assert whole.capture is not None
    headers = {"etag": '"x"', "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT"}
    archive.record(replace(whole, capture=replace(whole.capture, headers=headers))).result()
    archive.make_due(series, "stored")
    (page,) = archive.claim(series, archive.begin_run(series))
    assert (page.etag, page.last_modified) == (headers["etag"], headers["last-modified"])
    silent = replace(whole, outcome="unchanged", story=None, capture=replace(whole.capture, status=304, body=None))
    done = archive.record(silent).result()
    assert [fetch.kind for fetch in archive.captures(done.page_id)] == ["response", "revisit"]
    assert rows(archive, "payload") == 1


def test_stories_are_read_again_ever_more_seldom() -> None:
    days, intervals = 0, []
    for word in ("stored", "unchanged", "unchanged", "unchanged", "unchanged", "unchanged", "revised"):
        visit = next_visit(word, NOW, interval_days=days)
        days = visit.interval_days
        assert visit.due_at == NOW + timedelta(days=days)
        intervals.append(days)
    assert intervals == [7, 14, 28, 56, LONGEST_INTERVAL, LONGEST_INTERVAL, 7]


def test_pauses_double_up_to_a_week() -> None:
    pauses = [next_visit("failed", NOW, attempts=n).due_at for n in range(MAX_ATTEMPTS - 1)]
    assert [pause - NOW for pause in pauses if pause] == [timedelta(hours=2**n) for n in range(7)]
