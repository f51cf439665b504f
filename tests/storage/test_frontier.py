"""Which pages a run is given, and when they come back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Row, select

from storage import Archive, schema
from storage.rows import DuePage
from tests.storage.stories import address, begun, capture, record, rows
from wangqi.visit import HEARD_AGAIN, Discovery, Visit

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def outcome(series: int, run: int, number: int, word: str, **given: object) -> Visit:
    return Visit(series_id=series, run_id=run, url=address(number), outcome=word, reason="一时不通", **given)


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


def _backdate(archive: Archive, days: int) -> None:
    """Whatever is doubted has been so for so many days more."""
    later = schema.page.c.unconfirmed_since
    moved = {row.id: row.unconfirmed_since - timedelta(days=days) for row in archive._read(_doubted)}
    for number, since in moved.items():
        chosen = schema.page.update().where(schema.page.c.id == number).values({later: since})
        archive._write(lambda c, chosen=chosen: c.execute(chosen))


def _doubted(connection: Connection) -> Sequence[Row[Any]]:
    since = schema.page.c.unconfirmed_since
    return connection.execute(select(schema.page.c.id, since).where(since.is_not(None))).all()


def test_a_failure_comes_back_in_a_later_run_and_dies_in_the_end(archive: Archive) -> None:
    series, run = begun(archive)
    archive.seed(series, [address(1)])
    words = []
    far = datetime.now(UTC) + timedelta(days=400)
    for _ in range(8):
        assert len(archive.claim(series, run, now=far)) == 1
        words.append(archive.record(outcome(series, run, 1, "failed")).result().outcome)
        assert archive.claim(series, run, now=far) == [], "never twice in one run"
        assert len(archive.unconfirmed(series)) == (words[-1] == "failed")
        _backdate(archive, 1)
        run = archive.begin_run(series)
    assert words == ["failed"] * 7 + ["dead"]
    assert archive.claim(series, run, now=far) == []
    assert archive.make_due(series, "dead") == 1
    assert [page.attempts for page in archive.claim(series, run)] == [0]


def test_a_column_in_trouble_stays_a_column_and_is_read_by_every_run(archive: Archive) -> None:
    series, run = begun(archive)
    column = {"rows": 12, "capture": capture(address(7), "rows")}
    archive.record(outcome(series, run, 7, "listing", **column)).result()
    for word in ("gone", "failed", "not_story", "out_of_scope"):
        run = archive.begin_run(series)
        assert [page.url for page in archive.claim(series, run)] == [address(7)]
        archive.record(outcome(series, run, 7, word)).result()
        (page,) = archive.unconfirmed(series)
        assert (page.outcome, page.row_count) == (word, 12)
        assert [page.url for page in archive.ledger(series).unread] == [address(7)]
    run = archive.begin_run(series)
    archive.record(outcome(series, run, 7, "listing", **column | {"rows": 2})).result()
    assert [page.row_count for page in archive.unconfirmed(series)] == [12], "half an answer"
    run = archive.begin_run(series)
    archive.record(outcome(series, run, 7, "listing", **column | {"rows": 13})).result()
    assert archive.unconfirmed(series) == []


def test_a_watched_page_that_brings_nothing_is_told_for_ever_and_a_story_that_is_held_is_not(archive: Archive) -> None:
    series, run = begun(archive)
    archive.seed(series, [address(5)], watch=True)
    archive.record(record(series, run, 1, named=[], discoveries=[])).result()
    for _ in range(5):
        archive.record(outcome(series, run, 5, "gone")).result()
        archive.record(outcome(series, run, 1, "gone")).result()
        _backdate(archive, 1)
        assert [page.url for page in archive.unconfirmed(series)] == [address(5)]


def test_what_stands_above_a_column_may_be_nothing_and_what_is_above_a_story_may_not(archive: Archive) -> None:
    series, run = begun(archive)
    above = [Discovery(url=address(8), via="listing")]
    archive.record(record(series, run, 1, named=[], discoveries=[Discovery(url=address(7), via="listing")])).result()
    archive.record(outcome(series, run, 7, "listing", rows=4, discoveries=above)).result()
    archive.record(outcome(series, run, 8, "gone")).result()
    assert archive.unconfirmed(series) == []
    archive.record(outcome(series, run, 7, "gone")).result()
    assert [page.url for page in archive.unconfirmed(series)] == [address(7)]


@pytest.mark.parametrize(
    ("before", "after"), [("listing", "listing"), ("stored", "unchanged"), ("gone", "failed"), (None, "failed")]
)
def test_what_has_not_changed_is_what_it_was(archive: Archive, before: str | None, after: str) -> None:
    series, run = begun(archive)
    if before == "stored":
        archive.record(record(series, run, 3, named=[], discoveries=[])).result()
    elif before:
        archive.record(outcome(series, run, 3, before, rows=4, capture=capture(address(3), "x"))).result()
    silent = outcome(series, run, 3, "unchanged", capture=capture(address(3), None, status=304))
    assert archive.record(silent).result().outcome == after
    assert archive.why(address(3))[0].page.row_count == (4 if before == "listing" else None)


def test_a_server_that_always_says_unchanged_is_found_out(archive: Archive) -> None:
    series, run = begun(archive)
    old = {"headers": {"last-modified": "Tue, 01 Jan 1980 00:00:00 GMT"}}

    def read(body: str | None, **given: object) -> DuePage:
        word = "listing" if body else "unchanged"
        taken = capture(address(3), body, **given)
        archive.record(outcome(series, run, 3, word, rows=4, capture=taken)).result()
        (page,) = archive.claim(series, archive.begin_run(series))
        return page

    assert read("a column", **old).last_modified
    assert read(None, status=304).last_modified
    assert read(None, status=304).last_modified is None, "not a third time"
    assert read("a column", **old).last_modified, "it was true"
    for _ in range(2):
        last = read(None, status=304)
    assert last.last_modified is None
    assert read("a longer column", **old).last_modified is None, "one mark on two bodies"
    assert read("a longer column", **old).last_modified is None, "never again"


def test_a_person_who_asks_for_everything_is_not_told_that_it_has_not_changed(archive: Archive) -> None:
    series, run = begun(archive)
    for number in (3, 4):
        tagged = capture(address(number), "a column", headers={"etag": "x"})
        archive.record(outcome(series, run, number, "listing", capture=tagged)).result()
    archive.make_due(series, address(3))
    assert {page.url: page.etag for page in archive.claim(series, archive.begin_run(series))} == {
        address(3): None,
        address(4): "x",
    }
    archive.release_leases(series)
    archive.make_due(series, "all")
    assert {page.etag for page in archive.claim(series, archive.begin_run(series))} == {None}


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


@pytest.mark.parametrize("word", ["robots", "out_of_scope", "too_large"])
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
    nothing = replace(whole.capture, status=304, body=None)
    silent = replace(whole, outcome="unchanged", reading=None, marks=None, capture=nothing)
    done = archive.record(silent).result()
    assert [fetch.kind for fetch in archive.captures(done.page_id)] == ["response", "revisit"]
    assert rows(archive, "payload") == 1


def test_a_page_that_was_refused_too_early_is_read_once_more(archive: Archive) -> None:
    series, run = begun(archive)
    for number, reason in enumerate(["named as a member", f"{HEARD_AGAIN}x", f"{HEARD_AGAIN}y"], 1):
        found = [Discovery(url=address(8), via="series", reason=reason)]
        archive.record(record(series, run, number, named=[], discoveries=found)).result()
        is_read = address(8) in {page.url for page in archive.claim(series, run)}
        assert is_read == (number < 3)
        if is_read:
            archive.record(outcome(series, run, 8, "out_of_scope")).result()
