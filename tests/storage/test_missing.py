"""Each missing story once, none that is stored, and nothing that is no title."""

from storage import Archive
from storage.queries.missing import UNSURE
from tests.storage.stories import begun, record, story_text
from wangqi.visit import Discovery, NamedStory, Visit

COLUMN = "https://river.example/col/"
TITLES = ("渡口人家｜缝补人生", "渡口人家｜摆渡的老陈", "渡口人家｜一碗豆花的清晨")


def lines(*titles: str | tuple[str, str]) -> list[NamedStory]:
    """Lines with an address, and without."""
    pairs = [(title, None) if isinstance(title, str) else title for title in titles]
    return [NamedStory(position=at, title=title, title_key=title, url=url) for at, (title, url) in enumerate(pairs)]


def stored(archive: Archive, *named: str | tuple[str, str]) -> int:
    series, run = begun(archive, "渡口人家")
    for at, title in enumerate(TITLES):
        told = story_text(at, title=title, title_key=title, ordinal=None)
        archive.record(record(series, run, at, story=told, named=lines(*named) if at == 2 else [])).result()
    return series


def page(archive: Archive, series: int, url: str, outcome: str, reason: str = "") -> None:
    record_ = {"series_id": series, "run_id": None, "url": url, "outcome": outcome, "reason": reason}
    archive.record(Visit(**record_)).result()


def test_a_stored_story_is_not_missing_however_it_is_spelled(archive: Archive) -> None:
    gone = "https://river.example/old/1.html"
    series = stored(archive, "缝补人生", "第2期 摆渡的老陈…", ("【渡口人家】缝补人生", gone), "渡口人家——摆渡的老陈")
    page(archive, series, gone, "gone", "the server answered 404")
    assert archive.missing(series) == []
    assert archive.ledger(series).completeness == 1
    assert archive.series(series)[0].missing == 0


def test_a_missing_story_is_told_once(archive: Archive) -> None:
    gone = "https://river.example/9.html"
    series = stored(archive, "塔上十八年…", "渡口人家｜塔上十八年的守望", ("茶山来信", gone), "渡口人家：茶山来信")
    page(archive, series, gone, "gone", "the server answered 404")
    assert [(one.title, one.reason) for one in archive.missing(series)] == [
        ("塔上十八年…", "no link"),
        ("茶山来信", "the server answered 404"),
    ]


def test_a_row_of_a_column_that_is_gone_is_missing_unless_it_was_only_tried(archive: Archive) -> None:
    series = stored(archive)
    why = "entry: its title begins with “渡口人家” like the others"
    rows = [("a", "渡口人家｜茶山来信", why), ("b", "渡口人家｜缝补人生", why), ("c", "公交改线", f"entry: {UNSURE}")]
    found = [Discovery(url=COLUMN + name, via="entry", title=title, reason=why) for name, title, why in rows]
    record_ = {"series_id": series, "run_id": None, "url": COLUMN, "outcome": "listing", "discoveries": found}
    archive.record(Visit(**record_)).result()
    for name, _, _ in rows:
        page(archive, series, COLUMN + name, "gone", "the server answered 404")
    assert [(one.title, one.reason) for one in archive.missing(series)] == [
        ("渡口人家｜茶山来信", "the server answered 404")
    ]


def test_dates_and_columns_are_no_titles(archive: Archive) -> None:
    month, day = COLUMN + "2024-10/", "https://river.example/2024-10-25.html"
    series = stored(
        archive, "[10-25]", "12", "渡口人家", ("渡口人家", COLUMN), ("2024年10月", month), ("10月25日", day)
    )
    page(archive, series, COLUMN, "gone", "the server answered 404")
    page(archive, series, month, "listing")
    page(archive, series, day, "failed", "the connection broke")
    # The page of a day may be an issue.
    assert [one.title for one in archive.missing(series)] == ["10月25日"]


def test_a_list_is_no_story(archive: Archive) -> None:
    there = "https://river.example/8.html"
    series = stored(archive, ("渡口人家｜茶山来信", there))
    page(archive, series, there, "listing", "15 rows of a listing")
    (one,) = archive.missing(series)
    assert (one.title, one.reason) == ("渡口人家｜茶山来信", "its page is a list: 15 rows of a listing")
