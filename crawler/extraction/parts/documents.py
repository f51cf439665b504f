"""The further documents that a page's story stands in: as they came, and what they are to it. Pure."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from crawler.extraction.model import Source

Role = Literal["part", "whole", "frame", "file"]


class Document(NamedTuple):
    """A further document as it was to be had.

    Attributes:
        source: None where nothing came.
        reason: Why nothing came, in words.
        is_refused: A limit of ours, or of its site, keeps it from being asked for: later runs would fare alike.
    """

    source: Source | None
    reason: str = ""
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A document that belongs to the page's story.

    Attributes:
        url: Canonical; None of a part that no other links.
        number: Of the part, from 1; 0 of a frame, of a file, and of the page that has all parts.
        lacks: Why it could not be read, in words; "" of one that is in the text.
    """

    role: Role
    url: str | None
    number: int = 0
    lacks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """What a reading of a page needs, and what it has, of other documents.

    Attributes:
        wanted: Canonical URLs to be asked for, before the page is read again; empty when it is read.
        parts: The documents of its story, in order, the page itself left out.
        count: How many parts the story has, the page itself counted; 1 of nearly every story.
        part_of: Canonical URL of the part before this one, the first of them where the page says it; None of a page
            that is a first part, or the whole.
        number: Which part the page is.
    """

    wanted: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    count: int = 1
    part_of: str | None = None
    number: int = 1

    @property
    def lacking(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.lacks)


NOTHING = Assembly()
