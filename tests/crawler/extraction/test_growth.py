"""Four times the page takes about four times the work, whatever the page is made of."""

import time
from collections.abc import Callable
from itertools import count

import pytest

from crawler.extraction import extract_page

SENTENCE = "停航半个月的渡轮昨日复航，首班船上午七时开出。"
HEAD = (
    '<html><head><meta charset="utf-8"><title>渡轮复航_海港日报</title></head><body><h1>渡轮复航</h1>'
    "<div>2024-05-06 来源：海港日报</div>"
)
SMALL = 16_000  # bytes
TIMES = 4
ALLOWED = 2.2 * TIMES  # the square of TIMES would be 16
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
}


def work(opening: str, piece: Callable[[int], str], size: int) -> float:
    """CPU seconds for a page of so many bytes, of two readings the quicker one."""
    made, left = [HEAD, opening], size
    for number in count():
        made.append(piece(number))
        left -= len(made[-1].encode())
        if left <= 0:
            break
    body = "".join(made).encode()
    times = []
    for _ in range(2):
        begun = time.process_time()
        extract_page(body, "https://harbour.example/a/1.html")
        times.append(time.process_time() - begun)
    return min(times)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_work_grows_with_the_page_and_not_with_its_square(shape: tuple[str, Callable[[int], str]]) -> None:
    small = max(work(*shape, SMALL), 0.02)
    assert work(*shape, TIMES * SMALL) < ALLOWED * small
