"""What the pipelines tell the components of a crawl."""

from typing import Final

# `visit` is in the archive; `recorded` says what became of it. Sent before Scrapy's `item_scraped`.
page_recorded: Final = object()
