"""Fingerprint a story and prepare the verdict on its likely copies."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from itemadapter import ItemAdapter

from pipelines.copies import Finding, NewText, alarm, findings, fingerprint, judge
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
            "standing": standing(signs, at_home=adapter["at_home"]),
        }
        return item


def standing(signs: Sequence[Finding], *, at_home: bool) -> int:
    """How fit a copy is to stand for its story, the lower the fitter (the order of a lexicographic choice).

    Strong signs of tampering weigh most: not even its own site can make up for them, since the site may have been
    taken over. Then comes whether the copy is on a site where the series lives, then any sign at all.

    >>> standing([], at_home=True), standing([], at_home=False)
    (0, 2)
    """
    found = alarm(signs)
    return 4 * (found == "strong signs") + 2 * (not at_home) + (found != "no sign found")


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
