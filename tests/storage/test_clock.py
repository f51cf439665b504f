"""Row 51: a clock that jumps leaves no page out."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from storage import Archive, clock
from storage.clock import Clock

AHEAD = timedelta(hours=2)


def put(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    class Put(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return moment

    monkeypatch.setattr(clock, "datetime", Put)


def test_what_was_found_before_the_clock_was_put_back_is_due_in_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    put(monkeypatch, now + AHEAD)
    monkeypatch.setattr("storage.archive._now", Clock().now)
    with Archive("sqlite://") as archive:
        series = archive.series_named("lake")
        run = archive.begin_run(series)
        archive.seed(series, ["https://a.example/1"])
        put(monkeypatch, now)
        archive.seed(series, ["https://a.example/2"])
        assert len(archive.claim(series, run)) == 2


def test_what_was_found_by_a_clock_that_was_ahead_is_due_in_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    with Archive("sqlite://") as archive:
        series = archive.series_named("lake")
        monkeypatch.setattr("storage.archive._now", lambda: now + 1000 * AHEAD)
        archive.begin_run(series)
        archive.seed(series, ["https://a.example/1"])
        monkeypatch.setattr("storage.archive._now", lambda: now)
        run = archive.begin_run(series)
        assert len(archive.claim(series, run)) == 1


def test_the_time_of_a_process_goes_on_and_never_back(monkeypatch: pytest.MonkeyPatch) -> None:
    of_process = Clock()
    before = of_process.now()
    put(monkeypatch, before - AHEAD)
    assert before <= of_process.now() < before + AHEAD
    put(monkeypatch, before + AHEAD)
    assert of_process.now() == before + AHEAD
