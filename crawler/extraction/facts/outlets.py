"""The source that no label names: an outlet, an office or the site itself, where a page prints who puts a story out."""

import re
from collections.abc import Iterator, Sequence

from crawler.extraction.facts.elements import called, leads_to_a_list, parts_of_line
from crawler.extraction.model import Credit
from crawler.extraction.phrases.dates import dates_in
from crawler.extraction.phrases.desks import BESIDE, DATE, NOISE, is_office, is_outlet, is_rubric
from crawler.extraction.phrases.surnames import begins_like_a_name, is_signature
from crawler.extraction.source.metadata import PageData, names_of, text_of
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.body import Body
from crawler.extraction.story.title import Headline, flat, parts_of
from wangqi.text.folding import simpler

_SOURCE = re.compile(
    r"(?<![A-Za-z])(?:[Ss]ources?|[Ll]ai[Yy]uan|[Oo]rigin|copy-?[Ff]rom|media-?[Nn]ame|vendor|provider)(?![a-z])"
)
_HOLDER = re.compile(r"author|account|user|media|publisher|nick-?name|(?<![a-z])name", re.IGNORECASE)
# 文娱速递, 海港观察: what accounts of outlets are called beside the names that outlets themselves have
_MEDIA = re.compile(
    r"速递|[快速]报|观察|视[界点角]|财经|[文娱]娱|娱乐|资讯|科技|体育|时评|评论|在线|小编|头条|号$|说$|圈$|录$|君$"
    r"|[之先心]声$|消息$|传媒|媒体|发布$|广播|频道$|编辑部$"
)
_NO_NAME = re.compile(
    r"关注|订阅|更多|全部|登录|注册|分享|评论|字[号体级]|打印|列印|收藏|阅读|浏览|点[击阅赞]|编辑|更新|发[布表]|时间|日期|首页|正文|下载|收听|听新闻|播放"
    r"|\d{4}|扫码|二维码|转发|举报|投稿|分类|标签|小时|分钟|\d\s*[年月日期版]|第\d|[:：。！？，、]|^[\W\d]*$"
    r"|\b(?:follow|read|share|photo|print|min|ago|by|posted|updated|published|comments?|views?|save|am|pm|[ecp][sd]t|gmt|utc)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:[报刊社网台]|客户端)$")
_NAME = re.compile(r"[^\W_][\w·.&～~！!／ -]{1,28}[）)]?")
_HAN_WORDS = re.compile(r"[\u4e00-\u9fff]+(?: [\u4e00-\u9fff]+)+")
_HANDLED = re.compile(r"(?P<name>\S{2,16}?)\s*(?:官方(?:账号|帐号|微博)|官微)")
_OWNED = re.compile(r"版权所有|版權所有|著作權|copyright|©|\(c\)|主办(?:单位)?[:：]", re.IGNORECASE)
_BESIDE_OWNER = re.compile(rf"{_OWNED.pattern}|all rights? reserved|\b(?:19|20)\d\d\b|[-–—~至/／]", re.IGNORECASE)
_LABEL = re.compile(r"\S+\s*[:：]")  # what stands behind one is no outlet without a label
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_GAP = re.compile(r"\s{2,}|\s*[|｜丨@•·]\s*|\s")
_EDGES = " 　-–—|｜丨·•/／:：,，"
_LINES = 14
_LONGEST_PERSON = 4
_ABOVE = 4  # lines above a headline among which an account has its name
_LONGEST, _LONGEST_LINE, _LONGEST_TITLE = 30, 80, 200
# of which nothing but its place tells what it is
_ALONE = re.compile(r"(?=.*[\u3040-\u30ff\u3400-\u9fff])[^\s·／/]{2,8}")
_FOOT = 12
_SHORTEST = 2  # characters of a name
_TELLING = 4  # characters of a name that may be a part of what the site calls itself
_ENTRY = 8  # characters of a link that is the name of a column at the most
_TOP = 200  # lines at the top of a page among which its menu is


def named_outlet(data: PageData, segments: Sequence[Segment], headline: Headline, body: Body) -> Iterator[Credit]:
    """Credits of the lines between headline and story, the surest first.

    A name counts by where it stands: in an element called source, or beside the day. There it is a source if the site
    calls itself so, if it is the account that the page is of, or if outlets and offices are called so.
    """
    if headline.end is None or body.first is None:
        return
    near = segments[headline.end : headline.end + _LINES]
    lines = near[: next((at for at, line in enumerate(near) if len(line.text) > _LONGEST_LINE), len(near))]
    if found := next(((name, line) for line in lines if line.src is None for name in _in_elements(line)), None):
        yield Credit(role="source", name=found[0], raw=found[1].text, place="element")
        return
    days = [line.src is None and _day_in(line.text) is not None for line in lines]
    if not any(days):
        return
    own = {flat(name) for name in _own_names(data, segments, headline.text)}
    columns = {flat(part) for part in parts_of(data.head_title[:_LONGEST_TITLE])[1:]} - own
    handled = {found["name"] for line in lines for found in _HANDLED.finditer(line.text)}
    for at, line in enumerate(lines):
        if not any(days[max(0, at - 1) : at + 2]):
            continue
        for name in _names(line):
            plain = simpler(name)
            if flat(name) in columns or is_rubric(plain) or not _is_name(name):
                continue
            if _is_own(flat(name), own) or (
                line.src is None and (is_outlet(plain) or is_office(plain) or name in handled)
            ):
                yield Credit(role="source", name=name, raw=line.text, place=BESIDE)
                return


def named_beside_day(data: PageData, segments: Sequence[Segment], headline: Headline, body: Body) -> Iterator[Credit]:
    """Who stands where a byline would, right before the day: an outlet if it sounds like one, else a person.

    Only its place tells that it is a name: no column is called so, and no button, and it leads to no list.
    """
    if headline.end is None or body.first is None:
        return
    lines = [line for line in segments[headline.end : min(headline.end + _LINES, body.first)] if line.src is None]
    at, day = next(((at, day) for at, line in enumerate(lines) if (day := _day_in(line.text))), (0, None))
    if day is None:
        return
    line = lines[at]
    name = line.text[: day[0]].strip(_EDGES)
    if not _is_name(name) or not _ALONE.fullmatch(name) or is_rubric(simpler(name)) or leads_to_a_list(line):
        return
    named = {flat(part) for part in parts_of(data.head_title[:_LONGEST_TITLE])[1:]}
    if flat(name) not in named | _menu(segments[: headline.index]):
        plain = simpler(name)
        sounds_like_one = _MEDIA.search(plain) or is_outlet(plain) or _ENDS.search(plain)
        role = "source" if sounds_like_one else "author"
        yield Credit(role=role, name=name, raw=line.text, place=BESIDE)


def named_account(data: PageData, segments: Sequence[Segment], headline: Headline, body: Body) -> Iterator[Credit]:
    """The account of which the page is one post: a line beside the headline says who it is, and so does the head.

    Above the headline stands the site's own name, too.
    """
    if headline.index is None or headline.end is None or body.first is None:
        return
    claims = {flat(name) for name in _organisations(data) if len(name) >= _SHORTEST}
    own = {flat(name) for name in _own_names(data, segments, headline.text)}
    above = ((line, claims - own) for line in segments[max(0, headline.index - _ABOVE) : headline.index])
    below = ((line, claims) for line in segments[headline.end : min(headline.end + _LINES, body.first)])
    for line, asked in (*above, *below):
        name = flat(line.text)
        is_claimed = name in asked or any(len(each) >= _TELLING and name.startswith(each) for each in asked)
        if line.src is None and is_claimed and _is_name(line.text) and not _may_be_a_person(line.text):
            yield Credit(role="source", name=line.text, raw=line.text, place=BESIDE)
            return


def _may_be_a_person(name: str) -> bool:
    plain = simpler(name)
    return is_signature(plain) is not None or (len(plain) <= _LONGEST_PERSON and begins_like_a_name(plain))


def _organisations(data: PageData) -> Iterator[str]:
    """Who the head says has made the story, where it calls nobody a person."""
    for name in ("author", "provider"):
        value = data.article.get(name)
        if (said := text_of(value)) and not names_of(value):
            yield said
    yield from (said for name in ("article:author", "author") if (said := data.first(name)) and "/" not in said)


def _menu(segments: Sequence[Segment]) -> set[str]:
    """What columns of the page's site are called."""
    return {flat(line.text) for line in segments[-_TOP:] if line.chars <= _ENTRY and line.link_chars}


def _day_in(text: str) -> tuple[int, int] | None:
    """Where a line names its day or hour."""
    found = DATE.search(simpler(text)) if len(text) <= _LONGEST_LINE else None
    if found is None and (written := next(dates_in(text), None)) is not None and written.raw in text:
        start = text.index(written.raw)
        return start, start + len(written.raw)
    found = found or _CLOCK.search(text)
    return found.span() if found else None


def _names(line: Segment) -> Iterator[str]:
    """What a line may name first: all of it, what stands before its day or behind it, and the first word of these."""
    day = _day_in(line.text)
    if day is None:
        yield line.text.strip(_EDGES)
        return
    for part in (line.text[: day[0]], line.text[day[1] :]):
        text = NOISE.sub(" ", _LABEL.split(part, maxsplit=1)[0]).strip(_EDGES)
        first, *others = _GAP.split(text)
        yield from (text, first) if part != line.text[day[1] :] or len(others) <= 1 else (text,)


def _own_names(data: PageData, segments: Sequence[Segment], headline: str | None) -> Iterator[str]:
    """What the site calls itself: in its head, behind its titles, at its foot."""
    said = (data.first("og:site_name", "application-name"), text_of(data.article.get("publisher")))
    yield from (name for name in said if name)
    yield from parts_of(data.head_title[:_LONGEST_TITLE])[1:][-1:]
    if headline and data.head_title.startswith(headline):
        yield data.head_title[len(headline) :]
    for line in segments[-_FOOT:]:
        if line.src is None and _OWNED.search(line.text):
            yield from (part.strip(f"{_EDGES}.。") for part in _BESIDE_OWNER.split(line.text) if len(part) > _SHORTEST)


def _is_own(name: str, own: set[str]) -> bool:
    """Whether the site calls itself so: 河岸公司 behind RIVER 河岸公司, too."""
    return name in own or (len(name) >= _TELLING and any(each.endswith(name) for each in own))


def _in_elements(line: Segment) -> Iterator[str]:
    """The names in elements called source, and the outlets in those called after an account."""
    above = line.block.getparent()
    for node in (*((above,) if above is not None else ()), line.block, *parts_of_line(line)):
        names = called(node)
        is_source = _SOURCE.search(names) is not None
        if not is_source and not _HOLDER.search(names):
            continue
        text = " ".join(str(node.text_content()).split())
        if text not in line.text:
            continue
        text = text.split()[0] if _HAN_WORDS.fullmatch(text) else text  # 河岸科技 微博
        if not _is_name(text):
            continue
        plain = simpler(text)
        if is_source or is_outlet(plain) or (_MEDIA.search(plain) and not is_rubric(plain)):
            yield text


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None and not _NO_NAME.search(simpler(text))
