"""How much a line can tell: whether it is a headline that says what happened, or a name."""

import re

from crawler.extraction.story.title import Headline

_WORDS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_TELLING = 10  # characters of Chinese; a Latin word counts for two


def is_telling(headline: Headline) -> bool:
    """Whether the page shows a headline that is long enough to say what happened, and is no name of a column."""
    return headline.index is not None and weight_of(headline.text or "") >= _TELLING


def weight_of(text: str, latin: int = 2) -> int:
    """A Chinese character counts for one, a Latin word for two, or as many as `latin`."""
    return sum(latin if each[0] < "\u3000" else 1 for each in _WORDS.findall(text))
