"""What web archives answer, read: TimeMaps as RFC 7089 prints them, and the CDX server's rows."""

from datetime import UTC, datetime

import pytest

from wangqi.mementos.lists import ListError, Memento, as_it_came, cdx, nearest, timemap

# In the manner of RFC 7089, 5: commas stand in dates, and in addresses.
TIMEMAP = """<http://river.example/a,b>;rel="original",
 <http://archive.example/timemap/http://river.example/a,b>
 ; rel="self";type="application/link-format"
 ; from="Tue, 20 Jun 2000 18:02:59 GMT",
 <http://archive.example/timemap/2/http://river.example/a,b>; rel="timemap",
 <http://archive.example/20000620180259/http://river.example/a,b>
 ; rel="first memento";datetime="Tue, 20 Jun 2000 18:02:59 GMT",
 <http://archive.example/20011111000000im_/http://river.example/a,b>;rel=memento;
 datetime="Sun, 11 Nov 2001 00:00:00 GMT",
 <http://archive.example/broken>;rel="memento";datetime="some day"
"""


def test_a_timemap_names_captures_and_further_lists() -> None:
    found = timemap(TIMEMAP)
    assert found.further == ["http://archive.example/timemap/2/http://river.example/a,b"]
    assert found.mementos == [
        Memento(
            datetime(2000, 6, 20, 18, 2, 59, tzinfo=UTC),
            "http://archive.example/20000620180259id_/http://river.example/a,b",
        ),
        Memento(
            datetime(2001, 11, 11, tzinfo=UTC), "http://archive.example/20011111000000id_/http://river.example/a,b"
        ),
    ]


@pytest.mark.parametrize("body", ["", "<html><body>503</body></html>", "null", "<a>; b=c"])
def test_what_is_no_timemap_is_told(body: str) -> None:
    with pytest.raises(ListError):
        timemap(body)


def test_rows_of_a_cdx_server() -> None:
    rows = '[["urlkey","timestamp","original","statuscode"],["k","20240305080000","http://a.example/","200"],'
    found = cdx(f'{rows}["k","20240306","http://a.example/","404"]]', "http://wb.example/web/")
    moment = datetime(2024, 3, 5, 8, tzinfo=UTC)
    assert found == [Memento(moment, "http://wb.example/web/20240305080000id_/http://a.example/")]
    assert cdx("", "") == cdx("[]", "") == cdx("\n", "") == []


@pytest.mark.parametrize("body", ["<html>", "{}", "[1]", '[["a"]]', '[["timestamp","original"],["x","y"]]', '["ab"]'])
def test_what_is_no_answer_of_a_cdx_server_is_told(body: str) -> None:
    with pytest.raises(ListError):
        cdx(body, "")


def test_the_nearest_capture_comes_first() -> None:
    days = [Memento(datetime(year, 1, 1, tzinfo=UTC), str(year)) for year in (2020, 2010, 2014)]
    assert [one.url for one in nearest(days, datetime(2013, 1, 1, tzinfo=UTC))] == ["2014", "2010", "2020"]
    assert [one.url for one in nearest(days, None)] == ["2010", "2014", "2020"]
    assert as_it_came("https://a.example/memento/5") == "https://a.example/memento/5"
