"""Dates of pages that keep another clock than Shanghai's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extraction import extract_page
from crawler.extraction.phrases.zones import in_zone

URL = "https://river.example/1.html"
AUCKLAND = ZoneInfo("Pacific/Auckland")


def read(head: str, line: str) -> datetime | None:
    text = "<p>老渡口的船工每天清早把缆绳解开，把对岸等船的人一趟一趟接过来。</p>" * 3
    page = f"<html><head><title>渡口</title>{head}</head><body><h1>渡口的一天</h1><p>{line}</p>{text}</body></html>"
    return in_zone(extract_page(page.encode(), URL), AUCKLAND).published_at


@pytest.mark.parametrize(
    ("head", "line", "moment"),
    [
        ("", "发布时间：2024年3月5日 08:30", datetime(2024, 3, 4, 19, 30, tzinfo=UTC)),
        ("", "发布时间：2024-07-05 来源：石桥日报", datetime(2024, 7, 4, 12, tzinfo=UTC)),
        (
            '<meta property="article:published_time" content="2024-03-05T08:30:00+08:00">',
            "",
            datetime(2024, 3, 5, 0, 30, tzinfo=UTC),
        ),
        ("<script>var publishTime = '1709598600';</script>", "", datetime(2024, 3, 5, 0, 30, tzinfo=UTC)),
    ],
    ids=["printed", "in winter", "with its zone", "a moment"],
)
def test_only_dates_without_a_zone_are_of_that_clock(head: str, line: str, moment: datetime) -> None:
    assert read(head, line) == moment
