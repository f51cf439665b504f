"""One form for words that are compared: width, shape of signs, traditional characters, case.

Word lists are written in simplified characters and lower case; what they are asked about is folded first, once.
"""

import re
from functools import cache, lru_cache
from html import unescape
from unicodedata import normalize

from wangqi.text.characters import simplified

_CIRCLED = re.compile("[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴㊀-㊉]")
# What shows nothing, and what makes an emoji of a digit (8️⃣).
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3\u00ad"
_WRITTEN: dict[str, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys("丨︱┃∣│ǀ❘", "|"),
    **dict.fromkeys("﹕∶", ":"),
    **dict.fromkeys("〝〞＂“”„‟", '"'),
    **dict.fromkeys("‘’‛", "'"),
    **dict.fromkeys("‧•・∙⋅", "·"),
    **dict.fromkeys("–—―─━‒", "—"),
    **dict.fromkeys("‐‑−", "-"),
    **dict.fromkeys("〔〖", "["),
    **dict.fromkeys("〕〗", "]"),
}
_SHORT = 200  # characters; longer texts are asked for once
_SHAPES = str.maketrans(_WRITTEN)


def fold(text: str) -> str:
    """The text in simplified characters, half-width signs of one shape, lower case and single blanks.

    A circled number (③) becomes one in brackets, a keycap (8️⃣) a plain one.

    >>> fold("【第８️⃣期】 歷期 文章 ③")
    '【第8期】 历期 文章 (3)'
    """
    if "&" in text:  # escaped twice
        text = unescape(text)
    if text.isascii():
        return " ".join(text.casefold().split())
    shaped = _CIRCLED.sub(lambda found: f"({normalize('NFKC', found[0])})", text.translate(_SHAPES))
    return " ".join(normalize("NFKC", shaped).translate(_characters()).casefold().split())


def simpler(text: str) -> str:
    """The text in simplified characters, character for character: places in it stay where they are."""
    if text.isascii():
        return text
    return _simpler(text) if len(text) <= _SHORT else _written_simpler(text)


@lru_cache(maxsize=8_192)  # every finder asks for the same lines, and menus stand on every page
def _simpler(text: str) -> str:
    return _written_simpler(text)


def _written_simpler(text: str) -> str:
    return text.translate(_characters()) if _old_characters().search(text) else text


@cache
def _old_characters() -> re.Pattern[str]:
    """Most texts hold none, which a search tells ten times faster than a translation.

    Of the first plane alone: such a class is a bitmap, a wider one a list that is gone through sign by sign.
    """
    return re.compile(f"[{''.join(chr(code) for code in _characters() if code < 0x10000)}]")


@cache
def _characters() -> dict[int, str]:
    return {ord(old): new for old, new in simplified().items()}
