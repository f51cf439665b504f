"""The names that signs set off at the beginning and at the end of a title, and which signs those are."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from wangqi.titles.laying import BREAKS, OPENING, shown
from wangqi.titles.marks import COUNTERS, Token, tokens
from wangqi.titles.names import AGENCY, is_name, letters, may_speak

SEPARATORS = frozenset({":", "|", "—", "·"})
NAMED, NAMED_LAST = 0.8, 0.7
_FEWEST_PIECES = 2
_TOPIC, _DOUBTFUL = 0.5, 0.3
_BRACKETS = frozenset("()[]【】#")
_HOLDERS = frozenset("【[#")
_UNITS = frozenset({*"期篇章回节集话讲课辑弹站部季卷幕天日夜场封问届版", ""})

Title = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a title: `sign` sets it off at the end, and is "" for one at the beginning."""

    text: str
    strength: float
    sign: str = ""


@lru_cache(maxsize=8_192)
def names_of(title: str) -> tuple[Name, ...]:
    """The names that signs set off at the beginning and at the end of a title, and how surely they are a series'."""
    parts = tokens(title)
    signs = [at for at in range(len(parts)) if parts[at].text in _BRACKETS or (at and is_set_off(parts, at))]
    pieces = [(a + 1, b) for a, b in pairwise((-1, *signs, len(parts))) if b > a + 1]
    if len(pieces) < _FEWEST_PIECES:
        return ()
    found: list[Name] = []
    (first, last), (start, end) = pieces[0], pieces[-1]
    if _is_head(parts, last) and is_name(name := _name(parts, first, last)):
        found.append(Name(name, _strength(name, parts[last].text)))
    sign, name = parts[start - 1].text, _name(parts, start, end)
    named = sign == "|" or (sign == "(" and end + 1 == len(parts)) or (sign == "—" and _is_part(parts, start, end))
    if named and is_name(name) and not AGENCY.search(name):
        found.append(Name(name, NAMED_LAST, sign))
    return tuple(found)


def _strength(name: str, sign: str) -> float:
    """How surely the beginning is a series' name: before a colon or a dash may stand who speaks, or the topic."""
    if sign in {"-", "—"} and AGENCY.search(name):
        return _DOUBTFUL
    if sign != ":":
        return NAMED
    return _DOUBTFUL if may_speak(name) else _TOPIC if name.isascii() else NAMED


def _is_head(title: Title, end: int) -> bool:
    """Whether what ends here is a name: in brackets of its own, before a separator, or before a number in brackets."""
    if title[0].text in _HOLDERS or title[end].text not in _BRACKETS:
        return True
    place = end + 1 + (end + 1 < len(title) and title[end + 1].text in COUNTERS)  # (Vol. 2)
    place += place < len(title) and title[place].text in {".", " "}
    return place < len(title) and title[place].value is not None and is_marked(title, place)


def _is_part(title: Title, first: int, last: int) -> bool:
    """Whether a piece behind a dash names a series: it says 系列, or counts."""
    counts = any(title[at].value is not None and is_marked(title, at) for at in range(first, last))
    return counts or "系列" in shown(title[first:last])


def _name(title: Title, first: int, last: int) -> str:
    """The words of a piece without the number that counts in it, and without its unit."""
    counted = {at for at in range(first, last) if title[at].value is not None and is_marked(title, at)}
    units = {at + 1 for at in counted if at + 1 < last and title[at + 1].text in _UNITS}
    kept = (title[at].text for at in range(first, last) if at not in counted | units)
    return letters("".join(text for text in kept if text not in {"第", "之"}))


def is_marked(title: Title, at: int) -> bool:
    """Whether signs say that the number counts: 第, brackets, #, a separator or the end behind it."""
    before = title[at - 1].text if at else ""
    behind = title[at + 1].text if at + 1 < len(title) else ""
    if before == "第" and behind not in BREAKS:  # 第3期, not 今年第3号台风
        return behind in _UNITS
    if before in OPENING or before in COUNTERS or behind in BREAKS - {" "} or not behind:
        return True
    if before in {" ", ".", "-"} and at > 1 and title[at - 2].text in COUNTERS:
        return True
    return behind in {"月", "日"} or (behind in {"篇", "部", "集"} and not title[at].is_plain)


def is_set_off(title: Title, at: int) -> bool:
    """Whether a separator stands here; a hyphen only behind an ideograph, 之 only before words."""
    text = title[at].text if at < len(title) else ""
    if text in SEPARATORS:
        return True
    if text == "-":
        return "\u4e00" <= title[at - 1].text[-1:] <= "\u9fff"
    return text == "之" and at + 1 < len(title) and title[at + 1].value is None
