"""What a page says about itself to machines: meta elements, JSON-LD, canonical link, language."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

_ARTICLE_TYPES = ("article", "posting", "report", "news")
_MOST_PERSONS = 8
_MAX_JSON = 1 << 20  # a story's own JSON-LD is some KB; a megabyte of it is a catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class PageData:
    """Machine-readable claims of a page.

    Attributes:
        meta: Lower-case name, property or itemprop to the first content that is not blank.
        article: The JSON-LD object of the story, empty when there is none.
        head_title: Text of `<title>`, blanks collapsed.
    """

    meta: Mapping[str, str]
    article: Mapping[str, object]
    head_title: str
    canonical: str | None
    base: str | None
    language: str | None

    def first(self, *names: str) -> str | None:
        """Content of the first of these meta names that has one."""
        return next((self.meta[name] for name in names if name in self.meta), None)


def page_data(tree: HtmlElement) -> PageData:
    meta: dict[str, str] = {}
    articles: list[dict[str, object]] = []
    head_title = canonical = base = None
    for node in tree.iter("meta", "title", "link", "base", "script"):
        tag = node.tag
        if tag == "meta":
            name = (
                node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or ""
            ).lower()
            content = (node.get("content") or "").strip()
            if name and content:
                meta.setdefault(name, content)
        elif tag == "title":
            head_title = head_title or " ".join("".join(node.itertext()).split())
        elif tag == "link":
            if canonical is None and "canonical" in (node.get("rel") or "").lower().split():
                canonical = node.get("href")
        elif tag == "base":
            base = base or node.get("href")
        elif "ld+json" in (node.get("type") or "").lower() and node.text:
            articles.extend(_articles(node.text))
    return PageData(
        meta=meta,
        article=articles[0] if articles else {},
        head_title=head_title or "",
        canonical=canonical,
        base=base,
        language=tree.get("lang") or tree.get("xml:lang") or meta.get("content-language"),
    )


def _articles(source: str) -> Iterator[dict[str, object]]:
    if len(source) > _MAX_JSON:
        return
    try:
        waiting = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            kind = str(value.get("@type", "")).lower()
            if any(word in kind for word in _ARTICLE_TYPES) or ("pubDate" in value and "title" in value):
                yield value
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
