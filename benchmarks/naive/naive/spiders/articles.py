from collections.abc import Iterator
from urllib.parse import urlsplit

import trafilatura
from scrapy import Request, Spider
from scrapy.http import TextResponse
from scrapy.linkextractors import LinkExtractor

from naive.items import ArticleItem


class Articles(Spider):
    """Follows the 往期 links from one article: `scrapy crawl articles -a url=URL`."""

    name = "articles"
    past = LinkExtractor(allow=r"/story/\d+\.html", restrict_css=".wangqi")

    def __init__(self, *args: object, url: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.start_urls = [url]
        self.allowed_domains = [urlsplit(url).hostname or ""]

    def parse(self, response: TextResponse, **_: object) -> Iterator[ArticleItem | Request]:
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
