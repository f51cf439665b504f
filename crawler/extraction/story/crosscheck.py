"""A second reading of a page by others' rules, trafilatura's, where the first one took little of what the page says."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from crawler.extraction.source.segments import UNSHOWN, Segment
from crawler.extraction.source.tree import new_element
from crawler.extraction.story.body import Body
from crawler.extraction.story.junk import Junk
from crawler.extraction.story.title import flat

VERSION = f"trafilatura-{trafilatura.__version__}"
_ENOUGH = 0.5  # share of the page's prose that no second reading could make much more of
_LEAST_SHARE = 0.25  # the same, of all that stands outside links: lists, cells and verse are no prose
_LONGEST_FORM = 1_000  # characters
_RATIO = 2.0  # of two lengths, beyond which the readings disagree
_SHORT = 100  # characters below which a ratio says nothing
_LEAST = 200  # characters that make a story where the structure shows none
_LONG = 400  # characters of a body that is no mere beginning
_DEEPEST = 256  # levels, and
_MOST_TABLES = 200  # tables, above which trafilatura's time, quadratic in nested tables, may hurt
_MOST_LINES = 3_000  # above which it takes seconds
_FEW_LINES = 500  # below which its fallbacks, quadratic in lines, are quick
_WHOLE_LINE = 12  # signs by which a line is known wherever it stands; a shorter one must follow the last one found
_AHEAD = 3_000  # signs that it may leave out between two of our lines
_PLAIN_PROSE = 30  # characters by which a line counts where only its looks are asked


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The lines of the page that it takes for the story, how many characters it has, and its own text of them."""

    lines: tuple[Segment, ...]
    chars: int
    text: str = ""

    def disagrees(self, lines: Sequence[Segment]) -> bool:
        """Whether these lines are less than half or more than twice of it."""
        ours = sum(segment.chars for segment in lines)
        return max(ours, self.chars) >= _SHORT and max(ours, self.chars) > _RATIO * min(ours, self.chars)

    def has_more(self, lines: Sequence[Segment]) -> bool:
        return self.disagrees(lines) and self.chars > sum(segment.chars for segment in lines)


def read_again(tree: HtmlElement, segments: Sequence[Segment], body: Body, junk: Junk) -> SecondReading | None:
    """None where the body's lines are most of the page's prose and much of its text, so that there is nothing to find.

    How other stories begin, in lists of cards beside a body of some length, is nothing to be found.
    """
    kept = body.cut.kept
    ours = sum(segment.chars for segment in kept)
    prose, plain = _said(segments)
    if plain < _SHORT:
        return None
    if not _is_enough(ours, prose, plain) and body.prose >= _LONG:
        beside = junk.in_cards.difference(body.container.iter())
        prose, plain = _said(segment for segment in segments if segment.block not in beside)
    has_prose = ours >= _ENOUGH * prose
    if _is_enough(ours, prose, plain) and not _is_form(tree, segments, kept, ours):
        return None
    if has_prose and len(segments) > _FEW_LINES:  # nothing but short lines is left, of which there are many
        return SecondReading((), plain)
    if _too_much(tree, segments):
        lines = tuple(segment for segment in segments if segment.prose >= _PLAIN_PROSE)
        return SecondReading(lines, sum(segment.chars for segment in lines))
    text = trafilatura_text(tree)
    if len(text) < _ENOUGH * prose and len(segments) <= _FEW_LINES and _reading(text, segments).disagrees(kept):
        text = trafilatura_text(tree, fast=False)
    return _reading(text, segments)


def _said(segments: Iterable[Segment]) -> tuple[float, int]:
    """How much of these lines is prose, and how much stands outside links."""
    lines = list(segments)
    return sum(line.prose for line in lines), sum(line.chars - line.link_chars for line in lines)


def _is_enough(ours: int, prose: float, plain: int) -> bool:
    return ours >= _ENOUGH * prose and ours >= _LEAST_SHARE * plain


def _reading(text: str, segments: Sequence[Segment]) -> SecondReading:
    return SecondReading(tuple(_found(text, segments)), len("".join(text.split())), text if len(text) >= _LEAST else "")


def _is_form(tree: HtmlElement, segments: Sequence[Segment], kept: Sequence[Segment], chars: int) -> bool:
    """Whether most of the lines kept are of a form; one that holds most of the page is its frame."""
    if chars > _LONGEST_FORM:
        return False
    inside = {node for form in tree.iter("form") for node in form.iter()}
    held = sum(segment.chars for segment in kept if segment.block in inside)
    return 2 * held > chars and 2 * sum(segment.block in inside for segment in segments) < len(segments)


def trafilatura_text(element: HtmlElement, *, fast: bool = True) -> str:
    """What trafilatura takes for the story in this element, alone in a page; empty when it fails.

    `fast` leaves out its fallbacks, which take half of its time.
    """
    page = new_element("html")
    copy = deepcopy(element)
    copy.tail = None
    for node in list(copy.iterdescendants(*UNSHOWN)):
        node.drop_tree()
    if copy.tag in ("html", "body", "svg", "math"):
        copy.tag = "div"
    body = new_element("body")
    body.append(copy)
    page.append(body)
    try:
        document = trafilatura.bare_extraction(page, include_comments=False, with_metadata=False, fast=fast)
    except (AssertionError, RecursionError, ValueError):
        return ""  # it raises on pages of nothing but svg or math, and on very deep ones
    return (document.text or "") if isinstance(document, Document) else ""


def _found(text: str, segments: Sequence[Segment]) -> list[Segment]:
    """The page's lines that stand in a text, which is read once from its beginning to its end."""
    lines = [flat(line) for line in text.splitlines()]
    ends: dict[str, int] = {}
    end = 0
    for line in lines:
        end += len(line)
        ends.setdefault(line, end)
    whole = "".join(lines)
    found, place = [], 0
    for segment in segments:
        key = flat(segment.text) if segment.src is None else ""
        if len(key) >= _WHOLE_LINE and key in ends:
            place = ends[key]
        elif key and (at := whole.find(key, place, place + len(key) + _AHEAD)) >= 0:
            place = at + len(key)
        else:
            continue
        found.append(segment)
    return found


def _too_much(tree: HtmlElement, lines: Sequence[Segment]) -> bool:
    if len(lines) > _MOST_LINES or sum(1 for _ in tree.iter("table")) > _MOST_TABLES:
        return True
    return any(sum(1 for _ in block.iterancestors()) > _DEEPEST for block in {line.block for line in lines})
