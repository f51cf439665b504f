"""Who made the story: names after the words that Chinese pages put before them, each with its line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from crawler.extraction.model import Credit
from crawler.extraction.phrases.desks import desk_byline, desk_in_brackets
from crawler.extraction.phrases.marks import closed
from crawler.extraction.phrases.surnames import begins_like_a_name
from crawler.extraction.vocabulary import roles, words
from wangqi.text.folding import simpler

_STROKES = str.maketrans("︱∣│┃¦╱", "|||||/")
_COLONS = ":：∶︰﹕"
_SEP = rf"\s*[{_COLONS}]\s*"
_ROLE_OF = roles()
_WORDS = "|".join(sorted(_ROLE_OF, key=len, reverse=True))
_LABEL = re.compile(rf"(?P<label>{_WORDS}){_SEP}")
_UNPOINTED = re.compile(r"(?<=[|｜])\s*(来源|作者|记者|编辑)(?=[^|｜:：\s]{2,20}\s*(?:[|｜]|$))")
# 【作者】康大文
_BRACKETED = re.compile(
    r"[【\[［〔]\s*(?P<label>来源|作者|记者|通讯员|撰文|编辑|责任编辑|责编|校对|审核|摄影)\s*[】\]］〕](?!\s*[:：])"
)
# 来源 河岸报, 记者 | 高宁: a label that a blank or a stroke parts from one short name
_PARTED = re.compile(
    r"(?:^|(?<=[\s|｜丨　])|(?<=[报社网台刊端闻])(?=记者))"
    r"(?P<label>来源|稿源|转载自|作者|(?:本报)?记者|通讯员|撰文|撰稿|文字|采写|投稿"
    r"|责任编辑|责编|编辑|校对|审核|摄影)"
    r"(?P<sep>\s*[|｜丨/／]\s*|[\s　]+)(?=[^\s|｜丨:：，。/／]{2,20}(?:[\s|｜丨　]|$))"
)
_LONGEST_PARTED = 60
_NAME = (
    r"(?:(?![\u4e00-\u9fff]{0,4}报[道导]|摄影|综合)[\u4e00-\u9fff·]{2,4}"
    r"|[\u4e00-\u9fff] [\u4e00-\u9fff](?![\u4e00-\u9fff]))"
)
_SOME = rf"{_NAME}(?:[\s、，,]+{_NAME}){{0,5}}"
# ／台北報導: where the reporter of a paper of Taiwan is, and how the story came.
_PLACE = r"\s*[／/]\s*[\u4e00-\u9fff]{2,10}?(?:报导|报道|专访|特稿|电|摄影|摄)"
_BYLINE = re.compile(
    r"^[^\u4e00-\u9fff]*(?:文\s*[/／|｜丨]|(?:图[/、]?文|文[/、]?图)\s*[/／|｜丨:：]|文\s*[:：]|文字\s*[|｜丨]"
    r"|图\s*[/、]?\s*文\s*[:：]|(?:撰文|作者)\s*[/／|｜丨])\s*(?P<name>[^\s，。,;；|｜/／]{1,20})"
)
_REPORTER = re.compile(
    r"^(?P<paper>[\w·\s]{0,20}?)(?:全媒体|首席|见习|实习|特约|特派|融媒体)?(?:记者|通讯员|特派员)\s*[|｜丨]?\s*"
    rf"(?P<names>{_SOME})\s*(?:报道|报导|文/图|摄影报道|综合报道|\s[\u4e00-\u9fff]{{2,6}}报[道导]|{_PLACE})?$"
)
# 康大文 记者: the office behind the name
_OFFICE_BEHIND = re.compile(rf"^(?P<names>{_SOME})\s+(?:记者|特派员|通讯员|报[道导]|评论员)$")
# 记者高宁台北报导: only the names of places and desks tell where the person's name ends
_GLUED = re.compile(
    r"记者\s*(?P<names>[\u4e00-\u9fff]{2,3}(?:[、\s][\u4e00-\u9fff]{2,3}){0,3})"
    r"(?:[台臺]北|新北|桃园|[台臺]中|[台臺]南|高雄|基隆|新竹|苗栗|彰化|南投|云林|嘉义|屏东|宜兰|花莲|[台臺]东|澎湖|金门|香港|澳门"
    r"|北京|上海|天津|重庆|广州|深圳|成都|武汉|南京|杭州|西安|长沙|郑州|济南|青岛|沈阳|大连|长春|太原|合肥|福州|厦门|南昌|南宁"
    r"|海口|贵阳|昆明|拉萨|兰州|西宁|银川|哈尔滨|石家庄|乌鲁木齐|呼和浩特|东京|首尔|纽约|华盛顿|洛杉矶|伦敦|巴黎|新加坡|吉隆坡"
    r"|综合|即时|专题|连线)(?:\d{1,2}日)?专?(?:报导|报道|电|访)"
)
_SHORT = r"[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){1,2}"
_BULLET = re.compile(rf"^[□■◎●▲◆]\s*(?P<names>{_SHORT}(?:[\s、]+{_SHORT}){{0,3}})$")
_DATED = re.compile(r"\s*(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?[\s\d:：]*(?:[A-Z]{2,4})?$")
_REPORTS_FROM = re.compile(rf"^(?P<names>{_SOME}){_PLACE}$")
_WIRE = re.compile(
    r"^.{2,30}?\d{1,2}日[电讯]\s*[（(]\s*(?:记者)?\s*(?P<names>[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4}){0,3})\s*[)）]"
)
_DATELINE = re.compile(
    r"^[（(〔【\[［]\s*[^（()）:：，。]{0,12}?记者\s*(?P<names>[\u4e00-\u9fff]{2,3}(?:[、\s][\u4e00-\u9fff]{2,3})*?)"
    rf"(?:[\u4e00-\u9fff]{{2,4}}\d{{1,2}}日专?电|{_PLACE})\s*[）)〕】\]］]"
)
_AT_END = re.compile(
    r"(?:^|[\s　|·/])(?:记者|作者|撰文)[\s　]*(?:(?<=[\s　])|(?=\S+[／/]))"
    rf"(?P<names>{_NAME}(?:[\s、]+{_NAME}){{0,3}})(?:{_PLACE})?\s*$"
)
# 【记者／康大文、罗念 首图／河岸社提供】, too
_IN_BRACKETS = re.compile(
    r"[（(【\[]\s*(?P<paper>[^（()）:：，。]{0,12}?)(?:记者|通讯员)\s*[／/]?\s*(?P<names>[^()（）】\]]{2,60}?)\s*"
    r"(?:\s[\u4e00-\u9fff]{1,4}[／/][^()（）】\]]{0,30}|文/图|摄|图)?\s*[）)】\]]"
)
_SIGNED = re.compile(rf"[（(]\s*(?P<names>{_NAME}(?:[\s、]+{_NAME}){{0,3}})(?:{_PLACE})?\s*[）)]\s*$")
# （河岸县融媒体中心 康大文 罗念）
_SIGNED_FOR = re.compile(
    r"[（(]\s*[\u4e00-\u9fff]{2,16}(?:中心|[报台社网局委办厅部院处会科室馆站所队]|公司|学院|大学|法院|检察院)\s+"
    r"(?P<names>[\u4e00-\u9fff·]{2,4}?(?:[\s、，,]+[\u4e00-\u9fff·]{2,4}?){0,5})"
    r"(?:\s*(?:文/图|图/文|图文|报道|报导|供稿|撰稿)|\s+文)?\s*[）)]\s*$"
)
# （康大文 作者为河岸大学教授）
_SIGNED_AS = re.compile(
    r"[（(]\s*(?P<names>[\u4e00-\u9fff·]{2,14}?)\s*[，,\s]\s*作者(?:为|系|是|单位)[^（()）]{2,40}[）)]\s*$"
)
# What stands where a reporter's name would: 資料照, 美聯社, 娛樂中心.
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"@|\.(?:com|cn|net|org|hk|tw)\b|^www\.|首页$|在线$|\b(?:LLC|PLT|Inc|Ltd|GmbH|Pte|PC)\.?$|新闻$|(?:[社报网台图照片摄影]|中心|小组|编辑部|部门|频道|客户端|团队|编译|综合|提供|画面|截图|来源|图片|美联|路透|法新|资料)$|^(?:资料|示意|翻摄|视频|网[络路])"
)
_ICP = re.compile(r"[\u4e00-\u9fff]\s?ICP\s?备\s?\d{6,10}\s?号(?:\s?[-－—]\s?\d{1,3})?")
_END = re.compile(r"\s{2,}|\s[-–—]\s|[|｜丨<>【】\[\]（）()/／]|(?<=[^A-Za-z]) (?=[\u4e00-\u9fff]{2,6}[:：])")
_DATE_TAIL = re.compile(r"\s*\d{2,4}\s*[-年/.].*$|\s*\d{1,2}月\d{1,2}日.*$|\s*\d{1,2}:\d\d.*$|\s*https?:.*$")
_WIDGET = re.compile(
    r"\s*((?<=\s)[大中小](?=\s|$)|返回\S{1,6}[，,]\s*查看更多|(?<=\s)\S{0,2}评论|(?:查看|发表)(?:评论|$)|\d+\s?[条次个]|举报|复制地址|点击|关注|订阅|收藏|打印|分享|字号|大中小|评论|我要|浏览|阅读|(?<![站网])原创|(?<!网络)编辑$|等$|微信扫|我有话说|我来说).*$"
)
_PUBLISHED = re.compile(
    r"\s*(?:\b[Pp](?:ublished|osted) (?:in|on|at|by)\b"
    r"|发[表布]于|发[表布]在|写于|更新于|参与互动|\d{4}-|(?:发[布表]|發[布佈表])(?:时间|時間|日期)).*$"
)
_NATION = re.compile(r"^\s*[\[【（(〔［]\s*[\u4e00-\u9fff]{1,4}\s*[\]】）)〕］]\s*(?=\S)")  # [法]康蒂
_SITE_TAIL = re.compile(r"[\W_]+$|^[\W_]+")
_NAMES = re.compile(r"[\s、，,;；/]+")
_SENTENCE = re.compile(r"[\u4e00-\u9fff]{10,}")
_NO_NAME = re.compile(r"[？！?!《》“”@]")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}")
_LONGEST = 40
_LIST_OF_NAMES = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[，,、\s]+[\u4e00-\u9fff·]{2,4})+$")
_TWO_NAMES = re.compile(r"([\u4e00-\u9fff]{3,})\s+[\u4e00-\u9fff]")
_OUTLET = re.compile(r"(?:[报网社刊]|杂志|记者|客户端)$")  # 文｜晨报 甲、乙
_NAMES_ONLY = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[\s、，]+[\u4e00-\u9fff·]{2,4}){0,5}")
_PARTS = re.compile(
    r"\s*(?:(?:实习|见习|實習|見習|特约|特約)?(?:记者|記者|通讯员|通訊員)|实习生|實習生|特派员|特派員|文/图)\s*"
)
_BETWEEN = re.compile(r"\s+(?:(?:实习|實習|特约|特約)?(?:记者|記者)|通讯员|通訊員|实习生|實習生|特派员|特派員)\s+")
_SPACED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_SHOT = re.compile(r"\s*(?:摄影|攝影|摄|攝|供图|供圖)$")  # 记者 高宁摄: who made the picture
_BESIDE_NAME = re.compile(r"\s+(?:[文图圖]|图文|圖文|文字)$|\s*[发發]自\S+$")  # 康大文 文/图, 高宁 发自河岸
_POSTED = re.compile(r"(?P<names>(?!本文|文章|首次|最[后初新]|原文|于)[^\s，。:：|]{2,16})\s+发[表布](?:于|在)")
_RANK = re.compile(r"\b(?:Senior|Contributing|Staff|Chief|Special|Freelance|Lead|Political|News|Our|A|The)\b")
_WITH_ROLE = re.compile(
    r"(?P<names>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,3})\s+(?:Reporter|Writer|Correspondent|Journalist)"
)
_BYLINE_WORDS = frozenset("文撰作记讯员报电访稿摄／╱/")  # one of them is in every byline
_BRACKETS = "（()）【】[]〔〕［］ 　■●◆▲□"
_NOBODY = words("names", "nobody")
# the net, or just this site: a source where no other is named
UNNAMED_ORIGINS = frozenset(("网络", "互联网", "網絡", "網路", "本站", "本网", "本網", "本站原创", "本网原创"))
_REPORTER_OF = re.compile(
    r"^(?:《[^《》]{2,12}》|[\u4e00-\u9fff]{0,12})\s*(?:记者|記者)(?:\s+(?=[\u4e00-\u9fff])|(?=[\u4e00-\u9fff]{2,3}$))"
)
_MANNER_BEHIND = re.compile(r"(?:\s+[\u4e00-\u9fff]{2,6}?)?(?:报[导道導]|報[導道]|编译|編譯|专访|專訪)$")
_PERSONS = frozenset(("author", "editor", "responsible_editor", "proofreader", "reviewer", "photographer"))


def labelled(line: str) -> Iterator[Credit]:
    """Credits that the line names after a label: "来源：… 作者：…", also where one runs into the next label.

    Authors under two labels in a row are one credit: 记者 甲 通讯员 乙.
    """
    for is_author, run in groupby(_labelled(line), key=lambda credit: credit.role == "author"):
        several = list(run)
        if is_author and len(several) > 1 and all(map(_NAMES_ONLY.fullmatch, (one.name for one in several))):
            name = "、".join(dict.fromkeys(one.name for one in several))
            yield replace(several[0], name=name, raw=" ".join(one.raw for one in several))
        else:
            yield from several


def _labelled(line: str) -> Iterator[Credit]:
    line = line.translate(_STROKES)
    if "|" in line or "｜" in line:
        line = _UNPOINTED.sub(r"\1：", line)
    whole = _BRACKETED.sub(_with_colon, simpler(line))
    if len(line) <= _LONGEST_PARTED:
        whole = _PARTED.sub(lambda found: f"{found['label']}：{' ' * (len(found['sep']) - 1)}", whole)
    if not any(colon in whole for colon in _COLONS):
        return
    marks = list(_LABEL.finditer(whole))
    for number, mark in enumerate(marks):
        role = _ROLE_OF[mark["label"]]
        stop = marks[number + 1].start() if number + 1 < len(marks) else len(line)
        raw = line[mark.start() : stop].strip()
        if role != "other" and (name := clean_name(line[mark.end() : stop], person=role in _PERSONS)):
            if role == "author" and (shot := _SHOT.search(name)):
                role, name = "photographer", name[: shot.start()]
            yield Credit(role=role, name=name, raw=raw)


def _with_colon(found: re.Match[str]) -> str:
    """【作者】 as "作者：", as long as it was."""
    return f"{found['label']}：".rjust(len(found.group()))


def byline(line: str) -> Iterator[Credit]:
    """Credits of a short line that is nothing but a byline: "本报记者 甲 乙", "文｜甲", "記者甲／台北報導"."""
    line = line.translate(_STROKES)
    plain = simpler(line)
    said = _POSTED.match(plain) or _WITH_ROLE.match(line) or _BULLET.match(plain)
    if said or _BYLINE_WORDS.isdisjoint(plain):
        is_person = said is not None and not _RANK.search(said["names"])
        yield from _persons(line[said.start("names") : said.end("names")], line) if said and is_person else ()
    elif found := _GLUED.search(plain):
        yield from _persons(line[found.start("names") : found.end("names")], line)
    else:
        yield from _in_byline(line, plain)


def _in_byline(line: str, plain: str) -> Iterator[Credit]:
    """Of a line, and its simplified form, that has a word of bylines."""
    plain = _DATED.sub("", plain) or plain
    if found := _BYLINE.match(plain):
        behind = line[found.end() :].strip()
        is_of_outlet = _OUTLET.search(found["name"]) and _NAMES_ONLY.fullmatch(behind)
        yield from _persons(behind if is_of_outlet else line[found.start("name") : found.end("name")], line)
        return
    if parted := list(desk_byline(line)):
        yield from parted
        return
    edges = len(plain) - len(plain.lstrip(_BRACKETS))
    bare = plain.strip(_BRACKETS)
    before_office = _OFFICE_BEHIND.match(bare)
    if before_office and not begins_like_a_name(before_office["names"]):
        before_office = None  # 本报 记者
    if found := _REPORTER.match(bare) or _REPORTS_FROM.match(bare) or before_office:
        yield from _persons(line[edges:][found.start("names") : found.end("names")], line)
    elif found := _AT_END.search(plain):
        yield from _persons(line[found.start("names") : found.end("names")], line)


def reporters(paragraph: str) -> Iterator[Credit]:
    """Reporters in running text: "本报讯（记者甲 通讯员乙）", "（记者 甲）", and a signature "（甲）" at its end."""
    if parted := list(desk_in_brackets(paragraph)):
        yield from parted
        return
    plain = simpler(paragraph)
    signed = _SIGNED.search(plain)
    if signed and "、" not in signed["names"] and not begins_like_a_name(signed["names"]):
        signed = None  # （節錄）, （港聞）
    if not signed and (signed := _SIGNED_FOR.search(plain)):
        told = re.split(r"[\s、，,]+", signed["names"])
        signed = signed if all(map(begins_like_a_name, told)) else None
    signed = signed or _SIGNED_AS.search(plain)
    if found := _WIRE.match(plain) or _DATELINE.match(plain) or _IN_BRACKETS.search(plain) or signed:
        names = paragraph[found.start("names") : found.end("names")]
        yield from _persons(_PARTS.sub(" ", names), paragraph[found.start() : found.end()])


def person(raw: str) -> str | None:
    """The name of one or several persons without any label; None of outlets, teams, places and words for pictures."""
    text = _BY.sub("", " ".join(raw.split()))
    name = clean_name(text, person=True)
    if not name or any(_NO_PERSON.search(simpler(each)) or each in _ROLE_OF for each in name.split("、")):
        return None
    return name


def _persons(names: str, raw: str) -> Iterator[Credit]:
    if name := person(names):
        yield Credit(role="author", name=name, raw=raw, place="byline")


def licence(line: str) -> Credit | None:
    """The registration number of a Chinese site, wherever in the line."""
    found = _ICP.search(line)
    return (
        Credit(role="licence", name=found.group().replace(" ", ""), raw=found.group(), place="foot") if found else None
    )


def clean_name(raw: str, *, person: bool) -> str | None:
    """The name as a reader would write it, or None when nothing like a name is left."""
    text = _without_signs(raw, person=person)
    text = _END.split(text, maxsplit=1)[0]
    text = _DATE_TAIL.sub("", text)
    text = _WIDGET.sub("", _PUBLISHED.sub("", text))
    if person:
        text = _MANNER_BEHIND.sub("", _REPORTER_OF.sub("", _BESIDE_NAME.sub("", text)))
        text = _SPACED.sub(r"\1\2", _BETWEEN.sub(" ", text))
        text = re.split(r"[，,。：:]", text, maxsplit=1)[0] if _LIST_OF_NAMES.match(text) is None else text
    text = closed(_SITE_TAIL.sub("", text), text)
    if not person and (found := _TWO_NAMES.match(text)):
        text = found[1]
    if not text or len(text) > _LONGEST or text.isdigit():
        return None
    if text.casefold() in _NOBODY and (person or text not in UNNAMED_ORIGINS):
        return None
    if person:
        parts = [part for part in _NAMES.split(text) if part and simpler(part) not in _ROLE_OF]  # 供稿：通讯员 甲
        if _NO_NAME.search(text) or (parts and parts[0].casefold() in _NOBODY):
            return None
        if len(parts) > 1 and any(_SENTENCE.fullmatch(part) for part in parts):
            return None
        if len(parts) > 1 and all(_HAN_NAME.fullmatch(part) for part in parts):
            text = "、".join(parts)
    return text


def _without_signs(raw: str, *, person: bool) -> str:
    """Of a person without nation and paper; of an outlet in title marks nothing but these: 《河岸晚报》、康大文."""
    if person:
        text = _REPORTER_OF.sub("", _NATION.sub("", raw).strip(" 　:：\t")).strip("[【(（「《>")
        return text if text.find("《", 1) > 0 else text.strip("《")
    text = raw.strip(" 　:：\t[【(（「>")
    return text[1:].partition("》")[0] if text.startswith("《") and text.find("《", 1) < 0 else text


def unique(found: Sequence[Credit]) -> tuple[Credit, ...]:
    """The first credit of each role and name."""
    seen: dict[tuple[str, str], Credit] = {}
    for credit in found:
        seen.setdefault((credit.role, credit.name), credit)
    return tuple(seen.values())
