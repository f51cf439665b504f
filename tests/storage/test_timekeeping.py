"""What the scheduler must not forget."""

from datetime import UTC, datetime, timedelta

from storage import Archive
from storage.rows import CallRow, SchedulerRow

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_calls_of_a_series(archive: Archive) -> None:
    assert archive.calls() == {}
    archive.note_call("lake", NOW, NOW)  # there is no such series yet
    run = archive.begin_run(archive.series_named("lake"))
    archive.note_call("lake", NOW, NOW + HOUR)
    again = CallRow(series="lake", due_at=NOW, called_at=NOW + HOUR, attempts=2, after_run=run)
    assert archive.calls() == {"lake": again}
    archive.note_call("lake", NOW + HOUR, NOW + HOUR)
    archive.note_call("river", NOW, NOW)
    assert {name: call.attempts for name, call in archive.calls().items()} == {"lake": 1, "river": 1}


def test_who_is_the_scheduler(archive: Archive) -> None:
    assert archive.scheduler() is None
    archive.begin_schedule(7, "lakeside", NOW)
    archive.begin_schedule(9, "riverside", NOW)
    archive.has_looked(NOW + HOUR)
    assert archive.scheduler() == SchedulerRow(pid=9, host="riverside", started_at=NOW, looked_at=NOW + HOUR)
