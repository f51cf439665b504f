"""Days that stand behind the number of a title."""

import re
from typing import Final

from wangqi.titles.issues import numbering_of

_DAY_BEHIND: Final = re.compile(r"\s*[(（\[【](?:19|20)\d\d[-./年][01]?\d[-./月][0-3]?\d日?[)）\]】]\s*$")


def undated(title: str) -> str:
    """The title without the day in brackets behind it, where it has a number as well.

    >>> undated("第四期 (2019-01-18)"), undated("渡口的早市 (2019-01-18)")
    ('第四期', '渡口的早市 (2019-01-18)')
    """
    dated = _DAY_BEHIND.search(title)
    rest = title[: dated.start()] if dated else ""
    number = numbering_of(rest) if rest else None
    return rest if number is not None and number.value is not None else title
