"""A run that ends has an answer for every line of every 往期 block, or lists the lines that have none."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage import Archive
from tests.crawler.site import Site, response, serving
from tests.crawling import command, crawl_command, scrapy
from tests.story_pages import story

PARTIAL = 20
DATA = Path(__file__).parents[1] / ".." / "shared" / "data"
# In the manner of the page that this project began with: a hijacked copy whose block is text and nothing else.
COPY = """编者按：码头是河口镇的门面，，，摆渡是码头的营生。。。。
镇志办推出“摆渡人手记”系列报道，，，聚焦河口镇的摆渡人，，，讲述他们的故事。。。。
今年是老渡口建成六十周年，，，作为老摆渡人，，，丁长河倍感自满。。。。他在渡口撑了四十二年的船，，，送过的人比镇上的人还多。。。。
丁长河 摄影：舒白
他说，，，撑船要有三样：眼力、耐心和一口好嗓子。。。。雾天里看不见对岸，，，全凭水声分辨深浅；；；涨水的日子，，，他把缆绳在桩上多绕三圈。。。。
渡口的年轻人都叫他丁爷。。。。去年冬天，，，他带着三个徒弟把旧船的船底重新捻了一遍，，，桐油和麻丝都是自己备的。。。。
更多故事，，，敬请期待！
往期“摆渡人手记”系列推文，，，点击即可审查→
摆渡人手记 | 冉大水：头一班船在五点半
摆渡人手记 | 安小满：女儿家也能撑篙
摆渡人手记 | 上游航标站：灯要一盏一盏地擦
摆渡人手记 | 轮渡公司：把等船的长凳搬进屋里
主理：河口镇志办 备案号：京ICP备00000000号-1"""
NAMED = [line for line in COPY.splitlines() if line.startswith("摆渡人手记 |")]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def as_page(text: str, title: str) -> bytes:
    lines = "\n".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    return response(
        f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><h1>{title}</h1><div class="content">{lines}</div></body></html>'
    )


def answered(archive: Path, url: str) -> list[dict]:
    done = scrapy(archive, command("series", url, "--json"))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_copy_by_itself_names_its_series_and_the_four_stories_that_nobody_has(site: Site, tmp_path: Path) -> None:
    title = "摆渡人手记 | 丁长河：四十二年一根篙"
    site.pages["/copy.html"] = as_page(COPY, title)
    archive = tmp_path / "archive.db"
    ended = scrapy(archive, crawl_command(site.url("/copy.html")))
    assert ended.returncode == PARTIAL, ended.stderr
    assert "摆渡人手记: 1 story" in ended.stdout
    assert "missing: 4" in ended.stdout
    rows = answered(archive, site.url("/copy.html"))
    assert [row["title"] for row in rows if row["stored"]] == [title]
    gone = {row["title"]: (row["state"], row["named_by"]) for row in rows if not row["stored"]}
    assert gone == dict.fromkeys(NAMED, ("title only", [title]))


def test_every_line_of_a_block_has_an_answer(site: Site, tmp_path: Path) -> None:
    past = [
        ("河口人家｜还在的船", "/kept.html"),
        ("河口人家｜删掉的船", "/gone.html"),
        ("河口人家｜连不上的船", "/broken.html"),
        ("河口人家｜只有名字的船", None),
        ("河口人家｜名字里有而栏目里没有", None),
    ]
    site.pages["/start.html"] = story("河口人家｜新下水的船", past)
    site.pages["/kept.html"] = story("河口人家｜还在的船", [("河口人家｜只有名字的船", "/found.html")])
    site.pages["/found.html"] = story("河口人家｜只有名字的船")
    site.pages["/broken.html"] = response("", "500 Internal Server Error")
    archive = tmp_path / "archive.db"
    ended = scrapy(archive, crawl_command(site.url("/start.html"), "-s", "RETRY_TIMES=0"))
    assert ended.returncode == PARTIAL, ended.stderr
    assert "missing: 3" in ended.stdout
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        ledger = opened.ledger(site.url("/start.html"))
        missing = {gap.title: gap.outcome for gap in opened.missing(site.url("/start.html"))}
    assert missing == {past[1][0]: "gone", past[2][0]: "failed", past[4][0]: None}
    states = {entry.title: entry.state for entry in ledger.entries}
    assert [states[title] for title, _ in past] == ["stored", "failed", "failed", "stored", "title only"]
    assert ledger.completeness == 0.5


def test_what_is_known_never_to_come_does_not_keep_a_run_open(site: Site, tmp_path: Path) -> None:
    site.pages["/start.html"] = story("河口人家｜新下水的船", [("河口人家｜删掉的船", "/gone.html")])
    archive = tmp_path / "archive.db"
    ended = scrapy(archive, crawl_command(site.url("/start.html")))
    assert ended.returncode == PARTIAL, "one answer is not enough to know it"
    with closing(sqlite3.connect(archive)) as connection, connection:
        days = 4 * 24 * 3600 * 1_000_000
        asked_before = "attempts = 3, unconfirmed_since = unconfirmed_since - ?, due_at = due_at - ?"
        connection.execute(f"UPDATE page SET {asked_before} WHERE unconfirmed_since IS NOT NULL", (days, days))
    ended = scrapy(archive, crawl_command(site.url("/start.html")))
    assert ended.returncode == 0, ended.stdout
    assert "the server answered 404" in ended.stdout


@pytest.mark.shared
@pytest.mark.skipif(not (DATA / "seed").exists(), reason="../shared/data, the measuring data, is not there")
def test_the_page_that_the_project_began_with(site: Site, tmp_path: Path) -> None:
    text = (DATA / "seed/page.txt").read_text("utf-8")
    block = text.splitlines()
    heading = next(at for at, line in enumerate(block) if line.startswith("往期"))
    named = block[heading + 1 : heading + 5]
    name = named[0].partition(" | ")[0]
    site.pages["/copy.html"] = as_page(text, f"{name} | 卢良伟")
    archive = tmp_path / "archive.db"
    ended = scrapy(archive, crawl_command(site.url("/copy.html")))
    assert ended.returncode == PARTIAL, ended.stderr
    assert f"{name}: 1 story" in ended.stdout
    rows = answered(archive, site.url("/copy.html"))
    assert sum(row["stored"] for row in rows) == 1
    assert {row["title"] for row in rows if not row["stored"]} == set(named)


@pytest.mark.shared
@pytest.mark.skipif(not (DATA / "series.warc.gz").exists(), reason="../shared/data, the measuring data, is not there")
def test_all_parts_of_a_real_series_from_one_of_them(tmp_path: Path) -> None:
    start, archive = "https://coolshell.cn/articles/21128.html", tmp_path / "archive.db"
    ended = scrapy(archive, crawl_command(start, "-a", f"warc={DATA / 'series.warc.gz'}"))
    assert ended.returncode == PARTIAL, ended.stderr  # its column and its feed are not in the file
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        ledger = opened.ledger(start)
    numbers = [int(str(entry.url).rsplit("/", 1)[1].removesuffix(".html")) for entry in ledger.entries]
    assert len(numbers) == 10
    assert ledger.completeness == 1
    # The parts as the author lists them: the seventh was written years before the first.
    assert numbers == [21128, 21140, 21146, 21214, 21164, 21179, 17929, 21228, 21263, 21615]
    assert ledger.conflicts == []
