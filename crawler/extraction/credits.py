"""Who made the story: names after the words that Chinese pages put before them, each with its line."""

import re
from collections.abc import Iterator, Sequence

from crawler.extraction.model import Credit
from crawler.extraction.vocabulary import roles, words

_SEP = r"\s*[:：∶]\s*"
_ROLE_OF = roles()
_WORDS = "|".join(sorted(_ROLE_OF, key=len, reverse=True))
_LABEL = re.compile(rf"(?<![\u4e00-\u9fff])(?P<label>{_WORDS}){_SEP}")
_LOOSE_LABEL = re.compile(rf"(?P<label>{_WORDS}){_SEP}")
_UNPOINTED = re.compile(r"(?<=[|｜])\s*(来源|作者|记者|编辑)(?=[^|｜:：\s]{2,20}\s*(?:[|｜]|$))")
_BYLINE = re.compile(
    r"^[^\u4e00-\u9fff]*(?:文\s*[/|｜丨]|图文\s*[/|｜丨:：]|文图\s*[/|｜丨:：]|文\s*[:：]|文字\s*[|｜丨]|图\s*[/、]?\s*文\s*[:：]|撰文\s*[/|｜丨]|作者\s*[/|｜丨])\s*(?P<name>[^\s，。,;；|｜/]{1,20})"
)
_REPORTER = re.compile(
    r"^(?P<paper>[\u4e00-\u9fff·\s]{0,20}?)(?:全媒体|首席|见习|实习|特约|融媒体)?(?:记者|通讯员)\s*(?P<names>[\u4e00-\u9fff·]{2,4}(?:[\s、，,]+[\u4e00-\u9fff·]{2,4}){0,5})\s*(?:报道|文/图|摄影报道|综合报道)?$"
)
_WIRE = re.compile(
    r"^.{2,30}?\d{1,2}日[电讯]\s*[（(]\s*(?:记者)?\s*(?P<names>[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4}){0,3})\s*[)）]"
)
_AT_END = re.compile(
    r"(?:^|[\s　|·/])(?:记者|作者|撰文)[\s　]+(?P<names>[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4}){0,3})\s*$"
)
_IN_BRACKETS = re.compile(
    r"[（(【\[]\s*(?P<paper>[^（()）:：，。]{0,12}?)(?:记者|通讯员)\s*(?P<names>[^()（）】\]]{2,60}?)\s*(?:文/图|摄|图)?\s*[）)】\]]"
)
_SIGNED = re.compile(r"[（(]\s*(?P<names>[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4}){0,3})\s*[）)]\s*$")
_ICP = re.compile(r"[\u4e00-\u9fff]\s?ICP\s?备\s?\d{6,10}\s?号(?:\s?[-－—]\s?\d{1,3})?")
_END = re.compile(r"\s{2,}|[|｜丨<>【】\[\]（）()/／]|(?<=[^A-Za-z]) (?=[\u4e00-\u9fff]{2,6}[:：])")
_DATE_TAIL = re.compile(r"\s*\d{2,4}\s*[-年/.].*$|\s*\d{1,2}月\d{1,2}日.*$|\s*\d{1,2}:\d\d.*$|\s*https?:.*$")
_WIDGET = re.compile(
    r"\s*(返回\S{1,6}[，,]\s*查看更多|举报|复制地址|点击|关注|订阅|收藏|打印|分享|字号|大中小|评论|我要|浏览|阅读|\d+次|原创|编辑$|等$|微信扫).*$"
)
_PUBLISHED = re.compile(r"\s*(?:发[表布]于|发[表布]在|写于|更新于|参与互动|\d{4}-).*$")
_SITE_TAIL = re.compile(r"[\W_]+$|^[\W_]+")
_NAMES = re.compile(r"[\s、，,;；/]+")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
_LONGEST = 40
_LIST_OF_NAMES = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[，,、\s]+[\u4e00-\u9fff·]{2,4})+$")
_TWO_NAMES = re.compile(r"([\u4e00-\u9fff]{3,})\s+[\u4e00-\u9fff]")
_OUTLET = re.compile(r"(?:[报网社刊]|杂志|记者|客户端)$")  # 文｜晨报 甲、乙
_NAMES_ONLY = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[\s、，]+[\u4e00-\u9fff·]{2,4}){0,5}")
_NOBODY = words("names", "nobody")
_REPORTER_OF = re.compile(r"^[\u4e00-\u9fff]{0,12}记者\s+(?=[\u4e00-\u9fff])")
_PERSONS = frozenset(("author", "editor", "responsible_editor", "proofreader", "reviewer", "photographer"))


def labelled(line: str) -> Iterator[Credit]:
    """Credits that the line names after a label: "来源：… 作者：…"."""
    if "|" in line or "｜" in line:
        line = _UNPOINTED.sub(r"\1：", line)
    marks = list(_LABEL.finditer(line)) or list(_LOOSE_LABEL.finditer(line))
    for number, mark in enumerate(marks):
        role = _ROLE_OF[mark["label"]]
        stop = marks[number + 1].start() if number + 1 < len(marks) else len(line)
        if run_on := _LOOSE_LABEL.search(line, mark.end() + 1, stop):  # 作者：甲发布时间：…
            stop = run_on.start()
        raw = line[mark.start() : stop].strip()
        if role != "other" and (name := clean_name(line[mark.end() : stop], person=role in _PERSONS)):
            yield Credit(role=role, name=name, raw=raw)


def byline(line: str) -> Iterator[Credit]:
    """Credits of a short line that is nothing but a byline: "本报记者 甲 乙", "文｜甲", "来源丨…"."""
    if found := _BYLINE.match(line):
        behind = line[found.end() :].strip()
        written = behind if _OUTLET.search(found["name"]) and _NAMES_ONLY.fullmatch(behind) else found["name"]
        if name := clean_name(written, person=True):
            yield Credit(role="author", name=name, raw=line)
    elif (found := _REPORTER.match(line.strip("（()）【】[] 　■●◆▲□")) or _AT_END.search(line)) and (
        name := clean_name(found["names"], person=True)
    ):
        yield Credit(role="author", name=name, raw=line)


def reporters(paragraph: str) -> Iterator[Credit]:
    """Reporters in running text: "本报讯（记者甲 通讯员乙）", "（记者 甲）", and a signature "（甲）" at its end."""
    if found := _WIRE.match(paragraph):
        if name := clean_name(found["names"], person=True):
            yield Credit(role="author", name=name, raw=found.group())
    elif found := _IN_BRACKETS.search(paragraph):
        if name := clean_name(
            re.sub(r"\s*(?:(?:实习|见习)?(?:记者|通讯员)|文/图)\s*", " ", found["names"]), person=True
        ):
            yield Credit(role="author", name=name, raw=found.group())
    elif (found := _SIGNED.search(paragraph)) and (name := clean_name(found["names"], person=True)):
        yield Credit(role="author", name=name, raw=found.group())


def licence(line: str) -> Credit | None:
    """The registration number of a Chinese site, wherever in the line."""
    found = _ICP.search(line)
    return Credit(role="licence", name=found.group().replace(" ", ""), raw=found.group()) if found else None


def clean_name(raw: str, *, person: bool) -> str | None:
    """The name as a reader would write it, or None when nothing like a name is left."""
    text = raw.strip(" 　:：\t[【(（「《>")
    text = _END.split(text, maxsplit=1)[0]
    text = _DATE_TAIL.sub("", text)
    text = _WIDGET.sub("", _PUBLISHED.sub("", text))
    if person:
        text = _REPORTER_OF.sub("", text)
        text = re.split(r"[，,。：:]", text, maxsplit=1)[0] if _LIST_OF_NAMES.match(text) is None else text
    text = _SITE_TAIL.sub("", text)
    if not person and (found := _TWO_NAMES.match(text)):
        text = found[1]
    if not text or len(text) > _LONGEST or text.isdigit() or text.casefold() in _NOBODY:
        return None
    if person:
        text = re.sub(r"^([\u4e00-\u9fff])\s([\u4e00-\u9fff])$", r"\1\2", text)
        parts = [part for part in _NAMES.split(text) if part]
        if len(parts) > 1 and all(_HAN_NAME.fullmatch(part) for part in parts):
            text = "、".join(parts)
    return text


def unique(found: Sequence[Credit]) -> tuple[Credit, ...]:
    """The first credit of each role and name."""
    seen: dict[tuple[str, str], Credit] = {}
    for credit in found:
        seen.setdefault((credit.role, credit.name), credit)
    return tuple(seen.values())
