"""A site is hijacked and cleaned again, as crawls meet it and as the commands tell it."""

from pathlib import Path

from tests.crawler.site import response, serving
from tests.crawling import command, crawl_command, scrapy
from tests.wangqi.copies.stories import OTHER, SPUN, STORY, body

TITLE, OTHER_TITLE = "林海生：三年跑遍十八个村", "陈秀兰：把课堂搬到田间地头"


def page(title: str, text: str, past: str = "", head: str = "") -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    block = f"<div><h3>往期回顾</h3><ul>{past}</ul></div>" if past else ""
    return response(
        f"<html><head><title>{title}_河湾网</title>{head}</head><body><h1>{title}</h1><p>发布时间：2024-03-05 09:00"
        f'</p><div class="content">{lines}{block}</div></body></html>'
    )


def test_a_hijacked_page_is_told_from_its_story_and_a_cleaned_one_stands_again(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"

    def ask(*words: str) -> str:
        ended = scrapy(file, command(*words))
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    with serving() as site:
        keywords = '<meta name="keywords" content="金彩888官网,凯发k8国际,尊龙凯时">'
        rows = f'<li><a href="{site.url("/lin")}">{TITLE}</a></li>'
        site.pages = {
            "/chen": page(OTHER_TITLE, body(OTHER), rows),
            "/lin": [page(TITLE, body(STORY)), page(TITLE, body(SPUN), head=keywords), page(TITLE, body(STORY))],
        }
        for number in range(3):
            again = ("-a", "refresh=all") if number else ()
            ended = scrapy(file, crawl_command(site.url("/chen"), *again))
            assert ended.returncode == (20 if number == 1 else 0), ended.stderr
            if number == 1:
                assert "held back: 1" in ended.stdout
                assert "tampered" in ask("review"), "a person is asked"
                told = ask("copies", "2")
                assert "tampered with since" in told
                assert "strong sign, words_swapped" in told, "beside its own last text"
                assert "advertise 凯发k8" in told
                assert "担任镇长" in ask("show", "2"), "the last good text is shown"
        why = ask("why", site.url("/lin"))
    assert "the last good text stands for the story" in why
    assert "shows none any more" not in ask("copies", "2"), "the last good text never gave way"
    assert ask("show", "2").count("tampered\t") == 1
