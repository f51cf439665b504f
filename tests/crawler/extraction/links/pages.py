"""A small story page around the markup under test."""

from crawler.extraction.links import FoundLinks, find_links
from crawler.extraction.source.tree import parse

URL = "https://paper.example.cn/street/20.html"
STORY = "<p>" + "清早五点，面馆的灯先亮，老周把骨头汤倒进大锅，再去门口卸面粉。" * 6 + "</p>"


def find(markup: str, *, title: str = "邻里食堂｜一碗热汤面", url: str = URL, before: str = "") -> FoundLinks:
    """The links of a story with `markup` behind its text, and `before` in front of it."""
    page = f"<html><head><title>{title}</title></head><body>{before}<h1>{title}</h1>{STORY}{markup}</body></html>"
    return find_links(parse(page), url, title)


def titles(found: FoundLinks, kind: str = "series") -> list[str]:
    return [link.title for link in found.links if link.kind == kind]


def urls(found: FoundLinks, kind: str = "series") -> list[str | None]:
    return [link.url for link in found.links if link.kind == kind]
