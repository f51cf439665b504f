"""Chinese: every sentence of the room's pages and of the commands is in its lists, whole, and no other."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from crawler.cli.telling.language import wished
from tests.crawling import ROOT
from views.language import words
from views.language.catalogue import entries
from views.language.columns import COLUMNS
from views.language.speech import speak
from views.language.told import PLACE, told, told_lines
from wangqi.series.boxes import counted
from wangqi.series.holes import holes
from wangqi.series.order import Block, conflicts

_SAYING = {"say": None, "marked": None, "say_of": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2)}
_FACT = re.compile(r"%\((\w+)\)s")
# Of the one story a sentence need not tell that it is one.
_TOLD_BY_ITSELF = {"count"}
_LOCALE = ROOT / "views/language/locale"


def said_by(room: Path) -> Iterator[str | tuple[str, ...]]:
    methods = [("**.py", "python"), ("**.html", "jinja2.ext.babel_extract"), ("**.xml", "jinja2.ext.babel_extract")]
    options = {one: {"newstyle_gettext": "true", "silent": "false"} for one in ("**.html", "**.xml")}
    for _, _, message, _, _ in extract_from_dir(room, methods, options_map=options, keywords=_SAYING):
        yield message


class Told(NamedTuple):
    """A story as its order needs it."""

    id: int
    title: str
    ordinal: int | None
    day: int

    @property
    def published_at(self) -> datetime:
        return datetime(2024, 1, self.day, tzinfo=UTC)


@pytest.fixture
def _chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


def test_every_sentence_of_the_pages_is_said_in_chinese_with_the_same_facts() -> None:
    catalogue = read_po(BytesIO((_LOCALE / "zh.po").read_bytes()), locale="zh")
    known = {
        message.id if isinstance(message.id, str) else tuple(message.id): message for message in catalogue if message.id
    }
    said = {sentence for room in ("web", "views", "crawler/cli") for sentence in said_by(ROOT / room)}
    assert said - known.keys() == set(), "not in zh.po"
    assert known.keys() - said == set(), "nobody says it any more"
    for key, message in known.items():
        (chinese,) = [message.string] if isinstance(message.string, str) else message.string
        assert chinese, key
        facts = set(_FACT.findall(key if isinstance(key, str) else key[1]))
        assert facts - _TOLD_BY_ITSELF <= set(_FACT.findall(chinese)) <= facts | _TOLD_BY_ITSELF, key
    assert entries("zh").keys() == {key if isinstance(key, str) else key[0] for key in known}


def test_a_told_sentence_has_the_same_facts() -> None:
    for english, chinese in entries("told.zh").items():
        assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(chinese)), english


@pytest.mark.usefixtures("_chinese")
def test_every_word_of_the_archive_is_told_in_chinese() -> None:
    for key in words.WORDS:
        assert told(key) == (words.word(words.WORDS, key), True)
    for name in (*COLUMNS, *words.WORDS):
        assert not re.search("[A-Za-z]{3}", words.word({**COLUMNS, **words.WORDS}, name).replace("robots.txt", ""))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("the server answered 404", "服务器答 404"),
        ("held from a site that nobody vouches for, no sign found", "存自无人担保的站点，未见篡改迹象"),
        (
            "it is on a known site, no sign found, and the copy on m.example is on a hijacked site, strong signs",
            "它在已知的站点，未见篡改迹象，而m.example 上的版本在被劫持的站点，有强烈篡改迹象",
        ),
        (
            "nobody names it; there are stories before and after number 7 of 2024",
            "没有文章提到它；2024 年第 7 期的前后各期都有",
        ),
        ("this run: 3 stored, 1 gone (5 requests)", "本次采集：已存 3，已消失 1（5 次请求）"),
        (
            "15 of 20 known stories are stored (75 %); 4 failed, 1 title only. 1 of the stored are copy only.",
            "已知 20 篇，存下 15 篇（75%）；未取到 4，只有标题 1。存下的有 1 篇仅有转载。",
        ),
        (
            "Next: a crawl reads it on 2026-12-08 or later, after 2 failed tries.",
            "下次：将于 2026-12-08 之后的采集中读取，失败 2 次之后。",
        ),
        (
            "argument --limit: 'x' is no count. Write a whole number from 1 on",
            "参数 --limit：'x' 不是个数。请写 1 以上的整数",
        ),
    ],
)
@pytest.mark.usefixtures("_chinese")
def test_a_sentence_is_told_in_chinese(english: str, chinese: str) -> None:
    assert told(english) == (chinese, True)
    speak("en")
    assert told(english) == (english, True)


@pytest.mark.parametrize(
    "remark",
    [
        *holes([("街坊周刊第3期", 3), ("街坊周刊第6期", 6)]),
        *holes([("街坊周刊第2期", 2)]),
        *holes([(f"2024年第{n}期", n) for n in range(2, 40, 2)]),
        *holes([("论渡船的票价", None), ("三论渡船的票价", None)]),
        *conflicts(
            [Told(1, "渡口第1期", 1, 9), Told(2, "渡口第2期", 2, 1), Told(3, "老井第2期", 2, 4)],
            [Block(3, (1, 2)), Block(None, (1, 3))],
        ),
        counted("往期", 9),
        (
            "3 addresses of a.example carry one text under different names (“维护中…”), as where a site says why it"
            " shows no story: `scrapy show 3` shows all of it"
        ),
        (
            "1 story of a.example alone show strong signs of tampering, and do not count as held: `scrapy show` tells"
            " the signs, `scrapy hosts a.example known` trusts the site"
        ),
        (
            "2 pages say by now what a stranger could have put there, or the beginning of what stood there before: that"
            " stands, and `scrapy review` asks whose the new texts are"
        ),
        "《甲》 stands beside a member and has no link to where the series may have moved (https://a.example/1)",
        "《甲》 is numbered as members are, and was not taken, as nothing else says that it is one",
    ],
)
@pytest.mark.usefixtures("_chinese")
def test_a_remark_on_a_series_is_told_in_chinese(remark: str) -> None:
    assert told(remark)[1], remark


@pytest.mark.usefixtures("_chinese")
def test_what_cannot_be_told_stays_in_english() -> None:
    assert told("nobody has said so; the server answered 404") == ("nobody has said so；服务器答 404", False)


@pytest.mark.usefixtures("_chinese")
def test_a_fact_that_looks_like_a_place_stays_what_it_is() -> None:
    assert told("the page says '{count}' and holds 9 characters of prose")[0] == "页面写着'{count}'，正文仅 9 字"


@pytest.mark.usefixtures("_chinese")
def test_lines_keep_their_margins_and_what_is_not_ours() -> None:
    assert told_lines("  missing: 2\n    《Ships; and stories》: the server answered 404\n") == (
        "  缺：2\n    《Ships; and stories》：服务器答 404\n"
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW", "LC_ALL": ""}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"WANGQI_LANG": "zh", "LC_ALL": "C"}, "zh"),
        ({"WANGQI_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_asked_for_by_the_environment(environment: dict[str, str], language: str) -> None:
    assert wished(environment) == language
