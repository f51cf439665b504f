"""What another reading of kept bytes says otherwise, for people and programs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.rows.rereading import Anew

_FACT = ("title", "subtitle", "ordinal", "subject", "author", "source", "language", "series_title")


def anew_row(one: Anew) -> dict[str, Any]:
    """One page: what is other, how much of the text, and what becomes of it."""
    found = one.difference
    title = one.kept.reading.title if one.kept.reading else one.kept.title
    row: dict[str, Any] = {
        "story_id": one.kept.story_id,
        "revision_id": one.kept.revision_id,
        "series": one.kept.series,
        "title": title,
        "url": one.kept.url,
        "does": one.does,
        "what": _what(one),
        "gained": found.gained if found else 0,
        "lost": found.lost if found else 0,
        "kind_before": "story" if one.kept.reading else one.kept.outcome,
        "kind": one.kind,
        "facts": {name: list(pair) for name, pair in found.facts.items()} if found else {},
        "links_gained": list(found.links_gained) if found else [],
        "links_lost": list(found.links_lost) if found else [],
        "problem": one.problem or None,
    }
    return row | {"other": _other(one)}


def _what(one: Anew) -> list[str]:
    if one.problem:
        return ["not read"]
    if (one.kept.reading is None) != (one.visit is None):
        return ["kind"]
    return list(one.difference.what) if one.difference else []


def _other(one: Anew) -> str:
    """In a few words, what a table has room for."""
    if one.problem:
        return one.problem
    if one.visit is None:
        return f"would be no story: {one.kind}; it is left as it is"
    if one.kept.reading is None:
        return f"a story now: {one.visit.reading.title if one.visit.reading else ''}; the next crawl reads it"
    assert one.difference is not None
    told = [f"+{one.difference.gained} -{one.difference.lost} characters"] if "text" in one.difference.what else []
    for name, (before, after) in one.difference.facts.items():
        if name in _FACT:
            told.append(f"{name} {before or 'none'} → {after or 'none'}")
        elif name == "published_at":
            told.append(f"date {_day(before)} → {_day(after)}")
    told += [f"names {title} too" for title in one.difference.links_gained]
    told += [f"names {title} no more" for title in one.difference.links_lost]
    return "; ".join(told) or ", ".join(one.difference.what)


def _day(moment: Any) -> str:  # noqa: ANN401 - a fact of any type; this one is a time
    return f"{moment:%Y-%m-%d %H:%M}Z" if moment else "none"


def _pages(count: int) -> str:
    return f"{count} {'page' if count == 1 else 'pages'}"


@dataclass(slots=True)
class Sums:
    """Of all pages that were read anew."""

    pages: int = 0
    gained: int = 0
    lost: int = 0
    links_gained: int = 0
    links_lost: int = 0
    unread: int = 0
    what: Counter[str] = field(default_factory=Counter)

    def add(self, pages: int, found: Sequence[Anew]) -> None:
        self.pages += pages
        for one in found:
            self.what.update(_what(one))
            self.unread += bool(one.problem)
            if one.difference:
                self.gained += one.difference.gained
                self.lost += one.difference.lost
                self.links_gained += len(one.difference.links_gained)
                self.links_lost += len(one.difference.links_lost)

    def sentence(self, *, applied: bool) -> str:
        """A few lines for a person."""
        read = f"{_pages(self.pages)} read anew."
        if self.unread:
            read += f" {_pages(self.unread)} could not be read."
        if not self.what:
            return f"{read} All is as this version reads it."
        words = ", ".join(f"{word} {count}" for word, count in self.what.most_common())
        sums = f"Characters +{self.gained} -{self.lost}, links +{self.links_gained} -{self.links_lost}."
        end = "Stored, as revisions of our reading." if applied else "Nothing is changed without --apply."
        return f"{read} Other than stored: {words}. {sums} {end}"
