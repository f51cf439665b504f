"""Facts that stand beside the story's title in the data of a page's scripts: {"title": …, "media": …}."""

import re
from collections.abc import Iterator

from crawler.extraction.model import Credit
from crawler.extraction.phrases.credits import clean_name, person
from crawler.extraction.phrases.surnames import is_signature
from crawler.extraction.source.variables import unescaped

_PAIR = re.compile(r'"(?P<key>[A-Za-z_]{4,20})"\s*:\s*"(?P<value>[^"\\]{2,24}|(?:\\u[0-9a-fA-F]{4}){2,16})"')
_SOURCE = re.compile(r"(?:article|news|doc)?_?(?:source|media|copy_?from|origin)(?:_?name)?", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:article|news|doc)?_?author(?:_?name)?|reporter|writer", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]{2}")
_NEAR = 1_500  # characters before and behind the title that may be of the same object
_MOST = 4  # places where the title stands
_SHORTEST = 6


def named_beside_title(source: str, title: str | None) -> Iterator[Credit]:
    """The source, in Chinese, and the person that the objects with this very title name; nothing where they differ."""
    if not title or len(title) < _SHORTEST or '"' in title or "\\" in title:
        return
    found: dict[str, dict[str, str]] = {"source": {}, "author": {}}
    for at in _places(source, f'"{title}"'):
        for pair in _PAIR.finditer(source, max(0, at - _NEAR), at + len(title) + _NEAR):
            value = unescaped(pair["value"])
            if _SOURCE.fullmatch(pair["key"]) and _HAN.search(value) and (name := clean_name(value, person=False)):
                found["source"].setdefault(name, pair.group())
            elif _AUTHOR.fullmatch(pair["key"]) and is_signature(value) and (name := person(value)):
                found["author"].setdefault(name, pair.group())
    for role, names in found.items():
        if len(names) == 1:
            yield from (Credit(role=role, name=name, raw=raw, place="script") for name, raw in names.items())


def _places(source: str, text: str) -> Iterator[int]:
    at = -1
    for _ in range(_MOST):
        if (at := source.find(text, at + 1)) < 0:
            return
        yield at
