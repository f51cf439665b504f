"""Fingerprint a story and prepare the verdict on its likely copies."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from pipelines.analyse import marks_of
from pipelines.session import session_of
from pipelines.standing_aside import stand_aside_unless_it_archives
from pipelines.trimming import Judging, trim
from storage import Archive
from wangqi.copies.judge import judged
from wangqi.copies.records import Judge, NewText, Trim
from wangqi.copies.trust import Registry
from wangqi.visit import Reading, Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_MOST_WORDS: Final = 20_000  # the most frequent ones; a few MB


class Deduplicate:
    """Sets the marks of a reading: by what copies of it are found, and the signs of tampering seen on it alone.

    The process that has read the page has brought them along, as a rule.

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

    async def process_item(self, item: Visit) -> Visit:
        if item.reading is None or item.marks is not None:
            return item
        return replace(item, marks=marks_of(item.reading, item.url, self._registry))


def registry_of(archive: Archive) -> Registry:
    """What the archive knows by now of sites, and of words that spinners use."""
    return Registry(archive.hosts(), archive.spin_pairs("counts", _MOST_WORDS))


def judge_of(visit: Visit, judging: Judging = judged) -> Judge | None:
    """The verdict on the candidates of this visit's story as a function of them; None without a story.

    `judging` is `judged`, or does the same elsewhere.
    """
    return partial(judging, _new(visit.url, visit.reading)) if visit.reading else None


def trim_of(visit: Visit, judging: Judging = judged) -> Trim | None:
    """How its story is found and judged without what its host or series repeats."""
    if visit.story is None:
        return None
    reading, marks = visit.story
    return partial(trim, marks.fingerprint, _new(visit.url, reading), judging=judging)


def _new(url: str, reading: Reading) -> NewText:
    host = urlsplit(url).hostname
    return NewText(
        text=reading.text, title=reading.title, published_at=reading.published_at, hosts=[host] if host else []
    )
