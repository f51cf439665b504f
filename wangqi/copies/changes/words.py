"""The first line of judging a change: what the words of a page say about who changed them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple, cast

from wangqi.copies.changes.appearance import Appearance
from wangqi.copies.changes.signs import new_contacts, new_script, sign
from wangqi.copies.changes.subject import shared_subject
from wangqi.copies.changes.swaps import word_swaps
from wangqi.copies.compare import compare
from wangqi.copies.prepared import prepared
from wangqi.copies.records import HISTORY, Change, Comparison, Finding, Label, Span
from wangqi.copies.shingles import STRANGERS, similarity
from wangqi.copies.tampering.offers import new_offer
from wangqi.copies.tampering.page import SHOWN, SIGN, STRONG
from wangqi.copies.tampering.spun import is_spun
from wangqi.copies.tampering.wares import new_wares, sells
from wangqi.text.forms import match_key
from wangqi.text.paragraphs import keyed

_SURE: Final = 0.95
_MACHINES: Final = frozenset(
    {"punctuation_inflation", "blank_before_point", "synonym_spin", "brand_injection", "pinyin_notes", "homoglyph"}
)
_SWAPS, _SWAP_RATE = 8, 6.0  # different pairs, and a thousand characters; an editor's corrections are fewer
_FEW_SWAPS, _NOTHING_ELSE = 5, 0.9  # where nothing but words was changed
_SPUN: Final = 3  # swaps in the direction of the table of spun words
_WORDWISE: Final = 0.7
_MASK: Final = "某"  # publishers put it in place of a name to protect the person
_PLACES: Final = 3
_LINE, _PHRASE = 4, 14  # characters
# A story that its publisher has written anew keeps .14 and more of its 3-grams and .28 of its pieces; of 3,000 pairs of
# strangers one in a hundred has .10 or .27, and hardly any both.
_REWRITTEN, _PIECES = 0.12, 0.2
_STRANGE, _STRANGE_PIECES = 0.08, 0.15
_FACTS, _TITLE = 0.5, 0.6
_REST: Final = 0.6  # of a text; less is an edit
_LEFT, _HARDLY, _HALF = 0.3, 0.1, 0.5  # of the earlier text
_OLD: Final = 0.6  # of the later one
_STUB, _STUB_CHARS = 0.3, 400
# What publishers write in the place of a part has .07 and more of the story's pieces, what sellers do .03 at most.
_PART, _PART_LOST, _PART_PIECES = 60, 0.15, 0.05  # characters, of the earlier text, cosine


class Words(NamedTuple):
    """The verdict by words alone.

    Attributes:
        shared: Share (0 to 1) of the shorter text's 3-grams that the other text has too.
        is_another: Nothing of the earlier story is left.
        is_rewritten: Hardly a sentence is left, but the subject is the same.
    """

    signs: list[Finding]
    shared: float
    is_another: bool = False
    is_rewritten: bool = False
    comparison: Comparison | None = None


def of_words(before: Appearance, after: Appearance) -> Words:
    """Compare the two texts; the signs against the later one are sorted worst first."""
    old, new = prepared(before.text), prepared(after.text)
    shared = similarity(old.grams, new.grams)[1] if old.key and new.key else float(old.key == new.key)
    told = f"{before.title}\n{before.head_title}\n{before.text}", f"{after.title}\n{after.head_title}\n{after.text}"
    signs = [
        *_own(before, after),
        *filter(None, [new_wares(*told), new_offer(*told), new_script(before.text, after.text), *new_contacts(*told)]),
    ]
    if shared < STRANGERS:
        return _apart(before, after, shared, signs)
    if rests := _in_one_frame(before.text, after.text):
        own, other = (replace(one, text=rest) for one, rest in zip((before, after), rests, strict=True))
        left = similarity(prepared(own.text).grams, prepared(other.text).grams)[1]
        if left < STRANGERS:
            return _apart(own, other, left, signs)
    comparison = compare(before.text, after.text)
    signs += filter(
        None,
        [
            _gone(comparison, before.text, after.text),
            _part_replaced(comparison, before.text),
            _swapped(comparison, before.text, after.text),
            _injected(comparison, match_key(after.title) + old.key),
        ],
    )
    return Words(_worst_first(signs), shared, comparison=comparison)


def _gone(comparison: Comparison, before: str, after: str) -> Finding | None:
    """A sign when most of the earlier text is missing, without a single place where it was cut."""
    if len(after) >= _HALF * len(before) or comparison.covered >= _LEFT:
        return None
    if comparison.matched < _OLD and comparison.covered >= _HARDLY:
        return None  # rewritten rather than removed
    return sign("stub", SIGN, f"only {comparison.covered:.0%} of the earlier text is left in it")


def _part_replaced(comparison: Comparison, before: str) -> Finding | None:
    """A sign when a part was replaced by text that has no word in common with the story."""
    new, lost = "\n".join(comparison.new), sum(map(len, comparison.lost))
    if len(new) < _PART or lost < _PART_LOST * len(before):
        return None
    subject = shared_subject("", before, "", new)
    if subject.pieces >= _PART_PIECES:
        return None
    share = lost / len(before)
    return sign(
        "part_replaced", SIGN, f"{share:.0%} of it is gone, and what came has nothing of its subject: {new[:40]}"
    )


def _in_one_frame(before: str, after: str) -> tuple[str, str] | None:
    """What is left of two texts without the paragraphs of both, where that is most of each; else None."""
    one, other = (dict(keyed(text)) for text in (before, after))
    common = one.keys() & other.keys()
    rests = ["\n".join(line for key, line in side.items() if key and key not in common) for side in (one, other)]
    if not common or any(len(rest) < _REST * len(text) for rest, text in zip(rests, (before, after), strict=True)):
        return None
    return rests[0], rests[1]


def _apart(before: Appearance, after: Appearance, shared: float, signs: list[Finding]) -> Words:
    """Two texts without a sentence in common."""
    subject = shared_subject(before.title, before.text, after.title, after.text)
    keeps_facts = subject.facts is not None and subject.facts >= _FACTS
    keeps_title = subject.title >= _TITLE
    enough = _STRANGE if keeps_title else _REWRITTEN
    is_rewritten = shared >= enough and subject.pieces >= _PIECES and (keeps_facts or keeps_title)
    if is_rewritten:
        return Words(_worst_first(signs), shared, is_rewritten=True)
    is_another = shared < _STRANGE or subject.pieces < _STRANGE_PIECES
    is_stub = len(after.text) < _STUB_CHARS and len(after.text) < _STUB * len(before.text)
    what = "next to nothing" if is_another else "little"
    signs.append(
        sign(
            "stub" if is_stub else "text_replaced",
            _SURE if is_another else 0.7,
            f"{what} of the earlier text is left: {shared:.0%} of its pieces"
            + (f", and {len(after.text)} characters stand for {len(before.text)}" if is_stub else ""),
            shared=round(shared, 3),
            subject=round(subject.pieces, 3),
            facts=subject.facts,
            title=round(subject.title, 2),
        )
    )
    return Words(_worst_first(signs), shared, is_another=is_another)


def _own(before: Appearance, after: Appearance) -> list[Finding]:
    """Signs of tampering on the later text alone that the earlier text did not show."""
    known = {(detector, label) for detector, label, _, _ in before.found}
    new = [one for one in after.found if one[:2] not in known and one[2] >= SIGN]
    # Even a weak sign of machine editing is strong when an earlier visit of the same page did not show it.
    signs = [
        sign(cast("Label", label), max(score, STRONG) if label in _MACHINES else score, summary)
        for _, label, score, summary in new
    ]
    was_strong = any(score >= STRONG for _, _, score, _ in before.found)
    if after.is_unfit and not was_strong and all(one.score < STRONG for one in signs):
        signs.append(
            sign("host_mismatch", _SURE, "its site is not to be trusted by now, or several signs come together")
        )
    return signs


def _swapped(comparison: Comparison, before: str, after: str) -> Finding | None:
    """A sign when many words were exchanged one for one, as spinners do; editors exchange a few."""
    swaps, wordwise = word_swaps(comparison, before, after)
    swaps = {pair: place for pair, place in swaps.items() if _MASK not in pair[1]}
    spun = [pair for pair in swaps if is_spun(*pair)]
    cleaned = [pair for pair in swaps if is_spun(*reversed(pair))]
    if len(cleaned) > len(spun):
        return None
    rate = 1000 * len(swaps) / max(300, len(prepared(after).key))
    score = _SURE if len(spun) >= _SPUN else _spin_score(len(swaps), rate, wordwise)
    if not score:
        return None
    shown = "、".join(f"{old} → {new}" for old, new in [*spun, *swaps][:4])
    return Finding(
        detector=HISTORY,
        version=2,
        label="synonym_spin",
        score=score,
        summary=f"{len(swaps)} words are swapped for others, {len(spun)} of them as spinners do: {shown}",
        evidence=_spans(swaps.values()),
        measured={"pairs": len(swaps), "spun": len(spun), "rate": round(rate, 1), "wordwise": round(wordwise, 2)},
    )


def _spin_score(pairs: int, rate: float, wordwise: float) -> float:
    """0 to 1, from the number of different pairs, their rate per 1,000 characters, and the share of other changes."""
    if rate < _SWAP_RATE:
        return 0.0
    if pairs >= 2 * _SWAPS and wordwise >= _WORDWISE:
        return _SURE
    if pairs >= _SWAPS and wordwise >= _WORDWISE:
        return STRONG
    if wordwise >= _NOTHING_ELSE and pairs >= _FEW_SWAPS:
        return STRONG if pairs > _FEW_SWAPS else 0.6
    return 0.0


def _injected(comparison: Comparison, known: str) -> Finding | None:
    """A sign when one word was put into many places, or an advertising word into an otherwise unchanged sentence."""
    put_in: dict[str, list[Change]] = {}
    for one in comparison.changes:
        if len(one.before) < len(one.after):
            put_in.setdefault(_added(one.before, one.after), []).append(one)
    repeated = {word: places for word, places in put_in.items() if len(word) > 1 and len(places) >= _PLACES}
    sold = {
        one.after: [one]
        for one in comparison.changes
        if _is_word(one.after) and sells(one.after) and not sells(one.before)
    }
    mixed = {word: places for word, places in put_in.items() if len(places) > 1 and _is_mixed(word)}
    # No editor puts the same new line in twice; one that repeats the title or an old line does not count.
    twice = (line for line, count in Counter(comparison.new).items() if count > 1 and len(line) >= _LINE)
    lines = [line for line in twice if match_key(line) not in known]
    words = dict.fromkeys([*sold, *mixed, *lines, *repeated, *(word for word, _ in comparison.injected)])
    if not words:
        return None
    return Finding(
        detector=HISTORY,
        version=2,
        label="words_injected",
        score=_SURE if sold or any(map(sells, words)) else STRONG if mixed or lines else SIGN,
        summary=f"put into sentences that are else as before: {'、'.join(list(words)[:4])}",
        evidence=_spans(change for places in (sold | mixed | repeated).values() for change in places),
        measured={"words": list(words)[:SHOWN]},
    )


def _is_word(put_in: str) -> bool:
    """Whether it is a word and no sentence: a new sentence may report on betting, a single new word advertises it."""
    return 0 < len(put_in) <= _PHRASE


def _is_mixed(word: str) -> bool:
    return re.search(r"[a-z0-9]{2}", word) is not None and re.search("[\u4e00-\u9fff]{2}", word) is not None


def _added(before: str, after: str) -> str:
    return after.removeprefix(before) if after.startswith(before) else after.removesuffix(before)


def _spans(changes: Iterable[Change]) -> tuple[Span, ...]:
    found = [
        Span(start=one.after_span[0], end=one.after_span[1], found=one.after, expected=one.before) for one in changes
    ]
    return tuple(sorted(found, key=lambda span: span.start)[:SHOWN])


def _worst_first(signs: Iterable[Finding]) -> list[Finding]:
    return sorted(signs, key=lambda one: -one.score)
