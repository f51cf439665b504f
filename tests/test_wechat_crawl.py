"""A whole WeChat series from one of its articles, out of a WARC: no network, every shape of address and of page."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from storage import Archive
from storage.rows import SeriesLedger
from tests.crawling import command, crawl_command, scrapy
from tests.wechat_pages import (
    ALBUM,
    HOST,
    album_answer,
    album_page,
    article,
    further,
    long_form,
    notice,
    row,
    short_form,
    write_warc,
)
from wangqi.urls import canonical_url

COMPLETE, PARTIAL = 0, 20
START = short_form(2)
Archived = tuple[Path, subprocess.CompletedProcess[str]]
# By their place in the album, from 1 on. No title carries a number, and none shares a shape with another.
TITLES = """凌晨四点的骨头汤 修鞋匠怎么吃午饭 夜班公交上的保温桶 把葱种在窗台上的人 老周退休那一天 豆腐坊只开到八点
一张用了三十年的桌子 雨天的外卖小哥 谁把灯修好了 请客的规矩 搬走的面馆 糖画摊前的孩子 锅底最后一勺""".split()  # noqa: SIM905 - titles read better as one text
GONE, COMPLAINED, PROOF, MOVED = 5, 6, 7, 8
NEW_HOME = f"{HOST}/s?__biz=MzkwMTIzNDU2Nw==&mid=2247480001&idx=1&sn=00ff00ff"
OTHERS = [("五款好用的保温杯", short_form(901)), ("小区停车难怎么办", long_form(902))]


def written(place: int) -> str:
    """How the album spells the address of the article: never twice in the same way."""
    forms = (
        long_form(place, more="&chksm=e8f1&scene=178&cur_album_id=2716#rd", scheme="http"),
        long_form(place).replace("&", "&amp;"),
        short_form(place),
        long_form(place, more="&scene=21#wechat_redirect"),
    )
    return forms[place % len(forms)]


def pages_of_series() -> dict[str, str | tuple[int, str]]:
    rows = [row(place, title, place, written(place)) for place, title in enumerate(TITLES, 1)]
    pages: dict[str, str | tuple[int, str]] = {
        ALBUM: album_page("街坊食堂", rows[:10], continues=True),
        further(rows[9]): album_answer(rows[10:12], continues=True),
        further(rows[11]): album_answer(rows[12:], continues=False),
    }
    for place, title in enumerate(TITLES, 1):
        # Articles 9 and 10 came out in the other order than the one that the album gives them.
        day = {9: 10, 10: 9}.get(place, place)
        pages[written(place).replace("&amp;", "&")] = article(place, title, day=day, past=OTHERS if place % 2 else ())
    pages[long_form(GONE)] = notice("该内容已被发布者删除")
    pages[short_form(COMPLAINED)] = notice("此内容因违规无法查看", "由用户投诉并经平台审核")
    pages[long_form(PROOF)] = (302, f"{HOST}/mp/wappoc_appmsgcaptcha?poc_token=HJ&target_url=x")
    pages[f"{HOST}/mp/wappoc_appmsgcaptcha?poc_token=HJ&target_url=x"] = notice("环境异常", "完成验证后即可继续访问")
    pages[long_form(MOVED)] = notice("该公众号已迁移", script=f"var transferTargetLink = '{NEW_HOME}';")
    pages[NEW_HOME] = article(MOVED, TITLES[MOVED - 1], day=MOVED, og_url=NEW_HOME, album=None)
    pages |= {url: article(900, title, day=1, album=None) for title, url in OTHERS}
    return pages


@pytest.fixture(scope="module")
def warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_warc(tmp_path_factory.mktemp("wechat") / "series.warc.gz", pages_of_series())


@pytest.fixture(scope="module")
def archived(warc: Path) -> Archived:
    """The archive after one crawl of the series from its second article, and how that crawl ended."""
    archive = warc.with_name("archive.db")
    return archive, crawled(archive, START, warc)


def crawled(archive: Path, start: str, warc: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return scrapy(archive, crawl_command(start, "-a", f"warc={warc}", *more))


def ledger_of(archive: Path, start: str) -> SeriesLedger:
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        return opened.ledger(canonical_url(start))


def test_a_whole_series_from_one_article_and_nothing_more(archived: Archived) -> None:
    archive, ended = archived
    assert ended.returncode == PARTIAL, ended.stderr
    assert "街坊食堂: 10 stories" in ended.stdout
    assert "10 stored, 3 listing, 1 blocked, 3 gone" in ended.stdout
    ledger = ledger_of(archive, START)
    # In the album's order, which is not that of the dates.
    assert [entry.title for entry in ledger.entries] == TITLES
    assert {entry.place for entry in ledger.entries if entry.story_id is None} == {GONE, COMPLAINED, PROOF}
    assert all(entry.copies == 1 for entry in ledger.entries if entry.story_id is not None)
    assert ledger.entries[MOVED - 1].url == canonical_url(NEW_HOME)
    with Archive(f"sqlite:///{archive}", read_only=True) as opened:
        (proof,) = opened.why(canonical_url(long_form(PROOF)))
        (other,) = opened.why(canonical_url(long_form(MOVED)))
        known = [url for _, url in OTHERS if opened.why(canonical_url(url))]
    assert (proof.page.state, proof.page.attempts, proof.page.outcome) == ("due", 1, "blocked")
    assert canonical_url(NEW_HOME) in canonical_url(other.page.reason.rpartition(" ")[2])
    assert known == []


def test_the_ledger_says_why_a_story_is_missing(archived: Archived) -> None:
    archive, _ = archived
    printed = scrapy(archive, command("series", START, "--json"))
    rows = [json.loads(line) for line in printed.stdout.splitlines()]
    reasons = {row["place"]: row["reason"] for row in rows if not row["stored"]}
    assert "删除" in reasons[GONE]
    assert "违规无法查看" in reasons[COMPLAINED]
    assert "proof" in reasons[PROOF]
    told = scrapy(archive, command("why", long_form(3)))
    assert "“往期推荐” names 2 titles that are not known to be of this series" in told.stdout


def test_a_second_crawl_adds_nothing(archived: Archived, warc: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    shutil.copy(archived[0], archive)
    before = ledger_of(archive, START)
    # Another spelling of the same start: the page itself has said that it is one.
    again = crawled(archive, long_form(2, more="&chksm=ffff&scene=1#rd", scheme="http"), warc)
    assert again.returncode == PARTIAL, again.stderr
    assert ledger_of(archive, START).entries == before.entries
    assert " stored" not in again.stdout.splitlines()[1]


def test_both_forms_of_an_address_are_one_page_once_the_page_says_so(tmp_path: Path) -> None:
    titles = ["阳台上的种子", "楼道里的灯", "井边的石头"]
    rows = [row(place, title, place, short_form(place)) for place, title in enumerate(titles, 1)]
    pages: dict[str, str | tuple[int, str]] = {ALBUM: album_page("巷子", rows, continues=False)}
    for place, title in enumerate(titles, 1):
        says = f"<script>window.x = {{ short_link: JsDecode('{short_form(place)}') }};</script>"
        pages[long_form(place)] = article(place, title, day=place, album="巷子", extra=says)
        if place > 1:
            pages[short_form(place)] = pages[long_form(place)]
    # The album's first row is in the file under its long form alone: were it asked for, it would be missing.
    archive = tmp_path / "archive.db"
    ended = crawled(archive, long_form(1), write_warc(tmp_path / "a.warc.gz", pages))
    assert ended.returncode == COMPLETE, ended.stdout
    ledger = ledger_of(archive, long_form(1))
    assert [(entry.title, entry.state, entry.copies) for entry in ledger.entries] == [(t, "stored", 1) for t in titles]
    assert ledger.series.title == "巷子"


def test_an_album_that_holds_more_than_the_series_gives_only_its_own(tmp_path: Path) -> None:
    titles = ["河口人家｜还在的船", "三伏天吃什么", "河口人家｜补网的手", "停电通知"]
    rows = [row(place, title, place, long_form(place)) for place, title in enumerate(titles, 1)]
    pages: dict[str, str | tuple[int, str]] = {ALBUM: album_page("本地生活", rows, continues=False)}
    pages |= {long_form(place): article(place, title, day=place) for place, title in enumerate(titles, 1)}
    archive = tmp_path / "archive.db"
    ended = crawled(archive, long_form(1), write_warc(tmp_path / "a.warc.gz", pages))
    assert ended.returncode == COMPLETE, ended.stdout
    assert [entry.title for entry in ledger_of(archive, long_form(1)).entries] == titles[::2]
    assert "2 stored, 1 listing" in ended.stdout


@pytest.mark.parametrize(
    "answer",
    [
        '{"base_resp": {"ret": -6, "errmsg": "unknown error"}}',
        '{"base_resp": {"ret": 0}, "getalbum_resp": {"continue_flag": "1"}}',
    ],
    ids=["refused", "without rows"],
)
def test_an_album_whose_further_page_is_refused_is_not_whole(answer: str, tmp_path: Path) -> None:
    titles = ["阳台上的种子", "楼道里的灯"]
    rows = [row(place, title, place, long_form(place)) for place, title in enumerate(titles, 1)]
    pages: dict[str, str | tuple[int, str]] = {
        ALBUM: album_page("巷子", rows, continues=True),
        further(rows[-1]): answer,
    }
    pages |= {long_form(place): article(place, title, day=place, album="巷子") for place, title in enumerate(titles, 1)}
    ended = crawled(tmp_path / "archive.db", long_form(1), write_warc(tmp_path / "a.warc.gz", pages))
    assert ended.returncode == PARTIAL, ended.stdout
    assert "1 blocked" in ended.stdout


def test_what_the_platform_held_back_is_stored_when_it_gives_it(archived: Archived, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    shutil.copy(archived[0], archive)
    pages = pages_of_series() | {long_form(PROOF): article(PROOF, TITLES[PROOF - 1], day=PROOF)}
    with Archive(f"sqlite:///{archive}") as opened:
        opened.make_due(opened.ledger(START).series.id, "blocked")
    ended = crawled(archive, START, write_warc(tmp_path / "later.warc.gz", pages))
    assert ended.returncode == PARTIAL, ended.stdout  # that two are deleted is believed after visits over days
    ledger = ledger_of(archive, START)
    assert [entry.title for entry in ledger.entries] == TITLES
    assert ledger.entries[PROOF - 1].state == "stored"


def test_a_story_put_at_the_end_of_the_album_is_found_by_the_next_run(archived: Archived, tmp_path: Path) -> None:
    archive, pages, place = tmp_path / "archive.db", pages_of_series(), len(TITLES) + 1
    shutil.copy(archived[0], archive)
    last = [row(at, title, at, written(at)) for at, title in enumerate(TITLES, 1)][11]
    rows = [row(at, title, at, long_form(at)) for at, title in ((place - 1, TITLES[-1]), (place, "关门那天"))]
    pages[further(last)] = album_answer(rows, continues=False)
    pages[long_form(place)] = article(place, "关门那天", day=place)
    ended = crawled(archive, START, write_warc(tmp_path / "later.warc.gz", pages))
    assert "1 stored" in ended.stdout, ended.stdout
    assert [entry.title for entry in ledger_of(archive, START).entries] == [*TITLES, "关门那天"]


def test_a_person_may_begin_with_the_album(tmp_path: Path) -> None:
    titles = ["街坊食堂｜一碗汤", "街坊食堂｜一把葱", "编后记"]
    rows = [row(place, title, place, long_form(place)) for place, title in enumerate(titles, 1)]
    pages: dict[str, str | tuple[int, str]] = {ALBUM: album_page("面馆那些事", rows, continues=False)}
    pages |= {long_form(place): article(place, title, day=place) for place, title in enumerate(titles, 1)}
    archive, start = tmp_path / "archive.db", f"{ALBUM}&scene=173#wechat_redirect"
    ended = crawled(archive, start, write_warc(tmp_path / "a.warc.gz", pages))
    assert ended.returncode == COMPLETE, ended.stdout
    assert [entry.title for entry in ledger_of(archive, ALBUM).entries] == titles
