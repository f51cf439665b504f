"""Unlabelled authors: links to their pages, elements whose class says so, lines that are only a name."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.extraction.facts.elements import called, leads_to_a_list, parts_of_line
from crawler.extraction.model import Credit
from crawler.extraction.phrases.credits import person
from crawler.extraction.phrases.english_names import BETWEEN, CAPITALS, english_byline, is_english_list, is_english_name
from crawler.extraction.phrases.surnames import begins_like_a_name, is_signature
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.body import Body
from crawler.extraction.story.title import Headline
from wangqi.addresses import is_profile
from wangqi.text.folding import simpler

_MARKED = re.compile(
    r"author(?!i[tz])|(?:byline|writers?|reporters?|zuozhe|username|nickname|user-?name|user-?info|url fn)(?![a-z])",
    re.IGNORECASE,
)
_AUTHOR_NAME = re.compile(r"author-?name", re.IGNORECASE)
_ACCOUNT = re.compile(r"nick-?name|user-?(?:name|info)|author-?name", re.IGNORECASE)
_NO_NAME = re.compile(
    r"关注|订阅|私信|主页|更多|全部|登录|注册|头像|文章|官方|\d{5}|^[\W\d]*$|follow|profile|posts?$|read|share|photo|avatar|print|page",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:by|from|author|text by|written by):?\s+", re.IGNORECASE)
# Of four characters and more are accounts and outlets; persons only with one of the long surnames, or with a point.
_LONG_SURNAMES = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|慕容|令狐|端木|范姜"
_ONE = (
    rf"(?:(?:{_LONG_SURNAMES})?[\u4e00-\u9fff]{{2,3}}|[\u4e00-\u9fff] [\u4e00-\u9fff](?![\u4e00-\u9fff])"
    r"|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,12})"
)
_HAN_NAME = re.compile(rf"{_ONE}(?:[、，\s]{_ONE}){{0,3}}")
_HAN_ACCOUNT = re.compile(r"[\u4e00-\u9fff]{2,8}")
# 文娱速递, 海港观察: accounts of outlets, which are no authors
_MEDIA = re.compile(
    r"速递|[快速]报|观察|视[界点角]|财经|[文娱]娱|娱乐|资讯|科技|体育|时评|评论|在线|小编|头条|号$|说$|圈$|录$|君$"
)
_OFFICE = re.compile(r".{0,12}(?:专栏作家|专栏作者|撰稿人|评论员|记者|作家|主笔)")
_LONGEST_NAME = 4
_HANDLE = re.compile(r"[A-Za-z][\w-]{2,24}")
_DAY = re.compile(r"(?:19|20)\d\d|\d{1,2}[:/]\d\d|\bago\b")
_SHORTEST, _LONGEST, _LONGEST_HAN = 2, 30, 16
_LEAST_LINES, _LINES = 5, 14
_ABOVE = 4
_BELOW = 6
_LINE = 80
_FIRST_PROSE = 100  # characters of a line that is of the story and no byline


def named_at_head(segments: Sequence[Segment], headline: Headline, body: Body) -> Iterator[Credit]:
    """The author whom no label names, of the lines around the headline, the surest first."""
    if body.first is None:
        return
    known = headline.index is not None and headline.index <= body.first
    top = (headline.index or 0) + 1 if known else max(0, body.first - _ABOVE)
    # A short byline is easily taken for the story's first line, and a deck for its beginning.
    until = min(max(body.first + 1, top + _LEAST_LINES), top + _LINES)
    below = _short(segments[top:until])
    # The buttons of a page may stand between its headline and its byline.
    bylines = (*below, *takewhile(lambda line: line.prose < _FIRST_PROSE, segments[top : top + _LINES]))
    if found := next(((name, line.text) for line in bylines if (name := english_byline(line.text[:_LINE]))), None):
        yield Credit(role="author", name=found[0], raw=found[1], place="byline")
        return
    above = _short(segments[max(0, top - 1 - _ABOVE) : top - 1]) if known else []
    for line in below:
        if _MARKED.search(called(line.block)) and (name := _named_in(line) or _alone(line.text)):
            yield Credit(role="author", name=name, raw=line.text, place="element")
            return
    names = list(dict.fromkeys(name for line in (*below, *above) for name in _profiles(line)))
    if len(names) == 1:  # of several, one may be the editor's or a commenter's
        yield Credit(role="author", name=names[0], raw=names[0], place="profile")
    if names:
        return
    signed = _signed(below) if known else None
    last = body.last if body.last is not None else len(segments)
    closing = (english_byline(line.text) for line in _short(segments[last : last + _BELOW]))
    if name := signed or next(filter(None, closing), None):
        yield Credit(role="author", name=name, raw=name, place="byline")


def _short(lines: Sequence[Segment]) -> list[Segment]:
    return [line for line in lines if line.text and len(line.text) <= _LINE]


def _signed(lines: Sequence[Segment]) -> str | None:
    """The name that stands alone in a line: a Chinese one, or an English one beside the day."""
    for place, line in enumerate(lines):
        if line.src is not None or line.block.tag == "li":
            continue
        if name := is_signature(line.text) or _with_office(line, lines[place + 1 : place + 2]):
            return name
        near = lines[max(0, place - 1) : place + 3]
        if is_english_name(line.text) and not leads_to_a_list(line) and any(_DAY.search(each.text) for each in near):
            return line.text
    return None


def _with_office(line: Segment, below: Sequence[Segment]) -> str | None:
    """A name, even of two characters, with the person's office in the line below it: 康文 / 专栏作家."""
    is_name = (
        len(line.text) <= _LONGEST_NAME and begins_like_a_name(simpler(line.text)) and _HAN_NAME.fullmatch(line.text)
    )
    has_office = any(_OFFICE.fullmatch(simpler(each.text)) for each in below)
    return person(line.text) if is_name and has_office else None


def _alone(text: str) -> str | None:
    """The text itself when it is only a name: several capitalised words, or a few Chinese characters."""
    text = _PREFIX.sub("", text)
    is_name = _HAN_NAME.fullmatch(text) or (" " in text and CAPITALS.fullmatch(text))
    if not is_name or len(text) > _LONGEST or _NO_NAME.search(text):
        return None
    return "、".join(BETWEEN.split(text)) if is_english_list(text) else person(text)


def _account(text: str, classes: str) -> str | None:
    """The name under which somebody writes on a platform; in letters only where the element speaks of an author."""
    text = _PREFIX.sub("", text)
    is_name = _HAN_ACCOUNT.fullmatch(text) or (_AUTHOR_NAME.search(classes) and _HANDLE.fullmatch(text))
    return person(text) if is_name and not _NO_NAME.search(text) and not _MEDIA.search(simpler(text)) else None


def _profiles(line: Segment) -> list[str]:
    """The names in elements that are called author or lead to a person's page, none that holds another one."""
    found = list(filter(None, map(partial(_name_in, line.text), parts_of_line(line))))
    classes = " ".join(called(node) for node in (line.block, line.block.getparent()) if node is not None)
    if not found and _ACCOUNT.search(classes) and (name := _account(line.text, classes)):
        found = [name]
    return [each for each in dict.fromkeys(found) if not any(_is_of(each, other) for other in found)]


def _is_of(name: str, other: str) -> bool:
    """Whether `name` is `other` with more beside it, or its account name: annferry for Ann Ferry."""
    return other != name and (other in name or (" " in other and other.rsplit(maxsplit=1)[-1].casefold() in name))


def _named_in(line: Segment) -> str | None:
    """The persons of an element called author; of Chinese names the first, for the next is of a platform or a blog."""
    names = _profiles(line)
    return "、".join(names if all(each.isascii() and " " in each for each in names) else names[:1]) or None


def _name_in(shown: str, node: HtmlElement) -> str | None:
    own = called(node)
    parent = node.getparent()
    leads = node.tag == "a" and (is_profile(str(node.get("href", ""))) or node.get("rel") == "author")
    if not leads and not _MARKED.search(f"{own} {called(parent) if parent is not None else ''}"):
        return None
    text = _PREFIX.sub("", " ".join(str(node.text_content()).split()))
    if len(text) < _SHORTEST or text not in shown:
        return None
    if node.tag != "a":
        return _alone(text) or (_account(text, own) if _ACCOUNT.search(own) else None)
    longest = _LONGEST if text.isascii() else _LONGEST_HAN  # a longer one is the headline of what somebody has written
    return person(text) if len(text) <= longest and not _NO_NAME.search(text) else None
