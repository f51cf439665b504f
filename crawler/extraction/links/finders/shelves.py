"""Where a page stands among others: what it files itself under, the folders above it, the contents and the front page.

They lead on where no link to another part does. None is a link of the series yet: a crawl looks at a few of them, and
takes what fits.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from crawler.extraction.links.addresses import made_alike
from crawler.extraction.links.finders.in_text import lists_in_sentences
from crawler.extraction.links.lines import Anchor
from crawler.extraction.links.page import Page
from crawler.extraction.links.wording import HOME, NEXT, PREV, simpler
from crawler.extraction.model import Shelf, ShelfSort
from crawler.extraction.source.media import document_in
from wangqi.addresses import is_profile
from wangqi.titles.anatomy import key
from wangqi.titles.issues import fold

_MOST_SHELVES: Final = 24
_LONGEST_LABEL: Final = 20
_LONGEST_BEFORE: Final = 40  # characters before a link that may be its label
_SHORTEST_NAME: Final = 2
_LEVELS: Final = 12
_MOST_TOGETHER: Final = 12  # more names side by side are the site's list of all of them

_ORDER: Final[tuple[ShelfSort, ...]] = (
    "named",
    "spoken",
    "series",
    "filed",
    "above",
    "writer",
    "contents",
    "few",
    "home",
    "sitemap",
)
_TAG_PATH = re.compile(r"[/?&]tags?[/=]|biaoqian", re.IGNORECASE)
_SERIES_PATH = re.compile(
    r"[/?&](?:series|serials?|columns?|zhuanlan|zhuanti|specials?|collections?|albums?|heji|wenji|nb|notebooks?"
    r"|ironman|subject)[/=]"
    r"(?!(?:index|default|list|main)\b)[^/]|/category_\d",  # the list of all of them is none
    re.IGNORECASE,
)
_FILED_PATH = re.compile(
    r"[/?&](?:categor(?:y|ies)|cate?s?|tags?|labels?|topics?|terms?|fenlei|biaoqian|archives/(?:category|tag))[/=][^/]",
    re.IGNORECASE,
)
_SERIES_LABEL = re.compile(
    r"(?:系列|专栏|连载|合集|文集|专题|专辑|收录于|series|column|collection)\S{0,2}\s*[:>]?\s*$|(?:^|\W)所属\W*$",
    re.IGNORECASE,
)
_SERIES_NAME = re.compile(r"系列|专栏|專欄|连载|連載|[周週月]刊|[周週月]报|手册|教程|series$", re.IGNORECASE)
_FILED_LABEL = re.compile(
    r"(?:分类|类别|标签|栏目|归类|归档|所属|关键词|categor(?:y|ies)|tags?|filed (?:under|in)|posted in|发布[于在])"
    r"\S{0,2}\s*[:>]?\s*$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"\W*(?:文章|全部|所有|博客|博文|完整|全书|章节|系列)*"
    r"(?:归档|存档|目录|目次|もくじ|索引|列表|一覧|文章|博文|博客|连载|专栏|系列|合集|时间轴|往期|バックナンバー)+\W*"
    r"|\W*(?:archives?|posts?|articles?|blog|all posts|(?:table of )?contents|index|series|columns?|issues?)\W*"
    r"|\W*(?:(?:course|lecture|class) )?(?:schedule|syllabus|calendar|lectures?|lessons|chapters|notes|readings)\W*"
    r"|\W*(?:课程|教学|授课|讲座|更新)*(?:安排|大纲|日程|日历|进度|讲义|课表|日程表)\W*"
    r"|\W*\S{1,12}的(?:全部|所有)?(?:文章|日记|博客|博文|日志|作品|游记|帖子|笔记|专栏)\W*",
    re.IGNORECASE,
)
# Where a page sends its reader back to, in a label of few words.
_BACK = re.compile(
    "目次|一[览覧]|目录|バックナンバー|[过過]去の|アーカイブ|[戻戾][るり]|もど[るり]|返回|回到"
    r"|\bback (?:to|issues?)\b|\breturn to\b|\b(?:index|contents|archives?)$|목록|목차",
    re.IGNORECASE,
)
_FEW: Final = 6  # pages of its site that a page leads to, where each of them may list it
_OF_SITE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|side|sidebar|aside|widgets?|foot|footer|cloud|tagcloud|tag-?cloud|recent"
    r"|hot|ranks?|ranking|recommend|related)(?:$|[\s_-]|er\b)|sidebar|tagcloud|tag-cloud|(?:category|archive)-list",
    re.IGNORECASE,
)
_OF_STORY = re.compile(
    r"(?:^|[\s_-])(?:post|article|entry|content|single|detail|blog-?post|meta|metas)(?:$|[\s_-])", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[:/|()\[\]【】《》—#·,]|--|\s-\s|\d|第")
_OF_ALL = re.compile(
    r"(?:系列|专栏|專欄|合集|文章|全部|完整|目录|目錄|索引|列表|汇总|彙整|归档|教学|教程|\d++|series|index|archives?)*"
)
_BEFORE_NAME = re.compile("^(?:专题|專題|专栏|專欄|系列|连载|連載|栏目|合集)(?=.)")
_HEADS = {"td": "th", "dd": "dt"}
_ARCHIVE_PATH = re.compile(r"[/-]archives?(?:/|\.\w{3,5})?$", re.IGNORECASE)
_LIST_FILE = re.compile(
    r"(?:index|default|home|list|main|column|catalog(?:ue)?|contents?|toc|mulu|node)\.\w{3,5}", re.IGNORECASE
)
_OF_FOLDER = re.compile(r"(?:index|default)\.\w{3,5}", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20)?\d{2,4}")
_DAYS = re.compile(r"(?:19|20)\d\d(?:-?\d\d){0,2}|\d{1,2}(?:-?\d\d)?")


def shelves_of(page: Page) -> tuple[Shelf, ...]:
    """The page's shelves, the surest first, each address once."""
    named = key(page.title or "")

    def place(shelf: Shelf) -> tuple[int, bool, bool]:
        is_of_title = len(key(shelf.title)) > 1 and key(shelf.title) in named
        return _ORDER.index(shelf.sort), not is_of_title, bool(_TAG_PATH.search(shelf.url))

    found: dict[str, Shelf] = {}
    for shelf in sorted(
        [*lists_in_sentences(page), *_linked(page), *_announced(page), *_above(page), *_few(page)], key=place
    ):
        found.setdefault(shelf.url.partition("#")[0].rstrip("/"), shelf)
    return tuple(islice(found.values(), _MOST_SHELVES))


def name_of(title: str) -> str:
    """What stands before the first number or separator of a title, or in its first brackets: its series' name."""
    folded = fold(title)
    cut = _SEPARATOR.search(folded, 1)
    return key(folded[: cut.start()]) if cut else ""


def _linked(page: Page) -> Iterator[Shelf]:
    name = name_of(page.title or "")
    for line in page.lines:
        for anchor in line.anchors:
            text = anchor.text.strip() or anchor.hint
            if not text or not page.at_home(anchor) or (target := page.resolve(anchor.href)) is None:
                continue
            is_label = len(text) <= _LONGEST_LABEL
            sort = _sort(page, anchor, text, target, name) if is_label else _by_address(page, anchor, target)
            if sort:
                yield Shelf(target, text, sort)


def _sort(page: Page, anchor: Anchor, text: str, target: str, name: str) -> ShelfSort | None:
    if _is_called(text, name):
        return "named"
    label = _label_before(page, anchor)
    before = fold(simpler(label)) if label else ""
    filed = _filed(anchor, target, before)
    if filed and (_is_own(anchor) or _is_labelled(before)):
        return filed
    if HOME.match(text) or "home" in anchor.rel.split() or target.partition("://")[2].strip("/") == page.host:
        return "home"
    if above := _by_address(page, anchor, target):
        return above
    if (is_profile(target) or "author" in anchor.rel.split()) and _is_own(anchor):
        return "writer"
    is_back = _CONTENTS.fullmatch(simpler(text)) or _BACK.search(simpler(text)) or _ARCHIVE_PATH.search(target)
    return "contents" if is_back else None


def _by_address(page: Page, anchor: Anchor, target: str) -> ShelfSort | None:
    """What the address alone says: the page is filed in the folder that it lies in; others lie above it."""
    folder, _, file = _bare(target).rpartition("/")
    if not page.url.startswith(f"{folder}/"):  # most links lead elsewhere
        return None
    if _is_own_folder(page.url, folder, file):
        return "filed"
    return "above" if page.is_above(anchor) or _is_list_of_folder(page.url, folder, file) else None


def _is_own_folder(url: str, folder: str, file: str) -> bool:
    """Whether it is the folder in which the page lies, or the file that lists it.

    A folder of the first level holds all that a blog has; one of a day holds its day.
    """
    own = _bare(url).rpartition("/")[0]
    name = own.rpartition("/")[2]
    is_list = not file or _LIST_FILE.fullmatch(file) is not None
    return folder == own and is_list and urlsplit(own).path.count("/") > 1 and _DAYS.fullmatch(name) is None


def _label_before(page: Page, anchor: Anchor) -> str:
    """What stands before the link in its line; where nothing does, what heads the link's row of a table."""
    before = anchor.line.text[max(0, anchor.start - _LONGEST_BEFORE) : anchor.start]
    if before.strip() or not anchor.line.index:
        return before
    head = page.lines[anchor.line.index - 1]
    is_head = _HEADS.get(str(anchor.line.element.tag)) == head.element.tag and not head.anchors
    return head.text if is_head and head.length <= _LONGEST_LABEL else ""


def _bare(url: str) -> str:
    """Without query and fragment."""
    return url.partition("#")[0].partition("?")[0]


def _is_list_of_folder(url: str, folder: str, file: str) -> bool:
    """Whether it is the file that lists a folder in which the page lies: list.html beside it, ../index.htm.

    Whatever the file is called where nothing but folders of days lie between: news/2016/4/17/a.html, news/all.html.
    """
    if not file:
        return False
    between = url[len(folder) + 1 :].split("/")[:-1]
    is_in_days = bool(between) and all(map(_DAYS.fullmatch, between)) and urlsplit(folder).path.strip("/") != ""
    return is_in_days or _LIST_FILE.fullmatch(file) is not None


def _is_called(text: str, name: str) -> bool:
    """Whether the link is called as the series, perhaps with a word behind: 周刊, 周刊目录."""
    if len(name) < _SHORTEST_NAME:
        return False
    word = _BEFORE_NAME.sub("", key(text))
    return word.startswith(name) and _OF_ALL.fullmatch(word, len(name)) is not None


def _filed(anchor: Anchor, target: str, before: str) -> ShelfSort | None:
    path = "/" + unquote(target.partition("://")[2].partition("/")[2])
    if _SERIES_PATH.search(path) or (before and _SERIES_LABEL.search(before)):
        return "series"
    is_filed = _FILED_PATH.search(path) is not None
    if is_filed and _SERIES_NAME.search(anchor.text):
        return "series"
    if is_filed or {"tag", "category"} & set(anchor.rel.split()) or (before and _FILED_LABEL.search(before)):
        return "filed"
    return None


def _is_labelled(before: str) -> bool:
    """Whether the line says what the link is, 分类：乡土志: a theme may call the foot of a story its footer."""
    return bool(before) and (_SERIES_LABEL.search(before) or _FILED_LABEL.search(before)) is not None


def _is_own(anchor: Anchor) -> bool:
    """Whether the link stands in the story's own room, and in no list of all that the site has."""
    if "tag" in anchor.rel.split():
        return True
    parent = anchor.element.getparent()
    together = sum(1 for _ in islice(parent.iter("a"), _MOST_TOGETHER + 1)) if parent is not None else 0
    if together > _MOST_TOGETHER:
        return False
    for element in islice(anchor.element.iterancestors(), _LEVELS):
        if element.tag in {"nav", "aside"} or _OF_SITE.search(_marks(element)):
            return False
        if element.tag == "article" or _OF_STORY.search(_marks(element)):
            return True
    return True


def _marks(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _few(page: Page) -> Iterator[Shelf]:
    """All that a page leads to which leads to hardly anything: an old page that was made by hand has a way back."""
    home = (anchor for line in page.lines for anchor in line.anchors if page.at_home(anchor))
    leads = {_bare(target): anchor for anchor in home if (target := page.resolve(anchor.href))}
    for target, anchor in leads.items() if len(leads) <= _FEW else ():
        turns = any(pattern.search(text) for pattern in (PREV, NEXT) for text in (anchor.text, anchor.line.text))
        whole = page.resolve(anchor.href) or target
        may_be_list = not turns and document_in(whole) is None and not made_alike(page.url, target)
        if len(anchor.text) <= _LONGEST_LABEL and may_be_list:
            yield Shelf(whole, anchor.text, "few")


def _announced(page: Page) -> Iterator[Shelf]:
    """What the page's head says: its section, its contents, its front page."""
    for link in page.tree.iterfind(".//link[@href]"):
        rel = set((link.get("rel") or "").lower().split())
        target = page.resolve(link.get("href", ""))
        if target is None or not rel & {"up", "contents", "index", "collection", "home"}:
            continue
        sort: ShelfSort = "home" if "home" in rel else "contents"
        yield Shelf(target, link.get("title") or "", sort)


def _above(page: Page) -> Iterator[Shelf]:
    """The folder that the page lies in, or above those of its day, and the site's front page."""
    try:
        parts = urlsplit(page.url)
    except ValueError:
        return
    if not parts.netloc:
        return
    segments = [segment for segment in parts.path.split("/") if segment]
    is_index = not parts.path.endswith("/") and bool(segments) and _OF_FOLDER.fullmatch(segments[-1]) is not None
    folders = segments[:-2] if is_index else segments[:-1]  # a/index.html is the page that its folder is
    while folders and _DAYS.fullmatch(folders[-1]):
        folders.pop()
    if folders and not any(map(_YEARS.fullmatch, folders)):
        yield Shelf(f"{parts.scheme}://{parts.netloc}/{'/'.join(folders)}/", "", "above")
    yield Shelf(f"{parts.scheme}://{parts.netloc}/", "", "home")
    yield Shelf(f"{parts.scheme}://{parts.netloc}/sitemap.xml", "", "sitemap")
