"""Which way a link points, and by what: its words at either end, its rel, the names of its elements, an arrow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from crawler.extraction.links import wording
from crawler.extraction.links.element_names import Way, by_names
from crawler.extraction.links.lines import Anchor, Line
from crawler.extraction.links.page import Page
from wangqi.titles.anatomy import strip_decoration

OTHER: dict[Way, Way] = {"prev": "next", "next": "prev"}
LONGEST_LABEL = 14
_MOST_LINKS = 4  # of a line; a menu has more
_PROSE = 24  # characters without a link that only running text has
_BESIDE = range(2, 61)
_FAR = 24  # characters from a pointing word to the link that it points with
_MOST_PIECES = 8
_MOST_PICTURES = 6
_BACK = "«‹←⟵❮◀◄⬅⇐〈《<"
_ON = "»›→⟶❯▶►➡⇒〉》>"
_SIGNS = re.compile(rf"^[\s\W]*(?:[{_BACK}]+|[{_ON}]+)[\s\W]*$")
_ARROW_FIRST = re.compile(r"^(?:[«‹←⟵❮◀◄⬅]|<{1,2})\s*(?=\w|[《“\"(（①-⑳【])")
_ARROW_LAST = re.compile(r"(?<=[\w》”\")）①-⑳】?？!！])\s*(?:[»›→⟶❯▶►➡]|>{1,2})$")
_LAST_SIGNS = frozenset("»›→⟶❯▶►➡>")
_EDGES = " \u3000«»<→←‹›"
_DRESS = re.compile(r"^[\s\W]+|[\s\W]+$")
_REST = re.compile(r"\W|文章|新闻|阅读|内容|报道")
_FIRST_WORDS = re.compile(r"^[\W_]*(?:上|下|前|后|向|往|次|이전|다음|prev|next|older|newer|较|更)", re.IGNORECASE)
_ENGLISH = re.compile(
    r"^\W*(?:(?P<prev>previous|prev|older)|(?P<next>next|newer))"
    r"(?:\s+(?P<what>post|article|entry|story|page|chapter|part|lesson|lecture|issue|topic|section|episode|up)\b)?"
    r"\W*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SET_OFF = re.compile(r"^\W*(?:previous|prev|older|next|newer)(?:\s+\w+)?\s*(?:[:：»›→|]|[-—–]\s)", re.IGNORECASE)
_PART_WORDS = ("chapter", "part", "section", "lesson", "lecture", "episode", "issue", "page")
_UNITS = dict(zip(_PART_WORDS, "章部节课讲集期页", strict=True))
_RELS: dict[str, Way] = {"prev": "prev", "previous": "prev", "next": "next"}
# The words of a sentence before the link that they point with: 下一个帖子，打算介绍一下“…”.
_POINTING = re.compile(
    r"(?:(?P<prev>[上前])|(?P<next>[下后]))(?:[一1]个?|个)(?P<what>篇|章|节|讲|回|期|帖|话题|文)(?:子|文章|博客|博文)?\W*\w{2}[^。！？!?；;]{0,14}$"
)
_MAY_POINT = re.compile("[上前下后後]")
By = Literal["words", "rel", "name", "arrow", "sentence"]


@dataclass(frozen=True, slots=True)
class Pointer:
    """A link and the way it points.

    Attributes:
        what: The unit that its label counts in (篇, 章, 页), or "".
        title: Of the page that it leads to, without the label; the label where there is nothing else.
        by: What says so. Names and arrows are believed of pairs.
    """

    anchor: Anchor
    way: Way
    what: str
    title: str
    by: By

    @property
    def has_title(self) -> bool:
        return label_of(self.title) is None and bool(self.title)

    @property
    def is_spoken(self) -> bool:
        """Whether a sentence points with it."""
        return self.by == "sentence" or self.anchor.line.free_length >= _PROSE

    @property
    def is_quoted(self) -> bool:
        line, anchor = self.anchor.line, self.anchor
        return line.text[anchor.end : anchor.end + 1] in {"”", "》", "」", '"', "』"}


def near_pictures(page: Page) -> frozenset[HtmlElement]:
    """What holds a picture whose words point, or stands right beside one: hardly a page has more than two."""
    found: set[HtmlElement] = set()
    for image in page.tree.iter("img"):
        words = image.get("alt")
        if words and (label_of(words) or _begins(words)):
            beside = (image, image.getprevious(), image.getnext())
            found.update(image.iterancestors(), (element for element in beside if element is not None))
    return frozenset(found)


def pointer_of(page: Page, line: Line, number: int, pictured: frozenset[HtmlElement]) -> Pointer | None:
    """The way that a link of the line points; None where nothing tells. Words outrank signs, signs outrank names.

    Args:
        page: The page.
        line: One of its lines.
        number: Of the link in the line.
        pictured: `near_pictures` of the page.
    """
    anchor = line.anchors[number]
    pieces = _pieces(anchor)
    spoken = _by_own_words(line, number, pieces)
    if spoken:
        return spoken
    said, by = _said_of(page, line, number, pictured)
    if said is None and (pointed := _by_sentence(line, number)):
        return pointed
    if said is None and line.free_length >= _PROSE:
        return None
    if said is None and len(line.anchors) <= _MOST_LINKS:
        named = by_names(anchor.element)
        way, by = (named, "name") if named else (_by_arrow(line, anchor, pieces), "arrow")
        said = (way, "") if way else None
    if said is None:
        return None
    text = _ARROW_LAST.sub("", _ARROW_FIRST.sub("", anchor.text)) if by == "arrow" else anchor.text
    return Pointer(anchor, *said, _title(line, number, text), by)


def _by_sentence(line: Line, number: int) -> Pointer | None:
    anchor = line.anchors[number]
    first = max(line.anchors[number - 1].end if number else 0, anchor.start - _FAR)
    before = line.text[first : anchor.start]
    found = _POINTING.search(wording.simpler(before)) if _MAY_POINT.search(before) else None
    if found is None:
        return None
    return Pointer(
        anchor, "prev" if found["prev"] else "next", found["what"], _title(line, number, anchor.text), "sentence"
    )


def _by_own_words(line: Line, number: int, pieces: list[str]) -> Pointer | None:
    """By a label that is one of its pieces (上一篇 over a title, a title before Prev), or that its text begins with."""
    anchor = line.anchors[number]
    for at, piece in enumerate(pieces):
        if said := label_of(piece):
            rest = " ".join(other for other in (*pieces[:at], *pieces[at + 1 :]) if not _SIGNS.match(other))
            return Pointer(anchor, *said, _title(line, number, rest), "words")
    if said := _begins(anchor.text):
        return Pointer(anchor, *said, _title(line, number, _behind_label(anchor.text)), "words")
    return None


def _said_of(
    page: Page, line: Line, number: int, pictured: frozenset[HtmlElement]
) -> tuple[tuple[Way, str] | None, By]:
    """By its rel, by what a screen reader says, and by the label beside it."""
    anchor = line.anchors[number]
    rel = next((_RELS[word] for word in anchor.rel.lower().split() if word in _RELS), None) if anchor.rel else None
    beside = _label_beside(page, line, number)
    if rel:
        return (rel, beside[1] if beside else ""), "rel"
    drawn = (image.get("alt") for image in _pictures(anchor)) if anchor.element in pictured else ()
    for hint in (anchor.hint, anchor.element.get("aria-label"), *drawn):
        if hint and (said := label_of(hint) or _begins(hint)):
            return said, "words"
    return beside, "words"


def _pictures(anchor: Anchor) -> Iterator[HtmlElement]:
    """The pictures in the link, the one right before it and the one right behind it: an arrow that is drawn."""
    yield from islice(anchor.element.iter("img"), _MOST_PICTURES)
    before, element, behind = anchor.element.getprevious(), anchor.element, anchor.element.getnext()
    if before is not None and before.tag == "img" and not (before.tail or "").strip():
        yield before
    if behind is not None and behind.tag == "img" and not (element.tail or "").strip():
        yield behind


def label_of(text: str) -> tuple[Way, str] | None:
    """The way and the unit, where the text is a label and nothing else: 上一篇, ← Older post, 【下一章】."""
    if not 0 < len(text) <= 2 * LONGEST_LABEL or not _FIRST_WORDS.match(text):
        return None
    return _label(text)


@lru_cache(maxsize=1_024)
def _label(text: str) -> tuple[Way, str] | None:
    said = _begins(text)
    if said is None:
        return None
    english = _ENGLISH.match(text)
    rest = english["rest"] if english else _behind_label(text)
    return said if not _REST.sub("", rest) else None


def _begins(text: str) -> tuple[Way, str] | None:
    """The same of a text that goes on with a title: 上一篇：豆浆铺, Next: the river."""
    if not _FIRST_WORDS.match(text[:8]) and text[:1] not in "【[(（〖阅查看返回到":
        return None
    label = wording.simpler(text)
    tests: tuple[tuple[Way, re.Pattern[str]], ...] = (("prev", wording.PREV), ("next", wording.NEXT))
    for way, pattern in tests:
        if found := pattern.match(label):
            return way, found["what"] or ""
    if wording.PREV_WORD.match(label) or wording.NEXT_WORD.match(label):
        english = _ENGLISH.match(label)
        if english and english["rest"] and not _SET_OFF.match(label):  # Next.js, NexT.Mist
            return None
        what = _UNITS.get((english["what"] or "").lower(), "") if english else ""
        return ("prev" if wording.PREV_WORD.match(label) else "next"), what
    return None


def _behind_label(text: str) -> str:
    simpler = wording.simpler(text)
    found = wording.PREV.match(simpler) or wording.NEXT.match(simpler)
    if found:
        return text[found.end() :].removeprefix("文章")
    english = _SET_OFF.match(text) or _ENGLISH.match(text)
    if english is None:
        return text
    return text[english.end() :] if english.re is _SET_OFF else english["rest"]


def _title(line: Line, number: int, text: str) -> str:
    """The title of the page that the link leads to: its own words, what its hint says, or what stands behind it."""
    anchor = line.anchors[number]
    edges = _EDGES if text[:1] in "《【（(" else _EDGES + ":：】]》>）)|-"
    bare = strip_decoration(text.strip(edges))
    if bare and label_of(bare) is None:
        return bare
    for hint in (anchor.hint, anchor.element.get("aria-label") or ""):
        if hint and label_of(hint) is None:
            return _behind_label(hint).strip(edges)
    last = line.anchors[number + 1].start if number + 1 < len(line.anchors) else len(line.text)
    behind = line.text[anchor.end : last].strip(_EDGES + ":：】]|-")
    goes_on = line.text[anchor.end : anchor.end + 1].isalpha()  # 在<a>上一篇</a>里说过
    is_title = not goes_on and len(behind) in _BESIDE and label_of(behind) is None and any(map(str.isalpha, behind))
    return strip_decoration(behind) if is_title else anchor.text


def _pieces(anchor: Anchor) -> list[str]:
    if not len(anchor.element):
        return [anchor.text] if anchor.text else []
    texts = (" ".join(str(piece).split()) for piece in anchor.element.itertext(with_tail=False))
    return list(islice((text for text in texts if text), _MOST_PIECES))


def _label_beside(page: Page, line: Line, number: int) -> tuple[Way, str] | None:
    anchor = line.anchors[number]
    previous = line.anchors[number - 1].end if number else 0
    before = line.text[previous : anchor.start].strip()
    if before:
        return label_of(before) if len(before) <= LONGEST_LABEL else None
    behind = line.text[anchor.end :].strip()
    if len(line.anchors) == 1 and behind and (said := label_of(behind)):
        return said
    if number == 0 and line.index:
        above = page.lines[line.index - 1]
        if not above.anchors and above.length <= LONGEST_LABEL:
            return label_of(above.text)
    return None


def _by_arrow(line: Line, anchor: Anchor, pieces: list[str]) -> Way | None:
    for piece in pieces if len(pieces) > 1 or len(anchor.text) <= 2 else ():
        if _SIGNS.match(piece):
            return "prev" if any(sign in _BACK for sign in piece) else "next"
    # The signs at the ends of a line are those of its first link and its last: ← 木桶 竹篙 →.
    first, last = line.anchors[0] is anchor, line.anchors[-1] is anchor
    text = line.text[0 if first else anchor.start : len(line.text) if last else anchor.end]
    backward = _ARROW_FIRST.match(text) is not None
    forward = text[-1:] in _LAST_SIGNS and _ARROW_LAST.search(text) is not None
    if backward == forward:
        return None
    return "prev" if backward else "next"
