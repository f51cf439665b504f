"""Values as people and programs read them, safe for a terminal. Pure, but for the clock that a reader asks for."""

import json
import re
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import asdict, is_dataclass
from datetime import datetime, tzinfo
from typing import Final, Self
from zoneinfo import ZoneInfo

# The archive keeps UTC; its readers live by this clock.
READERS_ZONE: Final = ZoneInfo("Asia/Shanghai")
# Another clock, where a reader has asked for one.
ASKED_ZONE: Final[ContextVar[tzinfo | None]] = ContextVar("asked_zone", default=None)


# What moves a cursor, hides text or turns it round: C0, DEL, C1, the marks of direction and of lines, halves of pairs.
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


_BREAKS: Final = re.compile(r"[\t\n\r]+")


class Marked(str):
    """A value with places that a terminal sets off: first character and the one behind the last."""

    __slots__ = ("marks",)
    marks: tuple[tuple[int, int], ...]

    def __new__(cls, text: str, marks: Iterable[tuple[int, int]]) -> Self:
        marked = super().__new__(cls, text)
        marked.marks = tuple(marks)
        return marked


# Words of state, in the columns that hold such, that a terminal sets off: what did not come, what is not to be trusted.
_STATES: Final = frozenset({"state", "what", "outcome", "status"})
_ALARMING: Final = frozenset({"failed", "dead", "tampered", "tampered only", "only_tampered_copies"})


def with_alarms(row: Mapping[str, object]) -> Mapping[str, object]:
    """The row, with each alarming word of state set off."""
    return {
        name: Marked(value, [(0, len(value))])
        if name in _STATES and isinstance(value, str) and value in _ALARMING
        else value
        for name, value in row.items()
    }


def safe(text: str) -> str:
    r"""The text with every character that a terminal would obey shown as its number.

    >>> safe("a\x1b[31mb")
    'aU+001B[31mb'
    """
    return _UNSAFE.sub(lambda match: f"U+{ord(match[0]):04X}", text)


def safe_lines(text: str) -> str:
    r"""As `safe`, with "\n" left as it is."""
    return "\n".join(safe(line) for line in text.split("\n"))


def readers_zone() -> tzinfo:
    """The clock by which times are told: Shanghai's, unless the reader has asked for another."""
    return ASKED_ZONE.get() or READERS_ZONE


def cell(value: object) -> str:
    """A value as a person reads it, in one line: None is empty, a time is the minute and the reader's zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(readers_zone()).isoformat(" ", "minutes").removesuffix(":00")
    if isinstance(value, str):
        return _marked(value) if isinstance(value, Marked) else safe(_BREAKS.sub(" ", value))
    if isinstance(value, Mapping):
        return ", ".join(f"{cell(count)} {cell(word)}" for word, count in value.items())
    if isinstance(value, Iterable):
        return ", ".join(cell(one) for one in value)
    return safe(str(value))


def _marked(value: Marked) -> Marked:
    """As any other, with its marks where the characters are then."""
    places = [len(cell(str(value)[:at])) for at in range(len(value) + 1)]
    return Marked(cell(str(value)), ((places[first], places[last]) for first, last in value.marks))


def json_line(record: object, indent: int | None = None) -> str:
    """A record as JSON, in one line unless indented; times on the reader's clock with their offset.

    What a terminal would obey is escaped, so that nothing is lost and no cursor moves.
    """
    plain = asdict(record) if is_dataclass(record) and not isinstance(record, type) else record
    text = json.dumps(plain, ensure_ascii=False, default=_as_json, indent=indent)
    # Those below U+0020 json has escaped already; the others can stand inside of strings only.
    return _UNSAFE.sub(lambda match: match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1], text)


def _as_json(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(readers_zone()).isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return list(value)
    return str(value)
