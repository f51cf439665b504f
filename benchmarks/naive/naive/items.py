from dataclasses import dataclass


@dataclass
class ArticleItem:
    url: str
    title: str | None
    author: str | None
    published: str | None
    body: str
