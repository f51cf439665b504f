"""The public name of `wangqi.copies`: telling copies of a text apart, and finding signs of tampering."""

from wangqi.copies.compare import compare
from wangqi.copies.fingerprint import fingerprint
from wangqi.copies.judge import judge
from wangqi.copies.records import (
    SKETCH_VERSION,
    Alarm,
    Change,
    Comparison,
    Finding,
    Fingerprint,
    Label,
    NewText,
    Span,
    Swap,
    Word,
)
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
