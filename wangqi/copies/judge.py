"""The verdicts on one new text and the stored texts that may be its copies."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any, Final, Literal

from wangqi.copies.boilerplate import are_one_frame, own_words, shared
from wangqi.copies.compare import compare, is_other_day
from wangqi.copies.fingerprint import SHORTEST_KEY
from wangqi.copies.prepared import prepared
from wangqi.copies.records import Candidate, Comparison, Finding, NewText, Relation, Verdict
from wangqi.copies.rules import CONTAINED
from wangqi.copies.shingles import similarity
from wangqi.copies.tampering import alarm, findings
from wangqi.copies.tampering.against_copy import accuse
from wangqi.text.forms import display, match_key

_COMPARED = 12
_SHOWN = 60  # swaps and changes kept as evidence
_LONG = 400  # characters; two such texts with one sentence in common and nothing else are no copies of each other
_LINKS = 3  # verdicts that are enough where the next candidate could only be one more sibling
_LESS_LIKE = 0.75  # a spun copy shares .45 with its original, and .3 with the next of the original's column
_RELATIONS: dict[str, Relation] = {
    "same": "same",
    "altered": "altered",
    "superset": "superset",
    "excerpt": "excerpt",
    "sibling": "sibling",
    "review": "sibling",
}
_RANKS = {word: rank for rank, word in enumerate(_RELATIONS)}
_ALARMS = ("no sign found", "signs of tampering", "strong signs")


def judge(new: NewText, candidates: Sequence[Candidate], *, thorough: bool = False) -> list[Verdict]:
    """At most one verdict a candidate, best first; only `same` and `altered` join a story.

    Once the text has joined a story, other stories that are much less like it are not read any more, unless the judge
    is to be `thorough`.

    Each rests on a direct comparison with that candidate, never on what the candidate is a copy of. An open case is a
    `sibling` that does not join, with `"verdict": "review"` in its evidence. The findings of a verdict speak against
    the new text; what speaks against the candidate is under `against`.
    `functools.partial(judge, new)` is a `wangqi.copies.records.Judge`.
    """
    text = display(new.text)
    candidates = [each for each in candidates[:_COMPARED] if _is_promising(text, each)]
    template = new.repeated | shared(text, candidates)
    home: Candidate | None = None
    verdicts: list[Verdict] = []
    for each in candidates:
        if home and not thorough and _is_settled(text, home, each):
            continue
        if len(verdicts) >= _LINKS and _is_of_another_day(new, text, each):
            continue
        verdict = _verdict(new, text, each, template)
        if verdict:
            verdicts.append(verdict)
            home = home or (each if verdict.joins else None)
    return sorted(verdicts, key=lambda each: (_RANKS[each.evidence["verdict"]], -each.score))


def _is_of_another_day(new: NewText, text: str, other: Candidate) -> bool:
    """Whether one outlet published two unlike texts on different days: siblings, of which a column has thousands."""
    if set(new.hosts).isdisjoint(other.hosts) or not is_other_day(new.published_at, other.published_at):
        return False
    return max(similarity(prepared(text).grams, prepared(other.text).grams)) < CONTAINED


def _is_settled(text: str, home: Candidate, other: Candidate) -> bool:
    """Whether the text has clearly joined `home`'s story, so that comparing it with `other` would add nothing."""
    if other.story_id == home.story_id:
        return False  # it may tell who swapped which words
    own = prepared(text).grams
    jaccard, containment = similarity(own, prepared(other.text).grams)
    return containment < CONTAINED and jaccard < _LESS_LIKE * similarity(own, prepared(home.text).grams)[0]


def _is_promising(text: str, candidate: Candidate) -> bool:
    if candidate.exact or candidate.shared_bands or candidate.shared_sentences > 1:
        return True
    return min(len(text), len(candidate.text)) < _LONG


def _verdict(new: NewText, text: str, candidate: Candidate, template: Collection[int]) -> Verdict | None:
    own = own_words(candidate.text, text, template)
    if own is None:
        return None
    first, second = own
    comparison = compare(
        first,
        second,
        title_a=candidate.title,
        title_b=new.title,
        published_a=candidate.published_at,
        published_b=new.published_at,
        hosts_a=candidate.hosts,
        hosts_b=new.hosts,
        word_by_word=False,
    )
    word = comparison.verdict
    if word in {"same", "altered"} and len(prepared(second).key) < SHORTEST_KEY and not _one_title(new, candidate):
        word = "review"  # a picture's caption or a single line is no proof of one story
    if word == "different":
        return None
    evidence = _evidence(comparison) | {"verdict": word}
    if word in {"same", "altered"} and are_one_frame(first, second):
        word = "sibling"
        evidence |= {
            "verdict": word,
            "reason": "one frame around two texts: but for whole paragraphs they are strangers",
        }
    against_new: Sequence[Finding] = ()
    against_candidate: Sequence[Finding] = ()
    if word == "altered":
        against_new, against_candidate = _findings_against(comparison, first, second)
        evidence["against_candidate"] = [asdict(each) for each in against_candidate]
    return Verdict(
        text_id=candidate.text_id,
        relation=_RELATIONS[word],
        joins=word in {"same", "altered"},
        score=comparison.score,
        evidence=evidence,
        findings=against_new,
        against=against_candidate,
    )


def _one_title(new: NewText, candidate: Candidate) -> bool:
    key = match_key(new.title)
    return bool(key) and key == match_key(candidate.title)


def _findings_against(comparison: Comparison, first: str, second: str) -> tuple[list[Finding], list[Finding]]:
    """Findings against the new text and against the candidate; the one with the worse signs of its own is accused."""
    old, new = (_ALARMS.index(alarm(findings(each))) for each in (first, second))
    return (
        accuse(comparison, "second", len(second), certain=new > old) if new >= old else [],
        accuse(comparison, "first", len(first), certain=old > new) if old >= new else [],
    )


def _evidence(comparison: Comparison) -> dict[str, Any]:
    measures = ("reason", "matched", "covered", "equal", "jaccard", "containment", "anchors", "anchor_agreement")
    return {
        **{name: getattr(comparison, name) for name in measures},
        "swap_count": comparison.swap_count,
        "swaps": [[swap.before, swap.after, swap.count] for swap in comparison.swaps[:_SHOWN]],
        "number_conflicts": [list(pair) for pair in comparison.number_conflicts[:_SHOWN]],
        "name_conflicts": [list(pair) for pair in comparison.name_conflicts[:_SHOWN]],
        "injected": [list(pair) for pair in comparison.injected],
        "new": len(comparison.new),
        "lost": len(comparison.lost),
    }


# A sibling that shares so much of its 3-grams is a template filled in anew, or a copy with a number changed.
_NEAR_THE_LINE: Final = 0.9
_WORD: Final = range(2, 9)  # characters of a word that is worth learning


def judged(new: NewText, candidates: Sequence[Candidate], *, thorough: bool = False) -> list[Verdict]:
    """Like `judge`, and also say for each verdict whether a person should decide and which words a spinner put in.

    `functools.partial(judged, new)` is a `wangqi.copies.records.Judge`.
    """
    return [_completed(verdict) for verdict in judge(new, candidates, thorough=thorough)]


def _completed(verdict: Verdict) -> Verdict:
    spun = _spun(verdict)
    swaps = tuple(_learnable(verdict, spun)) if spun else ()
    return replace(verdict, open=_is_open(verdict), spun=spun, swaps=swaps)


def _is_open(verdict: Verdict) -> bool:
    if verdict.evidence.get("verdict") == "review":
        return True
    return verdict.relation == "sibling" and verdict.score >= _NEAR_THE_LINE


def _spun(verdict: Verdict) -> Literal["new", "candidate"] | None:
    """The side that is accused of swapped words; None when neither is, or both."""
    sides: dict[Literal["new", "candidate"], Sequence[Finding]] = {
        "new": verdict.findings,
        "candidate": verdict.against,
    }
    accused = [side for side, found in sides.items() if any(one.label == "words_swapped" for one in found)]
    return accused[0] if len(accused) == 1 else None


def _learnable(verdict: Verdict, spun: Literal["new", "candidate"]) -> Iterator[tuple[str, str, int]]:
    """Spun, original, how often. Numbers and Latin letters are no vocabulary."""
    for before, after, times in verdict.evidence.get("swaps", ()):
        original, word = (before, after) if spun == "new" else (after, before)
        if all(len(each) in _WORD and _is_han(each) for each in (original, word)):
            yield word, original, times


def _is_han(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in word)
