"""What is done to texts on their way through the web, by hand and by machine, for measuring."""

import random
import re
from collections.abc import Callable
from functools import cache

import jieba
import opencc

from wangqi.copies.tampering.spun import table

Mutation = Callable[[str, random.Random, str], str]

_HAN = [chr(code) for code in range(0x4E00, 0x9FA5)]
_HEAD = (
    "当前位置：首页 > 要闻动态 > 正文\n"
    "发布时间：2021-09-14 来源：市融媒体中心 浏览次数：2188 字号：大 中 小 打印本页 关闭窗口\n"
    "分享到：微信 微博 QQ空间\n"
)
_TAIL = (
    "\n责任编辑：李木子 审核：周全安 监制：吴远\n"
    "版权声明：凡本网注明来源的作品，版权均属于本网，未经本网授权不得转载、摘编。"
    "已经本网授权使用作品的，应在授权范围内使用，并注明来源。违反上述声明者，本网将追究其相关法律责任。\n"
    "上一篇：关于做好秋季防火工作的通知 下一篇：市政府召开专题调度会\n"
    "相关链接 中国政府网 省人民政府 网站地图 联系我们 主办：市融媒体中心 建议使用IE8.0以上版本浏览器"
)


_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万亿两]").search


def synonyms(share: float) -> Mutation:
    """Swap this share of the words for other dictionary words of the same length: a spinner nobody knows."""

    def mutate(text: str, rng: random.Random, _: str) -> str:
        words = _dictionary()
        out = []
        for word in jieba.lcut(text, HMM=False):
            pool = words.get(len(word)) if "\u4e00" <= word[0] <= "\u9fff" else None
            out.append(rng.choice(pool) if pool and rng.random() < share else word)
        return "".join(out)

    return mutate


@cache
def _dictionary() -> dict[int, list[str]]:
    jieba.initialize()
    words: dict[int, list[str]] = {}
    for word, count in jieba.dt.FREQ.items():
        if count >= 300 and 2 <= len(word) <= 4 and re.fullmatch("[\u4e00-\u9fff]+", word):
            words.setdefault(len(word), []).append(word)
    return words


@cache
def _spinner() -> tuple[re.Pattern[str], dict[str, str]]:
    swaps: dict[str, str] = {}
    for row in table().values():
        for original in row.original.split("/"):
            swaps.setdefault(original, row.spun)
    return re.compile("|".join(map(re.escape, sorted(swaps, key=len, reverse=True)))), swaps


def spun(text: str, rng: random.Random, _: str) -> str:
    """Blind replacement with the words of the project's own table, wherever they stand."""
    pattern, swaps = _spinner()
    return pattern.sub(lambda match: swaps[match[0]] if rng.random() < 0.9 else match[0], text)


def misread(share: float) -> Mutation:
    """Optical recognition that takes this share of the ideographs for others."""

    def mutate(text: str, rng: random.Random, _: str) -> str:
        return "".join(
            rng.choice(_HAN) if "\u4e00" <= char <= "\u9fff" and rng.random() < share else char for char in text
        )

    return mutate


def paragraph_lost(text: str, rng: random.Random, _: str) -> str:
    lines = text.split("\n")
    if len(lines) > 3:
        del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def boilerplate(text: str, _rng: random.Random, _: str) -> str:
    return _HEAD + text + _TAIL


def traditional(text: str, _rng: random.Random, _: str) -> str:
    return str(opencc.OpenCC("s2t").convert(text))


def pinyin(text: str, rng: random.Random, _: str) -> str:
    return re.sub(
        "[\u4e00-\u9fff]",
        lambda match: match[0] + ("(guó)" if rng.random() < 0.08 else ""),
        traditional(text, rng, ""),
    )


def inflated(text: str, _rng: random.Random, _: str) -> str:
    return text.replace("，", "，，，").replace("。", "。。。。").replace("；", "；；；；")


def shuffled(text: str, rng: random.Random, _: str) -> str:
    sentences = re.findall(r"[^。！？\n]+[。！？]?”?\n?", text)
    rng.shuffle(sentences)
    return "".join(sentences)


def branded(text: str, rng: random.Random, brand: str = "金彩888") -> str:
    """A brand in the place of a word now and then."""
    words = jieba.lcut(text, HMM=False)
    places = [
        place for place, word in enumerate(words) if re.fullmatch("[\u4e00-\u9fff]{2}", word) and not _NUMERAL(word)
    ]
    for place in rng.sample(places, min(len(places), max(3, len(text) // 350))):
        words[place] = brand
    return "".join(words)


def hijacked(text: str, rng: random.Random, other: str) -> str:
    """The whole treatment of the page that the project started from."""
    text = spun(synonyms(0.05)(text, rng, other), rng, other)
    return boilerplate(inflated(branded(text, rng), rng, other), rng, other)


def half(text: str, _rng: random.Random, _: str) -> str:
    return text[: len(text) // 2]


def excerpt(text: str, rng: random.Random, _: str) -> str:
    """A fifth, from somewhere in the middle."""
    start = rng.randrange(len(text) * 3 // 5)
    return text[start : start + len(text) // 5]


def aggregate(text: str, _rng: random.Random, other: str) -> str:
    """Two stories on one page."""
    return text + "\n" + other


WHOLE: dict[str, Mutation] = {
    "identical": lambda text, _rng, _: text,
    "boilerplate": boilerplate,
    "paragraph_lost": paragraph_lost,
    "misread_3": misread(0.03),
    "synonyms_10": synonyms(0.10),
    "synonyms_20": synonyms(0.20),
    "synonyms_30": synonyms(0.30),
    "spun": spun,
    "pinyin": pinyin,
    "hijacked": hijacked,
    "inflated": inflated,
    "shuffled": shuffled,
}
PARTIAL: dict[str, Mutation] = {"half": half, "excerpt": excerpt, "aggregate": aggregate}
