"""Small whole pages: a story, a column. The texts come out of the benchmark's grammar."""

from collections.abc import Sequence
from random import Random

from benchmarks.prose import paragraph
from tests.crawler.site import response

Line = tuple[str, str | None]


def text(seed: str) -> str:
    rng = Random(seed)
    return "\n".join(f"<p>{paragraph(rng)}{paragraph(rng)}</p>" for _ in range(4))


def story(
    title: str,
    past: Sequence[Line] = (),
    *,
    seed: str | None = None,
    day: str = "2021-03-01",
    column: str | None = None,
    filed: str = "专栏",
    near: Sequence[tuple[str, str, str]] = (),
    head: str = "",
) -> bytes:
    """A story; `past` are the lines of its 往期回顾, `near` its neighbours as (label, title, href).

    Its breadcrumb ends in `column`, which is called `filed`.
    """
    rows = "".join(f'<li><a href="{href}">{name}</a></li>' if href else f"<li>{name}</li>" for name, href in past)
    block = f"<div><h3>往期回顾</h3><ul>{rows}</ul></div>" if past else ""
    crumb = f'<a href="/">首页</a> &gt; <a href="{column}">{filed}</a> &gt; 正文' if column else '<a href="/">首页</a>'
    beside = "".join(f'<p>{label}：<a href="{href}">{name}</a></p>' for label, name, href in near)
    return response(
        f"""<html><head><meta charset="utf-8"><title>{title}_石桥日报</title>{head}</head><body>
<div>当前位置：{crumb}</div><h1>{title}</h1><p>发布时间：{day} 09:00 来源：石桥日报</p>
<div class="content">{text(seed or title)}{block}</div><div>{beside}</div></body></html>"""
    )


def column(rows: Sequence[tuple[str, str]], pages: Sequence[str] = (), head: str = "", name: str = "专栏") -> bytes:
    """A column; `pages` are the addresses of its pages from the first on."""
    items = "".join(f'<li><a href="{href}">{name}</a><span>2021-03-01</span></li>' for name, href in rows)
    numbers = " ".join(f'<a href="{href}">{number}</a>' for number, href in enumerate(pages, 1))
    return response(
        f"""<html><head><meta charset="utf-8"><title>{name}_石桥日报</title>{head}</head><body>
<div class="list"><ul>{items}</ul><div class="pages">{numbers}</div></div></body></html>"""
    )
