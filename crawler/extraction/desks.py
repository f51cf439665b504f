"""Bylines of newsrooms in parts: 【河岸晚報╱記者康大文╱即時報導】, 海港中心／綜合報導, 2024-05-06 05:02大河报."""

import re
from collections.abc import Iterator

from crawler.extraction.model import Credit
from wangqi.text.folding import simpler

_SLASH = re.compile(r"\s*[／/╱∕]\s*")
_DATE = re.compile(
    r"(?:\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d\d|(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?)"
    r"(?:\s*(?:星期|周).)?(?:[\sT]*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?(?:\s*[ap]\.?m\b)?",
    re.IGNORECASE,
)
_MANNER = re.compile(r"(?:报[导道]|专访|特稿|特写|[专外]电|\d日电|编译|整理|快讯|撰文)$")
_ROLE = re.compile(
    r"^(?P<paper>[^\s，。]{0,12}?)\s*(?:(?:实习|见习|特派|特约|驻地|首席)?记者|特派员|编译|撰文|作者|文)\s*(?P<names>\S.*)$"
)
_NAME = r"(?:欧阳|司马|上官|诸葛|司徒|东方|皇甫|慕容|令狐|端木|范姜)?[\u4e00-\u9fff]{2,3}"
_NAMES = re.compile(rf"{_NAME}(?:[、，\s]+{_NAME}){{0,4}}")
_DESK = re.compile(r"[\u4e00-\u9fff]{2,10}(?:中心|编辑部|编译组|新闻部|采访组|编辑组)")
_OUTLET = re.compile(r"[^\s，。：:!！?？]{1,14}(?:[报刊社网台]|新闻|周刊|杂志|通讯社|客户端|电视|快讯)")
# What a site calls its own rubrics, where an outlet's name would stand: 即時新聞, 国际新闻.
_RUBRIC = re.compile(
    r"(?:国际|国内|社会|娱乐|财经|体育|生活|地方|政治|军事|科技|大陆|两岸|时政|即时|最新|图片|视频|突发|本地|热点|综合|今日|头条)"
    r"(?:新闻|快讯)|(?:相关|上[网传]|官|本|全)(?:[报刊社网台]|新闻)"
)
# 河视新闻康大文、罗念河口报导: outlet, names and place without any sign between.
_RUN_ON = re.compile(
    rf"^[^\s，。]{{1,8}}?(?:[报社网台]|新闻)(?P<names>{_NAME}(?:、{_NAME}){{0,4}})[\u4e00-\u9fff]{{2,4}}报[导道]$"
)
_BRACKETED = re.compile(
    r"^\s*[【〔（(\[［](?P<head>[^】〕）)\]］]{4,40})[】〕）)\]］]|[（(【〔](?P<tail>[^（()）【】〔〕]{4,40})[）)】〕]\s*$"
)
_NOISE = re.compile(
    r"https?:\S+|www\.\S+|[\d,]+\s*[条则个]?\s*(?:评论|阅读|浏览|点阅|点击)数?|[查我]\S*评论|评论|发[表布]于|更新"
    r"|[\d\s/]+(?:years?|months?|days?|hours?)\s+ago"
)
_EDGES = " 　■●◆▲□【】〔〕（）()[]［］"
_LONGEST, _LONGEST_LINE, _LONGEST_NAME = 60, 100, 24
_BESIDE = "beside the date"
_ROLES = ("name", "desk", "outlet", "manner")
_LEAST_PARTS = 2


def desk_byline(line: str) -> Iterator[Credit]:
    """Author and outlet of a line whose parts are an outlet, a desk, names and the manner of the report.

    A desk is the author where nobody else is named.
    """
    text = line.strip(_EDGES)
    if len(text) > _LONGEST:
        return
    plain = simpler(text)
    bare = _DATE.sub(" ", plain).strip(_EDGES)
    if found := _RUN_ON.match(bare):
        yield Credit(role="author", name=_original(text, plain, found["names"]), raw=line, place="byline")
        return
    told = [_part(part) for part in _SLASH.split(bare) if part]
    if len(told) < _LEAST_PARTS or not all(told):
        return
    names, desks, outlets, manners = ([one for each in told for role, one in each if role == it] for it in _ROLES)
    if not (manners or ((outlets or desks) and names)):
        return
    if who := names or desks:
        yield Credit(
            role="author", name="、".join(_original(text, plain, each) for each in who), raw=line, place="byline"
        )
    if outlets:
        yield Credit(role="source", name=_original(text, plain, outlets[0]), raw=line, place="byline")


def desk_in_brackets(paragraph: str) -> Iterator[Credit]:
    """The same in brackets that open or close a paragraph."""
    for found in _BRACKETED.finditer(paragraph):
        yield from desk_byline(found["head"] or found["tail"])


def beside_date(line: str) -> Credit | None:
    """The outlet or the desk that stands beside a date and nothing else: "2024-05-06 05:02大河报"; None of widgets."""
    plain = simpler(line)
    if len(line) > _LONGEST_LINE or not (day := _DATE.search(plain)):
        return None
    rest = f"{plain[: day.start()]} {plain[day.end() :]}"
    tokens = [token for token in re.split(r"[\s|｜丨@]+", _NOISE.sub(" ", rest)) if re.search(r"\w", token)]
    if len(tokens) != 1:
        return None
    role = "author" if _DESK.fullmatch(tokens[0]) else "source" if _is_outlet(tokens[0]) else None
    return Credit(role=role, name=_original(line, plain, tokens[0]), raw=line, place=_BESIDE) if role else None


def outlet_above_date(line: str, below: str) -> Credit | None:
    """The outlet that is all of a line above a date."""
    *before, last = simpler(line).split() or [""]
    is_dated = _DATE.fullmatch(simpler(below.strip())) is not None
    if len(line) > _LONGEST_NAME or not is_dated or not _is_outlet(last) or not all(each.isascii() for each in before):
        return None
    return Credit(role="source", name=line.strip(), raw=line, place=_BESIDE)


def _is_outlet(text: str) -> bool:
    return _OUTLET.fullmatch(text) is not None and not _RUBRIC.fullmatch(text)


def _part(text: str) -> list[tuple[str, str]]:
    """What one part between slashes tells, as role and words; nothing of one that is in no byline."""
    if _DESK.fullmatch(text):
        return [("desk", text)]
    if (role := _ROLE.match(text)) and _NAMES.fullmatch(role["names"]):
        paper = [("outlet", role["paper"])] if _is_outlet(role["paper"]) else []
        return [*paper, ("name", role["names"]), ("manner", text)]
    if _MANNER.search(text):
        return [("manner", text)]
    if _OUTLET.fullmatch(text):
        return [("outlet", text)]
    return [("name", text)] if _NAMES.fullmatch(text) else []


def _original(text: str, plain: str, part: str) -> str:
    """The part as the page spells it: it was read from the folded text, which has the same places."""
    at = plain.find(part)
    return re.sub(r"[、，\s]+", "、", text[at : at + len(part)] if at >= 0 else part)
