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
from urllib.parse import parse_qsl, urlsplit

MOST_PARTS: Final = 60  # of one story; a pager that counts further is one of a listing, or of comments
_MOST_NUMBERED = 27  # from 28 on it may be a month
_MOST_UNMARKED = 20  # a folder's larger numbers are of chapters, those with a zero before them of days

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
_KEY = re.compile(r"p|pp|pg|pn|page|pageno|page_?(?:no|num|number|index)|cur_?page|current_?page|paged", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|do|action)$", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?P<stem>.*[^_\-])[_-](?:p|page)?(?P<number>\d{1,3})|(?P<name>.*\d)p(?P<page>\d{1,3})", re.IGNORECASE
)
_BELOW = re.compile(r"(?:p(?:age)?[_-]?)?(?P<number>\d{1,3})", re.IGNORECASE)
_FOLDER = re.compile(r"(?<=.)/(?:index|default|page|p)$", re.IGNORECASE)
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
    """

    number: int = 1
    others: tuple[tuple[int, str], ...] = ()
    back: str | None = None
    count: int = 1
    whole: str | None = None
    is_near: bool = False

    @property
    def further(self) -> tuple[tuple[int, str], ...]:
        """The parts behind this one."""
        return tuple((number, url) for number, url in self.others if number > self.number)

    @property
    def next_url(self) -> str | None:
        """Where the story goes on, one part at a time."""
        return self.further[0][1] if self.further else self.whole


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
        (words.strip(), bare)
        for words, target in anchors
        if (bare := _bare(target)) and urlsplit(bare).netloc == host and not _COMMENTS.search(bare)
    ]
    whole = _whole(here, links)
    pager = [(words, target) for words, target in links if _is_pager(words)]
    found = _counted_on(here, pager) or _numbered(here, pager, text)
    if found is None:
        return Parts(whole=whole, is_near=_is_near(here, whole)) if whole else None
    number, others = found
    if max(others, default=0) > MOST_PARTS:
        return None
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


def _title_keys(title: str, number: int) -> set[str]:
    """The title as it stands, and without a mark of this part."""
    shown = unicodedata.normalize("NFKC", title).casefold().strip()
    spelt = f"(?:{number}|{'一二三四五六七八九十'[number - 1]})" if 1 <= number <= len(_DIGITS) else str(number)
    page = rf"第\s*{spelt}\s*页|{number}\s*/\s*\d{{1,3}}"
    mark = re.compile(rf"[\s_|—–-]*(?:[(\[【]\s*(?:{spelt}|{page})\s*页?\s*[)\]】]|{page}|(?<=[\s_-]){number})$")
    return {key for form in (shown, mark.sub("", shown)) if (key := _NOISE.sub("", form))}


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
    own = {reading.stem: reading for reading in _readings(here)}
    others = [(words, target, reading) for words, target in pager if target != here for reading in _readings(target)]
    families = Counter(reading.stem for _, _, reading in others if reading.stem in own)
    for stem, _ in families.most_common():
        members = [(words, target, reading.number) for words, target, reading in others if reading.stem == stem]
        if found := _places(own[stem], members):
            return found
    return None


def _places(own: "_Reading", members: Sequence[tuple[str, str, int | None]]) -> tuple[int, dict[int, str]] | None:
    """By the numbers in the addresses, brought into line with those in the words; else by 上一页 and 下一页."""
    labelled = [(label, number) for words, _, number in members if (label := _label(words)) is not None]
    offsets = Counter(label - number for label, number in labelled if number is not None)
    offset = offsets.most_common(1)[0][0] if offsets else 0
    if offset not in {0, 1}:
        return None
    begins = any(number is None for _, _, number in members) or 1 in {label for label, _ in labelled}
    if own.number is not None and not begins and not own.is_marked:
        return None  # nothing says that the numbers begin with a first part: they may be of chapters, or days
    if own.number is None:
        place = 1
    elif not offsets and any(number is None and _BACK.fullmatch(words) for words, _, number in members):
        place = 2
    else:
        place = own.number + offset
    others: dict[int, str] = {}
    for words, target, number in members:
        at = 1 if number is None else number + offset
        if _NEXT.fullmatch(words) and not offsets:
            at = place + 1
        elif _BACK.fullmatch(words) and not offsets:
            at = place - 1
        if at != place and at > 0:
            others.setdefault(at, target)
    return (place, others) if others and place > 0 else None


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
    lines = ({int(number) for number in re.findall(r"\d{1,3}", line)} for line in text.split("\n"))
    fits = fits and most <= _MOST_NUMBERED and any(line >= {place, *numbers} for line in lines)
    is_sure = bool(forward or back) or len(numbers) > 1
    return (place, numbers) if fits and is_sure else None


def _whole(here: str, links: Sequence[tuple[str, str]]) -> str | None:
    """The one address on the page under words such as 单页阅读; None where there are several.

    Weaker words, such as 全文 or read more, lead to anything, unless the address is made from the story's own.
    """
    said = [(words, target) for words, target in links if words and _WHOLE.fullmatch(words) and target != here]
    targets = {target for words, target in said if _SURE.search(words) or _is_near(here, target)}
    return targets.pop() if len(targets) == 1 and len({target for _, target in said}) == 1 else None


def _is_near(here: str, whole: str | None) -> bool:
    name = _ENDING.sub("", urlsplit(here).path.rstrip("/")).rpartition("/")[2]
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read an address: as part `number` of the story at `stem`; None is the first, which needs no number.

    `is_marked`: the number stands where only numbers of pages stand.
    """

    stem: str
    number: int | None = None
    is_marked: bool = False


def _readings(url: str) -> Iterator[_Reading]:
    parts = urlsplit(url)
    path = _ENDING.sub("", parts.path).rstrip("/")
    query = parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")
    yield _Reading(_stem(path, query))
    for at, (key, value) in enumerate(query):
        if _KEY.fullmatch(key) and value.isdecimal() and len(value) <= 3:
            yield _Reading(_stem(path, query[:at] + query[at + 1 :]), int(value), is_marked=True)
    folders, _, last = path.rpartition("/")
    if found := _BEHIND.fullmatch(last):
        is_marked = found["number"] is None or last[found.end("stem")] == "_"
        stem = _stem(f"{folders}/{found['stem'] or found['name']}", query)
        yield _Reading(stem, int(found["number"] or found["page"]), is_marked=is_marked)
    if folders and (found := _BELOW.fullmatch(last)):
        number = int(found["number"])
        is_marked = not last.isdecimal() or (last[0] != "0" and number <= _MOST_UNMARKED)
        yield _Reading(_stem(folders, query), number, is_marked=is_marked)


def _stem(path: str, query: Sequence[tuple[str, str]]) -> str:
    return f"{_FOLDER.sub('', path)}?{'&'.join(sorted(f'{key}={value}' for key, value in query))}"
