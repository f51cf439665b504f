"""A generated library of series whose links are damaged in known ways; the same seed gives the same library.

Sites hold one to three series under one template, some with a column that lists them all together with articles of no
series. Of the links in 往期 blocks a part is dead and a part has no address; of the stories a part is named by the
column alone, and a part of those the column lacks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from benchmarks.corpus_pages import Template, column_html, story_html
from benchmarks.prose import headline
from benchmarks.prose import place as place_name
from examples.blocks import MARKUPS

DEAD, UNLINKED, COLUMN_ONLY, NOT_IN_COLUMN = 0.20, 0.20, 0.10, 0.05
NOISE = 0.3  # articles of no series for each story
_WEEK = timedelta(days=7)
_DIGITS = "〇一二三四五六七八九"
_PLAIN = 0.1  # of the series, whose titles do not say that they belong together
_TITLES = (
    "{name}｜{head}",
    "{name} | {head}",
    "【{name}】{head}",
    "{plain}——“{name}”系列之{chinese}",
    "{name}第{n}期：{plain}",
    "{plain}（{name}之{chinese}）",
    "{name}（{chinese}）{plain}",
    "{name}：{plain}",
    "{plain}｜{name}",
)
_NAMES = ("人家", "手记", "旧事", "来信", "工匠谱", "访谈录", "先锋行", "记忆")
_HEADINGS = (
    "往期回顾",
    "往期推荐",
    "往期精彩",
    "系列报道",
    "前期报道",
    "延伸阅读",
    "往期“{name}”系列推文",
    "《{name}》往期",
)


@dataclass(eq=False)
class Piece:
    """A story of a series, or an article of none (`series` None).

    Attributes:
        names: The earlier stories in its 往期 block, each with the address the block gives: its own, a dead one, None.
    """

    url: str
    title: str
    published: datetime
    series: "Series | None" = None
    in_column: bool = True
    names: list[tuple["Piece", str | None]] = field(default_factory=list)


@dataclass(eq=False)
class Series:
    name: str
    heading: str
    markup: str
    is_plain: bool
    stories: list[Piece] = field(default_factory=list)


@dataclass(eq=False)
class Site:
    """One host: its series, its articles in the order of publication, and its bytes by URL."""

    host: str
    template: Template
    series: list[Series] = field(default_factory=list)
    articles: list[Piece] = field(default_factory=list)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page that exists, as (URL, HTML)."""
        for at, piece in enumerate(self.articles):
            older = self.articles[at - 1] if at else None
            newer = self.articles[at + 1] if at + 1 < len(self.articles) else None
            yield piece.url, story_html(self, piece, older, newer)
        yield from ((self.column_url(number), column_html(self, number)) for number in range(self.column_pages))

    @property
    def listed(self) -> list[Piece]:
        """What the column shows, newest first."""
        return [piece for piece in reversed(self.articles) if piece.in_column]

    @property
    def column_pages(self) -> int:
        return -(-len(self.listed) // self.template.rows) if self.template.has_column else 0

    def column_url(self, number: int) -> str:
        return f"http://{self.host}/column/index{f'_{number}' if number else ''}.html"


def build(series: int, stories: int, seed: int) -> Iterator[Site]:
    """The library, site by site."""
    left, number = series, 0
    while left:
        rng = Random(f"site {seed} {number}")
        members = min(left, rng.choice((1, 2, 2, 3)))
        yield build_site(f"s{number}.example", members, stories, rng)
        left, number = left - members, number + 1


def build_site(host: str, members: int, stories: int, rng: Random, template: Template | None = None) -> Site:
    site = Site(host, template or Template.random(rng))
    styles = rng.sample(_TITLES, members)
    for style in styles:
        site.series.append(_series(site, style, stories, rng))
    for one in site.series:
        _damage(site, one, rng)
    noise = int(NOISE * stories * members)
    site.articles += [_article(site, headline(rng), _day(rng.uniform(0, stories)), rng) for _ in range(noise)]
    site.articles.sort(key=lambda piece: piece.published)
    return site


def _series(site: Site, style: str, stories: int, rng: Random) -> Series:
    name = place_name(rng)[:2] + rng.choice(_NAMES)
    is_plain = rng.random() < _PLAIN
    heading = "往期“{name}”系列推文" if is_plain else rng.choice(_HEADINGS)
    series = Series(name, heading.format(name=name), rng.choice(list(MARKUPS)), is_plain)
    start = rng.random()
    for number in range(1, stories + 1):
        head = headline(rng)
        plain = head.replace("：", "")
        written = style.format(name=name, head=head, plain=plain, n=number, chinese=chinese(number))
        piece = _article(site, plain if is_plain else written, _day(start + number), rng)
        piece.series = series
        series.stories.append(piece)
        site.articles.append(piece)
    return series


def _damage(site: Site, series: Series, rng: Random) -> None:
    """Fills the 往期 blocks with the stories before, so that links break and titles stand alone."""
    has_column = site.template.has_column
    hidden = {piece for piece in series.stories if has_column and rng.random() < COLUMN_ONLY}
    for at, piece in enumerate(series.stories):
        piece.in_column = piece in hidden or rng.random() >= NOT_IN_COLUMN
        before = [one for one in series.stories[max(0, at - 8) : at] if one not in hidden][::-1]
        for named in before[: rng.randint(2, 5)]:
            piece.names.append((named, _address(named, series.markup, rng)))


def _address(named: Piece, markup: str, rng: Random) -> str | None:
    if markup == "bare":
        return None
    dice = rng.random()
    if dice < DEAD:
        return named.url.replace(".html", f"_old{rng.randrange(1000)}.html")
    # A picture without a link shows no title.
    return None if dice < DEAD + UNLINKED and markup != "images" else named.url


def _article(site: Site, title: str, published: datetime, rng: Random) -> Piece:
    return Piece(f"http://{site.host}/{published:%Y%m}/{rng.randrange(10**8):08}.html", title, published)


def _day(weeks: float) -> datetime:
    return datetime(2021, 1, 4, 9) + weeks * _WEEK  # noqa: DTZ001 - printed on a page, which names no zone


def chinese(number: int) -> str:
    """Below a hundred as it is said, from there on digit by digit.

    >>> chinese(10), chinese(23), chinese(105)
    ('十', '二十三', '一〇五')
    """
    if number >= 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def reachable(site: Site, start: Piece) -> set[Piece]:
    """The stories of the start's series that some chain of links leads to, without a guess.

    A block's address leads on, and so does a neighbour of the same series. The column, where the site has one, shows
    the stories whose titles say that they belong, and those that a reached story names.
    """
    series = start.series
    assert series is not None
    at = {piece: place for place, piece in enumerate(site.articles)}
    found, waiting = {start}, [start]
    named: set[Piece] = set()
    while waiting:
        piece = waiting.pop()
        named |= {one for one, _ in piece.names}
        steps = [one for one, address in piece.names if address == one.url]
        if site.template.has_neighbours:
            steps += [site.articles[to] for to in (at[piece] - 1, at[piece] + 1) if 0 <= to < len(site.articles)]
        if site.template.has_column:
            steps += [one for one in series.stories if one.in_column and (not series.is_plain or one in named)]
        if series.is_plain:  # a neighbour is known by its name alone
            steps = [one for one in steps if one in named]
        for one in steps:
            if one.series is series and one not in found:
                found.add(one)
                waiting.append(one)
    return found


def titles_named(stories: Sequence[Piece]) -> set[str]:
    return {named.title for piece in stories for named, _ in piece.names}
