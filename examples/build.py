"""The whole site in memory: every path of both hosts with its reply."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from examples.pages import copy_page, fill, neighbours, story_page
from examples.sheets import SITE, Host, Missing, Sheet, load

HTML = "text/html; charset=utf-8"  # the lie of the one page in GB18030, too
COLUMN = "/column/index.html"
PER_PAGE = 8
NOTICES = (
    ("2023-11-20", "砚江纪事栏目征稿启事", "/notice/20231120.html"),
    ("2024-07-01", "砚江融媒暑期通讯员培训报名", "/notice/20240701.html"),
)
PLAIN = {
    "publisher": {
        "/index.html": "砚江融媒",
        "/about.html": "关于我们",
        "/news/index.html": "要闻",
        "/news/20240901.html": "全市秋季开学工作准备就绪",
        "/news/20240902.html": "砚江二桥今起恢复双向通行",
        "/news/20240903.html": "第十届柳浦荸荠节报名开始",
        **{path: title for _, title, path in NOTICES},
    },
    "mirror": {
        "/index.html": "砚江生活圈",
        "/fangchan.html": "房产",
        "/zhaopin.html": "招聘",
        "/meishi.html": "美食",
    },
}
CALENDAR = re.compile(r"/calendar/(\d{4})-(\d\d)(?:-\d\d)?\.html")
GONE = "很抱歉，您访问的页面不存在或已被删除。请检查网址是否正确，或返回首页。"


@dataclass(frozen=True, slots=True)
class Reply:
    body: bytes
    status: int = 200
    content_type: str = HTML


def build(edition: int = 1) -> Mapping[Host, Mapping[str, Reply]]:
    """Every page but the calendar's, which has no end (see `calendar_page`)."""
    sheets = load(edition)
    column = sorted((story for series in sheets.series for story in series.stories), key=lambda sheet: sheet.published)
    beside = neighbours(column)
    publisher = {
        sheet.path: Reply(story_page(sheet, sheets, beside[sheet.id], reads=900 * edition + 7 * at))
        for at, sheet in enumerate(column)
    }
    publisher |= {missing.path: _missing(missing) for missing in sheets.missing if missing.path}
    publisher |= _column(column)
    publisher["/robots.txt"] = Reply((SITE / "robots.txt").read_bytes(), content_type="text/plain")
    mirror = {sheet.path: Reply(copy_page(sheet, sheets)) for sheet in sheets.copies}
    site: dict[Host, dict[str, Reply]] = {"publisher": publisher, "mirror": mirror}
    for host, pages in site.items():
        pages |= {path: _plain(title, f"{title}频道正在改版。") for path, title in PLAIN[host].items()}
        if host == "publisher":
            pages["/index.html"] = _front()
        pages["/"] = pages["/index.html"]
        pages["/picture.png"] = Reply((SITE / "picture.png").read_bytes(), content_type="image/png")
    return site


def calendar_page(path: str) -> Reply | None:
    """A page of the endless calendar: each leads to the months beside it and to its own days; None for another path."""
    match = CALENDAR.fullmatch(path)
    if match is None:
        return None
    month = int(match[1]) * 12 + int(match[2]) - 1
    before, after = (f"/calendar/{at // 12:04}-{at % 12 + 1:02}.html" for at in (month - 1, month + 1))
    days = " ".join(f'<a href="/calendar/{match[1]}-{match[2]}-{day:02}.html">{day}</a>' for day in range(1, 29))
    steps = f'<a href="{before}">上一月</a> <a href="{after}">下一月</a>'
    return _plain("电子报日历", f"{match[1]}年{match[2]}月 {steps}<br>{days}")


def _plain(title: str, body: str, status: int = 200) -> Reply:
    return Reply(fill("plain", title=title, body=body).encode(), status)


def _missing(missing: Missing) -> Reply:
    match missing.outcome:
        case "gone":
            return _plain("404 Not Found", "404 Not Found", status=404)
        case "soft_404":
            return _plain("页面提示", GONE)
        case "blocked":
            return Reply(fill("blocked").encode())
        case _:  # behind robots.txt: who asks all the same gets a page
            return _plain(missing.title, "内部资料，请勿转载。")


def _front() -> Reply:
    """The publisher's front page: its menu, and news of the day, which are no series."""
    news = [(f"2024-09-0{path[-6]}", title, path) for path, title in PLAIN["publisher"].items() if "/news/2" in path]
    return Reply(fill("front", entries=_entries(sorted(news, reverse=True))).encode())


def _column(column: list[Sheet]) -> dict[str, Reply]:
    """The listing, newest first, in pages."""
    entries = sorted((*((sheet.published[:10], sheet.title, sheet.path) for sheet in column), *NOTICES), reverse=True)
    pages = [entries[at : at + PER_PAGE] for at in range(0, len(entries), PER_PAGE)]
    paths = [COLUMN, *(f"/column/index_{number}.html" for number in range(1, len(pages)))]
    return {
        path: Reply(fill("column", entries=_entries(page), pagination=_pagination(paths, at)).encode())
        for at, (path, page) in enumerate(zip(paths, pages, strict=True))
    }


def _entries(entries: list[tuple[str, str, str]]) -> str:
    return "\n".join(
        f'<li><a href="{path}" title="{escape(title)}">{_short(title)}</a><span>{day}</span></li>'
        for day, title, path in entries
    )


def _short(title: str) -> str:
    """As content systems cut it for the width of the list."""
    return title if len(title) <= 21 else f"{title[:20]}…"


def _pagination(paths: list[str], here: int) -> str:
    numbers = [
        f'<span class="on">{at + 1}</span>' if at == here else f'<a href="{path}">{at + 1}</a>'
        for at, path in enumerate(paths)
    ]
    before = f'<a href="{paths[here - 1]}">上一页</a>' if here else "<span>上一页</span>"
    after = f'<a href="{paths[here + 1]}">下一页</a>' if here + 1 < len(paths) else "<span>下一页</span>"
    return f"{before} {' '.join(numbers)} {after} <span>共{len(paths)}页</span>"
