"""Pages with another purpose than a story: they sell, present a person or a shop, or answer a search."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.kinds.declared import THREAD, declared, is_article
from crawler.extraction.kinds.forms import is_a_form
from crawler.extraction.kinds.goods import is_of_a_thing, is_price_list, is_shelf
from crawler.extraction.kinds.posts import opens_with_a_text, posts_of
from crawler.extraction.kinds.standing import standing_page
from crawler.extraction.kinds.telling import is_telling
from crawler.extraction.locate import Located
from crawler.extraction.model import Block, Kind
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import SITE_WORDS, Headline, claims_of, flat, parts_of
from crawler.extraction.vocabulary import sentence
from wangqi.text.folding import simpler

_COUNTER = sentence("purposes", "counter")
_SEARCH = sentence("purposes", "search")
_FILED = sentence("purposes", "filed")
_FOUND = sentence("purposes", "found")
_PERIOD = sentence("purposes", "period")
_MESSAGE = re.compile(r"(?:系统|错误|出错|信息|温馨)?提示(?:信息|页面?)?|(?:error|system) message", re.IGNORECASE)
_LITTLE = 300  # characters of prose beside a message
_ENTRY, _ENTRIES = 8, 3  # characters of a link that may be a headline, and how many of them make a list
_CLIPS = 16
_OF_AUTHOR = re.compile(r"(?:author|(?:posts|articles|stories) by)\b.*|.*, author at .*", re.IGNORECASE)
_SEARCH_PATH = re.compile(r"/(?:search|s|so|query|find)(?:[/.]|$)|search", re.IGNORECASE)
_ASKED = frozenset(("q", "wd", "word", "kw", "keyword", "keywords", "query", "search", "searchword", "key"))
_ROOT = re.compile(r"/?(?:index|default|home)?(?:\.\w{3,5})?", re.IGNORECASE)
_INDEX = re.compile(
    r"(?:(?:网站|论坛|社区|站点)?首页|主页|(?:forum |board )?index(?: page)?|home(?: ?page)?)", re.IGNORECASE
)
_POINT = re.compile(r"\s+[•·]\s+")
_LONGEST_TITLE = 120
_NAME = re.compile(rf"(?:{SITE_WORDS}|news|daily|times)$", re.IGNORECASE)
_ASKING = ("text", "email", "password")
_FORM = re.compile(
    r"(?:免费|用户|会员|新用户|立即)?(?:注册|登[录陆入])(?:新?(?:用户|会员|账号))?(?:--.*)?"
    r"|(?:register|registration|sign (?:up|in)|log ?in|create (?:an )?account)",
    re.IGNORECASE,
)
_SHORT = 24  # characters of a label, a button or a counter
_LONGEST_COUNT = 40
_COUNTERS = 2


def purpose_of(
    tree: HtmlElement,
    data: PageData,
    place: Located,
    url: str,
    *,
    blocks: Sequence[Block],
    dated: bool,
    is_part: bool = False,
) -> tuple[Kind, str] | None:
    """What the page is instead of a story, and why; None where nothing says so.

    What a page declares of itself holds for dated pages too; its buttons speak only where no date speaks for a story.
    Where `is_part`, its work lists it or turns to it.
    """
    headline, segments = place.headline, place.segments
    named = _named(tree, data, place, is_part=is_part) or _front(tree, data, place) or _plays(data, segments)
    shown = None if dated else _shown(tree, data, headline, segments, url)
    return (
        named
        or shown
        or standing_page(data, headline, blocks, segments, dated=dated, is_part=is_part)
        or (None if is_part else _discussed(data, place))
    )


def _named(tree: HtmlElement, data: PageData, place: Located, *, is_part: bool) -> tuple[Kind, str] | None:
    """What the page declares itself to be; a long text in a forum is a story, whatever is said below it."""
    kind, what = declared(tree, data, place.headline, place.segments) or (None, "")
    if kind is None or (what == THREAD and (is_part or opens_with_a_text(place.body, place.segments))):
        return None
    return kind, f"the page declares itself {what}"


def _discussed(data: PageData, place: Located) -> tuple[Kind, str] | None:
    count, headed = (0, False) if is_article(data) else posts_of(place.body, place.segments)
    kind: Kind = "listing" if headed else "other"
    return (kind, f"{count} texts beside one another, each with its day and name") if count else None


def _plays(data: PageData, segments: Sequence[Segment]) -> tuple[Kind, str] | None:
    """A clip on a portal of clips; one that stands alone may be an issue of its series."""
    if not (data.first("og:type") or "").lower().startswith("video"):
        return None
    entries = sum(line.chars >= _ENTRY and line.link_chars >= 0.8 * line.chars for line in segments)
    return ("listing", f"the page declares itself a film and names {entries} others") if entries >= _CLIPS else None


def _front(tree: HtmlElement, data: PageData, place: Located) -> tuple[Kind, str] | None:
    """The front page of a site, the index of a forum, and a form to register: pages that are titled by nothing else."""
    if is_article(data):
        return None
    headline = place.headline
    # Some sites declare their root for every page: such a page shows no headline that its head claims, either.
    claims = [flat(claim) for claim in claims_of(data)]
    is_claimed = headline.index is not None and any(flat(headline.text or "") in claim for claim in claims)
    address = data.canonical or data.first("og:url") or ""
    is_website = headline.index is None and (data.first("og:type") or "").lower() == "website"
    if (not is_claimed and address.startswith("http") and is_root(address)) or (is_website and _is_name(data)):
        return "listing", "the page bears the name of its site and no headline"
    parts = [simpler(part) for part in _POINT.split(data.head_title) if len(part) < _LONGEST_TITLE]
    parts = [inner for part in parts for inner in parts_of(part)]
    if len(parts) > 1 and any(_INDEX.fullmatch(part) for part in parts):
        return "listing", f"the page is titled {data.head_title[:40]!r}"
    if filed := next((part for part in (simpler(headline.text or ""), *parts[:1]) if _FILED.fullmatch(part)), None):
        return "listing", f"what is filed under one word, by its title {filed!r}"
    if _PERIOD.fullmatch(simpler(headline.text or "")) and place.body.prose < _LITTLE:
        return "listing", f"what is of one time, by its title {headline.text!r}"
    is_form = any(map(_FORM.fullmatch, parts)) and any(node.get("type") in _ASKING for node in tree.iter("input"))
    return ("other", f"a form, by its title {data.head_title[:_SHORT]!r}") if is_form else None


def _is_name(data: PageData) -> bool:
    """Whether all that the page claims of its title is one name of a site."""
    parts = {flat(part): part for claim in claims_of(data) for part in parts_of(claim)}
    return len(parts) <= 1 and all(_NAME.search(part) for part in parts.values())


def is_root(address: str) -> bool:
    """Whether an address is that of a site's front page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.query and _ROOT.fullmatch(parts.path) is not None


def _shown(
    tree: HtmlElement, data: PageData, headline: Headline, segments: Sequence[Segment], url: str
) -> tuple[Kind, str] | None:
    if is_search(data, url):
        return "listing", "the page answers a search"
    labels = _labels(segments)
    return (
        _titled(data, segments)
        or _sells(tree, data, headline, segments)
        or _counts(tree, labels, segments)
        or (None if is_telling(headline) else _asks(tree, headline, segments))
    )


def _titled(data: PageData, segments: Sequence[Segment]) -> tuple[Kind, str] | None:
    """What is told by the title, and by how little or how many headlines stand below it."""
    first, *others = parts_of(simpler(data.head_title)) or [""]
    title = f"by its title {data.head_title[:_SHORT]!r}"
    if any(map(_MESSAGE.fullmatch, (first, *others))) and sum(line.prose for line in segments) < _LITTLE:
        return "soft_404", f"a message, {title}"
    entries = sum(line.chars >= _ENTRY and line.link_chars >= 0.8 * line.chars for line in segments)
    return ("other", f"an author's page, {title}") if _OF_AUTHOR.fullmatch(first) and entries >= _ENTRIES else None


def _sells(
    tree: HtmlElement, data: PageData, headline: Headline, segments: Sequence[Segment]
) -> tuple[Kind, str] | None:
    if is_of_a_thing(tree, headline.index or 0, segments):
        return "other", "the page names a price and sells"
    # an article may compare what others sell
    return ("listing", "a shelf of things with their prices") if not is_article(data) and is_shelf(segments) else None


def _counts(tree: HtmlElement, labels: Sequence[str], segments: Sequence[Segment]) -> tuple[Kind, str] | None:
    if len({found[0] for label in labels if (found := _COUNTER.match(label))}) >= _COUNTERS:
        return "other", "the page counts somebody's followers and works"
    lines = (simpler(segment.text) for segment in segments if 0 < segment.chars <= _LONGEST_COUNT)
    if any(map(_FOUND.search, lines)) and any(node.get("type", "text") == "text" for node in tree.iter("input")):
        return "listing", "the page counts what a search found"
    return None


def _asks(tree: HtmlElement, headline: Headline, segments: Sequence[Segment]) -> tuple[Kind, str] | None:
    if is_a_form(tree, headline, segments):
        return "other", "a form stands where a story would"
    return ("other", "the page names prices and tells nothing") if is_price_list(segments) else None


def _labels(segments: Sequence[Segment]) -> list[str]:
    return [simpler(segment.text) for segment in segments if 0 < segment.chars <= _SHORT]


def is_search(data: PageData, url: str) -> bool:
    """Whether title or address say that the page answers a search."""
    try:
        parts = urlsplit(url)
        asked = any(name.lower() in _ASKED and value for name, value in parse_qsl(parts.query))
    except ValueError:
        return False
    if asked and _SEARCH_PATH.search(f"{parts.hostname}{parts.path}"):
        return True
    return any(_SEARCH.fullmatch(simpler(part)) for claim in claims_of(data) for part in parts_of(claim))
