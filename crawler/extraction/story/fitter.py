"""Which of two bodies is the story's, where a second reading of the page found much more than the first."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment
from crawler.extraction.story.body import Body
from crawler.extraction.story.title import Headline

_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{4,}|(?=([\u3400-\u9fff]{2}))")
_SENTENCE = re.compile(r"[。！？!?.…”」』\"][)）\]】]?$")
_LEAST_SENTENCE = 30  # characters of a line that ends like one
_SENTENCES = 3  # by which a text is told from a notice, a byline or a deck
_OWN = 0.5  # share of the headline's words by which a text is its story
_OTHERS = 0.3  # and by which it may be
_LEAST_NEAR = 40  # characters of prose
_HELD = 0.9  # of the lines' characters, that the element must hold in which they are said to stand


def is_fitter(other: Body, ours: Body, headline: Headline) -> bool:
    """Whether the other body, which is much longer, is the story and ours a notice, a byline, a deck or its beginning.

    It must have sentences that speak of what the headline says. Ours stays where it does so alone: a short item over
    the stories of others, which have sentences too.
    """
    mine = {id(segment) for segment in ours.cut.kept}
    rest = [segment for segment in other.cut.kept if id(segment) not in mine]
    if other.prose < 2 * ours.prose or _sentences(rest) < _SENTENCES:
        return False
    is_text = _sentences(ours.cut.kept) >= _SENTENCES
    words = _words(headline.text or "")
    if not words:
        return not is_text
    told, told_there = _told(words, ours.cut.kept), _told(words, rest)
    if told >= _OWN and (told_there <= told / 2 or (is_text and told_there < told)):
        return False
    return told_there >= _OTHERS


def is_nearer(other: Body, ours: Body, headline: Headline) -> bool:
    """Whether the other body, which stands between the headline and ours, is the story, and ours what follows it.

    A story speaks of what its headline says; what follows it, a list of films or the site's conditions, hardly does.
    """
    words = _words(headline.text or "")
    if not words or other.prose < _LEAST_NEAR:
        return False
    nearer = {id(segment) for segment in other.cut.kept}
    rest = [segment for segment in ours.cut.kept if id(segment) not in nearer]
    told = _told(words, other.cut.kept)
    return told >= _OWN and _told(words, rest) <= told / 4


def holder(root: HtmlElement, lines: Sequence[Segment]) -> HtmlElement:
    """The innermost element that holds nearly all of these lines."""
    weight: dict[HtmlElement, int] = {}
    for segment in lines:
        node: HtmlElement | None = segment.block
        weight[segment.block] = weight.get(segment.block, 0) + segment.chars
    for node in reversed(list(root.iter(etree.Element))):
        if node in weight and (parent := node.getparent()) is not None:
            weight[parent] = weight.get(parent, 0) + weight[node]
    node, least = root, _HELD * weight.get(root, 0)
    while (child := next((each for each in node if weight.get(each, 0) >= least), None)) is not None:
        node = child
    return node


def outside(lines: Iterable[Segment], elements: AbstractSet[HtmlElement]) -> list[Segment]:
    """The lines that stand in none of these elements, which hold all that is inside them."""
    return [segment for segment in lines if segment.block not in elements]


def _sentences(lines: Iterable[Segment]) -> int:
    return sum(line.prose >= _LEAST_SENTENCE and _SENTENCE.search(line.text) is not None for line in lines)


def _words(text: str) -> set[str]:
    return {found[1] or found[0] for found in _WORD.finditer(text.casefold())} - {""}


def _told(words: set[str], lines: Iterable[Segment]) -> float:
    text = "\n".join(line.text for line in lines).casefold()
    return sum(word in text for word in words) / len(words)
