"""What the reading room is started with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Protocol

from storage import Archive


class Sign(Protocol):
    """Something about a series that a person should see, as `scrapy health` tells it."""

    @property
    def level(self) -> str: ...
    @property
    def fact(self) -> str: ...


# What is to be seen of each series, by its name; empty of one that is well.
Health = Callable[[Archive], Mapping[str, Sequence[Sign]]]


def _unknown(_: Archive) -> Mapping[str, Sequence[Sign]]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How a room is opened.

    Attributes:
        hosts: The names by which browsers may call it, without ports; whatever else a Host header says is refused.
        token: That a browser has to show once; None on loopback, where nobody else is.
        editor: Who decides by the forms of the review page; None where the room only reads. It asks for a token.
        zones: Of series whose pages keep another clock than Shanghai's, by name.
        health: How the series fare.
        probing: Why links are followed that only their own pages can speak for; a person may know better.
        shared_for: Seconds for which a page that was made for one reader is shown to others.
    """

    archive_url: str
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    token: str | None = None
    editor: str | None = None
    zones: Mapping[str, tzinfo] = field(default_factory=dict)
    health: Health = _unknown
    probing: Sequence[str] = ()
    shared_for: float = 1.0

    def __post_init__(self) -> None:
        if self.editor is not None and self.token is None:
            raise ValueError("A room in which somebody decides asks for a token.")
