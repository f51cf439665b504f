"""A series as a picture: one mark a story along its time, gaps shaded. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from html import escape
from typing import Final

from storage.rows import LedgerEntry, SeriesLedger, State
from views.cells import READERS_ZONE

_WIDTH, _HEIGHT, _MARGIN = 960, 190, 32
_TOP, _BOTTOM = 74, 124  # of the strip
_WAY = _WIDTH - 2 * _MARGIN
_COLOURS: Final[dict[State, str]] = {
    "stored": "#2a6f4e",
    "copy only": "#7fb069",
    "tampered only": "#8e44ad",
    "failed": "#c0392b",
    "waiting": "#8a8a8a",
    "title only": "#e08e0b",
    "never found": "#c0392b",
}
_SHADE = "#f6dcd8"
_HELD = frozenset({"stored", "copy only", "tampered only"})
_FEWEST_DAYS = 2
_RIM = 0.03  # left free for stories before the first date and behind the last
_MOST_TICKS = 12
_STYLE = (
    "text{font:13px 'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif;fill:#333}"
    ".head{font-size:18px;font-weight:600}.small{font-size:11px;fill:#666}"
)


def timeline_svg(ledger: SeriesLedger, words: str, zone: tzinfo = READERS_ZONE) -> str:
    """An SVG document; `words` stand below the series' name, and dates are those of the clock of `zone`.

    Stories without a date stand between their neighbours.
    """
    places = positions(ledger.entries)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<style>{_STYLE}</style>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text class="head" x="{_MARGIN}" y="30">{escape(ledger.series.title or ledger.series.name)}</text>',
        f'<text x="{_MARGIN}" y="52">{escape(words)}</text>',
        f'<line x1="{_MARGIN}" x2="{_WIDTH - _MARGIN}" y1="{_BOTTOM}" y2="{_BOTTOM}" stroke="#999"/>',
        *_silences(ledger, places),
        *_ticks(ledger.entries, places, zone),
        *(_mark(entry, place, _thickness(len(places))) for entry, place in zip(ledger.entries, places, strict=True)),
        *_words_of_silences(ledger, places),
        *_legend(ledger.entries),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def positions(entries: Sequence[LedgerEntry]) -> list[float]:
    """Where each entry stands, 0 to 1: by date where there are dates, else evenly; never left of the one before."""
    days = [entry.published_at for entry in entries if entry.published_at]
    if not entries or not days or max(days) - min(days) < timedelta(days=_FEWEST_DAYS):
        return [(at + 0.5) / len(entries) for at in range(len(entries))]
    first, span = min(days), (max(days) - min(days)).total_seconds()
    known: list[tuple[int, float]] = []
    for at, entry in enumerate(entries):
        if entry.published_at:
            share = (entry.published_at - first).total_seconds() / span
            known.append((at, max(_RIM + (1 - 2 * _RIM) * share, known[-1][1] if known else 0.0)))
    return _filled(known, len(entries))


def _filled(known: Sequence[tuple[int, float]], count: int) -> list[float]:
    """The known places, and between two of them the others evenly; those outside stand at the ends."""
    found = [0.0] * count
    before, left = -1, 0.0
    for at, place in (*known, (count, 1.0)):
        for step in range(before + 1, min(at, count)):
            found[step] = left + (place - left) * (step - before) / (at - before)
        if at < count:
            found[at] = place
        before, left = at, place
    return found


def _x(place: float) -> float:
    return round(_MARGIN + place * _WAY, 1)


def _thickness(count: int) -> float:
    return max(1.0, min(5.0, _WAY / max(1, count) * 0.6))


def _mark(entry: LedgerEntry, place: float, width: float) -> str:
    """A full bar for a story that is held, a hollow short one with a point above for one that is not."""
    x, colour = _x(place), _COLOURS[entry.state]
    title = f"{entry.place}. {entry.title or f'number {entry.ordinal}'}: {entry.state}"
    tip = f"<title>{escape(title)}</title>"
    if entry.state in _HELD:
        size = f'width="{width:.1f}" height="{_BOTTOM - _TOP}"'
        return f'<rect x="{x - width / 2:.1f}" y="{_TOP}" {size} fill="{colour}">{tip}</rect>'
    radius, dash = max(2.0, min(4.0, width)), _dash(entry.state)
    return (
        f'<g stroke="{colour}" fill="#fff">{tip}<line x1="{x}" x2="{x}" y1="{_TOP + 6}" y2="{_BOTTOM}"{dash}/>'
        f'<circle cx="{x}" cy="{_TOP}" r="{radius:.1f}" stroke-width="{radius / 2:.1f}"/></g>'
    )


def _dash(state: State) -> str:
    return ' stroke-dasharray="3 2"' if state == "never found" else ""


def _spans(ledger: SeriesLedger, places: Sequence[float]) -> Iterator[tuple[float, float, str]]:
    """Each silence from one story to the next, with its words."""
    for gap in ledger.silences:
        following = (at for at in range(gap.after, len(places)) if ledger.entries[at].published_at)
        words = f"{gap.days} days, {gap.expected} expected" + (f", {gap.known} known" if gap.known else "")
        yield _x(places[gap.after - 1]), _x(places[next(following, len(places) - 1)]), words


def _silences(ledger: SeriesLedger, places: Sequence[float]) -> Iterator[str]:
    for left, right, words in _spans(ledger, places):
        yield (
            f'<rect x="{left}" y="{_TOP}" width="{right - left:.1f}" height="{_BOTTOM - _TOP}" fill="{_SHADE}">'
            f"<title>{words}</title></rect>"
        )


def _words_of_silences(ledger: SeriesLedger, places: Sequence[float]) -> Iterator[str]:
    """Where there is room for them; above the marks, so that none crosses them out."""
    for left, right, words in _spans(ledger, places):
        if right - left > 6 * len(words):
            middle = f'x="{(left + right) / 2:.1f}" y="{_TOP + 30}" text-anchor="middle"'
            halo = f'stroke="{_SHADE}" stroke-width="5" paint-order="stroke"'
            yield f'<text class="small" {middle} {halo}>{words}</text>'


def _ticks(entries: Sequence[LedgerEntry], places: Sequence[float], zone: tzinfo) -> Iterator[str]:
    """A date below the strip, about one in eighty points."""
    dated: list[tuple[float, datetime]] = [
        (place, entry.published_at) for entry, place in zip(entries, places, strict=True) if entry.published_at
    ]
    last = -1.0
    for place, day in dated:
        if place - last >= 1 / _MOST_TICKS or last < 0:
            last = place
            yield f'<line x1="{_x(place)}" x2="{_x(place)}" y1="{_BOTTOM}" y2="{_BOTTOM + 5}" stroke="#999"/>'
            where = f'x="{_x(place)}" y="{_BOTTOM + 18}" text-anchor="middle"'
            yield f'<text class="small" {where}>{day.astimezone(zone):%Y-%m-%d}</text>'


def _legend(entries: Sequence[LedgerEntry]) -> Iterator[str]:
    counts = Counter(entry.state for entry in entries)
    x = float(_MARGIN)
    for state, colour in _COLOURS.items():
        if counts[state]:
            fill = colour if state in _HELD else "#fff"
            words = f"{counts[state]} {state}"
            box = f'x="{x}" y="{_HEIGHT - 30}" width="10" height="10"'
            yield f'<rect {box} fill="{fill}" stroke="{colour}" stroke-width="2"{_dash(state)}/>'
            yield f'<text x="{x + 16}" y="{_HEIGHT - 20}">{words}</text>'
            x += 36 + 7.5 * len(words)
