from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor

from naive.items import ArticleItem


class Articles(Spider):
    """Follows the 往期 links from one article: `scrapy crawl articles -a url=URL`."""

    name = "articles"
    past = LinkExtractor(allow=r"/story/\d+\.html", restrict_css=".wangqi")

    def __init__(self, *args: Any, url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start_urls = [url]
        self.allowed_domains = [urlsplit(url).hostname or ""]

    def parse(self, response: Response, **_: Any) -> Iterator[ArticleItem | Request]:
        document = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        if document is not None:
            yield ArticleItem(
                url=response.url,
                title=document.title,
                author=document.author,
                published=document.date,
                body=document.text or "",
            )
        for link in self.past.extract_links(response):
            yield Request(link.url)
