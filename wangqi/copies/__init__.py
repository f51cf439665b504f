"""Copies: is this text a story that is known already, and has somebody tampered with it. Pure: no I/O, no clock.

    key = match_key(text)
    marks = fingerprint(key, text)                  # what storage looks candidates up by
    signs = findings(text, title=..., host=...)     # on this text alone
    verdicts = judge(NewText(text=text, ...), candidates)
    compare(text_a, text_b).swaps                   # word by word

Algorithm, thresholds, what is and is not caught: `docs/copies.md`.
"""

from wangqi.copies.compare import compare
from wangqi.copies.fingerprint import SKETCH_VERSION, Fingerprint, fingerprint
from wangqi.copies.judge import judge
from wangqi.copies.records import Alarm, Change, Comparison, Finding, Label, NewText, Span, Swap, Word
from wangqi.copies.tampering import alarm, findings
from wangqi.text.paragraphs import paragraph_hashes, repeated, without_repeated

__all__ = [
    "SKETCH_VERSION",
    "Alarm",
    "Change",
    "Comparison",
    "Finding",
    "Fingerprint",
    "Label",
    "NewText",
    "Span",
    "Swap",
    "Word",
    "alarm",
    "compare",
    "findings",
    "fingerprint",
    "judge",
    "paragraph_hashes",
    "repeated",
    "without_repeated",
]
