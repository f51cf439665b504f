"""What speaks against a series being whole."""

import pytest

from storage import Archive
from tests.storage.stories import address, begun, named, record, story_text
from wangqi.series.boxes import counted
from wangqi.visit import Discovery, Visit


def told(archive: Archive, series: int) -> list[str]:
    return [doubt.words for doubt in archive.doubts(series)]


def issue(archive: Archive, series: int, run: int, number: int, **given) -> None:
    title = f"街坊周刊第{number}期"
    marks = {"title": title, "title_key": title, "ordinal": number} | given
    archive.record(record(series, run, number, story=story_text(number, **marks), named=[])).result()


def test_a_start_alone_is_told_with_what_was_looked_at(archive: Archive) -> None:
    series, run = begun(archive)
    column = {"series_id": series, "run_id": run, "url": address(9), "outcome": "listing"}
    found = [Discovery(url=address(9), via="listing")]
    lone = story_text(1, title="灯塔", title_key="灯塔")
    archive.record(record(series, run, 1, story=lone, named=[], discoveries=found)).result()
    archive.record(Visit(**column)).result()
    (sentence,) = told(archive, series)
    assert sentence.startswith("no series was found")
    assert "1 page of columns and feeds and 0 other pages" in sentence


def test_numbers_that_nobody_names_are_told_and_a_whole_series_has_no_doubt(archive: Archive) -> None:
    series, run = begun(archive)
    issue(archive, series, run, 2)
    issue(archive, series, run, 4)
    assert told(archive, series) == ["nobody names the numbers 1, 3, though there is a number 4"]
    issue(archive, series, run, 1)
    issue(archive, series, run, 3)
    assert told(archive, series) == []
    assert archive.ledger(series).doubts == []


def test_stories_that_only_a_tampered_page_has_are_told_with_what_to_do(archive: Archive) -> None:
    series, run = begun(archive)
    for number in (1, 2):
        issue(archive, series, run, number, standing=1_000, standing_reason="an unknown site, strong signs")
    (sentence,) = told(archive, series)
    assert sentence.startswith("2 stories of river.example alone show strong signs of tampering")
    assert "`scrapy hosts river.example known`" in sentence


@pytest.mark.parametrize(
    ("outcome", "is_fetched", "is_unread"),
    [("failed", True, True), ("out_of_scope", False, True), ("out_of_scope", True, False), ("listing", True, False)],
)
def test_a_page_of_a_column_that_was_not_read_is_known(
    archive: Archive,
    outcome: str,
    is_fetched: bool,  # noqa: FBT001 - a table
    is_unread: bool,  # noqa: FBT001 - a table
) -> None:
    series, run = begun(archive)
    found = [Discovery(url=address(9), via="page")]
    whole = record(series, run, 1, named=[], discoveries=found)
    archive.record(whole).result()
    assert [page.url for page in archive.unread(series)] == [address(9)], "found, and not visited yet"
    fetched = whole.capture if is_fetched else None
    kept = {"series_id": series, "run_id": run, "url": address(9), "outcome": outcome, "capture": fetched}
    archive.record(Visit(**kept)).result()
    assert [page.url for page in archive.unread(series)] == ([address(9)] if is_unread else [])


def test_copies_of_another_series_are_parts(archive: Archive) -> None:
    one, run = begun(archive, "街坊周刊")
    other, second = begun(archive, "街坊")
    issue(archive, one, run, 1)
    archive.record(record(other, second, 1, url="https://else.example/1", story=story_text(1), named=[])).result()
    assert (archive.series(other)[0].stories, archive.parts(other)) == (0, 1)


def test_a_page_that_counts_more_parts_than_are_known_is_told(archive: Archive) -> None:
    series, run = begun(archive)
    words = counted("这是系列《渡口》的第 1 篇，共 2 篇", 2)
    alone = story_text(1, title="灯塔", title_key="灯塔")
    archive.record(record(series, run, 1, story=alone, named=[], doubts=[words])).result()
    assert words in told(archive, series)
    archive.record(record(series, run, 1, story=alone, named=named(9), doubts=[words])).result()
    assert words not in told(archive, series)


def test_a_doubt_of_the_ends_stands_until_a_run_knows_better(
    archive: Archive,
) -> None:
    series, run = begun(archive)
    issue(archive, series, run, 1)
    archive.tell_ends(series, ["the page beside it is none of the series"])
    issue(archive, series, run, 1, text="更正之后的全文")
    assert told(archive, series)[0] == "beyond its known ends: the page beside it is none of the series"
    archive.tell_ends(series, [])
    assert not any("ends" in words for words in told(archive, series))


def test_row_32_one_text_under_names_of_several_stories_is_doubted(archive: Archive) -> None:
    series, run = begun(archive)
    for number in (1, 2, 3):
        assert not [words for words in told(archive, series) if "carry one text" in words]
        issue(archive, series, run, number, text="本站改版，旧文整理后陆续恢复", match_key="本站改版旧文整理后陆续恢复")
    (sentence,) = told(archive, series)
    assert sentence.startswith("3 addresses of river.example carry one text under different names (“本站改版")


def test_one_story_at_several_addresses_is_not_doubted(archive: Archive) -> None:
    series, run = begun(archive)
    for number, title in enumerate(("灯塔", "灯塔（图）", "【连载】灯塔", "灯塔"), 1):
        given = {"title": title, "title_key": title, "ordinal": None}
        issue(archive, series, run, number, text="守塔的人换了三任", match_key="守塔的人换了三任", **given)
    issue(archive, series, run, 9, ordinal=None)
    assert not [words for words in told(archive, series) if "carry one text" in words]


@pytest.mark.parametrize(
    ("names", "is_told"), [(("周刊第7期", "周刊第8期"), True), (("周刊第7期", "周刊 第7期"), False)]
)
def test_pages_that_are_named_by_different_numbers_and_kept_as_one_story_are_told(
    archive: Archive,
    names: tuple[str, str],
    is_told: bool,  # noqa: FBT001 - a table
) -> None:
    series, run = begun(archive)
    found = [Discovery(url=address(at), via="series", title=name) for at, name in enumerate(names, 1)]
    archive.record(record(series, run, 9, story=story_text(9), named=[], discoveries=found)).result()
    for at in (1, 2):
        issue(
            archive,
            series,
            run,
            at,
            title="周刊",
            title_key="周刊",
            ordinal=None,
            text="守塔的人换了三任",
            match_key="守塔",
        )
    assert (
        any(words.startswith("2 pages of river.example are kept as one story") for words in told(archive, series))
        == is_told
    )
