"""Bring an item's text into its stored form, and derive the keys that copies are told by."""

from typing import TypeVar

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
        for named in adapter.get("named") or ():
            named["title"] = one_line(named["title"])
            named["title_key"] = title_key(named["title"])
        if "text" not in adapter:
            return item
        for name in _LINES:
            if adapter.get(name):
                adapter[name] = one_line(adapter[name])
        if not adapter["match_key"]:  # else the worker that read the page has done it
            adapter["text"] = display(adapter["text"])
            adapter["match_key"] = key_of_display(adapter["text"])
        adapter["title_key"] = title_key(adapter["title"])
        return item


def one_line(text: str) -> str:
    r"""Display form on one line.

    >>> one_line(" 党员先锋行　| \n 卢良伟 ")
    '党员先锋行 | 卢良伟'
    """
    return " ".join(display(text).split("\n"))
