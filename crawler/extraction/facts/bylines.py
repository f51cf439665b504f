"""All credits of one page, gathered from its claims, its head, its story and its foot."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice, pairwise, zip_longest

from crawler.extraction.facts.surroundings import Surroundings
from crawler.extraction.model import Block, Credit
from crawler.extraction.phrases.credits import (
    UNNAMED_ORIGINS,
    byline,
    clean_name,
    labelled,
    licence,
    person,
    reporters,
    unique,
)
from crawler.extraction.phrases.dates import dates_in
from crawler.extraction.phrases.desks import beside_date, from_print, is_outlet, outlet_above_date
from crawler.extraction.phrases.english_names import english_byline
from crawler.extraction.source.metadata import PageData, names_of
from crawler.extraction.story.title import flat, parts_of
from crawler.extraction.vocabulary import roles, words
from wangqi.text.folding import simpler

_LABELS = roles()
_NOBODY = words("names", "nobody") - UNNAMED_ORIGINS
_SENTENCE = re.compile(r"[，。！？；]")
_WORD = re.compile(r"[a-z0-9_-]+")
_IN_TABLES = ("source", "publisher", "licence")  # a menu may hold a lone "记者", but hardly a lone "来源"
_NO_PERSON = ("图", "图片", "照片", "网络")  # 资料图, 视频截图: a kind of picture, not who made it
_BYLINE_LENGTH = 60
_SIGNATURE = 3  # lines
_NAMED = ("author", "source")
_FOOT_ROLES = ("publisher", "licence")
_META_AUTHOR = re.compile(r"(?:.*[:._-])?(?:author|byl)|dc.creator")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ISSUER = re.compile(r"发[布文]|發[布佈文]|供稿|信息提供")
_LABEL = re.compile(r"^\s*(?:来源|來源|source)\s*[:：]\s*", re.IGNORECASE)
_LONGEST_SOURCE = 40
_FULL_NAME = re.compile(r"[^\u3400-\u9fff]*[A-Z ][^\u3400-\u9fff]*")
_META_SOURCE = re.compile(r"(?:(?:article|news|og|dc)[.:_-]?)?(?:content)?(?:source|copyfrom)(?:[_-]?name)?")
_BLOG = re.compile(
    r"(?P<name>\S{2,20}?)\s*(?:的|'s |’s )\s*(?:博客|部落格|网志|網誌|专栏|專欄|(?:个人)?空间|个人主页|blog)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 200


def gather(
    data: PageData,
    around: Surroundings,
    blocks: Sequence[Block],
    platform: Sequence[Credit],
    *,
    outlet: Callable[[], Iterable[Credit]] = tuple,
    unlabelled: Iterable[Callable[[], Iterable[Credit]]] = (),
) -> tuple[Credit, ...]:
    """Credits in order of trust; a name inside the story counts as author only when nothing around it names one."""
    found = list(platform)
    for lines in (around.head, around.inside):
        found.extend(_of_lines(lines))
        found.extend(credit for line in lines for credit in byline(line))
    found.extend(_of_lines(around.apart))
    roles = {credit.role for credit in found}
    found.extend(credit for credit in _beside_dates(around.head) if credit.role not in roles)
    if not platform and not any(credit.role == "source" for credit in found):
        found.extend(credit for credit in outlet() if not _is_author(credit, found))
    found.extend(_declared(data, found, around.head))
    known = {credit.role for credit in found}
    found.extend(credit for credit in _signature(blocks) if credit.role not in known)
    if not any(credit.role == "source" for credit in found):
        found.extend(credit for line in (*around.head, *_closing(blocks)) for credit in from_print(line))
    if not any(credit.role == "author" for credit in found):
        found.extend(_at(_inside(blocks), "text"))
    known = {credit.role for credit in found}
    if not platform and not {"author", "source"} <= known:
        for credit in chain.from_iterable(finder() for finder in unlabelled):
            if credit.role not in known and not _is_author(credit, found) and not _is_site(credit, data):
                found.append(credit)
                known.add(credit.role)
    if not any(credit.role == "author" for credit in found):
        found.extend(_accounts(data, found) or _blogger(data))
    pictures = [block for block in blocks if block.credit and not block.credit.endswith(_NO_PERSON)]
    found.extend(
        Credit(role="photographer", name=block.credit or "", raw=block.text, place="caption") for block in pictures
    )
    found.extend(_foot(around.foot))
    if account := next((credit for credit in platform if credit.role == "account"), None):
        found.append(Credit(role="source", name=account.name, raw=account.raw, place="platform"))
    return unique(sorted(filter(partial(_is_told, around.head), found), key=_is_issuer))


def _is_told(head: Sequence[str], credit: Credit) -> bool:
    """False for a source that only says "the net" (网络), unless it stands in the head and so is the whole story's."""
    if credit.role != "source":
        return True
    if credit.name in _NOBODY or (credit.place == "meta" and _WORD.fullmatch(credit.name)):
        return False  # a button beside the date, and the name of a form's field
    if credit.name not in UNNAMED_ORIGINS:
        return True
    return any(credit.raw in line for line in head)


def _is_site(author: Credit, data: PageData) -> bool:
    """Whether a link to a profile names nobody but the site, by whose account all is posted."""
    names = map(flat, parts_of(data.first("og:site_name") or ""))
    return author.role == "author" and author.place == "profile" and flat(author.name) in names


def _is_author(source: Credit, found: Sequence[Credit]) -> bool:
    """Whether an unlabelled source is just the author."""
    authors = (credit.name for credit in found if credit.role == "author")
    return any(source.name in name or name in source.name for name in authors)


def _is_issuer(credit: Credit) -> bool:
    """Whether it names the office that published the page, or just the net: a source only where no other is named."""
    return credit.role == "source" and (_ISSUER.match(credit.raw) is not None or credit.name in UNNAMED_ORIGINS)


def _at(found: Iterable[Credit], place: str) -> list[Credit]:
    return [replace(credit, place=place) for credit in found]


def _of_lines(lines: Sequence[str]) -> Iterator[Credit]:
    for place, line in enumerate(lines):
        # "来源：" or "来源" in one element and the name in the next one
        follower = lines[place + 1] if place + 1 < len(lines) else ""
        if line.rstrip().endswith((":", "：")) and not _SENTENCE.search(follower):
            yield from labelled(line + follower)
        elif _LABELS.get(simpler(line.strip())) in _IN_TABLES and follower.strip() not in _LABELS:
            yield from labelled(f"{line.strip()}：{follower}")
        else:
            yield from labelled(line)


def _beside_dates(lines: Sequence[str]) -> Iterator[Credit]:
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        yield from beside_date(line) or outlet_above_date(line, below)


def _declared(data: PageData, found: Sequence[Credit], head: Sequence[str]) -> Iterator[Credit]:
    """Machine-readable names, where the page labels none: a person of JSON-LD, the source of government meta.

    A meta element may name the site, its owner or a former editor as the author of all pages: a Chinese name counts
    where the page prints it between headline and story.
    """
    roles = {credit.role for credit in found}
    if "author" not in roles:
        printed = (claim for claim in _meta_authors(data) if _FULL_NAME.fullmatch(claim) or _is_printed(claim, head))
        claims = (("json-ld", names_of(data.article.get("author"))), *(("meta", claim) for claim in printed))
        owners = _owners(data, found)
        named = {credit.name for credit in found if credit.place == "element"}
        persons = (
            _beside_day(claim, head, place) or _claimed(claim, owners, place)
            for place, claim in claims
            if claim and not (claim in named and is_outlet(simpler(claim)))
        )
        yield from islice(filter(None, persons), 1)
    if "source" not in roles:
        said = (data.meta[name] for name in data.meta if _META_SOURCE.fullmatch(name))
        names = ((clean_name(_LABEL.sub("", raw), person=False), raw) for raw in said if len(raw) <= _LONGEST_SOURCE)
        yield from islice((Credit(role="source", name=name, raw=raw, place="meta") for name, raw in names if name), 1)


def _accounts(data: PageData, found: Sequence[Credit]) -> list[Credit]:
    """The account name of an author, such as "khd"; used last, since any other name on the page says more."""
    accounts = (claim for claim in _meta_authors(data) if not _FULL_NAME.fullmatch(claim) and not _HAN.search(claim))
    return list(islice(filter(None, (_claimed(claim, _owners(data, found), "meta") for claim in accounts)), 1))


def _blogger(data: PageData) -> list[Credit]:
    """Who writes the blog that the page says it is of: 康大文的博客."""
    for part in parts_of(data.head_title[:_LONGEST_TITLE]):
        if (blog := _BLOG.fullmatch(part)) and (name := person(blog["name"])):
            return [Credit(role="author", name=name, raw=part, place="head")]
    return []


def _meta_authors(data: PageData) -> list[str]:
    return [data.meta[name] for name in data.meta if _META_AUTHOR.fullmatch(name)]


def _owners(data: PageData, found: Sequence[Credit]) -> tuple[str, ...]:
    site = data.first("og:site_name", "application-name") or data.head_title
    # Of "River.com", a Chinese site, "River" is no person.
    brand = (site.partition(".")[0],) if _HAN.search(data.head_title) else ()
    return (site, *brand, *(credit.name for credit in found))


def _is_printed(claim: str, head: Sequence[str]) -> bool:
    return (name := person(claim)) is not None and any(name in line for line in head)


def _beside_day(claim: str, head: Sequence[str], place: str) -> Credit | None:
    """The claimed author (a person or the outlet itself) when a line beside the date is exactly that name."""
    for line, other in (*pairwise(head), *((below, above) for above, below in pairwise(head))):
        if line == claim and "_" not in claim and len(other) <= _BYLINE_LENGTH and any(dates_in(other)):
            return Credit(role="author", name=claim, raw=line, place=place)
    return None


def _claimed(claim: str, owners: Sequence[str], place: str) -> Credit | None:
    """The person whom a claim names; None where it names the owner of the site, or is an account or an address."""
    if "/" in claim or "_" in claim:
        return None
    if _HAN.search(claim):
        name = person(claim)
        is_owner = name is not None and any(flat(name) in flat(owner) for owner in owners)
    else:
        name = person(english_byline(f"By {claim}") or claim)
        is_owner = name is not None and any(flat(name) == flat(owner) for owner in owners)
    return Credit(role="author", name=name, raw=claim, place=place) if name and not is_owner else None


def _signature(blocks: Sequence[Block]) -> list[Credit]:
    """Author and source that the last lines name, such as "文字：甲　摄影：乙"."""
    found = (credit for line in _closing(blocks) for credit in labelled(line) if credit.role in _NAMED)
    return _at(found, "signature")


def _closing(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks[-_SIGNATURE:] if len(block.text) < _BYLINE_LENGTH]


def _inside(blocks: Sequence[Block]) -> Iterator[Credit]:
    """The first two and the last three texts: "本报讯（记者 甲）", "本报记者 甲", "（甲）"."""
    texts = [block.text for block in blocks if block.kind not in ("image", "caption", "table", "list")]
    for text in dict.fromkeys((*texts[:2], *texts[-_SIGNATURE:])):
        here = [*(byline(text) if len(text) < _BYLINE_LENGTH else ()), *reporters(text)]
        yield from here
        if here:
            return


def _foot(lines: Sequence[str]) -> Iterator[Credit]:
    for line in lines:
        yield from _at((credit for credit in labelled(line) if credit.role in _FOOT_ROLES), "foot")
        if number := licence(line):
            yield number
