"""Bring an item's text into its stored form, and derive the keys that copies are told by."""

from collections.abc import MutableMapping
from typing import Any, TypeVar

from itemadapter import ItemAdapter

from pipelines.text import display, key_of_display
from pipelines.titles import title_key

Item = TypeVar("Item")

_LINES = ("title", "subtitle", "series_title", "subject", "author", "source")


class Normalise:
    """Sets `text` and the one-line fields to their display form, `match_key` and `title_key`.

    Items without text (page outcomes) only get their named titles tidied.
    """

    async def process_item(self, item: Item) -> Item:
        adapter = ItemAdapter(item)
        if not adapter.get("fingerprint"):  # else the worker that read the page has done it
            bring_into_normal_form(adapter)
        return item


def bring_into_normal_form(item: MutableMapping[str, Any]) -> None:
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
