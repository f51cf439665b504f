"""The sentence by which a page says which part of how many it is: 这是系列《渡口》的第 3 篇，共 9 篇. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from wangqi.text.folding import simpler
from wangqi.text.numerals import SIGNS, spelled

_LONGEST: Final = 120
_NUMBER: Final = rf"\d{{1,3}}|[{SIGNS}]{{1,3}}"
_UNIT: Final = "[篇章讲期回节集部]"
_HINT: Final = re.compile(r"[共全]|\bof\b|\d/\d|\d / \d")
_WORDS: Final = re.compile(r"系列|专栏|连载|合集|\bseries\b", re.IGNORECASE)
_SAYS: Final = (
    re.compile(rf"第\s*(?P<n>{_NUMBER})\s*{_UNIT}[^。！？]{{0,6}}?(?:共|全)\s*有?\s*(?P<all>{_NUMBER})\s*{_UNIT}"),
    re.compile(rf"(?:共|全)\s*有?\s*(?P<all>{_NUMBER})\s*{_UNIT}[^。！？]{{0,10}}?第\s*(?P<n>{_NUMBER})\s*{_UNIT}"),
    re.compile(r"\bpart\s+(?P<n>\d{1,3})\s+of\s+(?P<all>\d{1,3})\b", re.IGNORECASE),
    re.compile(r"[(\[（]\s*(?P<n>\d{1,3})\s*/\s*(?P<all>\d{1,3})\s*[)\]）]"),
)
_NAMES: Final = (
    re.compile(r"[《“「『\"](?P<name>[^》”」』\"]{2,30})[》”」』\"]"),
    re.compile(r"(?:系列|专栏|连载|合集)\s*[:：]?\s*(?P<name>[^\s:：,，（(]{2,20}?)的?\s*(?=第|[(（,，])"),
    re.compile(r"\bin the series:?\s+(?P<name>\S.{1,60}?)\s*\.?$", re.IGNORECASE),
    re.compile(r"\bof \d+ in (?:the )?(?P<name>\S.{1,60}?) series\b", re.IGNORECASE),
)
_COUNTED: Final = re.compile(r" says that there are (\d+) parts$")


@dataclass(frozen=True, slots=True)
class Box:
    """What the sentence says: the page's own number, how many parts there are, and what the series is called."""

    number: int
    count: int
    name: str | None = None


def box_of(text: str) -> Box | None:
    """The box that the line is; None where it is none.

    >>> box_of("这是系列《渡口的人》的第 3 篇，共 9 篇")
    Box(number=3, count=9, name='渡口的人')
    """
    if len(text) > _LONGEST or not _may_count(text) or not _WORDS.search(words := simpler(text)):
        return None
    said = next((found for pattern in _SAYS if (found := pattern.search(words))), None)
    number, count = (_value(said["n"]), _value(said["all"])) if said else (0, 0)
    if not 0 < number <= count or count == 1:
        return None
    name = next((found for pattern in _NAMES if (found := pattern.search(words))), None)
    return Box(number, count, text[name.start("name") : name.end("name")].strip() if name else None)


def _may_count(text: str) -> bool:
    """The cheap questions before the dear ones: most lines have none of these."""
    has_any = "共" in text or "全" in text or "/" in text or "of" in text
    return has_any and _HINT.search(text) is not None


def counted(label: str, count: int) -> str:
    """The sentence about a page that counts more parts than it names."""
    return f"“{label}” says that there are {count} parts"


def count_in(sentence: str) -> int | None:
    """How many parts such a sentence speaks of; None of another sentence."""
    found = _COUNTED.search(sentence)
    return int(found[1]) if found else None


def _value(written: str) -> int:
    return int(written) if written.isdecimal() else spelled(written) or 0
