"""What all finders of one page share: its lines, its address, its title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from urllib.parse import urldefrag, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.links.finders.page_addresses import ScriptPages, script_pages
from crawler.extraction.links.lines import Anchor, Line
from crawler.extraction.links.reader import read_lines
from crawler.extraction.links.wording import ACCOUNT, COUNTED
from crawler.extraction.model import LinkKind, SeriesLink
from crawler.extraction.source.scripts import Scripts
from crawler.extraction.source.targets import Targets
from wangqi.addresses import resolve
from wangqi.series.shape import SeriesShape, title_shape
from wangqi.titles.anatomy import key, strip_decoration
from wangqi.titles.issues import numbering_of
from wangqi.urls import site

_SAME_PAGE = re.compile(r"\s*(?:#+(?![!/])|$)")
_SLASH = re.compile("/")
_WECHAT_BODY = etree.XPath("boolean(//div[@id='js_content'])")
_DECORATION = 16  # characters that a list's number, date and arrow add to a title
_WECHAT_ARTICLE = re.compile(r"https?://mp\.weixin\.qq\.com/s\b")
_MOST_MENUS = 4
_HEADINGS = 2  # lines without a link between two rows of one menu
_SITE_NAME = re.compile(r"\s*(?:[_|｜]|\s-\s|--+|–|—+|-(?=[^-]{2,12}$)).*$")


@dataclass(slots=True, eq=False)
class Candidate:
    """A link as one finder sees it."""

    kind: LinkKind
    title: str
    href: str | None
    score: float
    reason: str
    at: int = 0
    url: str | None = None
    in_block: bool = False


@dataclass(eq=False)
class Page:
    """One page, read once.

    Attributes:
        url: Where its relative links start from; "" where it is unknown or no address at all.
        charset: Of the page's bytes, in which the queries of its links are sent.
        targets: Of the tree, where they are known already.
        unread: How many links stand behind the last that was read.
        bounds: Sentences about what the finders left, as it stands beyond a bound of theirs.
        labelled: What `labelled_rows` has read; None until it is asked.
    """

    tree: HtmlElement
    url: str
    title: str | None
    charset: str = "utf-8"
    targets: Targets | None = field(default=None, repr=False)
    lines: list[Line] = field(init=False)
    unread: int = field(init=False)
    scripts: Scripts = field(init=False)
    bounds: dict[str, None] = field(init=False, default_factory=dict)
    labelled: dict[str, str] | None = field(init=False, default=None, repr=False)
    _targets: dict[str, str | None] = field(default_factory=dict, repr=False)
    _homes: dict[Anchor, bool] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.url = self.url if _can_be_read(self.url) else ""
        self.targets = self.targets or Targets(self.tree)
        self.scripts = self.targets.scripts
        self.lines, self.unread = read_lines(self.tree, self.targets)
        self._bare_url = self.url.partition("#")[0]
        self.title = self.title or _own_title(self.tree)

    @cached_property
    def shape(self) -> SeriesShape | None:
        """What the title says of the series, for links anywhere on the page."""
        strict = title_shape([self.title]) if self.title else None
        return strict or (self.loose_shape if self._is_column_of_site() else None)

    def _is_column_of_site(self) -> bool:
        """Whether a folder that this page lies in is called as its title begins: then 问大夫：… is no speaker."""
        names = self.loose_shape.prefixes if self.loose_shape else frozenset()
        above = (a for line in self.lines if names for a in line.anchors if self.is_above(a))
        return any(key(anchor.text) in names for anchor in above)

    @cached_property
    def loose_shape(self) -> SeriesShape | None:
        """The same where a heading already promises the series: a name that might be a speaker's is one."""
        return title_shape([self.title], strict=False) if self.title else None

    @cached_property
    def is_counted(self) -> bool:
        """Whether the title is counted by a unit that only pieces of one thing have."""
        own = numbering_of(self.title or "")
        return own is not None and own.unit in COUNTED and own.value is not None

    @cached_property
    def title_key(self) -> str:
        return key(strip_decoration(self.title or ""))

    @cached_property
    def is_wechat(self) -> bool:
        """Whether it is an article of a WeChat account, by its address, or by its body where that is unknown."""
        if self.url:
            return _WECHAT_ARTICLE.match(self.url) is not None
        return bool(_WECHAT_BODY(self.tree))

    def resolve(self, href: str) -> str | None:
        """The absolute URL, or None for one that leads to no other page."""
        try:
            return self._targets[href]
        except KeyError:
            target = None if _SAME_PAGE.match(href) else resolve(href, self.url, self.charset)
            self._targets[href] = target
            return target

    def is_self(self, anchor: Anchor) -> bool:
        """Whether the link leads to the page it stands on, or bears its title."""
        target = self.resolve(anchor.href)
        if target is not None and self.url and target.partition("#")[0] == self._bare_url:
            return True
        return self.bears_title(anchor.text)

    def bears_title(self, text: str) -> bool:
        """Whether the text is the page's own title, however decorated."""
        near = abs(len(text) - len(self.title or "")) <= _DECORATION
        return near and bool(self.title_key) and key(strip_decoration(text)) == self.title_key

    def leads_somewhere(self, anchor: Anchor) -> bool:
        """Whether the link leads to another page."""
        return self.resolve(anchor.href) is not None and not self.is_self(anchor)

    def at_home(self, anchor: Anchor) -> bool:
        """Whether it leads to another page of the same site, and no stranger left it in a comment."""
        known = self._homes.get(anchor)
        if known is None:
            leads = "nofollow" not in anchor.rel and self.leads_somewhere(anchor)
            known = self._homes[anchor] = leads and self.is_of_site(self.resolve(anchor.href) or "")
        return known

    def is_of_site(self, target: str) -> bool:
        """Whether the address is of the page's site, as far as that is known, or of an article of WeChat."""
        if self.host and target.startswith(self._root):  # most links
            return True
        return not self.site or site(target) in {self.site, ""} or _WECHAT_ARTICLE.match(target) is not None

    def is_above(self, anchor: Anchor) -> bool:
        """Whether the link leads to a folder that this page lies in: its column, whatever the column is called."""
        return (self.resolve(anchor.href) or "").partition("?")[0] in self._folders

    @cached_property
    def beside_own_row(self) -> frozenset[tuple[LinkKind, str, int]]:
        """What stands right before and behind a link of the page to itself, as in a menu: the way, target and line."""
        own = (
            line
            for line in self.lines
            if any(urldefrag(self.resolve(anchor.href) or "")[0] == self._bare_url for anchor in line.anchors)
        )
        found: set[tuple[LinkKind, str, int]] = set()
        for line in islice(own, _MOST_MENUS):
            found |= {("prev", *row) for row in self._first_row(line, -1)}
            found |= {("next", *row) for row in self._first_row(line, 1)}
        return frozenset(found)

    def _first_row(self, line: Line, step: int) -> Iterator[tuple[str, int]]:
        """The row above or below that leads to another page; between them stand at most headings and fragments."""
        bare = 0
        at = line.index + step
        while 0 <= at < len(self.lines) and bare <= _HEADINGS:
            row = self.lines[at]
            targets = {urldefrag(self.resolve(anchor.href) or "")[0] for anchor in row.anchors} - {"", self._bare_url}
            if targets:
                if len(targets) == 1:
                    yield targets.pop(), at
                return
            bare += not row.anchors
            at += step

    @cached_property
    def _folders(self) -> frozenset[str]:
        """The addresses of all folders that the page lies in."""
        path = self._bare_url.partition("?")[0]
        return frozenset(path[: found.end()] for found in _SLASH.finditer(path))

    @cached_property
    def counted(self) -> ScriptPages | None:
        """What its scripts say of the pages that it is one of."""
        return script_pages(self.scripts.source, self.url)

    @cached_property
    def account_urls(self) -> frozenset[str]:
        """Where the names of authors and accounts lead."""
        lines = (line for line in self.lines if line.anchors and ACCOUNT.search(line.text))
        return frozenset(url for line in lines for a in line.anchors if (url := self.resolve(a.href)))

    @cached_property
    def host(self) -> str:
        """With its port; "" where the address is unknown."""
        return urlsplit(self.url).netloc

    @cached_property
    def _root(self) -> str:
        """What every address of the page's own host begins with."""
        return f"{urlsplit(self.url).scheme}://{self.host}/"

    @cached_property
    def site(self) -> str:
        """The registrable domain, by the page's own claim where its URL is unknown, or ""."""
        known = site(self.url)
        if known:
            return known
        claimed = self.tree.xpath("string(//link[@rel='canonical']/@href | //meta[@property='og:url']/@content)")
        return site(str(claimed))

    def link(self, found: Candidate, position: int) -> SeriesLink:
        url = self.resolve(found.href) if found.href is not None else found.url
        return SeriesLink(
            kind=found.kind,
            title=found.title,
            url=url,
            href=found.href,
            position=position,
            in_block=found.in_block,
            score=found.score,
            reasons=(found.reason,),
        )


def _can_be_read(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def _own_title(tree: HtmlElement) -> str | None:
    """A plain guess for a caller who has none: the heading that `<title>` repeats, else `<title>` without the site."""
    written = " ".join((tree.findtext(".//title") or "").split())
    heads = [text for h in tree.iter("h1") if (text := " ".join(h.text_content().split()))]
    if not written:
        claimed = (meta.get("content") or "" for meta in tree.iterfind(".//meta[@property='og:title']"))
        return next((text.strip() for text in (*claimed, *heads) if text.strip()), None)
    fitting = [h for h in heads if key(h) and key(written).startswith(key(h))]
    return max(fitting, key=len, default=None) or _SITE_NAME.sub("", written) or written
