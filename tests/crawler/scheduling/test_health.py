"""How a series fares: each sign where a person could know of it, and none of a series that is well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.catalogue.file import SeriesSpec
from crawler.scheduling.health import STORIES, Past, Sign, signs_of
from storage.rows import RunRow, SeriesRow, StoryRow

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # a Monday, noon in Shanghai
SPEC = SeriesSpec(name="lake", start=("https://example.org/1",))
ROW = SeriesRow(
    id=1,
    name="lake",
    title="湖",
    publisher=None,
    start=(),
    cadence_days=7,
    created_at=NOW,
    stories=60,
    pages=80,
    missing=0,
)


def run(hours_ago: float = 1, code: int | None = 0, **counts: int) -> RunRow:
    begun = NOW - timedelta(hours=hours_ago)
    ended = None if code is None else begun
    return RunRow(
        id=1,
        series_id=1,
        series="lake",
        pid=1,
        started_at=begun,
        ended_at=ended,
        reason="finished",
        counts=counts or {"stored": 1},
        requests=1,
        exit_code=code,
    )


def story(number: int, **given: Any) -> StoryRow:
    facts = dict.fromkeys(("subtitle", "subject", "published_precision", "published_source", "language"))
    facts |= {"merged_into": None, "canonical_reason": None, "ordinal": None}
    held: dict[str, Any] = {
        "id": number,
        "series_id": 1,
        "series": "lake",
        "series_title": "湖",
        "title": f"湖之{number}",
        "author": "康大文",
        "source": "河岸报",
        "published_at": NOW,
        "status": "ok",
        "first_seen_at": NOW,
        "revision_id": number,
        "url": "",
        "copies": 1,
        "chars": 900,
        "text": "水。",
    }
    return StoryRow(**facts | held | given)


def told(**past: Any) -> list[tuple[str, str]]:
    known: dict[str, Any] = {"spec": SPEC, "row": ROW, "runs": [run()], "newest": NOW - timedelta(days=3)}
    return [(sign.level, sign.what) for sign in signs_of(Past(**known | past), NOW)]


def test_a_series_that_is_well() -> None:
    daily = replace(SPEC, schedule="0 6 * * *")
    assert told(spec=daily, runs=[run(6), run(30), run(54)], stories=[story(n) for n in range(STORIES)]) == []
    assert told(spec=None) == []
    assert (
        told(spec=replace(daily, schedule="0 9 * * *"), runs=[run(26)]) == []
    )  # the stroke of nine may yet be answered


@pytest.mark.parametrize("past", [{"schedule": "0 6 * * *"}, {"every": timedelta(hours=12)}])
def test_two_runs_that_did_not_begin(past: dict[str, Any]) -> None:
    spec = replace(SPEC, **past)
    assert told(spec=spec, runs=[run(49)]) == [("broken", "missed_runs")]
    assert told(spec=spec, runs=[run(49, None)], is_running=True) == []
    assert told(spec=spec, runs=[], row=None) == [("look", "never_crawled")]


def test_missing_stories_that_grow() -> None:
    def after(*missing: int | None) -> list[tuple[str, str]]:
        return told(runs=[replace(run(at), missing=one) for at, one in enumerate(missing, start=1)])

    assert after(9, 5, 3, 3) == [("look", "missing_grows")]
    assert after(9, 9, 3) == after(3, 5, 9) == after(9, 5) == after(9, 5, None) == []


def test_runs_that_went_wrong() -> None:
    assert told(runs=[run(1, 1), run(2)]) == [("look", "failed_runs")]
    assert told(runs=[run(1, None), run(2)]) == [("look", "failed_runs")]
    assert told(runs=[run(1, 1), run(2, 3), run(3, None), run(4)]) == [("broken", "failed_runs")]
    assert told(runs=[run(1), run(2, 1), run(3, 1)]) == []
    assert told(runs=[run(1, 20, failed=3, robots=1)]) == [("broken", "nothing_read")]


@pytest.mark.parametrize(("blocked", "signs"), [(1, []), (3, [("look", "blocked")]), (40, [("broken", "blocked")])])
def test_a_site_that_refuses_us(blocked: int, signs: list[Any]) -> None:
    assert told(runs=[run(1, 20, blocked=blocked, unchanged=20)]) == signs
    assert told(runs=[run(1), run(2, 20, blocked=blocked, unchanged=20)]) == [], "it refuses us no more"
    assert told(runs=[run(1, 20, blocked=2), run(2)]) == [("broken", "blocked")], "all that was asked for"


def test_a_silence_that_the_rhythm_does_not_explain() -> None:
    assert told(newest=NOW - timedelta(days=10)) == []
    assert told(newest=NOW - timedelta(days=20)) == [("look", "silent")]
    assert told(newest=NOW - timedelta(days=400)) == []  # it has ended
    assert told(newest=NOW - timedelta(days=400), is_told_silent=True) == [("look", "silent")], "no story has come"
    assert told(newest=NOW - timedelta(days=3), is_told_silent=True) == []
    undated, dated = story(2, published_at=None), story(1, published_at=NOW - timedelta(days=20))
    assert told(newest=dated.published_at, stories=[undated, dated]) == [], "stories come, without their dates"


@pytest.mark.parametrize(
    ("lost", "what"),
    [
        ({"published_at": None}, "fewer_dates"),
        ({"author": None}, "fewer_authors"),
        ({"source": None}, "fewer_sources"),
        ({"chars": 80}, "shorter_texts"),
        ({"text": "\ufffd"}, "unreadable_characters"),
    ],
)
def test_what_the_newest_stories_lack(lost: dict[str, Any], what: str) -> None:
    old = [story(number) for number in range(30)]
    assert told(stories=[*(story(100 + number, **lost) for number in range(10)), *old]) == [("look", what)]
    assert told(stories=[*(story(100 + n) for n in range(10)), *(replace(one, **lost) for one in old)]) == []


def test_three_stories_in_a_row_without_what_nearly_all_had() -> None:
    old = [story(number) for number in range(24)]
    lost = [story(100 + number, published_at=None) for number in range(3)]
    assert told(stories=[*lost, *old]) == [("look", "fewer_dates")]
    assert told(stories=[*lost[:2], *old]) == []
    assert told(stories=[old[0], *lost, *old]) == [], "the newest has one again"
    assert told(stories=[*lost, *old[:15]]) == [], "too few to know"
    assert told(stories=[*lost, *old[:20], *(replace(one, published_at=None) for one in old[20:])]) == []


def test_what_a_full_disk_ends_is_told_of_the_disk() -> None:
    past = Past(spec=SPEC, row=ROW, runs=[run(1, 3), run(2)], newest=NOW)
    assert [sign.what for sign in signs_of(past, NOW)] == ["failed_runs"]
    assert signs_of(past, NOW, is_disk_full=True) == []


def test_the_worst_comes_first_and_is_a_sentence() -> None:
    found = signs_of(Past(spec=None, row=ROW, runs=[run(1, 1, failed=2)], newest=NOW - timedelta(days=20)), NOW)
    assert found[0] == Sign(
        level="broken", what="nothing_read", fact="its last crawl read no story and no list: 2 failed"
    )
    assert found[-1].fact == "its newest story is of 2026-02-10, and one comes every 7 days"
