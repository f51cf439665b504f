"""One crawl over all that a hostile server can do in seconds; each test looks at the row that its name bears."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from storage import Archive
from tests.crawler.site import Site, response, serving
from tests.crawling import crawl_command, environment, run
from tests.hostile.endpoints import Endpoint, quick, sentences, start, title
from wangqi.outcomes import Outcome

SETTINGS = {
    "ALLOWED_ADDRESSES": "127.0.0.1/32",  # 127.0.0.2 answers, and must never be asked
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "DOWNLOAD_TIMEOUT": "20",
    "RETRY_TIMES": "1",
    "RETRY_PAUSE": "0",
}
GAP = 0.25  # seconds
PEAK = 700 * 10**6  # bytes


class Page(NamedTuple):
    outcome: Outcome | None
    reason: str
    text: str


@dataclass
class Crawled:
    """What a crawl over the endpoints has left."""

    site: Site
    ends: dict[str, Endpoint]
    pages: dict[str, Page]
    code: int
    said: str
    log: str
    beat: dict[str, float]

    def of_row(self, row: int) -> dict[str, Endpoint]:
        return {path: one for path, one in self.ends.items() if one.row == row and one.is_named}

    def ended_well(self, row: int) -> bool:
        """Whether each page of the row ended in an outcome that is right, and was asked for no more than it may be."""
        ends = self.of_row(row)
        wrong = {path: self.pages[path] for path, one in ends.items() if self.pages[path].outcome not in one.outcomes}
        often = {path: asked for path, one in ends.items() if (asked := self.site.count(path)) > one.most}
        assert not wrong
        assert not often
        return bool(ends)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("hostile")
    archive = folder / "archive.db"
    with serving() as site:
        ends = quick(site.port)
        site.pages = {path: one.answer for path, one in ends.items()}
        site.pages |= {"/start.html": start(ends), "/secret": response("<h1>雾港旧闻｜不该有人看见</h1>")}
        settings = [part for name, value in SETTINGS.items() for part in ("-s", f"{name}={value}")]
        watched = {"SCRAPY_SETTINGS_MODULE": "tests.hostile.settings", "HEARTBEAT": str(folder / "heartbeat.json")}
        ended = run(crawl_command(site.url("/start.html"), *settings), environment(archive) | watched)
        beat = json.loads((folder / "heartbeat.json").read_text(encoding="utf-8"))
        pages = dict(pages_of(archive, site, [path for path, one in ends.items() if one.is_named]))
        yield Crawled(site, ends, pages, ended.returncode, ended.stdout, ended.stderr, beat)


def pages_of(archive: Path, site: Site, paths: list[str]) -> Iterator[tuple[str, Page]]:
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        for path in paths:
            (history,) = opened.why(site.url(path))
            page = history.page
            yield path, Page(page.outcome, page.reason, opened.text(str(page.story_id)).text if page.story_id else "")


def test_row_01_a_bomb_is_too_large_and_asked_for_once(crawled: Crawled) -> None:
    assert crawled.ended_well(1)


def test_row_02_what_has_no_end_is_cut(crawled: Crawled) -> None:
    assert crawled.ended_well(2)


def test_row_03_a_compressed_stream_that_was_cut_is_no_page(crawled: Crawled) -> None:
    assert crawled.ended_well(3)


def test_row_04_lengths_chunks_and_statuses_that_lie_end_in_one_outcome(crawled: Crawled) -> None:
    assert crawled.ended_well(4)


def test_row_06_redirects_end(crawled: Crawled) -> None:
    assert crawled.ended_well(6)
    assert sum(path.startswith("/chain/") for _, path, _ in crawled.site.hits) <= 6


def test_row_07_no_spelling_redirect_or_part_of_a_page_dials_a_private_address(crawled: Crawled) -> None:
    assert crawled.ended_well(7)
    assert {address for address, _, _ in crawled.site.hits} == {"127.0.0.1"}


def test_row_08_a_name_that_changes_its_address_is_dialled_where_it_was_vetted(crawled: Crawled) -> None:
    assert crawled.ended_well(8)
    assert any(path.startswith("/behind/") for _, path, _ in crawled.site.hits)
    assert {address for address, _, _ in crawled.site.hits} == {"127.0.0.1"}


def test_row_09_nothing_but_http_is_followed(crawled: Crawled) -> None:
    assert crawled.ended_well(9)


def test_row_15_pages_made_to_cost_time_keep_nobody_waiting(crawled: Crawled) -> None:
    assert crawled.ended_well(15)
    assert crawled.beat["computed"] < GAP


def test_row_16_text_at_every_level_of_a_nest_is_kept_or_its_loss_is_said(crawled: Crawled) -> None:
    assert crawled.ended_well(16)
    for path in crawled.of_row(16):
        lines = sentences(path, int(path.rpartition("/")[2]))
        found = sum(len(line) for line in lines if line in crawled.pages[path].text)
        assert found >= 0.95 * sum(map(len, lines)), path


def test_row_18_what_is_no_page_costs_nobody_else_a_page(crawled: Crawled) -> None:
    assert crawled.ended_well(18)
    assert "Traceback" not in crawled.log


def test_row_22_a_charset_that_is_not_the_one_it_says_is_read(crawled: Crawled) -> None:
    assert crawled.ended_well(22)
    assert all("\ufffd" not in crawled.pages[path].text for path in crawled.of_row(22))


def test_row_23_nothing_that_a_database_or_a_terminal_would_trip_over_is_stored(crawled: Crawled) -> None:
    assert crawled.ended_well(23)
    assert not {*"\x00\x1b\x07\u202e"} & {*"".join(page.text + page.reason for page in crawled.pages.values())}


def test_row_26_no_header_is_called(crawled: Crawled) -> None:
    assert crawled.ended_well(26)


def test_row_32_what_a_site_says_in_the_place_of_a_story_is_none_or_doubted(crawled: Crawled) -> None:
    assert crawled.ended_well(32)
    assert "3 addresses of 127.0.0.1 carry one text under different names" in crawled.said


def test_row_45_the_tree_stays_within_its_memory(crawled: Crawled) -> None:
    assert crawled.beat["peak"] < PEAK


def test_row_46_the_crawl_says_that_the_series_is_not_whole(crawled: Crawled) -> None:
    assert crawled.code == 20
    assert {path for path, page in crawled.pages.items() if page.outcome is None} == set()


def test_row_60_no_line_of_the_log_is_an_answer_or_obeyed(crawled: Crawled) -> None:
    assert "\x1b" not in crawled.log
    assert max(map(len, crawled.log.splitlines())) < 3_000


def test_the_start_names_every_endpoint(crawled: Crawled) -> None:
    assert len(crawled.ends) >= 70
    assert len({title(path) for path in crawled.ends}) == len(crawled.ends)
