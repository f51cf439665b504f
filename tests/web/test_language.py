"""The catalogue of Chinese: every sentence of the room is in it, whole, and no other."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.crawling import ROOT
from web.language import speak
from web.told import PLACE, told

_SAYING = {"say": None, "marked": None, "say_of": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2)}
_PLACE = re.compile(r"%\((\w+)\)s")
# Of the one story a sentence need not tell that it is one.
_TOLD_BY_ITSELF = {"count"}


def sentences() -> Iterator[str | tuple[str, ...]]:
    methods = [("**.py", "python"), ("**.html", "jinja2.ext.babel_extract")]
    options = {"**.html": {"newstyle_gettext": "true", "silent": "false"}}
    for _, _, message, _, _ in extract_from_dir(ROOT / "web", methods, options_map=options, keywords=_SAYING):
        yield message


def test_every_sentence_is_said_in_chinese_with_the_same_facts() -> None:
    catalogue = read_po(BytesIO((ROOT / "web/locale/zh.po").read_bytes()), locale="zh")
    known = {
        message.id if isinstance(message.id, str) else tuple(message.id): message for message in catalogue if message.id
    }
    said = set(sentences())
    assert said - known.keys() == set(), "not in web/locale/zh.po"
    assert known.keys() - said == set(), "no page says it any more"
    for key, message in known.items():
        (chinese,) = [message.string] if isinstance(message.string, str) else message.string
        assert chinese, key
        facts = set(_PLACE.findall(key if isinstance(key, str) else key[1]))
        assert facts - _TOLD_BY_ITSELF <= set(_PLACE.findall(chinese)) <= facts | _TOLD_BY_ITSELF, key


def test_what_the_archive_keeps_in_english_is_told_with_the_same_facts() -> None:
    catalogue = read_po(BytesIO((ROOT / "web/locale/told.zh.po").read_bytes()), locale="zh")
    for message in catalogue:
        if message.id:
            assert sorted(PLACE.findall(message.id)) == sorted(PLACE.findall(message.string)), message.id


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
    ],
)
def test_a_reason_is_told_in_chinese(english: str, chinese: str) -> None:
    speak("zh")
    try:
        assert told(english) == (chinese, True)
        assert told(f"nobody has said so; {english}") == (f"nobody has said so；{chinese}", False)
    finally:
        speak("en")
    assert told(english) == (english, True)


def test_a_fact_that_looks_like_a_place_stays_what_it_is() -> None:
    speak("zh")
    try:
        assert told("the page says '{count}' and holds 9 characters of prose")[0] == "页面写着'{count}'，正文仅 9 字"
    finally:
        speak("en")
