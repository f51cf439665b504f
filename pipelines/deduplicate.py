"""Fingerprint a story and prepare the verdict on its likely copies."""

from dataclasses import asdict
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from itemadapter import ItemAdapter

from pipelines.copies import NewText, findings, fingerprint, judge
from storage.records import Judge

Item = TypeVar("Item")


class Deduplicate:
    """Sets a story's `fingerprint`: sketch, bands, sentence hashes, and the signs of tampering seen on it alone.

    Nothing is dropped here. The candidates are compared inside the archive's transaction, by the function
    that `judge_of` gives, so that two mirrors read at once never become two stories.
    """

    async def process_item(self, item: Item) -> Item:
        adapter = ItemAdapter(item)
        if "text" not in adapter:
            return item
        marks = fingerprint(adapter["match_key"], adapter["text"])
        signs = findings(adapter["text"], title=adapter["title"])
        adapter["fingerprint"] = {
            "sketch": marks.sketch,
            "bands": marks.bands,
            "sentences": marks.sentences,
            "sketch_version": marks.version,
            "findings": [asdict(sign) for sign in signs],
        }
        return item


def judge_of(adapter: ItemAdapter) -> Judge | None:
    """The verdict on this item's candidates as a function of them; None for an item without a text."""
    if "text" not in adapter:
        return None
    new = NewText(
        text=adapter["text"],
        title=adapter["title"],
        published_at=adapter["published_at"],
        hosts=[host] if (host := urlsplit(adapter["url"]).hostname) else [],
    )
    return partial(judge, new)
