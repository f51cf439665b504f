"""The link finder on small pages, one a markup."""

from crawler.extraction.links import FoundLinks, find_links
from crawler.extraction.tree import parse


def found(
    body: str, title: str = "邻里食堂｜一碗热汤面", url: str = "https://paper.example.cn/a/20.html"
) -> FoundLinks:
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    return find_links(parse(page), url, title)


def titles(links: FoundLinks, kind: str = "series") -> list[str]:
    return [link.title for link in links.links if link.kind == kind]


def test_a_list_under_a_past_heading_is_the_series() -> None:
    links = found(
        "<h3>往期回顾</h3><ul><li><a href=1.html>小巷里的修鞋匠</a></li><li><a href=2.html>夜班公交</a></li></ul>"
    )
    assert titles(links) == ["小巷里的修鞋匠", "夜班公交"]
    assert next(link.url for link in links.links) == "https://paper.example.cn/a/1.html"
