from dataclasses import asdict
from typing import Self

from scrapy.crawler import Crawler
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from naive.items import ArticleItem
from naive.models import Article, Base


class Save:
    """One session and one commit an item."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        self.sessions = sessionmaker(self.engine)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings["DATABASE_URL"])

    def open_spider(self) -> None:
        Base.metadata.create_all(self.engine)

    def close_spider(self) -> None:
        self.engine.dispose()

    def process_item(self, item: ArticleItem) -> ArticleItem:
        with self.sessions() as session:
            session.add(Article(**asdict(item)))
            session.commit()
        return item
