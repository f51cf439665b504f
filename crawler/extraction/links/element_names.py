"""Which way the names of a link's elements point: its class and id, those around it, the file of its picture."""

import re
from functools import lru_cache
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

Way = Literal["prev", "next"]
_MOST_PARTS = 6
_LEVELS = 2
_FULL = 3  # what has more children holds not one link
_LONGEST_FILE = 60  # characters; more than a name of `_PICTURES` has, and less than a picture within the page
_NAMES = re.compile(r"(?<![a-z])(?:(prev(?:ious)?|pre|older)|(next|newer))(?![a-z])")
_SIDES = re.compile(
    r"(?<![a-z])(?:arrow|chevron|angle|caret|icon|fa|long)[-_ ]?\w*?[-_ ]?(?:(left|back)|(right|forward))(?![a-z])"
)
# The file of a picture that is the whole link: /images/left.gif, btn_next.png.
_PICTURES = re.compile(
    r"(?:^|[/_-])(?:(left|prev?|previous|back|prv|shang\w{0,5})|(right|next|nxt|forward|xia\w{0,5}))[_-]?\d{0,2}\.\w{3,4}$",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def by_names(element: HtmlElement) -> Way | None:
    """By the class and id of the link, of what is in it, and of what holds it alone, or by the file of its picture."""
    parts = [element, *islice(element.iterdescendants(), _MOST_PARTS)] if len(element) else [element]
    for part in parts:
        if part.tag == "img" and (found := _PICTURES.search((part.get("src") or "")[-_LONGEST_FILE:])):
            return "prev" if found[1] else "next"
    own = [names for part in parts if (names := _names(part))]
    for pattern in (_NAMES, _SIDES) if own else ():
        for names in own:
            if way := _named(names, pattern):
                return way
    rooms: list[HtmlElement] = []
    for room in islice(element.iterancestors(), _LEVELS):
        rooms.append(room)
        if (names := _names(room)) and (way := _named(names, _NAMES)):
            return None if any(map(_is_full, rooms)) else way
    return None


def _is_full(room: HtmlElement) -> bool:
    """Whether it holds more than one link; len() would count thousands of rows."""
    return next(islice(room, _FULL, None), None) is not None


@lru_cache(maxsize=4_096)
def _named(names: str, pattern: re.Pattern[str]) -> Way | None:
    text = _CAMEL.sub("-", names).lower().replace("_", "-")
    ways: set[Way] = {"prev" if found[1] else "next" for found in pattern.finditer(text)}
    return next(iter(ways)) if len(ways) == 1 else None  # prev-next names the room of both


def _names(element: HtmlElement) -> str:
    own, name = element.get("class"), element.get("id")
    return f"{own or ''} {name or ''}".strip() if own or name else ""
