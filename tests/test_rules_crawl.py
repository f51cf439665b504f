"""A real crawl with rules of one's own: what they name is followed and kept, and what they no longer find is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Archive
from storage.rows import StoryDetail
from tests.crawler.site import Site, response, serving
from tests.crawling import AT_HOME, command, scrapy
from tests.story_pages import text

TITLES = ["石桥修缮的告示", "渡口加班船怎么坐", "谁来管河边的灯"]
RULES = """
[[rules]]
host = "127.0.0.1"
title = "p.arti-title"
body = "#zoom"
members = "ul.beside li"
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def page(number: int, name: str = "arti-title") -> bytes:
    """A page whose heading names the office alone, and whose list of others no word calls a series."""
    rows = "".join(f'<li><a href="/{n}.html">{title}</a></li>' for n, title in enumerate(TITLES) if n != number)
    return response(
        f"""<html><head><meta charset="utf-8"><title>石桥镇人民政府</title></head><body><h1>石桥镇人民政府</h1>
<p class="{name}">{TITLES[number]}</p><p>发布时间：2024-03-0{number + 1}</p>
<div id="zoom">{text(TITLES[number])}</div><p>办于2024-02-01</p><ul class="beside">{rows}</ul></body></html>"""
    )


def crawl(site: Site, folder: Path, rules: str, *more: str) -> tuple[int, str]:
    (folder / "series.toml").write_text(f'[bridge]\nstart = "{site.url("/0.html")}"\n{rules}', "utf-8")
    settings = [part for value in (*AT_HOME, f"CATALOGUE={folder / 'series.toml'}") for part in ("-s", value)]
    ended = scrapy(folder / "archive.db", command("crawl", "bridge", *settings, *more))
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.returncode, ended.stdout + ended.stderr


def stories(folder: Path) -> list[StoryDetail]:
    with Archive(f"sqlite:///{folder / 'archive.db'}", read_only=True) as archive:
        found = [archive.story(row.id) for row in archive.stories()]
    return sorted((detail for detail in found if detail), key=lambda detail: detail.story.url or "")


def test_a_rule_names_the_series_until_its_pages_change(site: Site, tmp_path: Path) -> None:
    site.pages = {f"/{n}.html": page(n) for n in range(3)}
    code, told = crawl(site, tmp_path, RULES)
    assert code == 0, told
    kept = stories(tmp_path)
    assert [detail.story.title for detail in kept] == TITLES
    assert {detail.pages[0].via for detail in kept[1:]} == {"series"}
    revision = kept[0].revisions[0]
    assert revision.details["rule"]["matched"] == ["title", "body", "members"]
    assert "+rule-" in revision.extractor_version
    # The site is made anew, and what the rule looks for is called otherwise.
    site.pages = {f"/{n}.html": page(n, name="biaoti") for n in range(3)}
    code, told = crawl(site, tmp_path, RULES, "-a", "refresh=all")
    assert code == 20, told
    assert "rules that found nothing: 1" in told
    assert "title of the rule of 127.0.0.1 matched on none of 3 stories: it finds nothing" in told
    assert "has read no title" in stories(tmp_path)[0].revisions[-1].details["rule"]["flaws"][0]


def test_a_rule_written_later_mends_what_is_stored_when_its_pages_are_read_again(site: Site, tmp_path: Path) -> None:
    site.pages = {f"/{n}.html": page(n) for n in range(3)}
    members = '\n[[rules]]\nhost = "127.0.0.1"\nmembers = "ul.beside li"\n'
    assert crawl(site, tmp_path, members)[0] == 0
    before = stories(tmp_path)
    assert {detail.story.title for detail in before} == {"石桥镇人民政府"}
    later = members + 'title = ".arti-title"\ndate = {css = "#zoom + p", pattern = "办于(.*)"}\n'
    code, told = crawl(site, tmp_path, later, "-a", "refresh=all")
    assert code == 0, told
    after = stories(tmp_path)
    assert [detail.story.id for detail in after] == [detail.story.id for detail in before]
    assert [detail.story.title for detail in after] == TITLES
    assert {detail.story.published_source for detail in after} == {"rule of 127.0.0.1"}
    assert not any(detail.findings for detail in after)
    assert {detail.revisions[-1].change for detail in after} == {"reread"}


def test_a_rule_written_later_leads_to_what_was_refused_or_taken_for_a_part_without_it(
    site: Site, tmp_path: Path
) -> None:
    """All pages bear one title, and number arrows are all that leads on."""
    turn = '<p class="turn"><a class="b" href="/{0}.html">«</a> <a class="f" href="/{1}.html">»</a></p></body>'
    for number in range(3):
        body = page(number).partition(b"\r\n\r\n")[2].decode()
        bare = body.replace('<ul class="beside">', "<ul hidden><!--").replace("</ul>", "--></ul>")
        site.pages[f"/{number}.html"] = response(
            bare.replace("</body>", turn.format(max(number - 1, 0), min(number + 1, 2)))
        )
    assert crawl(site, tmp_path, "")[0] == 20
    rules = RULES + 'previous = "a.b"\nnext = "a.f"\n'
    code, told = crawl(site, tmp_path, rules, "-a", "refresh=all")
    assert code == 0, told
    assert sorted(detail.story.title for detail in stories(tmp_path)) == sorted(TITLES)


def test_a_broken_rule_is_told_before_anybody_is_asked(site: Site, tmp_path: Path) -> None:
    code, told = crawl(site, tmp_path, '[[rules]]\nhost = "127.0.0.1"\ntitle = "h1["\n')
    assert code == 2
    assert "series.toml, line 5: [[rules]] 127.0.0.1 title: 'h1[' is no CSS selector" in told
    assert not site.hits
