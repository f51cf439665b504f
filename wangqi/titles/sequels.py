"""Titles that say in words that they go on: 再论…, 三答…, 续…, …（再续）, 続・…, A Second Letter to …, … Revisited.

Of two titles one is the other with such a word put in, or both have another one at the same place: by the difference
the word is known for what it says, and 再见 or 三国 for what it is. Who replies to a reader may call the reader
differently each time; there the addressee has to be the same but for what stands around the name.
"""

import re
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from wangqi.titles.marks import folded
from wangqi.titles.names import letters
from wangqi.titles.tie import Tie

_NUMERAL: Final = "二三四五六七八九十"
# What is done once more: a numeral or 再 before it counts, and before other words it is part of them.
_DONE: Final = "论谈说议评驳答复覆回致寄问与函访探游读看记析辩质上赋咏话述释考辨察登过走赴"
_AGAIN: Final = r"(?:[再又续続]|[再又三四五]续|续々|々|再び|もう一度|再[度次])"
_BEFORE_DONE: Final = rf"(?:{_AGAIN}|[{_NUMERAL}重也])"
_ANYWHERE: Final = re.compile(rf"第?[{_NUMERAL}\d]{{1,2}}[次度封通]目?の?|{_AGAIN}")
_AT_START: Final = re.compile(rf"{_AGAIN}|{_BEFORE_DONE}[{_DONE}]")
_AT_END: Final = re.compile(rf"{_AGAIN}|续[篇集编记论完]|补[遗记述]|后续|[再又二三四五]补")
_WITH_DONE: Final = re.compile(_BEFORE_DONE)
_COUNTING: Final = re.compile(rf"[第\d一{_NUMERAL}]$")  # 第七十|二|回
_FIRST: Final = re.compile("[一初首敬谨奉试略浅小漫]?|初め?ての")
_SHORTEST: Final = 4  # letters that both have
_QUOTED: Final = re.compile(rf"^{_BEFORE_DONE}[{_DONE}].{{0,2}}[“\"《「].+?[”\"》」]")  # 再谈“怎样撑船”（下）
_PARTS: Final = re.compile(r"[:|—]+|\s-+\s|-(?=[\u4e00-\u9fff])")
_REPLY: Final = re.compile(
    rf"(?:^|[^\w])[\u4e00-\u9fff]{{0,4}}?(?<!第)(?P<n>[再又续{_NUMERAL}敬谨奉])(?:答复|答覆|回复|回覆|回应|复|覆|答|回)(?P<to>\w.*)$"
)
_SHORTEST_ADDRESSEE: Final = 3
_POLITE: Final = frozenset("敬谨奉")
_ARTICLES: Final = frozenset({"a", "an", "the"})
_ORDINALS: Final = frozenset({"second", "third", "fourth", "fifth", "sixth", "another", "further"})
_LAST_WORDS: Final = frozenset({"revisited", "again", "continued", "redux"})
_FEWEST_WORDS: Final = 2
_FEWEST_ROUND_ORDINAL: Final = 3
_COUNTED_AGAIN: Final = re.compile(rf"(?P<n>[一{_NUMERAL}再又]?)(?P<theme>[论评答复覆致驳].{{3,}})$")
# The cheap question before it: the letter with which a theme begins, as any hand writes it.
_MAY_BE_COUNTED: Final = re.compile("[论論\uf941评評答复復複\uf966覆致緻驳駁&]")
_RANKS: Final = {numeral: number for number, numeral in enumerate(f"一{_NUMERAL}", 1)}
# The cheap question: whether a title may say it at all.
_MAY: Final = re.compile(
    rf"[再又续續続補补]|[{_NUMERAL}\d重](?:[{_DONE}論談說議評駁復問與訪遊讀記辯質詠話釋登過]|[次度封通])"
)
_MAY_IN_ENGLISH: Final = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|another|further|revisited|again|continued|redux|more (?:on|about))\b",
    re.IGNORECASE,
)


def may_be_sequel(title: str) -> bool:
    """The cheap question of one title; of two, one has to say yes."""
    return (_MAY_IN_ENGLISH if title.isascii() else _MAY).search(title) is not None


def by_sequel(own: str, other: str) -> Tie | None:
    """The tie of two titles of which one says in words that it goes on where the other was."""
    ours, theirs = _forms(own), _forms(other)
    if ours.english or theirs.english:
        return _in_english(ours.english, theirs.english)
    for a, b, strength in ((ours.whole, theirs.whole, 0.8), (ours.last, theirs.last, 0.7)):
        if theme := _theme(a, b):
            return Tie(strength, f"one goes on with “{theme}”")
    return _as_reply(ours.reply, theirs.reply)


def number_again(title: str) -> tuple[str, int] | None:
    """What a title speaks of for the how manieth time, by its head or by what stands behind its last sign.

    >>> number_again("管好船工——三论河道治理"), number_again("论河道治理")
    (('论河道治理', 3), ('论河道治理', 1))
    """
    found = _COUNTED_AGAIN.match(_forms(title).last) if _MAY_BE_COUNTED.search(title) else None
    if found is None:
        return None
    return found["theme"], _RANKS.get(found["n"] or "一", 2)


class _Forms(NamedTuple):
    """A title's letters, those behind its last sign, whom it replies to and by what word, and its English words."""

    whole: str
    last: str
    reply: tuple[str, str] | None
    english: tuple[str, ...]


@lru_cache(maxsize=4_096)
def _forms(title: str) -> _Forms:
    text = folded(title)
    if text.isascii():
        return _Forms("", "", None, tuple(re.findall(r"[a-z0-9]+", text)))
    if quoted := _QUOTED.match(text):
        text = quoted[0]
    found = _REPLY.search(text)
    reply = (found["n"], letters(found["to"])) if found else None
    pieces = [word for piece in _PARTS.split(text) if (word := letters(piece))]
    return _Forms(letters(text), pieces[-1] if pieces else "", reply, ())


def _theme(one: str, other: str) -> str:
    """What both say, where nothing else tells them apart than that one says it again."""
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    mine, yours = one[head : len(one) - tail], other[head : len(other) - tail]
    if one == other or head + tail < _SHORTEST or max(len(mine), len(yours)) > _SHORTEST:
        return ""
    is_done = tail > 0 and one[len(one) - tail] in _DONE and not _COUNTING.search(one[:head])
    said = [_says_again(each, is_done=is_done, is_start=not head, is_end=not tail) for each in (mine, yours)]
    first = [_FIRST.fullmatch(each) is not None for each in (mine, yours)]
    is_sequel = any(said) and all(a or b for a, b in zip(said, first, strict=True))
    return one[:head] + one[len(one) - tail :] if is_sequel else ""


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _says_again(word: str, *, is_done: bool, is_start: bool, is_end: bool) -> bool:
    patterns = (_WITH_DONE, is_done), (_AT_START, is_start), (_AT_END, is_end), (_ANYWHERE, True)
    return any(is_there and pattern.fullmatch(word) is not None for pattern, is_there in patterns)


def _as_reply(ours: tuple[str, str] | None, theirs: tuple[str, str] | None) -> Tie | None:
    if not ours or not theirs or ours[0] == theirs[0] or {ours[0], theirs[0]} <= _POLITE:
        return None
    shorter, longer = sorted((ours[1], theirs[1]), key=len)
    is_same = longer.startswith(shorter) or longer.endswith(shorter)
    if len(shorter) < _SHORTEST_ADDRESSEE or not is_same:
        return None
    return Tie(0.7, f"both reply to “{shorter}”")


def _in_english(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Tie | None:
    (mine, marks), (yours, others) = _plain(ours), _plain(theirs)
    fewest = _FEWEST_ROUND_ORDINAL if (marks | others) & _ORDINALS else _FEWEST_WORDS
    if mine != yours or marks == others or len(mine) < fewest:
        return None
    return Tie(0.8, f"one goes on with “{' '.join(mine)}”")


def _plain(words: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words but for articles and those that say that it goes on, and these."""
    marks = {word for word in words if word in _ORDINALS} | {word for word in words[-1:] if word in _LAST_WORDS}
    if words[:1] == ("more",) and words[1:2] in {("on",), ("about",)}:
        marks |= {"more"}
        words = words[2:]
    return tuple(word for word in words if word not in marks | _ARTICLES), frozenset(marks)
