"""What a page says about itself to machines: meta elements, JSON-LD, canonical link, language."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

_ARTICLE_TYPES = ("article", "posting", "report", "news")
_MOST_PERSONS = 8
_NAME = re.compile(r"[A-Za-z][\w-]{2,40}")
_LONGEST_HELD = 80
_MAX_JSON = 1 << 20  # a story's own JSON-LD is some KB; a megabyte of it is a catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """Machine-readable claims of a page.

    Attributes:
        meta: Lower-case name, property or itemprop to the first content that is not blank; also of hidden fields.
        article: The JSON-LD object of the story, empty when there is none.
        types: What its JSON-LD says that the page is of, lower case.
        head_title: Text of `<title>`, blanks collapsed.
    """

    meta: Mapping[str, str]
    article: Mapping[str, object]
    head_title: str
    canonical: str | None
    base: str | None
    language: str | None
    types: frozenset[str] = frozenset()

    def first(self, *names: str) -> str | None:
        """Content of the first of these meta names that has one."""
        return next((self.meta[name] for name in names if name in self.meta), None)


def page_data(tree: HtmlElement) -> PageData:
    meta: dict[str, str] = {}
    articles: list[dict[str, object]] = []
    types: set[str] = set()
    head_title = canonical = base = None
    hidden: dict[str, str] = {}
    for node in tree.iter("meta", "title", "link", "base", "script", "textarea", "input"):
        tag = node.tag
        if tag == "meta":
            name, content = _meta(node)
            if name and content:
                meta.setdefault(name, content)
        elif tag == "title":
            head_title = head_title or " ".join("".join(node.itertext()).split())
        elif tag == "link":
            canonical = canonical or _canonical(node)
        elif tag == "base":
            base = base or node.get("href")
        elif tag in ("textarea", "input"):
            _hold(node, hidden)
        elif "ld+json" in (node.get("type") or "").lower() and node.text:
            for kinds, value in _objects(node.text):
                types |= kinds
                articles.extend([value] if _is_article(kinds, value) else [])
    return PageData(
        meta=hidden | meta,
        article=articles[0] if articles else {},
        head_title=head_title or "",
        canonical=canonical,
        base=base,
        language=tree.get("lang") or tree.get("xml:lang") or meta.get("content-language"),
        types=frozenset(types),
    )


def _hold(node: HtmlElement, hidden: dict[str, str]) -> None:
    """Keep what a page holds for its scripts in a field that nobody fills in: <textarea class="article-time">."""
    value = node.get("value") if node.tag == "input" else node.text
    name = node.get("name") or node.get("id") or node.get("class") or ""
    is_held = node.get("type") == "hidden" if node.tag == "input" else node.get("name") is None
    if is_held and value and len(value) <= _LONGEST_HELD and _NAME.fullmatch(name):
        hidden.setdefault(name.lower(), value.strip())


def _canonical(link: HtmlElement) -> str | None:
    return link.get("href") if "canonical" in (link.get("rel") or "").lower().split() else None


def _meta(node: HtmlElement) -> tuple[str, str]:
    name = next(filter(None, map(node.get, ("property", "name", "itemprop", "http-equiv"))), "")
    return name.lower(), (node.get("content") or node.get("value") or "").strip()


def _is_article(kinds: set[str], value: dict[str, object]) -> bool:
    return any(word in kind for word in _ARTICLE_TYPES for kind in kinds) or ("pubDate" in value and "title" in value)


def _objects(source: str) -> Iterator[tuple[set[str], dict[str, object]]]:
    """The JSON-LD objects of the page itself, each with its types."""
    if len(source) > _MAX_JSON:
        return
    try:
        waiting = deque([json.loads(source, strict=False)])
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            given = value.get("@type", "")
            yield {str(kind).lower() for kind in (given if isinstance(given, list) else [given])}, value
            waiting.extend(value[key] for key in ("@graph", "mainEntity") if key in value)


def text_of(value: object) -> str | None:
    """The name or text inside a JSON-LD value, or None."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value")
    if not isinstance(value, str):
        return None
    # JSON may hold what no text should: NUL and halves of surrogate pairs
    return " ".join("".join(sign for sign in value if sign.isprintable() or sign.isspace()).split()) or None


def names_of(value: object) -> str | None:
    """The persons that a JSON-LD value names, joined by "、"; None where it names none."""
    listed = value if isinstance(value, list) else [value]
    persons = (
        each for each in listed if isinstance(each, dict) and "organization" not in str(each.get("@type")).lower()
    )
    return "、".join(dict.fromkeys(filter(None, map(text_of, islice(persons, _MOST_PERSONS))))) or None
