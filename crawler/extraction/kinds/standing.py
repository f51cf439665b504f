"""Pages that stand on a site for good and tell nothing: 联系我们, a product, a teacher, how to apply for a card."""

import re
from collections.abc import Sequence

from crawler.extraction.model import Block, Kind
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import Headline, claims_of, parts_of
from crawler.extraction.vocabulary import sentence, table
from wangqi.text.folding import simpler

_PAGES = sentence("standing", "pages")
_SHELVES = sentence("standing", "shelves")
_CONTACT = sentence("standing", "contact")
_FIELDS = {what: (frozenset(words.split()), least) for what, (words, least) in table("standing", "fields").items()}
_LONGEST = 24  # characters of a title that is the name of such a page
_TOP = 60  # lines below the headline among which the fields stand
_LABEL = re.compile(r"([^\W\d_][\w -]{1,10}?)\s*[:：】]")
_COLON = re.compile("[:：】]")
_LONGEST_LINE = 80
_MOST = 0.5  # of a body's lines that may say how to reach somebody
_JOINT = re.compile(r"\s*[-－–—_|｜·»>]+\s*")
_SHORTEST_TITLE = 10  # characters of a claim's first part by which it is a headline
_CLAIMS = 2


def standing_page(
    data: PageData, headline: Headline, blocks: Sequence[Block], segments: Sequence[Segment], *, dated: bool
) -> tuple[Kind, str] | None:
    """What the page is for instead of a story, as a kind and why, or None.

    Its own name and fields that no story has speak of dated pages too, the shelf that it lies on only of others.
    """
    titles = (_JOINT.split(simpler(claim)) for claim in (headline.text or "", *claims_of(data)[:_CLAIMS]))
    # 联系我们 - 河岸公司, and 河岸网 - 网站介绍
    own = [part for one, *more in titles for part in (one, *(more if len(one) < _SHORTEST_TITLE else ())[:1])]
    if name := next((part for part in own if len(part) <= _LONGEST and _PAGES.fullmatch(part)), None):
        return "other", f"a page about the site, by its title {name!r}"
    labels = _labels(segments[headline.end or 0 :][:_TOP])
    for what, (words, least) in _FIELDS.items():
        if len(found := words & labels) >= least:
            return "other", f"{what}, by its fields {', '.join(sorted(found))}"
    lines = [line for block in blocks if block.text for line in block.text.split("\n")]
    short = (line for line in lines if len(line) <= _LONGEST_LINE)
    if lines and sum(_CONTACT.search(simpler(line)) is not None for line in short) > _MOST * len(lines):
        return "other", "nothing but how to reach its owner"
    shelves = [] if dated else [part for claim in claims_of(data) for part in parts_of(simpler(claim))[1:]]
    shelf = next((part for part in shelves if len(part) <= _LONGEST and _SHELVES.fullmatch(part)), None)
    return ("other", f"of the shelf {shelf!r}, and it bears no day") if shelf else None


def _labels(segments: Sequence[Segment]) -> set[str]:
    """What the lines and cells name before a colon, or as all that they say."""
    found: set[str] = set()
    for line in segments:
        if line.chars <= _LONGEST_LINE:
            text = simpler(line.text)
            named = _LABEL.findall(text) if _COLON.search(text) else ()
            found.update("".join(label.split()) for label in (*named, text))
    return found
