"""The account of a series: order, states, gaps."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from storage import Archive
from storage.queries import missing
from storage.rows import LedgerEntry
from tests.storage.stories import begun, record, story_text, words
from wangqi.series.gaps import is_overdue, missing_numbers, silences
from wangqi.series.order import Block, agreed_order, newest_first, with_missing
from wangqi.titles.lookup import Stories
from wangqi.visit import NamedStory

DAY = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("order", "blocks", "line"),
    [
        ("abd", [("d", "cba")], "abcd"),
        ("abd", [(None, "dcb")], "abcd"),
        ("abd", [(None, "bcd"), (None, "abd")], "abcd"),
        ("d", [("d", "cba")], "abcd"),
        ("bc", [(None, "cba")], "abc"),
        ("ab", [], "abcde"),
        ("abd", [("d", "cb"), ("d", "cb"), ("b", "ca")], "abcd"),
    ],
    ids=["below its namer", "between", "oldest first", "all missing", "below the last", "unnamed", "most agree"],
)
def test_a_missing_story_stands_where_the_blocks_that_name_it_agree(
    order: str, blocks: list[tuple[str | None, str]], line: str
) -> None:
    named = [Block(namer, lines) for namer, lines in blocks]
    assert with_missing(order, [key for key in line if key not in order], named) == list(line)


class _Line:
    compared = 0

    def __init__(self, number: int) -> None:
        self.number = number

    def __eq__(self, other: object) -> bool:
        _Line.compared += 1
        return isinstance(other, _Line) and other.number == self.number

    def __hash__(self) -> int:
        return hash(self.number)


def test_a_long_list_of_missing_stories_is_walked_once() -> None:
    held, lines = _Line(-1), [_Line(number) for number in range(300)]
    line = with_missing([held], lines, [Block(None, [*lines, held])])
    assert line == [held, *lines[::-1]]
    assert _Line.compared < 10 * len(lines)


def test_what_is_missing_is_sought_once_and_each_of_its_titles_once(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    sought: list[int | str] = []
    asked: list[str] = []
    of_series, meant_by = missing.of_series, Stories.meant_by

    def seeking(connection: Connection, wanted: int | str) -> missing.Missing:
        sought.append(wanted)
        return of_series(connection, wanted)

    def asking(stories: Stories[int], line: str, *, besides: int | None = None) -> int | None:
        asked.append(line)
        return meant_by(stories, line, besides=besides)

    monkeypatch.setattr(missing, "of_series", seeking)
    monkeypatch.setattr(Stories, "meant_by", asking)
    series, run = begun(archive)
    for number in (5, 6, 7):
        archive.record(record(series, run, number)).result()
    ledger = archive.ledger(series)
    assert ledger.series.missing == sum(entry.story_id is None for entry in ledger.entries) == 4
    assert sought == [series]
    assert len(asked) == len(set(asked)) == 4


def test_most_blocks_list_the_newest_first_and_some_do_not() -> None:
    places = {key: place for place, key in enumerate("abc")}
    assert newest_first(places, [])
    assert newest_first(places, [Block(None, "cb"), Block(None, "ba"), Block(None, "ab")])
    assert not newest_first(places, [Block(None, "abc")])


@pytest.mark.parametrize(
    ("dated", "blocks", "order"),
    [
        ("bacd", ["bcd", "acd", "abd", "abc"], "abcd"),
        ("abdc", ["dcb", "dca", "dba", "cba"], "abcd"),
        ("abcd", ["abcd", "abcd"], None),
        ("abcdefgh", ["cba", "dcb", "edc", "fed"], None),
        ("abcd", ["abcd", "dacb", "bdca"], None),
        ("", [], None),
    ],
    ids=["each without itself", "newest first", "too few", "no index", "no agreement", "empty"],
)
def test_an_index_of_the_whole_series_gives_its_order(dated: str, blocks: list[str], order: str | None) -> None:
    found = agreed_order(dated, [Block(None, lines) for lines in blocks])
    assert found == (None if order is None else list(order))


@pytest.mark.parametrize(
    ("numbers", "wanting"),
    [
        ([1, 2, 4, 5], [3]),
        ([7, 8, 10, 12], [9, 11]),
        ([1, 2], []),
        ([3, 9, 27], []),
        ([1, 2, 2, 3], []),
        ([*range(1, 300), *range(900, 1200)], []),
    ],
    ids=["one", "from seven on", "too few", "numbers that count nothing", "twice the same", "a new way of counting"],
)
def test_numbers_that_nobody_names(numbers: list[int], wanting: list[int]) -> None:
    assert missing_numbers(numbers) == wanting


def entries(*weeks: int | None) -> list[LedgerEntry]:
    return [
        LedgerEntry(
            state="title only" if week is None else "stored",
            place=place,
            title=f"{place}",
            published_at=None if week is None else DAY + timedelta(weeks=week),
            story_id=None if week is None else place,
        )
        for place, week in enumerate(weeks, 1)
    ]


def test_a_pause_that_is_too_long_for_the_rhythm_is_a_gap() -> None:
    (gap,) = silences(entries(0, 1, 2, 3, None, 7, 8), 7.0)
    assert (gap.after, gap.days, gap.expected, gap.known) == (4, 28, 3, 1)
    assert silences(entries(0, 1, 2, 3, 5, 6), 7.0) == []
    assert silences(entries(0, 1, 9), 7.0) == []
    assert silences(entries(0, 1, 2, 3, 9), None) == []


@pytest.mark.parametrize(
    ("days", "cadence", "overdue"),
    [(10, 7.0, False), (18, 7.0, True), (400, 7.0, False), (3, 1.0, False), (5, 1.0, True), (90, None, False)],
    ids=["in time", "late", "ended", "a weekend", "a daily is late", "no rhythm"],
)
def test_a_story_is_overdue_while_the_series_lives(days: int, cadence: float | None, overdue: bool) -> None:  # noqa: FBT001
    assert is_overdue(DAY, cadence, DAY + timedelta(days=days)) is overdue
    assert not is_overdue(None, cadence, DAY)


def test_the_ledger_of_a_series(archive: Archive) -> None:
    series, run = begun(archive)

    def store(number: int, *named: int, standing: int = 2) -> None:
        lines = [
            NamedStory(position=at, title=f"河上旧事之{other}", title_key=f"河上旧事之{other}")
            for at, other in enumerate(named)
        ]
        archive.record(record(series, run, number, story=story_text(number, standing=standing), named=lines)).result()

    store(1)
    store(2, 1, standing=6)
    store(5, 4, 2, standing=18)
    store(8, 6, 5)
    store(9, 8)
    ledger = archive.ledger(series)
    assert [(entry.ordinal, entry.state) for entry in ledger.entries] == [
        (1, "stored"),
        (2, "copy only"),
        (3, "never found"),
        (4, "title only"),
        (5, "tampered only"),
        (6, "title only"),
        (7, "never found"),
        (8, "stored"),
        (9, "stored"),
    ]
    assert [entry.place for entry in ledger.entries] == list(range(1, 10))
    assert ledger.entries[3].named_by == ("河上旧事之5",)
    assert ledger.completeness == pytest.approx(4 / 9)
    unread = archive.ledger(series)
    assert [entry.title for entry in unread.entries if entry.state == "title only"] == ["河上旧事之4", "河上旧事之6"]
    assert archive.ledger(series).conflicts == []


def test_a_flaw_of_the_reading_stands_in_the_ledger(archive: Archive) -> None:
    series_id, run_id = begun(archive)
    archive.record(
        record(series_id, run_id, 1, story=story_text(1, words(1), flaws="no line shows its title"))
    ).result()
    archive.record(record(series_id, run_id, 2)).result()
    assert [entry.flaws for entry in archive.ledger(series_id).entries] == ["no line shows its title", ""]
    assert [(one.title, one.flaws) for one in archive.flawed(series_id)] == [
        (archive.ledger(series_id).entries[0].title, "no line shows its title")
    ]


def test_where_numbers_dates_and_blocks_disagree(archive: Archive) -> None:
    series, run = begun(archive)
    blocks = {3: (1, 2), 4: (3, 2, 1)}  # the second says that the newest is listed first
    for number, day in ((1, 10), (2, 5), (3, 20), (4, 30)):
        told = story_text(number, published_at=DAY + timedelta(days=day))
        lines = [
            NamedStory(position=at, title=f"河上旧事之{other}", title_key=f"河上旧事之{other}")
            for at, other in enumerate(blocks.get(number, ()))
        ]
        archive.record(record(series, run, number, story=told, named=lines)).result()
    number_and_date, block = archive.ledger(series).conflicts
    assert "number 1 and the date 2024-01-11" in number_and_date
    assert "《河上旧事之1》 stands before 《河上旧事之2》" in block
    assert block.endswith("by 《河上旧事之3》")


def test_the_block_of_a_mirror_is_not_heard_on_the_order(archive: Archive) -> None:
    series, run = begun(archive)
    for page, number, named in ((1, 1, ()), (2, 2, (1,)), (3, 3, (2, 1)), (4, 4, (3, 2, 1)), (40, 4, (1, 3, 2))):
        told = story_text(number, published_at=DAY + timedelta(days=number))
        lines = [
            NamedStory(position=at, title=f"河上旧事之{other}", title_key=f"河上旧事之{other}")
            for at, other in enumerate(named)
        ]
        archive.record(record(series, run, page, story=told, named=lines)).result()
    (mirrored,) = (one for one in archive.stories(series) if one.copies == 2)
    assert mirrored.title == "河上旧事之4"
    assert archive.ledger(series).conflicts == []


def test_an_empty_series_has_no_completeness(archive: Archive) -> None:
    series, _ = begun(archive)
    assert archive.ledger(series).completeness is None
