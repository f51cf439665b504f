"""PURE: what another reading of the same bytes says otherwise."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz.distance import Indel

from wangqi.bibliography import FACTS
from wangqi.details import unwritten
from wangqi.text.sanitise import storable, storable_key
from wangqi.visit import MarkedReading, NamedStory, Reading

_CALLED: Final = {"published_at": "date", "published_precision": "date", "published_source": "date"}
_BESIDE: Final = ("credits", "blocks")
_LONGEST: Final = 60_000  # characters of one of two texts; beyond that their lines are compared


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a 往期 block, by what it is known again."""

    title_key: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a page's stored reading and another one of the same bytes do not share.

    Attributes:
        what: `text`, `title`, `date`, the names of other facts, `credits`, `blocks`, `links`.
        gained: Characters of the text that only the new reading has; `lost` likewise.
        facts: What each fact was, and what it is.
        links_gained: Titles of the page's 往期 blocks; `links_lost` likewise.
    """

    what: tuple[str, ...]
    gained: int
    lost: int
    facts: Mapping[str, tuple[Any, Any]]
    links_gained: Sequence[str]
    links_lost: Sequence[str]

    @property
    def is_of_reading(self) -> bool:
        """Whether more than links differ, so that there is a new revision."""
        return any(word != "links" for word in self.what)


def difference(
    old: Reading,
    old_marks: Mapping[str, str | None],
    old_lines: Mapping[Line, str],
    new: MarkedReading,
    named: Sequence[NamedStory],
) -> Difference:
    """Of two readings of one page, `old` as it is stored.

    Args:
        old: The one.
        old_marks: Its `original_url` and `flaws`.
        old_lines: The titles that the page names by now.
        new: The other.
        named: What that one names; a reading that names nothing takes nothing away.
    """
    reading, marks = new
    pairs = [(name, getattr(old, name), getattr(reading, name)) for name in (*FACTS, "series_title")]
    pairs += [(name, old_marks[name] or None, getattr(marks, name) or None) for name in ("original_url", "flaws")]
    facts = {name: (before, _stored(after)) for name, before, after in pairs if before != _stored(after)}
    details = unwritten(old.details), unwritten(reading.details)
    beside = [name for name in _BESIDE if name in details[0] and details[0][name] != details[1].get(name)]
    text = storable(reading.text)
    gained, lost = changed_characters(old.text, text)
    lines = {Line(storable_key(line.title_key), line.url and storable(line.url)): line.title for line in named}
    links_gained = [title for line, title in lines.items() if line not in old_lines]
    links_lost = [title for line, title in old_lines.items() if line not in lines] if lines else []
    what = ["text"] * (old.text != text) + [_CALLED.get(name, name) for name in facts] + beside
    what += ["links"] * bool(links_gained or links_lost)
    return Difference(
        what=tuple(dict.fromkeys(what)),
        gained=gained,
        lost=lost,
        facts=facts,
        links_gained=links_gained,
        links_lost=links_lost,
    )


def changed_characters(before: str, after: str) -> tuple[int, int]:
    """How many characters came and how many went, as few as can be.

    >>> changed_characters("渡口的老船", "渡口的新船工")
    (2, 1)
    """
    if max(len(before), len(after)) > _LONGEST:
        old, new = Counter(before.split("\n")), Counter(after.split("\n"))
        return sum(map(len, (new - old).elements())), sum(map(len, (old - new).elements()))
    edits = Indel.distance(before, after)
    more = len(after) - len(before)
    return (edits + more) // 2, (edits - more) // 2


def _stored(value: object) -> object:
    return storable(value) if isinstance(value, str) else value
