"""What pages showed and nobody followed."""

from storage import Archive
from tests.storage.stories import begun
from wangqi.series.ends import ANOTHER_WORK
from wangqi.visit import Visit

COLUMN = "https://example.org/col/"
SENTENCE = "“加载更多” asks a script for more rows"


def listing(series: int, run: int, doubts: list[str] | None, **changed) -> Visit:
    return Visit(
        **{"series_id": series, "run_id": run, "url": COLUMN, "outcome": "listing", "doubts": doubts} | changed
    )


def test_a_doubt_is_kept_until_a_reading_is_without_it(archive: Archive) -> None:
    series, run = begun(archive, "水乡纪事")
    archive.record(listing(series, run, [SENTENCE, SENTENCE])).result()
    archive.record(listing(series, run, [SENTENCE], url=COLUMN + "2")).result()
    (one,) = archive.doubts(series)
    assert (one.words, one.url, one.pages) == (SENTENCE, COLUMN, 2)
    assert archive.ledger(series).doubts == [one]
    assert archive.why(COLUMN)[0].doubts == (SENTENCE,)
    archive.record(listing(series, run, None, outcome="failed")).result()
    assert archive.doubts(series) == [one]
    archive.record(listing(series, run, [])).result()
    archive.record(listing(series, run, None, url=COLUMN + "2", outcome="out_of_scope")).result()
    assert archive.doubts(series) == []


def test_two_series_doubt_a_page_each_for_itself(archive: Archive) -> None:
    one, run = begun(archive, "水乡纪事")
    other, _ = begun(archive, "街坊周刊")
    archive.record(listing(one, run, [SENTENCE])).result()
    archive.record(listing(other, run, [])).result()
    assert len(archive.doubts(one)) == 1
    assert archive.doubts(other) == []


def test_what_was_refused_in_doubt_stays_one_until_a_person_says_that_it_is_foreign(archive: Archive) -> None:
    series, run = begun(archive, "水乡纪事")
    archive.record(listing(series, run, [SENTENCE], outcome="out_of_scope")).result()
    assert len(archive.doubts(series)) == 1
    ruling = archive.place_page(COLUMN, "foreign", by="林")
    assert archive.doubts(series) == []
    archive.undo_ruling(ruling.id, by="林")
    assert len(archive.doubts(series)) == 1


def test_a_page_of_another_work_is_known_for_one_by_later_runs(archive: Archive) -> None:
    series, run = begun(archive, "水乡纪事")
    beyond = {
        "outcome": "out_of_scope",
        "reason": f"{ANOTHER_WORK} than the members that turn to it: its folder is another",
    }
    archive.record(listing(series, run, [], url=COLUMN + "beyond", **beyond)).result()
    archive.record(listing(series, run, [])).result()
    assert {place.url for place in archive.addresses(series) if place.is_of_another} == {COLUMN + "beyond"}
