"""Fingerprint a story and prepare the verdict on its likely copies."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Self, TypeVar
from urllib.parse import urlsplit

from itemadapter import ItemAdapter

from pipelines.analyse import mark
from pipelines.session import session_of
from pipelines.standing_aside import stand_aside_unless_it_archives
from pipelines.trimming import Judging, trim
from storage import Archive
from wangqi.copies import NewText
from wangqi.copies.judge import judged
from wangqi.copies.records import Judge, Trim
from wangqi.copies.trust import Registry

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

Item = TypeVar("Item")
_MOST_WORDS: Final = 20_000  # the most frequent ones; a few MB


class Deduplicate:
    """Sets a story's `marks`: its fingerprint, and the signs of tampering seen on it alone.

    A page that a worker has read brings its own.

    Nothing is dropped here. The candidates are compared inside the archive's transaction, by the function
    that `judge_of` gives, so that two mirrors read at once never become two stories.

    Args:
        registry: Asked once, when the first story comes: what is known of sites and words by then.
    """

    def __init__(self, registry: Callable[[], Registry] = Registry) -> None:
        self._ask = registry

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        stand_aside_unless_it_archives(crawler)
        return cls(partial(registry_of, session_of(crawler).archive))

    @cached_property
    def _registry(self) -> Registry:
        return self._ask()

    async def process_item(self, item: Item) -> Item:
        adapter = ItemAdapter(item)
        if "text" in adapter and not adapter["marks"]:  # else the worker that read the page has done it
            mark(adapter, self._registry)
        return item


def registry_of(archive: Archive) -> Registry:
    """What the archive knows by now of sites, and of words that spinners use."""
    return Registry(archive.hosts(), archive.spin_pairs("counts", _MOST_WORDS))


def judge_of(adapter: ItemAdapter, judging: Judging = judged) -> Judge | None:
    """The verdict on this item's candidates as a function of them; None for an item without a text.

    `judging` is `judged`, or does the same elsewhere.
    """
    return partial(judging, _new(adapter)) if "text" in adapter else None


def trim_of(adapter: ItemAdapter, judging: Judging = judged) -> Trim | None:
    """How this item is found and judged without what its host or series repeats."""
    if "text" not in adapter:
        return None
    return partial(trim, adapter["marks"].fingerprint, _new(adapter), judging=judging)


def _new(adapter: ItemAdapter) -> NewText:
    return NewText(
        text=adapter["text"],
        title=adapter["title"],
        published_at=adapter["published_at"],
        hosts=[host] if (host := urlsplit(adapter["url"]).hostname) else [],
    )
