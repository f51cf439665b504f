"""Bylines of newsrooms in parts: 【河岸晚報╱記者康大文╱即時報導】, 海港中心／綜合報導, 2024-05-06 05:02大河报."""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.extraction.model import Credit
from crawler.extraction.phrases.surnames import begins_like_a_name, is_signature
from wangqi.text.folding import simpler

_SLASH = re.compile(r"\s*[／/╱∕]\s*")
DATE = re.compile(
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
_OUTLET = re.compile(
    r"[^\s，。：:!！?？]{1,14}(?:[报刊社网台]|新闻|周刊|杂志|通讯社|客户端|电视|快讯)"
    r"|(?:央视|央广|新浪|搜狐|网易|腾讯)[\u4e00-\u9fff]{0,4}"  # and a portal's channels
)
# 河岸县文旅局: beside a date it is the office that has published
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?:[局委厅院]|(?<!么)办|政府|宣传部|办公室|管委会|委员会|大学|学校|中学|小学|医院|检察院|协会|学会|集团)"
)
_MEDIA_CENTRE = re.compile(r"[\u4e00-\u9fff]{2,12}(?:融媒体?|新闻|传媒|信息)中心")
# What a site calls its own rubrics, where an outlet's name would stand: 即時新聞, 国际新闻.
_RUBRIC = re.compile(
    r"(?:国际|国内|社会|娱乐|财经|体育|生活|地方|政治|军事|科技|大陆|两岸|时政|即时|最新|图片|视频|突发|本地|热点|综合|今日|头条)"
    r"(?:新闻|快讯)|(?:相关|上[网传]|官|本|全)(?:[报刊社网台]|新闻)|.{0,4}(?:法院|医院|学院|电影院)"
)
# 河视新闻康大文、罗念河口报导: outlet, names and place without any sign between.
_RUN_ON = re.compile(
    rf"^[^\s，。]{{1,8}}?(?:[报社网台]|新闻)(?P<names>{_NAME}(?:、{_NAME}){{0,4}})[\u4e00-\u9fff]{{2,4}}报[导道]$"
)
_BRACKETED = re.compile(
    r"^\s*[【〔（(\[［](?P<head>[^】〕）)\]］]{4,40})[】〕）)\]］]|[（(【〔](?P<tail>[^（()）【】〔〕]{4,40})[）)】〕]\s*$"
)
_COUNTED = r"(?:评论|阅读|浏览|点阅|点击|访问|人气|热度|跟贴|参与)"
NOISE = re.compile(
    rf"https?:\S+|www\.\S+|[\d,]+\s*[条则个次人]?\s*{_COUNTED}数?|{_COUNTED}(?:次数|数|量)?\s*[:：]?\s*[\d,]+|[查我]\S*评论|评论"
    r"|发[表布]于|更新|[\d\s/]+(?:years?|months?|days?|hours?)\s+ago|[今昨]天|今日|昨日|分享到?|打印|收藏|字[号体].*"
    r"|[\u4e00-\u9fff]{2,6}\s*[:：]\s*\S*"  # what a label names is read elsewhere
)
_ROLE_WORDS = re.compile(r"(?:记者|通讯员|报[道导])")
_PRINTED_IN = re.compile(
    r"(?P<before>(?:原载|刊载?于|载于?|摘自|转自|选自)\s*)?《\s*(?P<name>[^《》]{2,20}?)\s*》\s*[（(,，]?\s*"
    r"(?(before)|(?=(?:19|20)\d\d\s*年.{3,12}第?\s*[A-Z]?\d{1,3}\s*版))"
)
_TOKEN = re.compile(r"[\w·]{2,16}")
_EDGES = " 　■●◆▲□【】〔〕（）()[]［］"
_LONGEST, _LONGEST_LINE, _LONGEST_NAME = 60, 100, 24
BESIDE = "beside the date"
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
    bare = DATE.sub(" ", plain).strip(_EDGES)
    if found := _RUN_ON.match(bare):
        yield Credit(role="author", name=_original(text, plain, found["names"]), raw=line, place="byline")
        return
    day = DATE.search(plain)
    before, behind = (plain[: day.start()].strip(), plain[day.end() :].strip(_EDGES)) if day else ("", "")
    if day and _TOKEN.fullmatch(before) and not _RUBRIC.fullmatch(before) and _SLASH.search(behind):
        found_behind = list(desk_byline(line[len(line) - len(line.lstrip(_EDGES)) + day.end() :]))
        if any(each.role == "author" for each in found_behind):
            yield from (replace(each, raw=line) for each in found_behind)
            yield Credit(role="source", name=text[: len(before)], raw=line, place="byline")
        return
    told = [_part(part) for part in _SLASH.split(bare) if part]
    if len(told) < _LEAST_PARTS or not all(told):
        return
    names, desks, outlets, manners = ([one for each in told for role, one in each if role == it] for it in _ROLES)
    if not (manners or ((outlets or desks) and names and all(map(begins_like_a_name, names)))):
        return  # 河岸新聞網 / 醫療
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


def beside_date(line: str) -> list[Credit]:
    """Outlet, desk and reporter that stand beside a date and nothing else: "2024-05-06 05:02 大河报 康大文".

    Nothing of a line that holds a word which is none of these.
    """
    plain = simpler(line)
    if len(line) > _LONGEST_LINE or not (day := DATE.search(plain)):
        return []
    rest = f"{plain[: day.start()]} {plain[day.end() :]}"
    tokens = [token for token in re.split(r"[\s|｜丨@]+", NOISE.sub(" ", rest)) if re.search(r"\w", token)]
    names = [token for token in tokens if not _ROLE_WORDS.fullmatch(token)]
    roles = list(map(_role_beside_date, names))
    if not all(roles) or len(set(roles)) < len(roles):
        return []
    return [
        Credit(role=role, name=_original(line, plain, name), raw=line, place=BESIDE)
        for role, name in zip(roles, names, strict=True)
        if role
    ]


def _role_beside_date(token: str) -> str | None:
    if _MEDIA_CENTRE.fullmatch(token):  # before a desk, as which it would pass, too
        return "source"
    if _DESK.fullmatch(token) or is_signature(token):
        return "author"
    return "source" if is_outlet(token) or is_office(token) else None


def from_print(line: str) -> Iterator[Credit]:
    """The paper that a story was printed in, with its day or page: 《河岸日报》（2024年05月06日 第04版）."""
    plain = simpler(line)
    if found := _PRINTED_IN.search(plain):
        name = line[found.start("name") : found.end("name")].strip()
        yield Credit(role="source", name=name, raw=line[found.start() : found.end()], place="byline")


def outlet_above_date(line: str, below: str) -> list[Credit]:
    """The outlet that is all of a line above a date."""
    *before, last = simpler(line).split() or [""]
    is_dated = DATE.fullmatch(simpler(below.strip())) is not None
    if len(line) > _LONGEST_NAME or not is_dated or not is_outlet(last) or not all(each.isascii() for each in before):
        return []
    return [Credit(role="source", name=line.strip(), raw=line, place=BESIDE)]


def is_outlet(plain: str) -> bool:
    """Whether outlets are called so, in the simplified form of the text."""
    return _OUTLET.fullmatch(plain) is not None and not is_rubric(plain)


def is_office(plain: str) -> bool:
    """Whether an office, a school or a newsroom of a county is called so."""
    return (_OFFICE.fullmatch(plain) or _MEDIA_CENTRE.fullmatch(plain)) is not None and not is_rubric(plain)


def is_rubric(plain: str) -> bool:
    """Whether sites call a column of their own so."""
    return _RUBRIC.fullmatch(plain) is not None


def _part(text: str) -> list[tuple[str, str]]:
    """What one part between slashes tells, as role and words; nothing of one that is in no byline."""
    if _DESK.fullmatch(text):
        return [("desk", text)]
    if role := _ROLE.match(text):
        names = _MANNER.sub("", role["names"]).strip() or role["names"]  # 记者康大文报导
        if _NAMES.fullmatch(names):
            paper = [("outlet", role["paper"])] if is_outlet(role["paper"]) else []
            return [*paper, ("name", names), ("manner", text)]
    if _MANNER.search(text):
        return [("manner", text)]
    if _OUTLET.fullmatch(text):
        return [("outlet" if is_outlet(text) else "manner", text)]
    return [("name", text)] if _NAMES.fullmatch(text) else []


def _original(text: str, plain: str, part: str) -> str:
    """The part as the page spells it: it was read from the folded text, which has the same places."""
    at = plain.find(part)
    return re.sub(r"[、，\s]+", "、", text[at : at + len(part)] if at >= 0 else part)
