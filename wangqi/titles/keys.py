"""PURE: what two spellings of one title share."""

import re
from functools import lru_cache

from wangqi.copies.alignment.anchors import value
from wangqi.text.forms import match_key
from wangqi.text.numerals import SIGNS

# 第十一期 and 第11期 are one issue; elsewhere a spelled number is a word like others.
_SPELLED = re.compile(rf"第([{SIGNS}]{{1,9}})(?=[期篇章回节集话讲课辑季部卷号封则场站天日])")
_ZEROS = re.compile(r"第0+(?=[0-9])")


@lru_cache(maxsize=4_096)  # cached: the blocks of all members hold the same few titles
def title_key(title: str) -> str:
    """The match key of a title, the number of its issue in figures.

    >>> title_key("街坊周刊 第十一期：灯") == title_key("街坊周刊第011期:灯")
    True
    """
    figures = _SPELLED.sub(lambda found: f"第{value(found[1])}", match_key(title))
    return _ZEROS.sub("第", figures)
