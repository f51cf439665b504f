"""Rules of one's own: selectors that a person has written for the pages of a host, and what they find on a page."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Final, Literal, NamedTuple, get_args
from urllib.parse import urlsplit

import regex
from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.phrases.dates import SHANGHAI
from crawler.extraction.source.segments import BLOCK_TAGS, UNSHOWN, segments_of
from wangqi.versions import RULED

Key = Literal["title", "date", "author", "source", "body", "remove", "members", "previous", "next", "rows", "pages"]
KEYS: Final[tuple[Key, ...]] = get_args(Key)
TEXTS: Final = frozenset({"title", "date", "author", "source"})  # keys that read words; the others name elements
NAMESPACES: Final = {"re": "http://exslt.org/regular-expressions"}
_MOST: Final = 5_000  # elements of one selector,
_MOST_TEXTS: Final = 12  # and of one that reads words
_TO_LOOK_AT: Final = frozenset({"img", "video", "audio", "iframe", "embed", "object", "canvas"})
_LONGEST: Final = 200_000  # characters in which a pattern is looked for: of a script, too
_SECONDS: Final = 0.25  # seconds that one search may take, of which a page has a dozen


class Selector(NamedTuple):
    """One selector.

    Attributes:
        written: As the catalogue has it.
        xpath: The same as an XPath.
        pattern: A regular expression for what of its text is meant, its first group where it has one; or None.
    """

    written: str
    xpath: str
    pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One `[[rules]]` of the catalogue.

    Attributes:
        host: For its pages and those of its subdomains.
        selectors: By key; of several the first counts that finds something, of `remove` all.
        valid_from: The first day on which pages are fetched that it speaks of. `valid_until` is the last.
    """

    host: str
    selectors: Mapping[Key, tuple[Selector, ...]] = field(hash=False)
    valid_from: date = date.min
    valid_until: date = date.max

    @property
    def name(self) -> str:
        """As it is called in whatever it is the source of."""
        return f"{RULED}{self.host}"

    @property
    def version(self) -> str:
        """Another one for other selectors."""
        spelt = repr(sorted(self.selectors.items()))
        return hashlib.sha256(spelt.encode("utf-8", "replace")).hexdigest()[:8]

    def holds(self, host: str, day: date | None) -> bool:
        """Whether it speaks of pages of this host that were fetched on this day; without a day every rule does."""
        is_own = host == self.host or host.endswith("." + self.host)
        return is_own and (day is None or self.valid_from <= day <= self.valid_until)


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment, on the clock of those who write rules."""
    return moment.astimezone(SHANGHAI).date() if moment else None


def rule_for(rules: Iterable[Rule], url: str, day: date | None) -> Rule | None:
    """The one rule for a page: among those that speak of it the one with the longest host, then the newest."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    fitting = (rule for rule in rules if rule.holds(host, day))
    return max(fitting, key=lambda rule: (len(rule.host), rule.valid_from), default=None)


def is_of_rule(reason: str) -> bool:
    """Whether a rule led to a page, by the reason why it was followed; or is where a field was read."""
    return reason.startswith(RULED)


class Matches:
    """What the selectors of a rule find on one page, all of them looked for before anything is taken out of it.

    Args:
        rule: None for a page that no rule speaks of; then every key finds nothing.
        tree: The page. Inline elements that a rule calls the body become blocks.

    Attributes:
        missed: The keys that brought nothing, with the reason.
    """

    def __init__(self, rule: Rule | None, tree: HtmlElement) -> None:
        self.rule = rule
        self.missed: dict[Key, str] = {}
        self._found: dict[Key, list[tuple[Selector, list[Any]]]] = {}
        for key, selectors in rule.selectors.items() if rule else ():
            found = [(selector, _outermost(list(self._nodes(key, selector, tree)), key)) for selector in selectors]
            self._found[key] = [each for each in found if each[1]]
            if self._found[key]:
                self.missed.pop(key, None)
            else:
                self.missed.setdefault(key, "it finds nothing")
        for node in self.body:
            node.tag = node.tag if node.tag in BLOCK_TAGS else "div"

    def _nodes(self, key: Key, selector: Selector, tree: HtmlElement) -> Iterator[Any]:
        try:
            found = compiled(selector.xpath)(tree)
        except etree.XPathError as error:
            self.missed[key] = f"it cannot be followed: {error}"
            return
        if not isinstance(found, list):
            found = [found] if isinstance(found, str) and found.strip() else []
        for node in found[: _MOST_TEXTS if key in TEXTS else _MOST]:
            if isinstance(node, HtmlElement) and isinstance(node.tag, str):
                if key != "body" or says_something(node):
                    yield node
            elif isinstance(node, str) and node.strip() and key not in {"body", "remove"}:
                yield " ".join(node.split())

    @property
    def name(self) -> str:
        """Of the rule; "" without one."""
        return self.rule.name if self.rule else ""

    def miss(self, key: Key, why: str) -> None:
        """Record that what a key found could not be used, and why."""
        self.missed[key] = why

    def matched(self, key: Key) -> bool:
        """Whether the rule has this key, and it has brought something."""
        return key in self._found and key not in self.missed

    def nodes(self, key: Key) -> list[Any]:
        """What the first selector of a key finds that finds anything: elements, or texts; of `remove` all find."""
        found = [nodes for _, nodes in self._found.get(key, ())]
        return [node for nodes in (found if key == "remove" else found[:1]) for node in nodes]

    @cached_property
    def body(self) -> tuple[HtmlElement, ...]:
        """The elements that hold the story."""
        return tuple(self.nodes("body"))

    @property
    def is_list(self) -> bool:
        """Whether it finds rows, and no body though it looks for one."""
        return self.rule is not None and "body" in self.rule.selectors and not self.body and self.matched("rows")

    def texts(self, key: Key) -> Iterator[list[str]]:
        """What each selector of a key reads, without blanks at its edges; the next is for when that is of no use."""
        for selector, nodes in self._found.get(key, ()):
            try:
                read = [meant(each, selector.pattern) for node in nodes for each in _texts_of(node, key)]
            except TimeoutError:
                self.miss(key, f"its pattern {selector.pattern!r} takes too long: it repeats what repeats something")
                continue
            if texts := list(filter(None, read)):
                yield texts
            else:
                found = next((each for node in nodes for each in _texts_of(node, key)), "")
                self.miss(key, f"its pattern is not in {found[:40]!r}" if found and selector.pattern else "it is empty")

    def removed(self) -> list[HtmlElement]:
        """The outermost elements that are to be left out; none that holds the body."""
        around = {above for node in self.body for above in (node, *node.iterancestors())}
        marked = [node for node in self.nodes("remove") if node not in around and node.getparent() is not None]
        marked.sort(key=lambda node: sum(1 for _ in node.iterancestors()))
        return _outermost(marked, "remove")


def _outermost(nodes: list[Any], key: Key) -> list[Any]:
    """Without those that stand in one before them; those that are read as texts as they are."""
    if key in TEXTS:
        return nodes
    inside: set[HtmlElement] = set()
    kept: list[Any] = []
    for node in nodes:
        if node not in inside:
            kept.append(node)
            inside.update(() if isinstance(node, str) else node.iter(etree.Element))
    return kept


@lru_cache(maxsize=512)
def compiled(xpath: str) -> etree.XPath:
    """The expression, ready for use.

    Raises:
        lxml.etree.XPathSyntaxError: It is none.
    """
    return etree.XPath(xpath, namespaces=NAMESPACES, smart_strings=False)


def says_something(node: HtmlElement) -> bool:
    """Whether an element holds words or something to look at."""
    for each in node.iter(etree.Element):
        words = (each.text if each.tag not in UNSHOWN else None, each.tail if each is not node else None)
        if each.tag in _TO_LOOK_AT or any(text and not text.isspace() for text in words):
            return True
    return False


def shown(node: HtmlElement) -> str:
    """The text of an element as a reader sees it: of `<br>` a blank; of a meta element and of a field what it holds."""
    if node.tag in {"meta", "input"}:
        text = node.get("content") or node.get("value") or ""
    elif node.tag in UNSHOWN:
        text = "".join(map(str, node.itertext()))
    else:
        text = " ".join(line.text for line in segments_of(node) if line.src is None)
    return " ".join(text.split())


def meant(text: str, pattern: str | None) -> str:
    """What of a text a pattern means, its parts named year, month and day in this order; "" where it does not fit.

    Raises:
        TimeoutError: The pattern took more than a quarter of a second (it backtracks).
    """
    if pattern is None:
        return text
    found = regex.search(pattern, text[:_LONGEST], timeout=_SECONDS)
    if not found:
        return ""
    if parts := [found[name] for name in ("year", "month", "day") if name in found.re.groupindex]:
        return "-".join(filter(None, parts))
    return (found[found.re.groups and 1] or "").strip()


def _texts_of(node: HtmlElement | str, key: Key) -> Sequence[str]:
    if isinstance(node, str):
        return (node,)
    day = node.get("datetime") if key == "date" else None
    return [text for text in (day, shown(node)) if text]
