"""How pages are asked for; what is told of those that a browser has drawn; what it keeps of a site's scripts."""

import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Request, Response

from crawler.catalogue.file import SeriesSpec, parse_catalogue
from crawler.catalogue.keys import Render
from crawler.downloader.rendering.browser import BrowserMissing, check_browser, find_browser
from crawler.downloader.rendering.script_cache import Answer, Shelf
from crawler.run.answers import capture_of
from crawler.run.drawn import as_drawn
from crawler.run.fetch_outcomes import outcome_of_answer
from crawler.run.requests import conditions, wants_browser, what_to_draw
from storage.rows import DuePage
from tests.crawling import ROOT
from wangqi.outcomes import Outcome
from wangqi.visit import Capture, Discovery, Visit

URL = "https://news.example/column/"
START = f'[lake]\nstart = "{URL}"\n'


def due(via: str = "entry", depth: int = 1, **facts: str) -> DuePage:
    known = {"etag": '"a"', "last_modified": "Mon, 01 Mar 2021 01:00:00 GMT"} | facts
    return DuePage(page_id=1, url=URL, via=via, title=None, attempts=0, depth=depth, **known)


@pytest.mark.parametrize(
    ("render", "page", "expected"),
    [
        (False, due("listing"), False),
        (True, due("series"), True),
        ("listing", due("listing"), True),
        ("listing", due("page", depth=2), True),
        ("listing", due("entry"), False),
        ("listing", due("prev"), False),
        ("listing", due("entry", depth=0), True),
    ],
)
def test_which_pages_a_browser_draws(render: Render, page: DuePage, *, expected: bool) -> None:
    assert wants_browser(render, page) is expected


@pytest.mark.parametrize(
    ("entry", "argument", "expected"),
    [
        ("", None, False),
        ("render = false", None, False),
        ("render = true", None, True),
        ('render = "listing"', None, "listing"),
        ("render = true", "0", False),
        ("", "1", True),
        ("", "Listing", "listing"),
    ],
)
def test_the_argument_overrules_the_entry(entry: str, argument: str | None, expected: Render) -> None:
    assert what_to_draw(parse_catalogue((START + entry).encode())["lake"], argument) == expected


def test_a_drawn_page_is_asked_for_without_conditions() -> None:
    assert conditions(due(), is_drawn=False) == {
        "If-None-Match": '"a"',
        "If-Modified-Since": "Mon, 01 Mar 2021 01:00:00 GMT",
    }
    assert not conditions(due(), is_drawn=True)
    assert not conditions(due(depth=0), is_drawn=False)


def test_what_an_entry_excludes() -> None:
    spec = SeriesSpec(name="lake", start=(URL,), include=("https://news.example/*",), exclude=("*/video/*",))
    assert spec.excludes("https://news.example/video/1.js")
    assert not spec.excludes("https://cdn.example/1.js"), "files may lie where no page of the series does"


def drawn(outcome: Outcome, *, lacks: bool, leads_on: bool = False) -> Visit:
    headers = {"x-rendered": "drawn by Chromium 1 with 2 more files"}
    if lacks:
        headers["x-rendered-without"] = "https://news.example/rows.json: the server answered 503"
    capture = Capture(url=URL, fetched_at=datetime(2021, 3, 1, tzinfo=UTC), headers=headers)
    found = [Discovery(url=URL, via="entry")] if leads_on else []
    visit = Visit(series_id=1, run_id=1, url=URL, outcome=outcome, reason="8 rows", capture=capture, discoveries=found)
    return as_drawn(visit)


def test_a_page_that_led_nowhere_for_want_of_a_file_has_failed() -> None:
    assert drawn("listing", lacks=True, leads_on=True).reason == "8 rows; drawn by Chromium 1 with 2 more files"
    assert drawn("listing", lacks=False).outcome == "listing"
    assert drawn("gone", lacks=True).outcome == "gone"
    failed = drawn("not_story", lacks=True)
    assert failed.outcome == "failed"
    assert failed.reason.endswith("without https://news.example/rows.json: the server answered 503")


def test_the_browser_is_looked_for_where_the_operator_says(tmp_path: Path) -> None:
    assert find_browser(sys.executable) == sys.executable
    with pytest.raises(BrowserMissing, match=r"RENDER_BROWSER='/no/such' is no program\. Install one"):
        find_browser("/no/such")
    text = tmp_path / "chromium"
    text.write_text("#!/bin/sh\nexit 0\n")
    text.chmod(0o755)
    with pytest.raises(BrowserMissing, match=r"does not start|is not installed"):
        check_browser(str(text), sandbox=True)


def test_the_remedy_names_an_extra_that_there_is() -> None:
    assert "js" in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 60))))
def test_the_shelf_never_holds_more_than_its_room(kept: list[tuple[str, int]]) -> None:
    shelf = Shelf(room=100)
    for url, size in kept:
        shelf.keep(url, Answer(200, {}, b"x" * size))
        found = shelf.find(url)
        assert found is not None
        assert len(found.body) == size
        assert sum(len(one.body) for name in "abcdef" if (one := shelf.find(name))) <= 100


def test_a_304_is_an_answer_to_conditions_only_and_has_no_body() -> None:
    request = Request("https://ferry.example/column/", headers={"If-None-Match": '"x"'})
    for asked, outcome in ((request, "unchanged"), (Request(request.url), "failed"), (None, "failed")):
        silent = Response(request.url, status=304, request=asked)
        assert (outcome_of_answer(silent) or ())[0] == outcome
        assert capture_of(request.url, silent, now=datetime.now(UTC)).body is None


def test_a_site_cannot_pose_as_our_browser() -> None:
    """Row 7 of issue 12."""
    sent = {"X-Rendered": "drawn by Chromium 1", "x-rendered-without": "script", "Server": "x"}
    for flags, kept in (([], {"server"}), (["drawn"], {"server", "x-rendered", "x-rendered-without"})):
        response = Response(URL, headers=sent, flags=flags, request=Request(URL))
        capture = capture_of(URL, response, now=datetime.now(UTC))
        assert set(capture.headers or ()) == kept
