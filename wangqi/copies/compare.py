"""The verdict on two texts, with its evidence."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wangqi.copies.alignment.aligned import read
from wangqi.copies.alignment.anchors import agreement, number_spans, value, without_numbers
from wangqi.copies.alignment.injected import injected, mixed
from wangqi.copies.prepared import prepared
from wangqi.copies.records import Change, Comparison
from wangqi.copies.rules import CONTAINED, ON_DIFFERENT_DAYS, Measures, verdict
from wangqi.copies.shingles import STRANGERS, similarity
from wangqi.text.forms import display, match_key

_ORDINAL = re.compile("第|[次届](?:会议|全会|全体|大会|常委)|期")
_WORST_FIRST = ("number", "name", "insert", "word", "delete")


def compare(
    text_a: str,
    text_b: str,
    *,
    title_a: str | None = None,
    title_b: str | None = None,
    published_a: datetime | None = None,
    published_b: datetime | None = None,
    hosts_a: Sequence[str] = (),
    hosts_b: Sequence[str] = (),
    word_by_word: bool = True,
) -> Comparison:
    """Say what the second text is to the first: a copy, a changed copy, a part, a whole, a sibling or a stranger.

    Titles, dates and hosts sharpen the verdict on siblings; without them it rests on the texts alone. Where outlet and
    days decide, what differs is only looked for `word_by_word`: it costs ten times as much as the rest.
    """
    first, second = prepared(display(text_a)), prepared(display(text_b))
    if first.key == second.key and (first.key or first.text == second.text):
        return _identical()
    jaccard, containment = similarity(first.grams, second.grams) if first.key and second.key else (0.0, 0.0)
    if containment < STRANGERS:
        return Comparison(
            verdict="different",
            score=round(jaccard, 3),
            reason=f"the shorter one shares {containment:.0%} of its 3-grams",
            jaccard=round(jaccard, 3),
            containment=round(containment, 3),
        )
    other_day, same_outlet = is_other_day(published_a, published_b), not set(hosts_a).isdisjoint(hosts_b)
    if not word_by_word and other_day and same_outlet and max(jaccard, containment) < CONTAINED:
        return Comparison(
            verdict="sibling",
            score=round(jaccard, 3),
            reason=ON_DIFFERENT_DAYS,
            jaccard=round(jaccard, 3),
            containment=round(containment, 3),
        )
    reading = read(first, second)
    agreed, anchor_count = agreement(first.anchors, second.anchors)
    brands = injected(reading.changes, first.key)
    changes = [_without_brand(change, [word for word, _ in brands if mixed(word)]) for change in reading.changes]
    numbers, names = _conflicts(changes, "number"), _conflicts(changes, "name")
    measures = Measures(
        jaccard=jaccard,
        containment=containment,
        matched=reading.matched,
        covered=reading.covered,
        equal=reading.equal,
        anchors=anchor_count,
        anchor_agreement=agreed,
        wordwise=reading.wordwise,
        added_at_end=reading.added_at_end,
        lost_at_end=reading.lost_at_end,
        number_conflicts=sum(change.kind == "number" for change in changes),
        ordinal_conflicts=_ordinals(changes, first.text),
        name_conflicts=len(names),
        other_day=other_day,
        same_outlet=same_outlet,
        other_title_number=_other_number(title_a or "", title_b or ""),
        other_title=_other_title(title_a or "", title_b or ""),
    )
    word, reason = verdict(measures)
    return Comparison(
        verdict=word,
        score=round(containment if word in {"excerpt", "superset"} else jaccard, 3),
        reason=reason,
        swaps=reading.swaps(),
        number_conflicts=numbers,
        name_conflicts=names,
        injected=brands,
        new=reading.new,
        lost=reading.lost,
        matched=round(reading.matched, 3),
        covered=round(reading.covered, 3),
        equal=round(reading.equal, 3),
        jaccard=round(jaccard, 3),
        containment=round(containment, 3),
        anchors=anchor_count,
        anchor_agreement=round(agreed, 3),
        changes=tuple(sorted(changes, key=lambda each: _WORST_FIRST.index(each.kind))),
    )


def _identical() -> Comparison:
    return Comparison(
        verdict="same",
        score=1.0,
        reason="letter by letter the same",
        matched=1.0,
        covered=1.0,
        equal=1.0,
        jaccard=1.0,
        containment=1.0,
    )


def _without_brand(change: Change, brands: Sequence[str]) -> Change:
    """Take an injected brand out of the change, so that its figures do not count as a conflict of numbers."""
    if change.kind == "number" and any(brand in change.after for brand in brands):
        return replace(change, kind="word")
    return change


def _conflicts(changes: Sequence[Change], kind: str) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((each.before, each.after) for each in changes if each.kind == kind))


def _ordinals(changes: Sequence[Change], text: str) -> int:
    """How many of the differing numbers are ordinals (第三期, 二次会议), which tell siblings of a series apart."""
    return sum(
        _ORDINAL.search(text[max(0, change.before_span[0] - 1) : change.before_span[1] + 3]) is not None
        for change in changes
        if change.kind == "number" and without_numbers(change.before) == without_numbers(change.after)
    )


def is_other_day(one: datetime | None, other: datetime | None) -> bool:
    """Whether both are known and a day apart or more."""
    return one is not None and other is not None and abs((one - other).total_seconds()) >= 86_400


def _other_number(one: str, other: str) -> bool:
    first, second = _numbers(match_key(one)), _numbers(match_key(other))
    return bool(first and second) and first != second


def _other_title(one: str, other: str) -> bool:
    first, second = match_key(one), match_key(other)
    return bool(first and second) and first not in second and second not in first


def _numbers(key: str) -> set[int]:
    return {value(key[start:end]) for start, end in number_spans(key)}
