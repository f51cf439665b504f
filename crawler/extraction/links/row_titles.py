"""The title that a row of a list holds, without what the list puts around it."""

import re

from crawler.extraction.links.page import Page
from wangqi.titles.anatomy import strip_decoration

_CIRCLED = re.compile("^[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴]\\s*(?=\\S{2})")
_WRAPPED = re.compile(r"^(?:《(?P<book>[^《》]{4,})》|【(?P<box>[^【】]{4,})】|「(?P<quote>[^「」]{4,})」)$")


def row_title(page: Page, text: str) -> str:
    """Without bullet, number, date and the brackets around all of it; where the page's own title has them they stay."""
    title = strip_decoration(text)
    own = page.title or ""
    if not _CIRCLED.match(own):
        title = _CIRCLED.sub("", title)
    wrapped = None if _WRAPPED.match(own) else _WRAPPED.match(title)
    return wrapped[wrapped.lastgroup or 0] if wrapped else title
