"""What a run is said to have done is what its pages say."""

from storage import Archive
from tests.storage.stories import address, begun, record, story_text
from wangqi.visit import Visit

MIRROR = "https://mirror.example/1"


def gone(series: int, run: int, number: int) -> Visit:
    return Visit(series_id=series, run_id=run, url=address(number), outcome="gone", reason="一时不通")


def test_pages_are_counted_as_they_are_now(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 1, story=story_text(1, standing=5))).result()
    assert archive.outcomes(run) == {"stored": 1}
    archive.record(record(series, run, 1, url=MIRROR, story=story_text(1, standing=0))).result()
    archive.record(gone(series, run, 9)).result()
    assert archive.outcomes(run) == {"stored": 1, "copy": 1, "gone": 1}, "the first page stepped back"
    assert [page.url for page in archive.visited(run, ["copy", "gone"])] == [address(1), address(9)]
    assert [page.url for page in archive.visited(run, ["copy", "gone"], limit=1)] == [address(1)]


def test_a_page_counts_for_the_last_run_that_visited_it(archive: Archive) -> None:
    series, first = begun(archive)
    archive.record(record(series, first, 1)).result()
    archive.record(gone(series, first, 2)).result()
    second = archive.begin_run(series)
    archive.record(record(series, second, 1)).result()
    assert archive.outcomes(first) == {"gone": 1}
    assert archive.outcomes(second) == {"unchanged": 1}


def test_the_row_of_a_run_that_died_still_says_what_it_did(archive: Archive) -> None:
    series, run = begun(archive)
    archive.record(record(series, run, 1)).result()
    archive.record(gone(series, run, 2)).result()
    archive.begin_run(series)
    _, died = archive.runs(series)
    assert (died.reason, died.counts) == ("interrupted", {"stored": 1, "gone": 1})
