"""The records that `wangqi.copies` takes and returns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

Word = Literal["same", "altered", "excerpt", "superset", "sibling", "review", "different"]
Relation = Literal["same", "altered", "excerpt", "superset", "sibling", "not_same"]
SKETCH_VERSION: Final = 2  # 1 kept 32 bits of each minimum
HISTORY: Final = "page_history"  # the detector whose signs rest on what the page was before
Alarm = Literal["no sign found", "signs of tampering", "strong signs"]
Label = Literal[
    "punctuation_inflation",
    "blank_before_point",
    "synonym_spin",
    "brand_injection",
    "pinyin_notes",
    "homoglyph",
    "emoji_in_text",
    "mojibake",
    "host_mismatch",
    "off_topic_title",
    "hidden_text",
    "fact_change",
    "name_change",
    "words_swapped",
    "words_injected",
    "text_replaced",
    "part_replaced",
    "stub",
    "cut",
    "language",
    "wares",
    "contact",
    "shell",
    "foreign_links",
]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What storage looks candidates up by.

    Attributes:
        sketch: The lowest 8 bits of 126 minima, which tell how far two texts resemble each other as well as all 32 do
            (b-bit MinHash, Li and König 2010); None when the key has fewer than 40 characters.
        bands: 42 signed 64-bit keys, the band's number in the top byte; empty without a sketch.
        sentences: Signed 64-bit hashes of the distinct sentences of 12 key characters or more.
        paragraphs: Hashes of paragraphs that storage counts to learn which ones a site repeats.
        left_out: Hashes of the repeated paragraphs that sketch, bands and sentences were computed without.
        version: `SKETCH_VERSION`; only fingerprints of one version can be compared.
    """

    sketch: bytes | None
    bands: tuple[int, ...]
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    version: int = SKETCH_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One place that shows it.

    Attributes:
        start: Offset in the display form of the text that was looked at.
        end: One past its last character.
        expected: What probably stood there, or None when nobody can say.
        note: The field that the offsets count in (`footer`, `title`, `head_title`, `keywords`, `description`), empty
            for the text; or why, in words.
    """

    start: int
    end: int
    found: str
    expected: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A sign that one copy was tampered with; it accuses, it never acquits.

    Attributes:
        score: 0 to 1; from `STRONG` on it is a strong sign by itself.
        summary: One line for a person.
        evidence: At most 50 spans, in the order of the text.
        measured: The figures behind the score and the thresholds they met.
    """

    detector: str
    version: int
    label: Label
    score: float
    summary: str
    evidence: tuple[Span, ...] = ()
    measured: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A word that stands in the first text where the second has another, and how often."""

    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place where two aligned sentences differ, widened to words.

    Attributes:
        kind: `number` and `name` are changes of fact; `point` is punctuation only and is not reported by `compare`.
        before: As in the first text; empty for an insertion.
        after: As in the second; empty for a deletion.
        before_span: Offsets in the display form of the first text.
        after_span: Offsets in the display form of the second.
    """

    kind: Literal["number", "name", "word", "insert", "delete"]
    before: str
    after: str
    before_span: tuple[int, int]
    after_span: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What can be said of a second text beside a first one.

    Attributes:
        verdict: Of the second: `excerpt` is contained in the first, `superset` contains it.
        score: 0 to 1: of the shared 3-grams, Jaccard for whole copies and containment for partial ones.
        reason: The rule that decided, in words.
        swaps: Most frequent first.
        number_conflicts: Pairs of numbers or dates that stand in the same place and differ.
        name_conflicts: The same with unlisted words, most often names.
        injected: Words that only the second has, in three places or more, and how often.
        new: Sentences of the second without a partner in the first.
        lost: Sentences of the first without a partner in the second.
        matched: Share of the second text in paired sentences.
        covered: Share of the first text in paired sentences.
        equal: Share of the second text that is equal, character by character, within its pairs.
        changes: Every change, worst class first, then in the order of the second text.
    """

    verdict: Word
    score: float
    reason: str
    swaps: tuple[Swap, ...] = ()
    number_conflicts: tuple[tuple[str, str], ...] = ()
    name_conflicts: tuple[tuple[str, str], ...] = ()
    injected: tuple[tuple[str, int], ...] = ()
    new: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    matched: float = 0.0
    covered: float = 0.0
    equal: float = 0.0
    jaccard: float = 0.0
    containment: float = 0.0
    anchors: int = 0
    anchor_agreement: float = 1.0
    changes: tuple[Change, ...] = ()

    @property
    def swap_count(self) -> int:
        return sum(swap.count for swap in self.swaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """The text that is about to be stored.

    Attributes:
        hosts: Of the pages that carry it; most often one.
        repeated: Hashes of its paragraphs that three or more stories of its host or series share
            (see `paragraphs`); they take no part in the comparison.
    """

    text: str
    title: str = ""
    published_at: datetime | None = None
    hosts: Sequence[str] = ()
    repeated: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stored text that may be a copy of the one being stored.

    Attributes:
        exact: `text` same display form, `key` same match key, or None.
        shared_bands: Of 42.
        shared_sentences: Sentence hashes in common.
        hosts: Of the pages that carry it.
    """

    text_id: int
    story_id: int
    text: str
    title: str
    published_at: datetime | None
    exact: Literal["text", "key"] | None
    shared_bands: int
    shared_sentences: int
    hosts: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a judge says of the new text and one candidate.

    Attributes:
        joins: The new text is a copy of the candidate's story; else the two are only linked.
        evidence: As JSON can hold it.
        findings: Signs that the comparison has shown on the new text; `against` those on the candidate.
        open: A person should decide.
        swaps: Words that a spinner put in: spun, original, how often.
        spun: Which of the two texts has them, None when nobody can say.
    """

    text_id: int
    relation: Relation
    joins: bool
    score: float
    evidence: Mapping[str, Any]
    findings: Sequence[Finding] = ()
    against: Sequence[Finding] = ()
    open: bool = False
    swaps: Sequence[tuple[str, str, int]] = ()
    spun: Literal["new", "candidate"] | None = None


# Called inside the transaction with the candidates, best first (at most 12); answers with the verdicts worth keeping.
Judge = Callable[[Sequence[Candidate]], Sequence[Verdict]]
# Takes hashes of paragraphs; returns how many stories of one host or series carry each.
Sharing = Callable[[Sequence[int]], Mapping[int, int]]
# Called before the judge, with what the whole text is like; answers with the fingerprint of the text without its
# template (the same object when there is none), and the judge that leaves it out as well.
Trim = Callable[[Sequence[Candidate], Sharing], tuple[Fingerprint, Judge]]
