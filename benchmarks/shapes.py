"""What a page of 1 MB costs, whatever it is made of: `python -m benchmarks.shapes [SHAPE …]`.

Prints for each shape the CPU seconds of half the page and of the whole, and how many times as many.
"""

import sys
import time
from collections.abc import Callable
from itertools import count

from crawler.extraction import extract_page

SENTENCE = "停航半个月的渡轮昨日复航，首班船上午七时开出。"
HEAD = (
    '<html><head><meta charset="utf-8"><title>渡轮复航_海港日报</title></head><body><h1>渡轮复航</h1>'
    "<div>2024-05-06 来源：海港日报</div>"
)
_BIG = 1_000_000  # bytes
_SECONDS, _TIMES = 2.0, 2.3  # asked
SHAPES: dict[str, tuple[str, Callable[[int], str]]] = {
    "rows of one column": ("<table>", lambda n: f"<tr><td>{n}号 张某某</td></tr>"),
    "rows of prose": ("<table>", lambda _: f"<tr><td>{SENTENCE}</td></tr>"),
    "rows of numbers": ("<table>", lambda n: f"<tr><td>{n}</td><td>{n * 7}</td></tr>"),
    "cells of one row": ("<table><tr>", lambda n: f"<td>{n}</td>"),
    "tables in tables": ("", lambda n: "<table><tr><td>" if n < 500 else "<tr><td>甲</td></tr>"),
    "lists in lists": ("", lambda n: "<ul><li>甲" if n < 500 else "<li>乙</li>"),
    "levels with a line each": ("", lambda n: "<div>" if n < 1500 else f"<p>{SENTENCE}</p>"),
    "lines of one paragraph": ("<p>", lambda _: f"{SENTENCE}<br>"),
    "links to documents in one block": ("<div>", lambda n: f'<a href="/f/{n}.pdf">附件{n}</a><br>'),
    "viewers of documents": ("", lambda n: f'<div pdfsrc="/f/{n}.pdf"></div>'),
    "one long line": ("<p>", lambda _: SENTENCE),
    "brackets": ("<p>", lambda _: "（【〔"),
    "names in open brackets": ("<p>", lambda _: "（记者甲"),
    "labels": ("", lambda _: "<p>来源：甲 作者：乙</p>"),
    "labels in one line": ("<p>", lambda _: "来源：甲 "),
    "dates": ("", lambda _: "<p>2024-05-06 17:22</p>"),
    "pictures with captions": ("", lambda n: f'<p><img src="/p/{n}.jpg"></p><p>灯亮了{n}。</p>'),
    "hidden parts": ("", lambda _: f'<div style="display:none">{SENTENCE}</div><p>展开全文</p>'),
    "hidden within hidden": ("", lambda n: '<i style="display:none">' if n < 900 else SENTENCE),
    "tails": ("", lambda _: f"<p>相关新闻</p><p>{SENTENCE}</p>"),
    "rules and adverts": ("", lambda _: "<p>---</p><p>立即下载海港日报客户端</p>"),
    "titles without links": ("<div><h3>往期回顾</h3><ul>", lambda n: f"<li>渡口人家｜第{n}个人</li>"),
    "past stories": ("<div><h3>往期回顾</h3><ul>", lambda n: f'<li><a href="/a/{n}.html">渡口人家｜第{n}个人</a></li>'),
    "marked authors": ("<div>", lambda n: f'<span class="author">于米{n}</span><br>'),
    "rows of links": (
        "<table>",
        lambda n: f"<tr><td>{n}</td><td><a href=/s/{n}.html>灯{n}</a></td><td>2024-03-05</td></tr>",
    ),
    "items": ("<ul>", lambda n: f"<li><a href=/a/{n}.html>一条新闻的标题写在这里{n}</a></li>"),
    "items with days": ("<ul>", lambda n: f"<li><a href=/a/{n}.html>渡口的消息{n}</a> <span>2024-03-05</span></li>"),
    "links of one line": ("<p>", lambda n: f"<a href=/a/{n}.html>短题{n}</a> "),
    "links without text": ("<p>", lambda n: f"<a href={n}></a>"),
    "links in brackets": ("<p>", lambda n: f"<a href=/b/{n}>【渡口】（《{n}》）</a>"),
    "links between arrows": ("<p>", lambda n: f"<a href=/w/{n}>« 渡口{n} »</a>"),
    "links that never end": ("<p>", lambda n: f"<a href=/u/{n}>渡口{n}<br>"),
    "links called as the page": ("<p>", lambda n: f"<a href=/s/{n}.html>渡轮复航</a>"),
    "links with a number": ("<p>", lambda n: f"<a href=/s/{n}.html>渡轮复航第{n}期</a>"),
    "tags": ("<p>", lambda n: f"<a rel=tag href=/tag/{n}>标签{n}</a>"),
    "neighbours": (
        "",
        lambda n: f"<p>上一篇：<a href=/n/{n}.html>灯{n}</a> 下一篇：<a href=/n/{n + 1}.html>灯</a></p>",
    ),
    "neighbours of one line": ("<p>", lambda n: f"<a href=/n/{n}.html>上一篇</a><a href=/n/{n + 1}.html>下一篇</a>"),
    "numbers of pages": ("<p>", lambda n: f"<a href='?page={n}'>{n}</a> "),
    "words that turn pages": ("<p>", lambda _: "上一页下一页"),
    "breadcrumbs": ("", lambda n: f"<div>位置：<a href=/>首页</a> &gt; <a href=/c{n}/>栏目{n}</a> &gt; 正文</div>"),
    "headings of blocks": ("", lambda n: f"<h3>往期回顾</h3><p><a href=/h/{n}>渡轮复航第{n}期</a></p>"),
    "definitions": ("", lambda n: f"<dl><dt>往期{n}</dt><dd><a href=/d/{n}>第{n}期</a></dd></dl>"),
    "cards": ("", lambda n: f"<div class=card><a href=/c/{n}><h3>渡口的消息{n}</h3><p>{SENTENCE}</p></a></div>"),
    "teasers": ("", lambda n: f"<h2><a href=/t/{n}>渡口的消息{n}</a></h2><p>2024-03-05</p><p>{SENTENCE}……</p>"),
    "buttons for more": ("", lambda n: f"<div data-url=/m/{n}>加载更多</div>"),
    "choices": ("<select onchange='go(this.value)'>", lambda n: f"<option value=/o/{n}.html>第{n}页</option>"),
    "lists of choices": ("", lambda n: f"<select onchange='location=this.value'><option value=/a/{n}>{n}</select>"),
    "forms": ("", lambda n: f"<form action=/f/{n}><input type=hidden name=p value={n}><input type=submit></form>"),
    "scripts": (
        "",
        lambda n: f"<script>function go{n}(a){{location.href='/p/'+a}}</script><p onclick=go{n}({n})>灯{n}</p>",
    ),
    "pages in a script": ("<script>", lambda n: f'var page{n}="index_"+{n}+".html";createPage({n},{n},"index_{n}",'),
    "handlers": ("", lambda n: f"<div onclick=\"go{n}('{n}')\">渡口的消息{n}</div>"),
    "frames": ("", lambda n: f"<iframe src=/f/{n}.html width=600 height=600></iframe>"),
    "letters apart": ("<p>", lambda _: "<span class=next-icon>字</span>"),
    "comments": ("<p>", lambda n: f"<!-- 注{n} -->字"),
    "entities": ("<p>", lambda _: "&lt;&amp;&#20154;&nbsp;"),
    "arrows": ("<p>", lambda _: "«««»»»"),
    "arrows in a link": ("<p><a href=/a/2.html><b>", lambda _: "«"),
    "blanks": ("<p>", lambda _: "   \n\t\u3000\u00a0"),
    "digits": ("<p>", lambda _: "1234567890"),
}


def made(opening: str, piece: Callable[[int], str], size: int) -> bytes:
    """A page of so many bytes."""
    parts, left = [HEAD, opening], size
    for number in count():
        parts.append(piece(number))
        left -= len(parts[-1].encode())
        if left <= 0:
            break
    return "".join(parts).encode()


def work(opening: str, piece: Callable[[int], str], size: int, readings: int = 2) -> float:
    """CPU seconds for a page of so many bytes, of some readings the quickest."""
    body = made(opening, piece, size)
    times = []
    for _ in range(readings):
        begun = time.process_time()
        extract_page(body, "https://harbour.example/a/1.html")
        times.append(time.process_time() - begun)
    return min(times)


def main(names: list[str]) -> None:
    work("", lambda _: SENTENCE, 10_000)
    for name in names or SHAPES:
        half, whole = (work(*SHAPES[name], size, readings=1) for size in (_BIG // 2, _BIG))
        missed = "" if whole <= _SECONDS and whole <= _TIMES * half else f"  more than {_SECONDS} s or {_TIMES} times"
        print(f"{name:34} {half:5.2f} s {whole:5.2f} s {whole / half:5.2f} times{missed}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
