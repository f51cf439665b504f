"""What the scheduler must not forget."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage import Archive
from storage.rows import CallRow, IncidentRow, Notice, SchedulerRow

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


def test_incidents_and_their_notices(archive: Archive) -> None:
    begun = IncidentRow(id=0, series="lake", what="silent", level="look", fact="no story", began_at=NOW)
    notice = Notice(channel="", address=1, kind="incident", subject="lake", body="no story")
    archive.keep_incidents([begun], [], [notice])
    (known,) = archive.open_incidents()
    assert replace(known, id=0) == begun
    (waiting,) = archive.waiting_notices(NOW)
    for minutes in (1, 2, 5, 15, 30, 60, 60):
        archive.notice_refused(waiting.id, "down", NOW)
        (later,) = archive.waiting_notices()
        assert later.due_at == NOW + timedelta(minutes=minutes)
    assert archive.waiting_notices(NOW) == []
    archive.notice_taken(waiting.id, NOW)
    assert archive.waiting_notices() == []
    archive.keep_incidents([], [replace(known, ended_at=NOW + HOUR)], [])
    assert archive.open_incidents() == []


def test_digests_of_a_channel(archive: Archive) -> None:
    assert archive.last_digest("") is None
    for channel, kind in (("", "incident"), ("lake", "digest")):
        archive.put_notices([Notice(channel=channel, address=0, kind=kind, subject="", body="")], NOW)
    assert (archive.last_digest(""), archive.last_digest("lake")) == (None, NOW)
    half_a_year = timedelta(days=181)
    for one in archive.waiting_notices():
        archive.notice_taken(one.id, NOW)
    archive.put_notices([], NOW + half_a_year)
    assert archive.last_digest("lake") is None, "what was sent is forgotten some day"
    archive.put_notices([Notice(channel="", address=0, kind="digest", subject="", body="")], NOW)
    archive.drop_notice(archive.waiting_notices()[0].id)
    assert archive.waiting_notices() == []
