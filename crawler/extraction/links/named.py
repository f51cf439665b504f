"""Headings that promise a series by its own name: 更多早班车, 合集：室内植物养护笔记."""

import re

from crawler.extraction.links.lines import HEADINGS, Line
from crawler.extraction.links.page import Page
from crawler.extraction.series_titles import key

_LONGEST = 40
_SHORTEST = 2
# What may stand beside the name and still be a heading of its parts.
_AROUND = re.compile(
    r"更多|全部|所有|点击|查看|阅读|往期|历期|系列|合集|专辑|文集|专栏|栏目|专题|连载|目录|文章|报道|推文|回顾|精选|内容|故事|收录|本|的|之"
    r"|共?\d{1,4}[篇期章讲集回]|more|from|all|in|the|posts?|parts?|series|collection",
    re.IGNORECASE,
)


def promises_by_name(page: Page, line: Line) -> bool:
    """Whether the line is the name that this page's title gives its series, among a heading's words or in an `<h…>`."""
    shape = page.loose_shape
    if shape is None or line.length > _LONGEST or len(line.anchors) > 1:
        return False
    if line.element.tag not in HEADINGS and not _AROUND.search(line.text):
        return False
    said = _AROUND.sub("", key(line.text))
    if len(said) < _SHORTEST:
        return False
    dressed = len(said) < len(key(line.text)) or (line.element.tag in HEADINGS and not line.anchors)
    names = shape.prefixes | shape.suffixes | shape.cores
    return dressed and any(said == _AROUND.sub("", name) or (said in name and not line.anchors) for name in names)
