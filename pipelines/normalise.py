"""Bring an item's text into its stored form, and derive the keys that copies are told by."""

from typing import TypeVar

from itemadapter import ItemAdapter

from pipelines.analyse import bring_into_normal_form

Item = TypeVar("Item")


class Normalise:
    """Sets `text` and the one-line fields to their display form, `match_key` and `title_key`.

    Items without text (page outcomes) only get their named titles tidied.
    """

    async def process_item(self, item: Item) -> Item:
        adapter = ItemAdapter(item)
        if not adapter.get("fingerprint"):  # else the worker that read the page has done it
            bring_into_normal_form(adapter)
        return item
