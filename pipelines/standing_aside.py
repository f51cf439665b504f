"""Scrapy makes our components for every spider, its shell's and a stranger's script's too: there they do nothing."""

from typing import TYPE_CHECKING

from scrapy.exceptions import NotConfigured

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler


def archives(crawler: "Crawler") -> bool:
    return archives_with(crawler.spidercls)


def archives_with(spider: type["Spider"]) -> bool:
    """Whether a spider of this kind keeps an archive, as `SeriesSpider` does."""
    return hasattr(spider, "series_of")


def stand_aside_unless_it_archives(crawler: "Crawler", *, tells: bool = False) -> None:
    """For the `from_crawler` of what is there for series only.

    Args:
        crawler: Whose spider it is.
        tells: Whether a sentence is logged: one component does it for all.

    Raises:
        NotConfigured: The spider keeps no archive. Scrapy leaves the component out.
    """
    if archives(crawler):
        return
    if tells:
        raise NotConfigured(f"the spider {crawler.spidercls.name!r} follows no series, and nothing of it is archived.")
    raise NotConfigured
