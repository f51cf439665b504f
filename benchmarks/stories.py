"""Any number of stories with words as frequent as they are in Chinese, and with all that makes archives grow slow:
columns of many years in one frame, forms filled in anew, policy phrases, mirrors and spun copies.

A story is made from its number alone, so that a copy of the thousandth can be made after a hundred thousand others.
The words come from jieba's dictionary in their natural proportions; the sentences mean nothing. Two stories of two
series share about as many 3-grams as two real reports do: .005 in the median, .007 there.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Final, Literal

import numpy as np

from benchmarks.lexicon import Places, lexicon

Kind = Literal["mirror", "furnished", "spun", "half", "form", "column", "series"]
# Every twenty numbers in a row hold the same mix, so that any five hundred can be compared with any others.
_MIX: Final[tuple[Kind, ...]] = (
    "mirror",
    "furnished",
    "spun",
    "half",
    *("form", "form", "form"),
    *("column", "column", "column"),
    *("series", "series", "series", "series", "series"),
    *("series", "series", "series", "series", "series"),
)
_COPIES: Final = 4  # of the twenty; they stand first
_FORMS, _COLUMNS = 10, 30  # that never end: thousands of stories each in a large archive
_BLOCK: Final = 100  # numbers that make a series which ends
_SPUN: Final = 0.25  # of the words
_TOPIC: Final = 3_000
_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Written:
    """One text that arrives.

    Attributes:
        number: Its place in the order of arrival; `original` is that of the story it is a copy or part of.
        text: Display form, one paragraph a line.
    """

    number: int
    original: int
    kind: Kind
    title: str
    text: str
    host: str
    published_at: datetime

    @property
    def home(self) -> int:
        """The number of the story that it belongs to; a part of one is a story of its own."""
        return self.number if self.kind == "half" else self.original


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the stories of one series have in common."""

    name: str
    host: str
    note: str
    footer: str
    topic: Places
    form: tuple[str, ...]


class Newsroom:
    """Writes the stories of one seed."""

    def __init__(self, seed: int = 7) -> None:
        self._seed = seed
        self._lexicon = lexicon()

    def story(self, number: int) -> Written:
        kind = _MIX[number % len(_MIX)]
        if number < len(_MIX) or _MIX.index(kind) >= _COPIES:
            return self._original(number)
        return self._copy(number, kind)

    def _original(self, number: int) -> Written:
        kind = _MIX[number % len(_MIX)]
        rng = self._rng(number)
        frame = self._frame(_series(number, kind))
        body = self._filled(frame, rng) if kind == "form" else self._body(frame.topic, rng)
        earlier = (self._title(frame, each) for each in _earlier(number, kind))
        lines = [frame.note, body, frame.footer, "往期回顾", *earlier]
        return Written(
            number, number, kind, self._title(frame, number), "\n".join(lines), frame.host,
            _EPOCH + timedelta(hours=number),
        )  # fmt: skip

    def _copy(self, number: int, kind: Kind) -> Written:
        rng = self._rng(number)
        original = int(rng.integers(0, number))
        while original % len(_MIX) < _COPIES:
            original = int(rng.integers(0, number))
        one = self._original(original)
        text = one.text
        if kind == "furnished":
            head = f"当前位置：首页 > 要闻 > 正文\n浏览次数：{rng.integers(9999)}"
            text = f"{head}\n{text}\n责任编辑：{self._lexicon.run(rng, 2)}"
        elif kind == "spun":
            text = self._respelt(text, rng)
        elif kind == "half":
            text = text[: int(len(text) * rng.uniform(0.4, 0.6))]
        host = f"mirror{rng.integers(500)}.example"
        return Written(number, original, kind, one.title, text, host, _EPOCH + timedelta(hours=number))

    def _body(self, topic: Places, rng: np.random.Generator) -> str:
        return self._punctuated(self._lexicon.words(rng, int(rng.integers(150, 450)), topic), rng)

    def _punctuated(self, words: list[str], rng: np.random.Generator) -> str:
        """Words as paragraphs of some sentences, a figure now and then, a slogan seldom."""
        lengths = rng.integers(4, 12, len(words) // 4)
        pieces: list[str] = []
        place = 0
        for clause, length in enumerate(lengths.tolist()):
            if place >= len(words):
                break
            pieces += words[place : place + length]
            place += length
            if clause % 5 == 1:
                pieces.append(f"{rng.integers(2, 5000)}项")
            end = clause % 3 == 2
            pieces.append("。" if end else "，")
            if end and rng.random() < 0.1:
                pieces.append(self._lexicon.slogan(rng))
            if end and clause % 12 == 11:
                pieces.append("\n")
        return "".join(pieces).rstrip("，\n") + "。"

    def _filled(self, frame: _Frame, rng: np.random.Generator) -> str:
        """A notice as it is written every week, with other figures and names."""
        return "\n".join(
            clause.format(day=rng.integers(1, 32), number=rng.integers(1, 9000), name=self._lexicon.run(rng, 2))
            for clause in frame.form
        ) + f"\n{self._lexicon.run(rng, 12)}。"  # fmt: skip

    def _respelt(self, text: str, rng: np.random.Generator) -> str:
        """Other words in the place of some, wherever they stand; figures stay."""
        places = np.sort(rng.integers(0, len(text), int(len(text) * _SPUN / 2)))
        pieces, end = [], 0
        for place in places.tolist():
            if place >= end and all("一" <= char <= "鿿" for char in text[place : place + 2]):
                pieces += [text[end:place], self._lexicon.run(rng, 1)]
                end = place + 2
        return "".join([*pieces, text[end:]])

    def _title(self, frame: _Frame, number: int) -> str:
        return f"{frame.name}｜{self._lexicon.run(self._rng(number, 1), 5)}"

    @lru_cache(maxsize=1000)  # noqa: B019 - one newsroom a process
    def _frame(self, series: int) -> _Frame:
        rng = self._rng(series, 2)
        words = partial(self._lexicon.run, rng)
        form = tuple(f"{words(6)}{{day}}日{words(5)}，{words(6)}{{number}}件，{words(4)}{{name}}。" for _ in range(8))
        topic = self._lexicon.topic(rng, _TOPIC)
        note = f"编者按：{self._lexicon.run(rng, 20)}，{self._lexicon.run(rng, 20)}。"
        footer = f"{self._lexicon.run(rng, 3)}主办 {self._lexicon.run(rng, 8)}，{self._lexicon.run(rng, 8)}。"
        return _Frame(self._lexicon.run(rng, 2), f"s{series % 400}.example", note, footer, topic, form)

    def _rng(self, number: int, purpose: int = 0) -> np.random.Generator:
        return np.random.Generator(np.random.PCG64([self._seed, purpose, number]))


def _series(number: int, kind: Kind) -> int:
    turn = number // len(_MIX)
    if kind == "form":
        return turn % _FORMS
    if kind == "column":
        return _FORMS + turn % _COLUMNS
    return _FORMS + _COLUMNS + number // _BLOCK


def _earlier(number: int, kind: Kind) -> list[int]:
    """The four stories before this one in its series."""
    if kind not in {"form", "column"}:
        return [each for each in range(number - 4, number) if each // _BLOCK == number // _BLOCK]
    step = len(_MIX) * (_FORMS if kind == "form" else _COLUMNS)
    return [each for each in range(number - 4 * step, number, step) if each > 0]
