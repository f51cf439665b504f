"""Bring an item's text into its stored form, and derive the keys that copies are told by."""

from typing import TYPE_CHECKING, Self, TypeVar

from itemadapter import ItemAdapter

from pipelines.analyse import bring_into_normal_form
from pipelines.standing_aside import stand_aside_unless_it_archives

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Item = TypeVar("Item")


class Normalise:
    """Sets `text` and the one-line fields to their display form, `match_key` and `title_key`.

    Items without text (page outcomes) only get their named titles tidied.
    """

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        stand_aside_unless_it_archives(crawler)
        return cls()

    async def process_item(self, item: Item) -> Item:
        adapter = ItemAdapter(item)
        if not adapter.get("marks"):  # else the worker that read the page has done it
            bring_into_normal_form(adapter)
        return item
