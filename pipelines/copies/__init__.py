"""Copies: is this text a story that is known already, and has somebody tampered with it. Pure: no I/O, no clock.

    key = match_key(text)
    marks = fingerprint(key, text)                  # what storage looks candidates up by
    signs = findings(text, title=..., host=...)     # on this text alone
    verdicts = judge(NewText(text=text, ...), candidates)
    compare(text_a, text_b).swaps                   # word by word

Algorithm, thresholds, what is and is not caught: `docs/copies.md`.
"""

from pipelines.copies.compare import compare
from pipelines.copies.fingerprint import SKETCH_VERSION, Fingerprint, fingerprint
from pipelines.copies.judge import judge
from pipelines.copies.model import Alarm, Change, Comparison, Finding, Label, NewText, Span, Swap, Word
from pipelines.copies.paragraphs import paragraph_hashes, repeated, without_repeated
from pipelines.copies.tampering import alarm, findings

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
