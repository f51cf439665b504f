"""What a reader has to know of a story to find it again and to quote it."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Bibliography:
    """The facts of a story. Readings and rows inherit them, tables have a column for each.

    Attributes:
        ordinal: Its number in the series.
        subject: Whom or what it is about, by its title.
        published_precision: `year`, `month`, `day`, `minute`, `second`, or None without a date.
        published_source: Where the date was found.
    """

    title: str
    subtitle: str | None = None
    ordinal: int | None = None
    subject: str | None = None
    author: str | None = None
    source: str | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    published_source: str | None = None
    language: str | None = None


FACTS: Final = tuple(field.name for field in fields(Bibliography))
