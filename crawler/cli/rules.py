"""What a rule changes on a page, beside the reading without it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from crawler.extraction.model import Extraction, FoundDate
from crawler.extraction.rules.selectors import Rule
from views.cells import READERS_ZONE

_LINKS: Final = {"members": "series", "previous": "prev", "next": "next", "rows": "entry", "pages": "page"}
_SHOWN = 12  # lines of a difference
_LONGEST = 72  # characters of a line
_NOTHING = "–"

Value = str | list[str] | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one key of a rule, or what it does not name, has made of a page.

    Attributes:
        key: Of the rule; or `kind`, or a kind of links.
        selectors: As written; none of what the rule does not name.
        missed: Why it has found nothing, or None.
        before: Without the rule: a text, or lines.
    """

    key: str
    selectors: tuple[str, ...]
    missed: str | None
    before: Value
    after: Value


def missed_of(page: Extraction) -> dict[str, str]:
    """The keys of its rule that find nothing on the page though they might, with the reason.

    A story has no rows, and of a column nothing else is wanted; most pages are no part of a longer one.
    """
    missed = dict(page.rule.missed) if page.rule else {}
    other = {"story": {"rows", "pages", "remove"}, "listing": missed.keys() - {"rows", "pages"}}.get(page.kind, set())
    return {key: why for key, why in missed.items() if key not in other}


def changes(rule: Rule, before: Extraction, after: Extraction) -> list[Change]:
    """One for each key of the rule that a page of this kind may have, in its order, then what else has changed."""
    missed = missed_of(after)
    said = [
        Change(
            key,
            tuple(f"{one.written} ~ {one.pattern}" if one.pattern else one.written for one in selectors),
            missed.get(key),
            _value(before, key),
            _value(after, key),
        )
        for key, selectors in rule.selectors.items()
        if key in missed or key not in dict(after.rule.missed if after.rule else ())
    ]
    named = {change.key for change in said}
    others = [Change(key, (), None, _value(before, key), _value(after, key)) for key in ("kind", "body", *_LINKS)]
    return said + [each for each in others if each.key not in named and each.before != each.after]


def _value(page: Extraction, key: str) -> Value:
    if key in _LINKS:
        links = [link for link in page.links if link.kind == _LINKS[key]]
        return [" ".join(filter(None, (link.title, link.url or "(no address)"))) for link in links]
    values: dict[str, Value] = {
        "kind": page.kind,
        "title": page.title,
        "date": _written(page.published),
        "author": page.author,
        "source": page.source,
        "body": page.text.split("\n") if page.text else [],
        "remove": [words for label, words in page.cut if label == "removed"],
    }
    return values[key]


def _written(found: FoundDate | None) -> str | None:
    if found is None:
        return None
    cut = {"year": 4, "month": 7, "day": 10}.get(found.precision, 16)
    return found.value.astimezone(READERS_ZONE).isoformat(" ")[:cut]


def describe_rule(rule: Rule, before: Extraction, after: Extraction) -> Iterator[str]:
    """The changes for a person, line by line; "!" stands before a key that has found nothing."""
    since = f" from {rule.valid_from} on" if rule.valid_from > date.min else ""
    yield f"{rule.name}{since}; the page is {_article(after)}: {after.evidence}"
    for change in changes(rule, before, after):
        yield f"{'!' if change.missed else ' '} {change.key:<9} {_in_words(change)}"
        if isinstance(change.before, list) and isinstance(change.after, list) and change.key != "remove":
            yield from (f"              {line}" for line in _shortened(_difference(change.before, change.after)))
        elif change.key == "remove" and isinstance(change.after, list):
            yield from (f"              - {_cut(line)}" for line in _shortened(change.after))


def _article(page: Extraction) -> str:
    return {"story": "a story", "listing": "a listing", "other": "no story"}.get(page.kind, page.kind)


def _in_words(change: Change) -> str:
    by = " | ".join(change.selectors) or "not in the rule"
    if change.missed:
        return f"{change.missed} ({by}); without it: {_short(change.before, change.key)}"
    if change.key == "remove":
        return f"{_short(change.after, change.key)} left out ({by})"
    if change.before == change.after:
        return f"{_short(change.after, change.key)}, as without the rule ({by})"
    return f"{_short(change.before, change.key)} → {_short(change.after, change.key)} ({by})"


def _short(value: Value, key: str) -> str:
    if isinstance(value, list):
        if key == "body":
            return f"{sum(map(len, value)):,} characters in {_lines(value)}"
        return _lines(value) if key == "remove" else str(len(value))
    return value or _NOTHING


def _lines(value: Sequence[str]) -> str:
    return "1 line" if len(value) == 1 else f"{len(value)} lines"


def _difference(before: Sequence[str], after: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for what, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            lines += [f"- {_cut(line)}" for line in before[start:end]]
            lines += [f"+ {_cut(line)}" for line in after[new_start:new_end]]
    return lines


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _shortened(lines: Sequence[str]) -> list[str]:
    left = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"… and {left} more"] if left > 0 else [])]
