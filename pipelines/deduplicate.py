"""Fingerprint a story and prepare the verdict on its likely copies."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import cached_property, partial
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import urlsplit

from itemadapter import ItemAdapter

from pipelines.copies import NewText, fingerprint
from pipelines.standing import Registry, look
from pipelines.verdicts import judged
from storage.records import Judge
from storage.rows import HostRow

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Item = TypeVar("Item")


class Deduplicate:
    """Sets a story's `fingerprint`: sketch, bands, sentence hashes, and the signs of tampering seen on it alone.

    Nothing is dropped here. The candidates are compared inside the archive's transaction, by the function
    that `judge_of` gives, so that two mirrors read at once never become two stories.

    Args:
        hosts: Asked once, when the first story comes: what people have said of sites by then.
    """

    def __init__(self, hosts: Callable[[], Iterable[HostRow]] = tuple) -> None:
        self._hosts = hosts

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler.spider.archive.hosts)  # type: ignore[union-attr]  # the spider is made before its pipelines

    @cached_property
    def _registry(self) -> Registry:
        return Registry(self._hosts())

    async def process_item(self, item: Item) -> Item:
        adapter = ItemAdapter(item)
        if "text" not in adapter:
            return item
        marks = fingerprint(adapter["match_key"], adapter["text"])
        seen = look(
            adapter["text"],
            title=adapter["title"],
            url=adapter["url"],
            details=adapter["details"],
            registry=self._registry,
            at_home=adapter["at_home"],
        )
        # Whoever judges the archive once more has to know it, and the catalogue may say otherwise by then.
        adapter["details"] = {**adapter["details"], "at_home": adapter["at_home"]}
        adapter["fingerprint"] = {
            "sketch": marks.sketch,
            "bands": marks.bands,
            "sentences": marks.sentences,
            "sketch_version": marks.version,
            "findings": [asdict(sign) for sign in seen.signs],
            "standing": seen.standing.rank,
            "standing_reason": seen.standing.reason,
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
    return partial(judged, new)
