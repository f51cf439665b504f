"""JSON that a page or an answer holds: rows with titles and addresses, a story's text, pieces of HTML."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.model import SeriesLink
from crawler.extraction.source.feeds import MOST_ROWS
from crawler.extraction.source.scripts import looks_like_address
from wangqi.addresses import resolve
from wangqi.titles.anatomy import key, strip_decoration

_LONGEST = 8 << 20  # characters
_MOST_OBJECTS = 50_000
_CALLBACK = re.compile(r"\s*[\w$.]{1,80}\s*\(\s*(?=[\[{])")
# Begun at the start of a word only: WeChat's scripts are 3 MB of long words.
_STATE = re.compile(
    r"(?<![\w$])(?:window\.)?(?:__[A-Z_]+__|[\w$]*(?:[Dd]ata|[Ss]tate|[Ll]ist|[Aa]rticle))\s*=\s*(?=[\[{])"
)
_PARSED = re.compile(r"\bJSON\.parse\(\s*'((?:[^'\\\n]|\\.)*)'")
_ESCAPED = re.compile(r"\\(['\\/])")
_TITLES = ("title", "headline", "name", "subject", "doctitle", "articletitle", "newstitle", "infotitle")
_ADDRESSES = (
    "url",
    "link",
    "href",
    "linkurl",
    "articleurl",
    "docpuburl",
    "external_url",
    "pageurl",
    "detailurl",
    "path",
)
_TEXTS = ("content", "body", "text", "articlebody", "desc", "html", "detail", "contents", "article", "maintext")
_NEXT = ("next_url", "nexturl", "next", "nextpage", "next_page", "nextpageurl", "next_page_url")
_DATES = re.compile(
    r"(?:publish|pub|create|release|issue)\w*(?:date|time|at|on)|date(?:published|time)?|pubdate|ctime|time"
)
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_HTML_ROW = re.compile(r"<(?:a|li|div|tr|dd|p|h\d)\s[^<>]*\b(?:href|onclick|data-url)", re.IGNORECASE)
_TAG = re.compile(r"<[a-z/!][^<>]{0,2000}>", re.IGNORECASE)
_LINE_TAG = re.compile(r"<(?:/p|br|/div|/li|/h\d)\b[^<>]*>", re.IGNORECASE)
_SHORTEST_TITLE = 2
_LONGEST_TITLE = 200
_FEWEST_CHARACTERS = 40  # of a story
_scripts = etree.XPath("//script[not(@src)]")


def read_json(text: str) -> object:
    """The value that the text is, be it handed to a function (JSONP); None of what is no object and no list."""
    if len(text) > _LONGEST:
        return None
    found = _CALLBACK.match(text)
    at = found.end() if found else len(text) - len(text.lstrip())
    return _value_at(text, at)


def embedded(tree: HtmlElement) -> Iterator[object]:
    """The values in the page's scripts: those of a JSON type, and those that a variable is set to."""
    for script in _scripts(tree):
        source, kind = script.text or "", (script.get("type") or "").lower()
        if "ld+json" in kind or len(source) > _LONGEST:
            continue
        if "json" in kind:
            if (value := _value_at(source, len(source) - len(source.lstrip()))) is not None:
                yield value
            continue
        for found in _PARSED.finditer(source):
            if (value := _value_at(_ESCAPED.sub(r"\1", found[1]), 0)) is not None:
                yield value
        for found in _STATE.finditer(source):
            if (value := _value_at(source, found.end())) is not None:
                yield value


def _value_at(text: str, at: int) -> object:
    if text[at : at + 1] not in {"{", "["}:
        return None
    try:
        value: object = json.JSONDecoder(strict=False).raw_decode(text, at)[0]
    except (ValueError, RecursionError):
        return None
    return value


def rows(value: object, url: str) -> tuple[SeriesLink, ...]:
    """The objects with a title and an address as `entry` links, and the address of the next page as `page`."""
    found: dict[str, SeriesLink] = {}
    for each in objects(value):
        title, href = _first(each, _TITLES), _first(each, _ADDRESSES)
        plain = " ".join(_TAG.sub("", title or "").split())
        if not href or not _SHORTEST_TITLE <= len(plain) <= _LONGEST_TITLE or not looks_like_address(href):
            continue
        target = resolve(href, url)
        if target and target not in found and len(found) < MOST_ROWS:
            found[target] = SeriesLink(
                kind="entry",
                title=strip_decoration(plain),
                url=target,
                href=href,
                position=len(found),
                score=0.7,
                reasons=("a row of the page's JSON",),
            )
    return tuple(found.values())


def next_page(value: object, url: str) -> Iterator[SeriesLink]:
    """The further page that the JSON itself names, as a `page` link."""
    for each in objects(value):
        href = _first(each, _NEXT)
        if href and looks_like_address(href) and (target := resolve(href, url)):
            because = ("the JSON names it as its next page",)
            yield SeriesLink(kind="page", title="", url=target, href=href, position=0, score=0.8, reasons=because)
            return


def html_pieces(value: object) -> str:
    """The strings that are HTML with links, one after the other: rows that a script would put into its page."""
    return "\n".join(text for text in _strings(value) if _HTML_ROW.search(text))


def story_lines(values: Iterable[object], title: str | None) -> tuple[list[str], Mapping[str, object]] | None:
    """The lines of the text that stands beside the page's own title, and the object that holds both."""
    own = key(title or "")
    best: tuple[list[str], Mapping[str, object]] | None = None
    for value in values:
        for each in objects(value):
            named = key(_first(each, _TITLES) or "")
            if not own or not named or not (own.startswith(named) or named.startswith(own)):
                continue
            for text in (_first(each, (name,)) for name in _TEXTS):
                lines = _lines(text or "")
                size = sum(map(len, lines))
                if size >= _FEWEST_CHARACTERS and (best is None or size > sum(map(len, best[0]))):
                    best = lines, each
    return best


def dated(story: Mapping[str, object]) -> str | None:
    """When the object says it was published, as it writes it."""
    named = (value for name, value in story.items() if _DATES.fullmatch(name) and isinstance(value, str))
    return next((value for value in named if _DAY.match(value)), None)


def objects(value: object) -> Iterator[Mapping[str, object]]:
    """All objects within the value in reading order, the outer ones first, up to a bound."""
    waiting = [value]
    left = _MOST_OBJECTS
    while waiting and left:
        left -= 1
        current = waiting.pop()
        if isinstance(current, dict):
            yield {str(name).lower(): inner for name, inner in current.items()}
            waiting.extend(inner for inner in reversed(current.values()) if isinstance(inner, dict | list))
        elif isinstance(current, list):
            waiting.extend(inner for inner in reversed(current) if isinstance(inner, dict | list | str))


def _strings(value: object) -> Iterator[str]:
    for each in objects(value):
        for inner in each.values():
            if isinstance(inner, str):
                yield inner
            elif isinstance(inner, list):
                yield from (text for text in inner if isinstance(text, str))


def _first(each: Mapping[str, object], names: Iterable[str]) -> str | None:
    return next((value for name in names if isinstance(value := each.get(name), str) and value.strip()), None)


def _lines(text: str) -> list[str]:
    plain = unescape(_TAG.sub("", _LINE_TAG.sub("\n", text)))
    return [line for part in plain.splitlines() if (line := " ".join(part.split()))]
