"""Bring a story's text into its stored form."""

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from pipelines.analyse import in_normal_form
from pipelines.standing_aside import stand_aside_unless_it_archives
from wangqi.visit import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Normalise:
    """Sets the text and the facts of a reading to their display form.

    A reading that has marks is in it: the process that has read the page has done it.
    """

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        stand_aside_unless_it_archives(crawler)
        return cls()

    async def process_item(self, item: Visit) -> Visit:
        if item.reading is None or item.marks is not None:
            return item
        return replace(item, reading=in_normal_form(item.reading))
