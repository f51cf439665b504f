"""The picture of a series."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from storage.rows import LedgerEntry, SeriesLedger, SeriesRow, State
from views.ledger import completeness, remarks
from views.timeline import positions, timeline_svg
from wangqi.series.gaps import Silence

DAY = datetime(2024, 1, 1, tzinfo=UTC)


def ledger(*states: tuple[State, int | None], silences: tuple[Silence, ...] = ()) -> SeriesLedger:
    entries = [
        LedgerEntry(
            state=state,
            place=place,
            title=None if state == "never found" else f"<渡口> & {place}",
            ordinal=place,
            published_at=None if day is None else DAY + timedelta(days=day),
            story_id=None if day is None else place,
        )
        for place, (state, day) in enumerate(states, 1)
    ]
    row = SeriesRow(
        id=1,
        name="n",
        title="河上<旧事>",
        publisher=None,
        start=(),
        cadence_days=7,
        created_at=DAY,
        stories=0,
        pages=0,
        missing=0,
    )
    held = sum(state in {"stored", "copy only"} for state, _ in states)
    return SeriesLedger(
        series=row, entries=entries, silences=silences, completeness=held / len(states) if states else None
    )


def marks(svg: str) -> list[str]:
    root = etree.fromstring(svg.encode())
    return [str(title.text) for title in root.iter("{*}title")]


def test_each_story_has_a_mark_and_each_gap_a_shade() -> None:
    gap = Silence(after=2, days=40, expected=5, known=2)
    drawn = ledger(
        ("stored", 0), ("copy only", 7), ("title only", None), ("never found", None), ("stored", 47), silences=(gap,)
    )
    words = completeness(drawn)
    assert words == (
        "3 of 5 known stories are stored (60 %); 1 title only, 1 never found. 1 of the stored are copy only."
    )
    assert list(remarks(drawn)) == [
        "Gap: 40 days without a story after 《<渡口> & 2》; the rhythm lets 5 expect, of which 2 are known and missing."
    ]
    svg = timeline_svg(drawn, words)
    assert marks(svg) == [
        "40 days, 5 expected, 2 known",
        "1. <渡口> & 1: stored",
        "2. <渡口> & 2: copy only",
        "3. <渡口> & 3: title only",
        "4. number 4: never found",
        "5. <渡口> & 5: stored",
    ]
    assert "2024-02-17" in svg


def test_dates_are_those_of_the_clock_of_the_series() -> None:
    drawn = ledger(("stored", 0), ("stored", 30))
    assert "2024-01-01" in timeline_svg(drawn, "", UTC)
    assert "2023-12-31" in timeline_svg(drawn, "", ZoneInfo("America/New_York"))


def test_words_for_a_whole_series_and_for_an_empty_one() -> None:
    assert completeness(ledger(("stored", 0))) == "All 1 known stories are stored."
    assert completeness(ledger()) == "No story of this series is known."
    assert marks(timeline_svg(ledger(), "")) == []


@given(st.lists(st.one_of(st.none(), st.integers(0, 4000)), max_size=40))
def test_marks_stand_in_the_order_of_the_ledger_within_the_picture(days: list[int | None]) -> None:
    entries = ledger(*(("title only" if day is None else "stored", day) for day in days)).entries
    places = positions(entries)
    assert len(places) == len(days)
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)
