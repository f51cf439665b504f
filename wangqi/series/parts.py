"""Which links of a page lead to the other parts of its own story, by the words and the addresses of its pager. Pure.

A story in several pages has one address, that of its first part; the others count on from it: `102.html`,
`102_2.html`; `102/`, `102/2/`; `?id=102`, `?id=102&page=2`. Whether what stands there is of the story, only that page
can tell (see `is_titled_alike`): the pages of its comments and the next chapter of a novel are linked like this, too.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from wangqi.series.part_addresses import Reading, name_of, readings_of
from wangqi.titles.marks import COUNTERS

MOST_PARTS: Final = 60  # of one story; a pager that counts further is one of a listing, or of comments
_LONGEST = 60  # characters of a link that turns a page, with the title behind it
_LONGEST_PLAIN = 10
_HINT = re.compile(r"[页頁文余剩]|内容|page|read", re.IGNORECASE)  # a longer one has one of these, and most titles none
_MAY_TURN = re.compile(r"[\d页頁文容读讀余剩»›>→«‹<←]|page|next|prev|read", re.IGNORECASE)
_MOST_NUMBERED = 27  # from 28 on it may be a month
_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_OPEN, _CLOSE = r"[\[(（【〔<《\s]*", r"[\])）】〕>》\s]*"
_NUMBER = re.compile(
    rf"{_OPEN}(?:第?\s*(?P<plain>\d{{1,3}})\s*页?|第\s*(?P<named>[一二三四五六七八九十])\s*页|p(?:age)?\.?\s*(?P<page>\d{{1,3}})){_CLOSE}"
    rf"|第\s*(?P<titled>\d{{1,3}})\s*页\s*[:：、\s]\s*\S.*",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\W*(?:点击|进入|翻到|阅读|继续阅读|看)?(?:下一?页|后一?页|next(?:\s*page)?)(?:\W*|\s*[:：].*)|[»›>→]+",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\W*(?:返回)?(?:上一?页|前一?页|prev(?:ious)?(?:\s*page)?)(?:\W*|\s*[:：].*)|[«‹<←]+",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\W*(?:(?:在?本页|单页|整页|一页|全部)?(?:阅读|显示|浏览|查看|展开|打开|看)?(?:余下|剩余|全部)?(?:全文|全部内容|剩余内容|完整内容|全部正文)"
    r"|(?:全文|单页|整页|一页)(?:阅读|显示|浏览|模式|看完)?|继续阅读|阅读(?:余下|剩余)\S{0,4}"
    r"|(?:view\s*)?(?:as\s*)?(?:a\s*)?(?:single|one)\s*page|read\s*(?:more|on|all)|continue\s*reading)\W*",
    re.IGNORECASE,
)
_SURE = re.compile(r"单页|[整一]页|余下|剩余|展开|本页|(?:阅读|查看|显示|浏览)全文|全文(?:阅读|显示|浏览)")
_COMMENTS = re.compile(r"comment|reply|pinglun|guestbook|[?&](?:cpage|cp)=", re.IGNORECASE)
_OF_WORKS = COUNTERS - {"part", "pt"}  # words before a number that is of no page of a story
_ALONE = COUNTERS | {""}
_NOISE = re.compile(r"[\W_]+")
_COUNT = re.compile(r"共\s*(\d{1,3})\s*页|第\s*\d{1,3}\s*[/页]\s*(?:/\s*)?共?\s*(\d{1,3})\s*页")


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a story goes on, as one of its pages says.

    Attributes:
        number: Which part this page is, from 1.
        others: The parts that it links by their number, or by 下一页, with that number.
        back: The first part, or the one before this, of a page that is not the first.
        count: How many there are, so far as the page shows or says.
        whole: The page that has all of it (单页阅读, 阅读全文), or the rest of it.
        is_near: The address of that page is made from the story's own.
        is_hidden: There are others, and only a script knows their addresses.
        is_beyond: The pager counts further than stories go, perhaps comments: nothing is known but `count`.
    """

    number: int = 1
    others: tuple[tuple[int, str], ...] = ()
    back: str | None = None
    count: int = 1
    whole: str | None = None
    is_near: bool = False
    is_hidden: bool = False
    is_beyond: bool = False

    @property
    def further(self) -> tuple[tuple[int, str], ...]:
        """The parts behind this one."""
        return tuple((number, url) for number, url in self.others if number > self.number)

    @property
    def next_url(self) -> str | None:
        """Where the story goes on, one part at a time."""
        return self.further[0][1] if self.further else self.whole


def turns_pages(words: str) -> bool:
    """Whether a link under these words may lead to another part of a story, or to all of it."""
    if len(words) > _LONGEST or (len(words) > _LONGEST_PLAIN and not _HINT.search(words)):
        return False
    if unicodedata.is_normalized("NFKC", words) and not _MAY_TURN.search(words):  # most words of menus
        return False
    shown = _shown(words)
    return bool(shown) and (_is_pager(shown) or _WHOLE.fullmatch(shown) is not None)


def hidden_parts(words: Iterable[str], text: str) -> Parts | None:
    """The parts of a story that begins on this page, where a script turns its pages: how many they are, and no more.

    Args:
        words: Of links whose address only a script knows.
        text: As for `parts_of`.
    """
    shown = [_shown(each) for each in words]
    numbers = {label for each in shown if (label := _label(each)) is not None}
    is_named = any(_NEXT.fullmatch(each) and any(map(str.isalpha, each)) for each in shown)
    if not is_named and not (2 in numbers and any(line >= {1, 2} for line in _numbers_in(text))):
        return None
    count = max(2, max(numbers, default=0), _count(text) or 0)
    return Parts(count=count, is_hidden=True, is_beyond=count > MOST_PARTS)


def parts_of(url: str, anchors: Iterable[tuple[str, str]], text: str = "") -> Parts | None:
    """The parts of the story on the page at `url`; None where its links name none.

    Args:
        url: Of the page.
        anchors: Its links in its order, as (words, absolute address).
        text: Lines of its pagers, with the numbers that are no links, and where it may say how many parts there are.
    """
    here = _bare(url)
    host = urlsplit(here).netloc
    links = [
        (_shown(words), bare)
        for words, target in anchors
        if (bare := _bare(target)) and urlsplit(bare).netloc == host and not _COMMENTS.search(bare)
    ]
    whole = _whole(here, links)
    pager = [(words, target) for words, target in links if _is_pager(words)]
    found = _counted_on(here, pager) or _numbered(here, pager, text)
    if found is None:
        return Parts(whole=whole, is_near=_is_near(here, whole)) if whole else None
    number, others = found
    if (most := max(others, default=0)) > MOST_PARTS:
        return Parts(count=most, is_beyond=True)
    back = others.get(1) or others.get(number - 1) if number > 1 else None
    if number > 1 and back is None:
        return Parts(whole=whole, is_near=_is_near(here, whole)) if whole else None
    shown, said = max(number, *others), _count(text) or 0
    count = said if shown <= said <= MOST_PARTS else shown
    return Parts(number, tuple(sorted(others.items())), back, count, whole, _is_near(here, whole))


def is_titled_alike(first: str | None, part: str | None, number: int) -> bool:
    """Whether part `number` of a story bears the title of its first part, but for a mark such as （2） or 第2页.

    A part without a title may be of any story.

    >>> is_titled_alike("渡口的一天", "渡口的一天（2）", 2), is_titled_alike("第一章 出船", "第二章 归港", 2)
    (True, False)
    """
    if not part or not first:
        return True
    own = _title_keys(first, 1)
    return bool(own & _title_keys(part, number))


def unmarked(title: str, number: int) -> str:
    """A title without the mark of a part at its end.

    >>> unmarked("第12章 缝补人生（1/2）", 1), unmarked("缝补人生 第1页", 1), unmarked("缝补人生2", 2)
    ('第12章 缝补人生', '缝补人生', '缝补人生2')
    """
    spelt = f"(?:{number}|{'一二三四五六七八九十'[number - 1]})" if 1 <= number <= len(_DIGITS) else str(number)
    page = rf"第\s*{spelt}\s*页|{number}\s*[/／]\s*\d{{1,3}}"
    mark = rf"[\s_|—–-]*(?:[(（\[【]\s*(?:{spelt}|{page})\s*页?\s*[)）\]】]|{page}|(?<=[\s_-]){number})\s*$"
    stem = re.sub(mark, "", title)
    said = stem.rstrip(" .#_-").casefold()
    is_counted = said in _ALONE or said.rpartition(" ")[2] in _OF_WORKS
    return title if is_counted else stem  # Issue 2 is no second page


def _title_keys(title: str, number: int) -> set[str]:
    """The title as it stands, and without a mark of this part."""
    shown = unicodedata.normalize("NFKC", title).casefold().strip()
    return {key for form in (shown, unmarked(shown, number)) if (key := _NOISE.sub("", form))}


def _shown(words: str) -> str:
    """The words in plain digits and simple characters."""
    return unicodedata.normalize("NFKC", words.strip()[:_LONGEST]).replace("頁", "页").replace("閱讀", "阅读")


def _is_pager(words: str) -> bool:
    return any(pattern.fullmatch(words) for pattern in (_NUMBER, _NEXT, _BACK))


def _label(words: str) -> int | None:
    found = _NUMBER.fullmatch(words)
    if not found:
        return None
    if found["named"]:
        return _DIGITS[found["named"]]
    return int(found["plain"] or found["page"] or found["titled"])


def _counted_on(here: str, pager: Sequence[tuple[str, str]]) -> tuple[int, dict[int, str]] | None:
    """This page's number and the others', where their addresses are made from one: that of the first part."""
    own = {reading.stem: reading for reading in readings_of(here)}
    others = [(words, target, reading) for words, target in pager if target != here for reading in readings_of(target)]
    families = Counter(reading.stem for _, _, reading in others if reading.stem in own)
    for stem, _ in families.most_common():
        members = [(words, target, reading.number) for words, target, reading in others if reading.stem == stem]
        if found := _places(own[stem], members):
            return found
    return None


def _places(own: Reading, members: Sequence[tuple[str, str, int | None]]) -> tuple[int, dict[int, str]] | None:
    """By the numbers in the addresses, which may count from 0 or leave out the first."""
    offset = _offset(own.number, members)
    if offset not in {0, 1}:
        return None
    places = [1 if number is None else number + offset for _, _, number in members]
    place = 1 if own.number is None else own.number + offset
    if not own.is_marked and own.number is not None and 1 not in {place, *places}:
        return None  # nothing says that the numbers begin with a first part: they may be of chapters, or days
    others: dict[int, str] = {}
    for at, (_, target, _) in zip(places, members, strict=True):
        if at != place and at > 0:
            others.setdefault(at, target)
    return (place, others) if others and place > 0 else None


def _offset(own: int | None, members: Sequence[tuple[str, str, int | None]]) -> int:
    """By how much the parts' numbers are greater than those in their addresses: what most words say, else 下一页."""
    said = [label - number for words, _, number in members if number is not None and (label := _label(words))]
    if said:
        return Counter(said).most_common(1)[0][0]
    if 0 in {own, *(number for _, _, number in members)}:
        return 1
    onward = next((number for words, _, number in members if number is not None and _NEXT.fullmatch(words)), None)
    if own is None:
        return 0 if onward is None else 2 - onward
    leads_to_first = any(number is None and _BACK.fullmatch(words) for words, _, number in members)
    return 2 - own if leads_to_first else 0


def _numbered(here: str, pager: Sequence[tuple[str, str]], text: str) -> tuple[int, dict[int, str]] | None:
    """The same, where addresses say nothing: numbers from 1 on in one line of the text, with that of this page."""
    numbers: dict[int, str] = {}
    for words, target in pager:
        label = _label(words)
        if label is not None and target != here:
            if numbers.get(label, target) != target:
                return None
            numbers[label] = target
    forward = {target for words, target in pager if _NEXT.fullmatch(words)}
    most = max(numbers, default=0)
    missing = set(range(1, most + 1)) - set(numbers)
    place = missing.pop() if len(missing) == 1 else most + 1 if not missing and most else None
    if place is None or len(numbers) != len(set(numbers.values())):
        return None
    back = {target for words, target in pager if _BACK.fullmatch(words)}
    fits = forward <= {numbers.get(place + 1)} and back <= {numbers.get(place - 1)}
    fits = fits and most <= _MOST_NUMBERED and any(line >= {place, *numbers} for line in _numbers_in(text))
    is_sure = bool(forward or back) or len(numbers) > 1
    return (place, numbers) if fits and is_sure else None


def _numbers_in(text: str) -> Iterator[set[int]]:
    """The numbers of each line."""
    return ({int(number) for number in re.findall(r"\d{1,3}", line)} for line in text.split("\n"))


def _whole(here: str, links: Sequence[tuple[str, str]]) -> str | None:
    """The one address on the page under words such as 单页阅读; None where there are several.

    Weaker words, such as 全文 or read more, lead to anything, unless the address is made from the story's own.
    """
    said = [(words, target) for words, target in links if words and _WHOLE.fullmatch(words) and target != here]
    targets = {target for words, target in said if _SURE.search(words) or _is_near(here, target)}
    return targets.pop() if len(targets) == 1 and len({target for _, target in said}) == 1 else None


def _is_near(here: str, whole: str | None) -> bool:
    name = name_of(here)
    return whole is not None and len(name) > 1 and name in whole


def _count(text: str) -> int | None:
    said = {int(first or second) for first, second in _COUNT.findall(text)}
    return said.pop() if len(said) == 1 else None


def _bare(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return parts._replace(fragment="").geturl() if parts.netloc else ""
