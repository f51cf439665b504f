"""Two forms of a text: one to keep and show, one to compare by.

`display` loses nothing that a publisher meant; it is what the archive stores and hashes. `match_key` folds all that
copying changes, and is for fingerprints only: never shown, never stored as the story.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5
from unicodedata import normalize

from wangqi.text.characters import leftovers, radicals, simplified

NORM_VERSION = 1  # raise it with every change of what these functions answer: stored keys depend on it

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_EMOJI = r"\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25aa-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff"
_JOINING = r"\u0600-\u0dff\u0e00-\u109f\u1800-\u18af"  # scripts that spell with ZWJ and ZWNJ
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LONGEST_REFERENCE = 34
_CONTEXTUAL = {"\u200c", "\u200d", "\ufe0e", "\ufe0f"}
_SELECTOR = re.compile(rf"(?<![\u00a9\u00ae\u3030\u303d\u3297\u3299#*0-9{_EMOJI}])[\ufe0e\ufe0f]")
_JOINER = re.compile(rf"(?<![{_EMOJI}{_JOINING}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![{_EMOJI}{_JOINING}])")
_PINYIN = re.compile(rf"(?<=[{_HAN}])[（(] ?[a-zA-ZāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙÜêńňǹḿɡ]{{1,6}} ?[)）]")
_BLANKS = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_BREAKS = "\r\v\f\u0085\u2028\u2029"


def _dropped() -> set[int]:
    controls = {*range(0x20), *range(0x7F, 0xA0)} - set(map(ord, "\n" + _BLANKS + _BREAKS))
    invisible = {0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x200B, 0x200E, 0x200F, 0x3164, 0xFEFF, 0xFFA0}
    invisible |= {*range(0x180B, 0x1810), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC)}
    tags = {*range(0xE0000, 0xE0080)}
    no_characters = {*range(0xFDD0, 0xFDF0)} | {plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)}
    return controls | invisible | tags | no_characters | {*range(0xD800, 0xE000)}


# D2 line ends, D3 and D4 what cannot be seen, D6 radicals, D7 private use leftovers, D8 blanks.
# Cached: the forms of one text are needed at every step, and for each candidate that it is compared with.
_RECENT = 128
_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(_dropped()),
    **dict.fromkeys(map(ord, _BREAKS), "\n"),
    **dict.fromkeys(map(ord, _BLANKS), " "),
    **radicals(),
    **leftovers(),
}


@lru_cache(maxsize=_RECENT)
def display(text: str) -> str:
    """One paragraph a line, NFC, blanks single, without what nobody can see; half-width signs, quotes and runs stay.

    Idempotent. Rules and their order: `docs/copies.md`.
    """
    text = _clean(text)
    if _REFERENCE.search(text):
        text = _clean(_without_references(text))
    text = re.sub(" {2,}", " ", text)
    return re.sub(r" ?\n[ \n]*", "\n", text).strip(" \n")


def one_line(text: str) -> str:
    r"""Display form on one line.

    >>> one_line(" 党员先锋行　| \n 卢良伟 ")
    '党员先锋行 | 卢良伟'
    """
    return " ".join(display(text).split("\n"))


def match_key(text: str) -> str:
    """Letters, digits and ideographs only, folded: width, case, marks, script (traditional to simplified), points.

    Idempotent. Pinyin notes after an ideograph, as in 說(shuō), are left out. Empty for a text without a letter.
    """
    return key_of_display(display(text))


@lru_cache(maxsize=_RECENT)
def key_of_display(text: str) -> str:
    """The match key of what is in display form already, or of a piece of it."""
    return _PINYIN.sub("", text).translate(FOLDED)


@dataclass(frozen=True, slots=True)
class ReadableView:
    """A text made easier to read; derived, never to be stored or taken for what the page said.

    Attributes:
        collapsed: How many runs were made one sign.
    """

    text: str
    collapsed: int

    def __str__(self) -> str:
        return self.text


def readable(text: str) -> ReadableView:
    """The display form with runs of one point collapsed, as in ，，， and 。。。。.

    Signs that may be repeated by GB/T 15834-2011 (！？…—) stay, and so do dots in Latin text.
    """
    collapsed, count = re.subn(r"([，、；：。,;])\1+", r"\1", display(text))
    return ReadableView(collapsed, count)


def _clean(text: str) -> str:
    text = normalize("NFC", text.replace("\r\n", "\n").translate(_CHARACTERS))
    text = _SELECTOR.sub("", text)
    text = _JOINER.sub("", text)
    return normalize("NFC", text)


def _without_references(text: str) -> str:
    """Resolve what was escaped, however often (`&amp;amp;lt;`), in one walk; only with its `;`, so `&copy=1` stays."""
    done: list[str] = []
    for char in text:
        done.append(char)
        while done and done[-1] == ";":
            window = "".join(done[-_LONGEST_REFERENCE:])
            start = window.rfind("&")
            resolved = _resolved(window[start:]) if start >= 0 else None
            if resolved is None:
                break
            del done[start - len(window) :]
            if resolved in _CONTEXTUAL and done and not done[-1].isascii():
                done.append(resolved)  # whether it may stay, `_clean` says
                break
            resolved = _clean(resolved)
            done += resolved
            if not resolved:
                break
    return "".join(done)


def _resolved(reference: str) -> str | None:
    if not _REFERENCE.fullmatch(reference):
        return None
    if reference[1] == "#":
        return html.unescape(reference)
    return html5.get(reference[1:])


class _Folded(dict[int, str]):
    """Code point to its folded form, found when first met; folding is by character, so it is linear and idempotent."""

    def __missing__(self, code: int) -> str:
        before, after = "", chr(code)
        while before != after:
            before, after = after, _fold(after)
        self[code] = after
        return after


def _fold(text: str) -> str:
    folded = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(
        simplified().get(char, char) for char in folded if char.isalnum() and _CHARACTERS.get(ord(char), "") is not None
    )


FOLDED = _Folded()  # for `str.translate`; other modules fold single characters with it to keep their offsets


def key_offsets(text: str) -> list[int]:
    """For each character of the match key of a display form, where it came from."""
    noted = {place for match in _PINYIN.finditer(text) for place in range(match.start(), match.end())}
    return [place for place, char in enumerate(text) if place not in noted for _ in FOLDED[ord(char)]]
