"""Headings that promise a series by its own name: 更多早班车, 合集：室内植物养护笔记."""

import re

from crawler.extraction.links.lines import HEADINGS, Line
from crawler.extraction.links.page import Page
from crawler.extraction.series_titles import key

_LONGEST = 40
# What may stand beside the name and still be a heading of its parts.
_AROUND = re.compile(
    "更多|全部|所有|点击|查看|阅读|往期|历期|系列|合集|专辑|文集|专栏|栏目|专题|连载|目录|文章|报道|推文|回顾|精选|内容|故事|收录|本|的|之"
    "|more|from|all|in|the|posts?|parts?|series|collection",
    re.IGNORECASE,
)


def promises_by_name(page: Page, line: Line) -> bool:
    """Whether the line is the name that this page's title gives its series, among a heading's words or in an `<h…>`."""
    shape = page.loose_shape
    if shape is None or line.length > _LONGEST or len(line.anchors) > 1:
        return False
    said = key(line.text)
    for name in shape.prefixes | shape.suffixes | shape.cores:
        if name not in said:
            continue
        rest = said.replace(name, "", 1)
        if not _AROUND.sub("", rest):
            return bool(rest) or (line.element.tag in HEADINGS and not line.anchors)
    return False
