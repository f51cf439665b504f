"""The work that a page's `<title>` says it is a part of: 数组 - Bash 脚本教程 - 网道."""

import re
from typing import Final

from wangqi.titles.anatomy import key

_BETWEEN: Final = re.compile(r"\s+[-–—|_·«»]+\s+|[|_｜«»]+")
_WORK: Final = re.compile(
    r"系列|专栏|專欄|连载|連載|教程|教學|教学|手册|手冊|指南|入门|入門|课程|課程|讲义|文档|小说|[周週月]刊|[周週月]报|电子书"
    r"|\b(?:tutorial|guide|handbook|book|course|series|weekly)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 24
_FEWEST: Final = 3  # the page, the work, the site


def work_of(head_title: str | None, title: str | None) -> str | None:
    """The piece between the page's own title and the site's name, if its words say that it is a work of many parts."""
    pieces = [piece.strip() for piece in _BETWEEN.split(head_title or "") if piece.strip()]
    if len(pieces) < _FEWEST or not title or key(pieces[0]) not in key(title):
        return None
    return next((piece for piece in pieces[1:-1] if _WORK.search(piece) and len(piece) <= _LONGEST), None)
