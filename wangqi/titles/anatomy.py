"""A title taken apart: its decoration, its beginning, its number, and what stays the same from part to part."""

import re
from dataclasses import dataclass
from functools import lru_cache

from wangqi.titles.issues import Numbering, fold, numbering_of
from wangqi.titles.names import AGENCY, GENRES, SPEAKER

_LABEL = re.compile(rf"^【(?=[\u4e00-\u9fff])(?:{GENRES.pattern})】\s*(?=\S)")  # 【深度】: what it is, not whose
# The beginning or the end of a title that may be a series' name, by the sign that sets it off.
_BEGINNINGS = (
    re.compile(r"^[【\[〔](?P<name>[^】\]〕]{2,20})(?P<sign>[】\]〕])\s*(?=\S)"),
    re.compile(r"^#(?P<name>[^#|:]{2,20})(?P<sign>#)\s*(?=\S)"),
    re.compile(r"^(?P<name>[^|:—-]{4,12}?)\s*(?P<sign>——|--|—)\s*(?=\S)"),
    re.compile(r"^(?P<name>[^|:—·]{2,20}?)(?:\s+(?P<sign>·)\s*|(?P<tight>·)\s+)(?=\S)"),
    re.compile(r"^(?P<name>[^|:—]{2,20}?)\s*(?P<sign>[|:])\s*(?=\S)"),
)
_ENDINGS = (
    re.compile(r"(?<=\S)\s*(?P<sign>\|)\s*(?P<name>[^|:]{3,14})$"),
    re.compile(r"(?<=\S)\s*(?:——|--|—)\s*[\"《]?(?P<name>[^|:—\"《》]{3,14})[\"》]?(?P<sign>系列)\S{0,8}$"),
    re.compile(r"(?<=\S)\s*(?:——|--|—)\s*(?P<sign>[一二三四五六七八九十]{1,3}[论谈评])\s*(?P<name>[^|:—]{2,16})$"),
    re.compile(
        r"(?<=\S)\s*(?:——|--|—)\s*[\"《]?(?P<name>[^|:—\"《》]{3,14})[\"》]?(?P<sign>之)\s*[\d一二三四五六七八九十]{1,3}$"
    ),
    re.compile(r"(?<=\S)\s*\(\s*(?P<name>[^|:()]{2,14}(?:\(\d{1,3}\))?)(?P<sign>\))$"),
)
_NAMED_LAST = _ENDINGS[1:4]  # what stands before the dash is the part's own
_QUOTED_SERIES = re.compile(r"^[\"《]?(?P<name>[^\"《》]{2,20})[\"》]\s*系列\S{0,6}$")  # "青年"系列评论
_LEAD = re.compile(r"^(?:\d{1,3}\s*[.、)\]:]\s*(?=\D)|[·•●■◆◇▪►▶➤→>»*+\-–—]+\s*|[(\[]\d{1,3}[)\]]\s*)+")
_LONGEST_TITLE = 300
_ICONS = re.compile("[\ue000-\uf8ff]+")  # drawn by an icon font
_AGO = re.compile(r"^(?:\d{1,3}\s*(?:秒|分钟|小时|天|周|个?月|年)前|昨天|前天|刚刚)\s*(?=\S{4})")
# Only with these signs: 5月1日 in a title is the publisher's word.
_DATE = r"(?:(?:19|20)\d\d[-./])?\d{1,2}[-./]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
_DATE_BEFORE = re.compile(rf"^(?:{_DATE}\s+|[(（\[【]{_DATE}[)）\]】]\s*)(?=\S{{4}})")
_DATE_BEHIND = re.compile(rf"(?:\s+{_DATE}|\s*[(（\[【]{_DATE}[)）\]】])\s*$")
_TRAIL = re.compile(r"\s*(?:>{1,3}|»|→|\.{3,}|…+)\s*$")
_AGAIN = re.compile(r"^(?:再谈|再论|也谈|又谈|续|再说|三谈|重谈)")
_NOISE = re.compile(r"[\s\"'《》“”‘’「」『』【】\[\]()!?,.;:、。，！？；：…~\-—_|]+")
SHORTEST_CORE = 4
_SET_OFF = frozenset(" :|-—()[]【】《")
_VOLUME = re.compile(r"[(\[]?(?:19|20)\d\d\s*年?度?\s*$")  # of 2026年第3期
_SHORTEST_NAME = 3  # 夜读, 人物: words of two sort articles and name no series
_SPEAKING_LENGTH = 4


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A title taken apart.

    Attributes:
        folded: Without decoration, its signs in one form.
        prefix: The key of the name it begins with, or "".
        prefix_text: That name as written.
        suffix: The key of the name it ends with, or "".
        suffix_text: That name as written.
        core: The key of what stays when the part number is taken away.
    """

    folded: str
    prefix: str
    prefix_text: str
    suffix: str
    suffix_text: str
    numbering: Numbering | None
    core: str

    @classmethod
    @lru_cache(maxsize=4_096)  # cached: a crawl asks for the same titles again and again
    def of(cls, title: str, *, strict: bool = True) -> "TitleParts":
        """Take a title apart.

        Args:
            title: As written.
            strict: Take no name that may be a speaker's or an agency's: 市交通局：公交改线.
        """
        folded = _LABEL.sub("", fold(strip_decoration(title)))
        suffix_text = _name(_ENDINGS, folded, strict=strict)
        named_last = suffix_text and any(ending.search(folded) for ending in _NAMED_LAST)
        prefix_text = "" if named_last else _name(_BEGINNINGS, folded, strict=strict)
        numbering = numbering_of(folded) or _list_date(folded, title)
        core = _AGAIN.sub("", key(_core(folded, numbering)))
        return cls(folded, key(prefix_text), prefix_text, key(suffix_text), suffix_text, numbering, core)


def _name(patterns: tuple[re.Pattern[str], ...], folded: str, *, strict: bool) -> str:
    """The name that the first fitting sign sets off, without a number in it; "" where it names no series."""
    found = next((match for pattern in patterns if (match := pattern.search(folded))), None)
    if found is None:
        return ""
    text, sign = found["name"].strip(), found["sign"] or "·"
    number = numbering_of(text)
    if number:
        text = (text[: number.start] + text[number.end :]).strip(" 第")
        quoted = _QUOTED_SERIES.match(text)
        text = quoted["name"] if quoted else text.strip(' "《》')
    elif sign == ")":  # a remark in brackets
        return ""
    folded_name = key(text)
    if len(folded_name) < _SHORTEST_NAME or GENRES.fullmatch(folded_name) or folded_name.isdigit():
        return ""
    return "" if strict and _may_speak(text, folded_name, sign, at_end=patterns is _ENDINGS) else text


def _may_speak(text: str, name: str, sign: str, *, at_end: bool) -> bool:
    """Whether the name may be a speaker's, who comes before a colon, or an agency's, which comes last."""
    if at_end:
        return AGENCY.search(name) is not None
    last = text.rsplit(maxsplit=1)[-1]  # 首映 观众：…
    return sign == ":" and (len(key(last)) < _SPEAKING_LENGTH or SPEAKER.search(name) is not None)


def _list_date(folded: str, title: str) -> Numbering | None:
    """The date that was taken off as a list's: it may be all that tells the days of a daily apart."""
    dated = numbering_of(title) if len(title) > len(folded) else None
    return Numbering(None, "date", len(folded), len(folded)) if dated and dated.unit == "date" else None


def _core(folded: str, numbering: Numbering | None) -> str:
    """What stays the same from part to part: the words before the number; of a date in a sentence, those around it."""
    if numbering is None:
        return folded
    before, behind = folded[: numbering.start], folded[numbering.end :]
    if _VOLUME.fullmatch(before):  # 2023年第12期农情周报 has its name behind
        return behind if len(key(behind)) >= SHORTEST_CORE and not _is_set_off(folded, numbering.end) else before
    before = _VOLUME.sub("", before)
    within = numbering.unit == "date" and not _is_set_off(folded, numbering.end)  # 截至5月1日24时的情况
    if within or (numbering.start == 0 and numbering.unit in {"date", "()"}):
        return before + behind
    return before if len(key(before)) >= SHORTEST_CORE or numbering.start == 0 else ""


def _is_set_off(folded: str, end: int) -> bool:
    """Whether the title ends with the date, or a blank or a sign stands behind it."""
    return end == len(folded) or not _SET_OFF.isdisjoint(folded[end - 1 : end + 1])


@lru_cache(maxsize=8_192)
def key(text: str) -> str:
    """Letters and digits only, in one case: what two spellings of a name share."""
    return _NOISE.sub("", fold(text)).lower()


@lru_cache(maxsize=8_192)  # cached: each finder asks for a link's title, and menus stand on every page
def strip_decoration(title: str) -> str:
    """The title without list numbers, bullets, list dates and trailing arrows."""
    whole = stripped = " ".join(_ICONS.sub(" ", title).split())
    if len(whole) > _LONGEST_TITLE:
        return whole
    while stripped:
        before = stripped
        for decoration in (_AGO, _LEAD, _DATE_BEFORE, _DATE_BEHIND, _TRAIL):
            stripped = decoration.sub("", stripped)
        stripped = stripped.strip(" <>\u3000")
        if stripped == before:
            break
    return stripped or whole
