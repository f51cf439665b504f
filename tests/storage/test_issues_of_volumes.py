"""Issues whose numbers begin anew each year."""

import pytest

from storage import Archive
from tests.storage.stories import begun, record, story_text
from wangqi.series.gaps import missing_issues
from wangqi.titles.issues import numbering_of


@pytest.mark.parametrize(
    ("title", "volume"),
    [
        ("河口文艺2026年第3期", 2026),
        ("河口文艺 2026年第十二期：灯", 2026),
        ("2026·第3期 河口文艺", 2026),
        ("老街手艺第二季第3集", 2),
        ("老街手艺 第十二季·第一集", 12),
        ("街坊周刊第12期", 0),
        ("2026年的第一场雪", 0),
        ("老街手艺第二季", 0),
        ("河口文艺二〇二四年第3期", 2024),
        ("河口文艺2026年第3-4期", 2026),
        ("老街手艺 第二季 竹篮 第3集", 2),
    ],
)
def test_the_volume_in_a_title(title: str, volume: int) -> None:
    number = numbering_of(title)
    assert (number.volume if number else 0) == volume


def test_numbers_are_missed_within_their_volume_only() -> None:
    assert missing_issues([(2025, 9), (2025, 10), (2025, 12), (2026, 2), (2026, 3)]) == [(2025, 11), (2026, 1)]
    assert missing_issues([(0, 1), (0, 2), (0, 4)]) == [(0, 3)]


def test_a_yearly_numbered_series_is_in_order_and_without_conflict(archive: Archive) -> None:
    series, run = begun(archive)
    issues = [(2026, 2), (2025, 11), (2026, 1), (2025, 12), (2026, 4), (2025, 10)]
    for at, (year, number) in enumerate(issues):
        title = f"河口文艺{year}年第{number}期"
        told = story_text(at, title=title, title_key=title, ordinal=number, published_at=None)
        archive.record(record(series, run, at, story=told, named=[])).result()
    ledger = archive.ledger(series)
    assert [(one.volume, one.ordinal, one.state) for one in ledger.entries] == [
        *((2025, number, "stored") for number in (10, 11, 12)),
        *((2026, number, "never found" if number == 3 else "stored") for number in (1, 2, 3, 4)),
    ]
    assert ledger.entries[5].reason.endswith("before and after number 3 of 2026")
    assert ledger.conflicts == []
