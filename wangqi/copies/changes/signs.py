"""A sign that the change of a page gives; and those of its script, and of whom it tells its readers to write to."""

import re
from typing import Any, Final

from wangqi.copies.records import HISTORY, Finding, Label
from wangqi.copies.tampering.page import SHOWN, SIGN

_SURE: Final = 0.95
_SCRIPTS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("kana", re.compile("[\u3040-\u30ff]")),
    ("Han", re.compile("[\u3400-\u9fff]")),
    ("Hangul", re.compile("[\uac00-\ud7af]")),
    ("Cyrillic", re.compile("[\u0400-\u052f]")),
    ("Thai", re.compile("[\u0e00-\u0e7f]")),
    ("Arabic", re.compile("[\u0600-\u06ff]")),
    ("Vietnamese", re.compile("[\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")),
    ("Latin", re.compile("[A-Za-z]")),
)
_CONTACT: Final = re.compile(
    r"(?:微信|薇信|vx|wx|qq|telegram|电报|飞机|whatsapp|skype)(?:号|群)?\s*[:：@]?\s*([a-z0-9_-]{5,20})", re.IGNORECASE
)
_ENDINGS: Final = "com|net|org|info|cn|cc|co|me|tv|top|vip|xyz|app|bet|win|club|shop|site|online|example"
_ADDRESS: Final = re.compile(rf"((?:[a-z0-9-]{{2,30}}\.)+(?:{_ENDINGS}))(?![a-z0-9-])", re.IGNORECASE)


def sign(label: Label, score: float, summary: str, **measured: Any) -> Finding:  # noqa: ANN401 - as JSON can hold it
    """A sign that the change of a page gives."""
    return Finding(detector=HISTORY, version=2, label=label, score=score, summary=summary, measured=measured)


def new_script(before: str, after: str) -> Finding | None:
    old, new = _main_script(before), _main_script(after)
    if old is None or new is None or old == new:
        return None
    return sign("language", _SURE, f"it is written in {new} letters, and was in {old} ones", before=old, after=new)


def _main_script(text: str) -> str | None:
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS}
    if counts["kana"] * 4 > counts["Han"]:  # Japanese has as many ideographs
        counts["kana"] += counts["Han"]
    if counts["Vietnamese"] * 12 > counts["Latin"]:
        counts["Vietnamese"] += counts["Latin"]
    total = sum(counts.values())
    best = max(counts, key=lambda name: counts[name])
    return best if total >= 30 and counts[best] >= 0.5 * total else None


def new_contacts(before: str, after: str) -> list[Finding | None]:
    """Where readers are sent to, out of the text."""
    return [
        _only_new(_CONTACT, before, after, "an account to write to"),
        _only_new(_ADDRESS, before, after, "an address that it did not print before"),
    ]


def _only_new(pattern: re.Pattern[str], before: str, after: str, what: str) -> Finding | None:
    old = {match[1].lower() for match in pattern.finditer(before)}
    new = list(dict.fromkeys(match[1] for match in pattern.finditer(after) if match[1].lower() not in old))
    return sign("contact", SIGN, f"{what}: {'、'.join(new[:3])}", found=new[:SHOWN]) if new else None
