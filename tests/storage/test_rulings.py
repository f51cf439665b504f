"""A person's word on a series holds, whatever is read later, and can be taken back."""

from typing import Any

import pytest

from storage import Archive
from storage.db.errors import UndecidableError, UnknownSeriesError, UnknownTextError
from tests.storage.stories import address, begun, named, record, rows
from wangqi.visit import Discovery, Visit


def kept(archive: Archive, *numbers: int, series: str = "河上旧事", **given: Any) -> tuple[int, int]:
    series_id, run_id = begun(archive, series)
    for number in numbers:
        archive.record(record(series_id, run_id, number, **given)).result()
    return series_id, run_id


def titles(archive: Archive, series: str) -> list[str]:
    return sorted(story.title for story in archive.stories(series))


def test_a_renamed_series_is_found_under_both_names_and_goes_on_as_one(archive: Archive) -> None:
    first, _ = kept(archive, 9, 8)
    archive.name_series("河上旧事", "river", by="林")
    assert archive.series_named("river") == archive.series_named("河上旧事") == first
    assert [row.name for row in archive.series()] == ["river"]
    (ruling,) = archive.rulings()
    assert (ruling.kind, ruling.decided_by, ruling.former_name) == ("rename", "林", "河上旧事")
    archive.undo_ruling(ruling.id, by="赵")
    assert [row.name for row in archive.series()] == ["河上旧事"]
    (ruling,) = archive.rulings()
    assert ruling.undone_by == "赵"


def test_a_name_that_is_taken_is_refused_with_the_way_out(archive: Archive) -> None:
    kept(archive, 9)
    archive.series_named("river")
    with pytest.raises(UndecidableError, match="--join '河上旧事'"):
        archive.name_series("河上旧事", "river", by="林")
    with pytest.raises(UndecidableError, match="called so already"):
        archive.name_series("river", "river", by="林")


def test_names_may_be_given_back(archive: Archive) -> None:
    first, _ = kept(archive, 9)
    archive.name_series("河上旧事", "river", by="林")
    archive.name_series("river", "河上旧事", by="林")
    assert [row.name for row in archive.series()] == ["河上旧事"]
    assert archive.series_named("river") == first


def test_two_series_become_one_and_two_again(archive: Archive) -> None:
    kept(archive, 9, 8)
    kept(archive, 3, series="old", named=[])
    before = {name: titles(archive, name) for name in ("河上旧事", "old")}
    archive.join_series("河上旧事", "old", by="林")
    assert titles(archive, "河上旧事") == titles(archive, "old") == ["河上旧事之3", "河上旧事之8", "河上旧事之9"]
    assert [row.name for row in archive.series()] == ["河上旧事"]
    assert [hit.story.title for hit in archive.search("编号3的渡口", series="old")] == ["河上旧事之3"]
    assert archive.series_named("old") == archive.series_named("河上旧事")
    assert len(archive.runs("河上旧事")) == 2
    (ruling,) = archive.rulings()
    archive.undo_ruling(ruling.id, by="林")
    assert {name: titles(archive, name) for name in ("河上旧事", "old")} == before
    assert [hit.story.title for hit in archive.search("编号3的渡口", series="old")] == ["河上旧事之3"]
    assert archive.search("编号3的渡口", series="河上旧事") == []


def test_joined_series_keep_one_account_of_a_column_that_both_read(archive: Archive) -> None:
    column = "https://river.example/column/"
    runs = {}
    for name in ("河上旧事", "old"):
        series_id, runs[name] = kept(archive, 9 if name == "old" else 3, series=name, named=[])
        archive.record(Visit(series_id=series_id, run_id=runs[name], url=column, outcome="listing", rows=3)).result()
        archive.seed(series_id, [column], watch=True)
    ruling = archive.join_series("河上旧事", "old", by="林")
    for run in runs.values():
        archive.end_run(run, reason="finished", counts={})
    first = archive.series_named("河上旧事")
    run = archive.begin_run(first)
    assert [page.url for page in archive.claim(first, run)].count(column) == 1
    assert rows(archive, "share") == 0
    archive.end_run(run, reason="finished", counts={})
    archive.undo_ruling(ruling.id, by="林")
    assert [row.stories for row in archive.series()] == [1, 1]


def test_a_line_finds_its_story_when_its_series_is_joined(archive: Archive) -> None:
    lines = named(8, 7)
    linkless = [
        type(line)(position=line.position, title=line.title, title_key=line.title_key, url=None) for line in lines
    ]
    kept(archive, 9, named=linkless)
    kept(archive, 8, series="old", named=[])
    assert [gap.title for gap in archive.missing("河上旧事")] == ["河上旧事之8", "河上旧事之7"]
    ruling = archive.join_series("河上旧事", "old", by="林")
    assert [gap.title for gap in archive.missing("河上旧事")] == ["河上旧事之7"]
    archive.undo_ruling(ruling.id, by="林")
    assert [gap.title for gap in archive.missing("河上旧事")] == ["河上旧事之8", "河上旧事之7"]


def test_joining_what_is_one_is_refused(archive: Archive) -> None:
    kept(archive, 9)
    with pytest.raises(UndecidableError, match="one series already"):
        archive.join_series("河上旧事", "河上旧事", by="林")


def test_a_foreign_story_leaves_the_ledger_and_keeps_every_byte(archive: Archive) -> None:
    series, run = kept(archive, 9, 8)
    story = next(row for row in archive.stories("河上旧事") if row.ordinal == 8)
    ruling = archive.place_page(address(8), "foreign", by="林")
    assert titles(archive, "河上旧事") == ["河上旧事之9"]
    assert "河上旧事之8" not in [entry.title for entry in archive.ledger("河上旧事").entries]
    assert "河上旧事之8" not in [gap.title for gap in archive.missing("河上旧事")]
    detail = archive.story(story.id)
    assert detail is not None
    assert (detail.story.status, detail.story.text) == ("foreign", story.text)
    # Neither a line that names it nor `refresh=all` brings it back.
    archive.record(record(series, run, 10, named=named(8))).result()
    archive.make_due(series, "all")
    archive.end_run(run, reason="finished", counts={})
    run = archive.begin_run(series)
    assert address(8) not in [page.url for page in archive.claim(series, run)]
    assert titles(archive, "河上旧事") == ["河上旧事之10", "河上旧事之9"]
    archive.undo_ruling(ruling.id, by="林")
    assert titles(archive, "河上旧事") == ["河上旧事之10", "河上旧事之8", "河上旧事之9"]


def test_a_line_that_leads_to_a_foreign_page_is_not_missing(archive: Archive) -> None:
    kept(archive, 9, named=named(8, 7))
    archive.place_page(address(8), "foreign", by="林")
    assert [gap.title for gap in archive.missing("河上旧事")] == ["河上旧事之7"]
    with pytest.raises(UndecidableError, match="said so already"):
        archive.place_page(address(8), "foreign", by="赵")


def test_a_page_that_belongs_is_read_whatever_a_run_said_of_it(archive: Archive) -> None:
    series, run = kept(archive, 9)
    archive.record(Visit(series_id=series, run_id=run, url=address(8), outcome="out_of_scope", reason="x")).result()
    archive.end_run(run, reason="finished", counts={})
    archive.place_page(address(8), "belongs", by="林")
    run = archive.begin_run(series)
    due = {page.url: page.depth for page in archive.claim(series, run)}
    assert due[address(8)] == 0


def test_a_page_nobody_knew_belongs_to_the_series_that_is_named(archive: Archive) -> None:
    series, run = kept(archive, 9)
    with pytest.raises(UnknownTextError, match="--series NAME"):
        archive.place_page("https://river.example/new", "belongs", by="林")
    ruling = archive.place_page("https://river.example/new", "belongs", by="林", series="河上旧事")
    assert ruling.url == "https://river.example/new"
    assert "https://river.example/new" in [page.url for page in archive.claim(series, run)]


def test_the_later_word_counts(archive: Archive) -> None:
    kept(archive, 9, 8)
    archive.place_page(address(8), "foreign", by="林")
    archive.place_page(address(8), "belongs", by="赵")
    assert titles(archive, "河上旧事") == ["河上旧事之8", "河上旧事之9"]
    newest, oldest = archive.rulings()
    assert (newest.kind, newest.undone_at, oldest.undone_by) == ("belongs", None, "赵")


def test_a_watched_page_cannot_be_foreign(archive: Archive) -> None:
    series, _ = kept(archive, 9)
    archive.seed(series, [address(9)], watch=True)
    with pytest.raises(UndecidableError, match=r"series\.toml"):
        archive.place_page(address(9), "foreign", by="林")


def test_what_is_not_there_cannot_be_taken_back(archive: Archive) -> None:
    kept(archive, 9, 8)
    with pytest.raises(UndecidableError, match="is not there"):
        archive.undo_ruling(7, by="林")
    ruling = archive.place_page(address(8), "foreign", by="林")
    archive.undo_ruling(ruling.id, by="林")
    with pytest.raises(UndecidableError, match="was taken back by 林"):
        archive.undo_ruling(ruling.id, by="林")


def test_a_foreign_page_is_not_discovered_again(archive: Archive) -> None:
    series, run = kept(archive, 9)
    archive.record(record(series, run, 8, named=[])).result()
    archive.place_page(address(8), "foreign", by="林")
    links = [Discovery(url=address(8), via="series", title="x"), Discovery(url=address(77), via="entry", title="y")]
    done = archive.record(record(series, run, 10, named=[], discoveries=links)).result()
    assert done.new_pages == 1


def test_a_series_is_found_by_any_of_its_pages_however_the_address_is_written(archive: Archive) -> None:
    series_id, run_id = begun(archive, "https://river.example/read?b=2&a=1")
    archive.seed(series_id, ["https://river.example/read?a=1&b=2"], watch=True)
    archive.record(record(series_id, run_id, 9, url="https://river.example/show?id=9&lang=zh", named=[])).result()
    assert archive.series("https://river.example/read?a=1&b=2")[0].id == series_id
    assert archive.series("https://river.example/show?lang=zh&id=9")[0].id == series_id
    with pytest.raises(UnknownSeriesError):
        archive.series("https://river.example/elsewhere")


def test_a_page_that_another_series_holds_stays_in_its_account(archive: Archive) -> None:
    first, _ = kept(archive, 9, 8)
    other = archive.series_named("old")
    column = "https://river.example/column"
    archive.seed(other, [column], watch=True)
    archive.place_page(column, "belongs", by="林", series="河上旧事")
    assert column in {place.url for place in archive.addresses(first)}
    assert rows(archive, "share") == 1
