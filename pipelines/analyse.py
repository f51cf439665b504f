"""PURE: a story in its stored form, and what it shows by itself.

The workers and the pipelines call these. itemadapter stays out: it imports Scrapy, 0.2 s at each start of a worker.
"""

from collections.abc import MutableMapping
from dataclasses import asdict
from typing import Any

from wangqi.copies import fingerprint
from wangqi.copies.trust import Registry, look
from wangqi.text.bigrams import index_words
from wangqi.text.forms import display, key_of_display
from wangqi.text.reading_quality import flaws, original_url
from wangqi.text.sanitise import written
from wangqi.titles.keys import title_key
from wangqi.visit import Marks

_LINES = ("title", "subtitle", "series_title", "subject", "author", "source")


def bring_into_normal_form(item: MutableMapping[str, Any]) -> None:
    """Sets what `Normalise` says."""
    for named in item.get("named") or ():
        named["title"] = one_line(named["title"])
        named["title_key"] = title_key(named["title"])
    if "text" not in item:
        return
    for name in _LINES:
        if item.get(name):
            item[name] = one_line(item[name])
    item["text"] = display(item["text"])
    item["match_key"] = key_of_display(item["text"])
    item["title_key"] = title_key(item["title"])


def one_line(text: str) -> str:
    r"""Display form on one line.

    >>> one_line(" 党员先锋行　| \n 卢良伟 ")
    '党员先锋行 | 卢良伟'
    """
    return " ".join(display(text).split("\n"))


def mark(story: MutableMapping[str, Any], registry: Registry) -> None:
    """Sets the `marks` of an item in normal form, and finishes its `details`."""
    details = story["details"]
    seen = look(
        story["text"],
        title=story["title"],
        url=story["url"],
        details=details,
        registry=registry,
        at_home=story["at_home"],
    )
    story["marks"] = Marks(
        match_key=story["match_key"],
        title_key=story["title_key"],
        fingerprint=fingerprint(story["match_key"], story["text"]),
        findings=[asdict(sign) for sign in seen.signs],
        standing=seen.standing,
        original_url=original_url(story["url"], details),
        flaws=flaws(details),
        search_words=index_words(story["title"], story["text"]),
    )
    # Whoever judges the archive once more has to know it, and the catalogue may say otherwise by then.
    story["details"] = written({**details, "at_home": story["at_home"]})
