"""The catalogue of Chinese: every sentence of the room is in it, whole, and no other."""

import re
from collections.abc import Iterator
from io import BytesIO

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.crawling import ROOT

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
