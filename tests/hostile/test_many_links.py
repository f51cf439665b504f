"""Pages of more links than anybody reads: counted, capped, told, and nobody waits for them."""

import json
from pathlib import Path

import pytest

from storage import Archive
from tests.crawler.site import serving
from tests.crawling import crawl_command, environment, run
from tests.hostile.test_quick import GAP
from tests.story_pages import story

NAME = "渡口旧事"


@pytest.mark.torture
@pytest.mark.timeout(900)
@pytest.mark.parametrize("count", [20_000, 100_000])
def test_row_15_a_block_of_very_many_links_holds_up_nobody(count: int, tmp_path: Path) -> None:
    rows = [(f"{NAME}：第{number}回", f"/{number}.html") for number in range(2, count + 2)]
    archive = tmp_path / "archive.db"
    watched = {"SCRAPY_SETTINGS_MODULE": "tests.hostile.settings", "HEARTBEAT": str(tmp_path / "heartbeat.json")}
    with serving() as site:
        site.pages = {"/start.html": story(f"{NAME}：第1回", rows)}
        command = crawl_command(site.url("/start.html"), "-s", "RUN_MAX_PAGES=20")
        ended = run(command, environment(archive) | watched, seconds=800)
    assert ended.returncode == 14, ended.stderr
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        (history,) = opened.why(site.url("/start.html"))
        (series,) = opened.series()
        doubts = [doubt.words for doubt in opened.doubts(series.id)]
    assert history.page.outcome == "stored"
    assert any("were not followed" in words for words in doubts), doubts
    beat = json.loads((tmp_path / "heartbeat.json").read_text(encoding="utf-8"))
    print(f"{count:,} links: longest gap {beat['computed']:.3f} s, peak {beat['peak'] / 10**6:.0f} MB")
    assert beat["computed"] < GAP
