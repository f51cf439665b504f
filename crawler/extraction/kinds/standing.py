"""Permanent pages that are no stories: 联系我们, a product, a teacher's profile, how to apply for a card."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from crawler.extraction.model import Block, Kind
from crawler.extraction.phrases.surnames import is_signature
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import Headline, claims_of, flat, heading_weight, parts_of
from crawler.extraction.vocabulary import sentence, table
from wangqi.text.folding import simpler

_PAGES = sentence("standing", "pages")
_SHELVES = sentence("standing", "shelves")
_CONTACT = sentence("standing", "contact")
_OWNERS, _LIFE = sentence("standing", "owners"), sentence("standing", "life")
_COMPANY = sentence("standing", "company")
_DOWNLOAD, _GET = sentence("standing", "download"), sentence("standing", "get")
_FILM = sentence("standing", "film")
_FIELDS = {what: (frozenset(words.split()), least) for what, (words, least) in table("standing", "fields").items()}
_UNDATED = {what: (frozenset(words.split()), least) for what, (words, least) in table("standing", "undated").items()}
_LONGEST = 24  # characters of a title that is the name of such a page
_TOP = 60  # lines below the headline among which the fields stand
_LABEL = re.compile(r"([^\W\d_][\w -]{1,10}?)\s*[:：】]")
_COLON = re.compile("[:：】]")
_LONGEST_LINE = 80
_MOST = 0.5  # of a body's lines that may say how to reach somebody
_JOINT = re.compile(r"\s*[-－–—_|｜·»>]+\s*")
_COMMA = re.compile("[,，]")
_SHORTEST_TITLE = 10  # characters of a claim's first part by which it is a headline
_CLAIMS = 2
_HEADING = 1.2  # weight of a heading of the page, and none of a box on it
_ABOVE = 10  # lines above a headline among which its breadcrumb stands
_HOME = re.compile(r"首页|主页|当前位置|(?:所在|您的?)位置|home", re.IGNORECASE)
_BEGINNING = 600  # characters of a page in which it says whose life it tells
_LEAST_LIFE = 2
_LITTLE = 100  # characters of text beside a film


def standing_page(
    data: PageData,
    headline: Headline,
    blocks: Sequence[Block],
    segments: Sequence[Segment],
    *,
    dated: bool,
    is_part: bool = False,
) -> tuple[Kind, str] | None:
    """What the page is for instead of a story, as a kind and why, or None.

    Its own name and fields that no story has speak of dated pages too, the shelf that it lies on and what its title
    promises only of others. A part that its work lists may bear any name: a book on springs has a chapter Contact.
    """
    claims = claims_of(data)[:_CLAIMS]
    is_shown = headline.index is not None and heading_weight(segments[headline.index]) >= _HEADING
    shown = headline.text or ""
    is_own = is_shown or any(flat(shown) in flat(claim) for claim in claims)  # else it heads a box at the page's edge
    titles = [_JOINT.split(simpler(claim)) for claim in (*([shown] if is_own else ()), *claims)]
    # 联系我们 - 河岸公司, and 河岸网 - 网站介绍
    own = [part for one, *more in titles for part in (one, *(more if len(one) < _SHORTEST_TITLE else ())[:1])]
    if not is_part and (name := next((part for part in own if len(part) <= _LONGEST and _PAGES.fullmatch(part)), None)):
        return "other", f"a page about the site, by its title {name!r}"
    labels = _labels(segments[headline.end or 0 :][:_TOP])
    for what, (words, least) in (_FIELDS if dated else _FIELDS | _UNDATED).items():
        if len(found := words & labels) >= least:
            return "other", f"{what}, by its fields {', '.join(sorted(found))}"
    lines = [line for block in blocks if block.text for line in block.text.split("\n")]
    short = (line for line in lines if len(line) <= _LONGEST_LINE)
    if lines and sum(_CONTACT.search(simpler(line)) is not None for line in short) > _MOST * len(lines):
        return "other", "nothing but how to reach its owner"
    if any(map(_FILM.fullmatch, labels)) and sum(map(len, lines)) < _LITTLE:
        return "other", "a film and hardly a word"
    return None if dated else _by_its_place(data, headline, lines, segments, titles)


def _by_its_place(
    data: PageData, headline: Headline, lines: Sequence[str], segments: Sequence[Segment], titles: Sequence[list[str]]
) -> tuple[Kind, str] | None:
    """What the title and the shelf say of a page that bears no day."""
    title = next((each[0] for each in titles if each[0]), "")
    shelves = [part for claim in claims_of(data) for part in parts_of(simpler(claim))[1:]]
    crumbs = list(_crumbs(headline, title, segments))
    short = (part for part in (*shelves, *crumbs) if len(part) <= _LONGEST)
    if shelf := next(filter(_SHELVES.fullmatch, short), None):
        return "other", f"of the shelf {shelf!r}, and it bears no day"
    if _COMPANY.fullmatch(_COMMA.split(title)[0]):
        return "other", f"a company's page, by its title {title!r}"
    if _DOWNLOAD.fullmatch(title) and any(_GET.fullmatch(simpler(line.text)) or line.document for line in segments):
        return "other", f"a page to download something from, by its title {title!r}"
    owners = (*crumbs, *(part for one in titles for part in one[1:]))
    if (name := is_signature(title)) and any(map(_OWNERS.search, owners)):
        told = simpler("".join(lines)[:_BEGINNING])
        if name in told and len(set(_LIFE.findall(told))) >= _LEAST_LIFE:
            return "other", f"the page of a person, {name!r}"
    return None


def _crumbs(headline: Headline, title: str, segments: Sequence[Segment]) -> Iterator[str]:
    """The names of the columns that lead from the front page to this one."""
    top = headline.index
    if top is None:
        top = next((at for at, line in enumerate(segments) if simpler(line.text) == title), 0)
    above = [part for line in segments[max(0, top - _ABOVE) : top] if line.src is None for part in _steps(line)]
    home = next((at for at, part in enumerate(above) if _HOME.search(part)), len(above))
    yield from islice(above, home + 1, None)


def _steps(line: Segment) -> list[str]:
    return [part.strip() for part in re.split(r"[>›»/\\→:：]+", simpler(line.text)) if part.strip()]


def _labels(segments: Sequence[Segment]) -> set[str]:
    """What the lines and cells name before a colon, or as all that they say."""
    found: set[str] = set()
    for line in segments:
        if line.chars <= _LONGEST_LINE:
            text = simpler(line.text)
            named = _LABEL.findall(text) if _COLON.search(text) else ()
            found.update("".join(label.split()) for label in (*named, text))
    return found
