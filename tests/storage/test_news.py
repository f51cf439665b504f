"""What is new in an archive since a moment."""

from datetime import timedelta

from sqlalchemy import text

from storage import Archive
from tests.storage.stories import FIRST_DAY, address, begun, changed, record, story_text, words
from wangqi.copies.ranks import TAMPERED
from wangqi.visit import Visit


def told(archive: Archive, hours: float = -1, series: str | None = None) -> list[tuple[str, str]]:
    """What happened since so many hours after the newest story came, the oldest first."""
    moment = max(story.first_seen_at for story in archive.stories()) + timedelta(hours=hours)
    return [(row.what, row.title) for row in reversed(archive.changed(moment, series=series))]


def test_each_thing_that_happens_is_told_once(archive: Archive) -> None:
    series, run = begun(archive)
    for n in (1, 2):
        archive.record(record(series, run, n)).result()
    archive.record(record(series, run, 1, story=story_text(1, words(1) + "\n又过了一年，渡口还在"))).result()
    assert told(archive) == [("new", "河上旧事之1"), ("new", "河上旧事之2"), ("revised", "河上旧事之1")]
    assert told(archive, hours=1) == []


def test_what_is_held_what_shows_strong_signs_and_what_is_gone(archive: Archive) -> None:
    series, run = begun(archive)
    for n in (1, 2):
        archive.record(record(series, run, n)).result()
    spun = changed(story_text(1, words(1) + "\n又过了一年"), standing=TAMPERED)
    archive.record(record(series, run, 1, story=spun)).result()
    gone = Visit(series_id=series, run_id=run, url=address(2), outcome="gone", reason="HTTP 410")
    archive.record(gone).result()
    archive.record(record(series, run, 3, story=changed(story_text(3), standing=TAMPERED))).result()
    happened = {("held", "河上旧事之1"), ("tampered", "河上旧事之3")}
    assert {one for one in told(archive) if one[0] != "new"} == happened
    archive._write(lambda c: c.execute(text("UPDATE page SET unconfirmed_since = NULL")))  # later visits said the same
    assert {one for one in told(archive) if one[0] != "new"} == happened | {("gone", "河上旧事之2")}


def test_one_series_is_told_alone(archive: Archive) -> None:
    for number, name in enumerate(("河上旧事", "山中日记"), 1):
        series, run = begun(archive, name)
        archive.record(record(series, run, number)).result()
    assert told(archive, series="山中日记") == [("new", "河上旧事之2")]


def test_no_more_is_told_than_is_asked_for(archive: Archive) -> None:
    series, run = begun(archive)
    for n in (1, 2, 3):
        archive.record(record(series, run, n)).result()
    archive.record(record(series, run, 1, story=story_text(1, words(1) + "\n又过了一年，渡口还在"))).result()
    whole = archive.changed(FIRST_DAY)
    assert [archive.changed(FIRST_DAY, limit=n) for n in (1, 3)] == [whole[:1], whole[:3]]


def test_the_pulse_is_another_after_each_change_and_no_other_without_one(archive: Archive) -> None:
    beats = [archive.pulse()]
    series, run = begun(archive)
    beats.append(archive.pulse())
    for step in (
        lambda: archive.record(record(series, run, 1)).result(),
        lambda: archive.end_run(run, reason="x", counts={}),
        lambda: archive.name_series(series, "渡口", by="林"),
    ):
        step()
        beats.append(archive.pulse())
    assert archive.pulse() == beats[-1]
    assert len(set(beats)) == len(beats)
