"""Fingerprint a story and prepare the verdict on its likely copies."""

from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Self, TypeVar
from urllib.parse import urlsplit

from itemadapter import ItemAdapter

from pipelines.copies import NewText, fingerprint
from pipelines.standing import Registry, look
from pipelines.verdicts import judged
from storage import Archive
from storage.records import Judge

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Item = TypeVar("Item")
_MOST_WORDS: Final = 20_000  # the most frequent ones; a few MB


class Deduplicate:
    """Sets a story's `fingerprint`: sketch, bands, sentence hashes, and the signs of tampering seen on it alone.

    Nothing is dropped here. The candidates are compared inside the archive's transaction, by the function
    that `judge_of` gives, so that two mirrors read at once never become two stories.

    Args:
        registry: Asked once, when the first story comes: what is known of sites and words by then.
    """

    def __init__(self, registry: Callable[[], Registry] = Registry) -> None:
        self._ask = registry

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        archive = crawler.spider.archive  # type: ignore[union-attr]  # the spider is made before its pipelines
        return cls(partial(registry_of, archive))

    @cached_property
    def _registry(self) -> Registry:
        return self._ask()

    async def process_item(self, item: Item) -> Item:
        adapter = ItemAdapter(item)
        if "text" not in adapter:
            return item
        marks = adapter["marks"] or fingerprint(adapter["match_key"], adapter["text"])
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


def registry_of(archive: Archive) -> Registry:
    """What the archive knows by now of sites, and of words that spinners use."""
    return Registry(archive.hosts(), archive.spin_pairs("counts", _MOST_WORDS))


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
