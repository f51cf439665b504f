"""PURE: a question to the archive as a tree, which both databases are asked by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from wangqi.search.bigrams import Phrase

TextField: TypeAlias = Literal["title", "author", "source", "subject"]
TEXT_FIELDS: Final[tuple[TextField, ...]] = ("title", "author", "source", "subject")
Kind: TypeAlias = Literal["copy", "tampered", "changed"]
KINDS: Final[tuple[Kind, ...]] = ("copy", "tampered", "changed")


@dataclass(frozen=True, slots=True)
class Words:
    """A word or a phrase in quotes.

    Attributes:
        text: As it was typed, without quotes.
        field: Where it must stand; None: in title or text.
    """

    text: str
    phrase: Phrase
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class OfSeries:
    """Of a series whose name or title holds these characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Published:
    """Published at `since` or later, and before `until`; None leaves that side open."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Is:
    """`copy`: carried by more than one page; `tampered`: a page of it shows strong signs; `changed`: a page changed."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Not:
    part: "Query"


@dataclass(frozen=True, slots=True)
class And:
    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    parts: "tuple[Query, ...]"


Query: TypeAlias = Words | OfSeries | Published | Is | Not | And | Or


def shown_words(query: Query) -> Iterator[str]:
    """What a hit holds in its title or text, to be marked there: its words but for those that must not stand in it."""
    if isinstance(query, Words) and query.field in {None, "title"}:
        yield query.text.rstrip("*")
    elif isinstance(query, And | Or):
        for part in query.parts:
            yield from shown_words(part)
