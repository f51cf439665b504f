"""What a page tells searchers in its head, where readers do not look: hijackers advertise there."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from wangqi.copies.records import Finding, Span
from wangqi.copies.tampering.brands import stems, stems_in
from wangqi.copies.tampering.page import SHOWN, Page

# What is offered with a name: 某某官网, 某某登录.
_OFFER = re.compile(
    r"(?P<name>[\u4e00-\u9fffa-z0-9]{2,8}?)·?(?P<offer>官方网站|官网|登录|登陆|注册|入口|网址|网页版|手机版|娱乐|体育)",
    re.IGNORECASE,
)
_OFFERS = 2  # different ones of one name
_SHARED = 3  # characters that a title has in common with its text, if they have anything to do with each other
_TITLE = "head_title"


def foreign_title(page: Page) -> Finding | None:
    """The title, keywords or description advertise betting, and the text does not speak of it."""
    fields = _fields(page)
    body, (brands, _) = page.text.lower(), stems()
    found = {
        name: absent
        for name, words in fields.items()
        if (absent := [stem for stem in stems_in(words.lower()) if stem not in body])
    }
    words = list(dict.fromkeys(chain.from_iterable(found.values())))
    is_brand = bool(brands.intersection(words))
    if len(words) < 2 and not is_brand:  # one word of betting may be a figure of speech
        return None
    # A portal's own keywords may name its lottery pages on every page of it.
    is_strong = is_brand and (len(words) > 1 or len(found) > 1)
    return Finding(
        detector="foreign_title",
        version=2,
        label="off_topic_title",
        score=0.9 if is_strong else 0.6,
        summary=f"{'、'.join(found)} advertise {'、'.join(words[:4])}, of which the text says nothing",
        evidence=tuple(_spans(fields, found))[:SHOWN],
        measured=dict(found),
    )


def foreign_offer(page: Page) -> Finding | None:
    """The title has nothing in common with the text and offers a site's login, app or home page (某某官网) instead."""
    title = page.head_title.lower()
    if not title or not page.text or _shares(title, page.text.lower()):
        return None
    body, fields = page.text.lower(), _fields(page)
    offers: defaultdict[str, set[str]] = defaultdict(set)
    for words in fields.values():
        for match in _OFFER.finditer(words.lower()):
            if match["name"] in title and match["name"] not in body:
                offers[match["name"]].add(match["offer"])
    name, best = max(offers.items(), key=lambda item: (len(item[1]), item[0]), default=("", set()))
    if len(best) < _OFFERS:
        return None
    return Finding(
        detector="foreign_offer",
        version=1,
        label="off_topic_title",
        score=0.7,
        summary=f"the title has nothing to do with the text and offers {name} {'、'.join(sorted(best))}",
        evidence=tuple(_spans(fields, {field: [name] for field in fields}))[:SHOWN],
        measured={"name": name, "offers": sorted(best)},
    )


def _fields(page: Page) -> dict[str, str]:
    fields = {"title": page.title, _TITLE: page.head_title, "keywords": page.keywords, "description": page.description}
    return {name: words for name, words in fields.items() if words}


def _shares(title: str, body: str) -> bool:
    pieces = re.findall(r"\w+", title)
    return any(piece[start : start + _SHARED] in body for piece in pieces for start in range(len(piece) - _SHARED + 1))


def _spans(fields: Mapping[str, str], found: Mapping[str, list[str]]) -> Iterator[Span]:
    """Each word where it stands first in its field; the note names the field."""
    for name, words in found.items():
        for word in dict.fromkeys(words):
            if match := re.search(re.escape(word), fields[name], re.IGNORECASE):
                yield Span(start=match.start(), end=match.end(), found=match[0], note=name)
