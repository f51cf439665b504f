"""Whole stories put together at random: title shapes, markups, damage, and blocks that name other things."""

import random
from collections.abc import Callable

import pytest

from crawler.extraction.links import find_links
from crawler.extraction.source.tree import parse
from wangqi.titles.anatomy import key, strip_decoration

Named = tuple[str | None, str]  # href, title
WORDS = [
    "春风",
    "老街",
    "河岸",
    "灯火",
    "手艺",
    "园区",
    "先锋",
    "邻里",
    "食堂",
    "乡村",
    "匠心",
    "课堂",
    "记忆",
    "角落",
    "书信",
    "山村",
    "夜班",
    "码头",
]
NUMERALS = "一二三四五六七八九十"

SHAPES: dict[str, Callable[[str, int, str], str]] = {
    "bar": lambda name, n, what: f"{name}丨{what}",
    "brackets": lambda name, n, what: f"【{name}】{what}",
    "colon": lambda name, n, what: f"{name}故事：{what}",
    "dash": lambda name, n, what: f"{name}——{what}",
    "behind": lambda name, n, what: f"{what}｜{name}",
    "issue": lambda name, n, what: f"{name}第{n}期：{what}",
    "of a series": lambda name, n, what: f"“{name}”系列报道之{NUMERALS[n - 1]}：{what}",
    "circled": lambda name, n, what: f"{what}（{name}{'①②③④⑤⑥⑦⑧⑨⑩'[n - 1]}）",
    "part": lambda name, n, what: f"{name}（{NUMERALS[n - 1]}）{what}",
    "daily": lambda name, n, what: f"{name}要闻 2023年{n}月{n}日",
}
HEADINGS = (
    *["往期回顾", "往期推荐", "相关链接", "延伸阅读：", "前期报道", "系列报道", "◆往期内容◆", "《{}》往期回顾"],
    "往期“{}”系列推文，点击即可查看→",
    "更多“{}”系列故事",
)


def row(named: Named) -> str:
    href, title = named
    return f"<a href={href}>{title}</a>" if href else title


def wrapped(tag: str, rows: list[str]) -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in rows)


def markup(dice: random.Random, heading: str, members: list[Named]) -> str:
    decoration = dice.choice(["{}", "· {}", "{} >>", "{} 2023-05-01"])
    rows = [decoration.format(row(named)) for named in members]
    return dice.choice(
        [
            f"<h3>{heading}</h3><ul>{wrapped('li', rows)}</ul>",
            f"<p><strong>{heading}</strong></p>{wrapped('p', rows)}",
            f"<p>{heading}<br>{'<br>'.join(rows)}</p>",
            f"<table><tr><td>{heading}</td></tr>{wrapped('tr', [f'<td>{text}</td>' for text in rows])}</table>",
            f"<dl><dt>{heading}</dt>{wrapped('dd', rows)}</dl>",
            f"<section><section><p>{heading}</p></section><section>{wrapped('section', rows)}</section></section>",
        ]
    )


def stories(dice: random.Random, shape: Callable[[str, int, str], str], folder: str) -> list[Named]:
    name = "".join(dice.sample(WORDS, 2))
    return [(f"/{folder}/{100 + 7 * n}.html", shape(name, n, f"{dice.choice(WORDS)}里的{n}件事")) for n in range(1, 11)]


def page(dice: random.Random, shape: Callable[[str, int, str], str]) -> tuple[str, Named, list[Named]]:
    """The page's HTML, the story it is, and what its block names."""
    name = "".join(dice.sample(WORDS, 2))
    series = [(f"/s/{n}.html", shape(name, n, f"{dice.choice(WORDS)}里的{n}件事")) for n in range(1, 11)]
    own, *others = dice.sample(series, dice.randint(2, 6))
    named = [(None if dice.random() < 0.2 else href, title) for href, title in others]
    other_series = stories(dice, dice.choice(list(SHAPES.values())), "t")
    news = [(f"/news/{n}.html", f"{dice.choice(WORDS)}今天有{n}件新鲜事") for n in range(9)]
    aside = markup(dice, dice.choice(["热门文章", "猜你喜欢", "推荐阅读"]), [*news[:4], *other_series[:2]])
    neighbours = f"<p>上一篇：{row(news[5])}</p><p>下一篇：{row(news[6])}</p>"
    parts = [markup(dice, dice.choice(HEADINGS).format(name), named), aside, neighbours]
    dice.shuffle(parts)
    story = "<p>清早五点，面馆的灯先亮，老周把骨头汤倒进大锅，再去门口卸面粉，街上还没有人。</p>" * 5
    html = f"<html><body><h1>{own[1]}</h1>{story}{wrapped('div', parts)}<p>编辑：小林</p></body></html>"
    return html, own, named


def identity(href: str | None, title: str) -> str:
    return href or key(strip_decoration(title))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_story_put_together_at_random_names_its_series_and_nothing_else(
    shape: Callable[[str, int, str], str],
) -> None:
    found = wanted = right = 0
    for seed in range(40):
        html, own, named = page(random.Random(seed), shape)
        links = find_links(parse(html), f"https://paper.example.cn{own[0]}", own[1]).links
        got = {identity(link.href, link.title) for link in links if link.kind == "series"}
        want = {identity(*member) for member in named}
        found, wanted, right = found + len(got), wanted + len(want), right + len(got & want)
    assert right / found >= 0.99
    assert right / wanted >= 0.98
