"""The page that detectors look at, and how they record what they found."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from wangqi.copies.records import Finding, Span

SHOWN = 50  # spans that a finding keeps
SIGN = 0.5  # a score that is a sign by itself
STRONG = 0.9  # a score that is a strong sign by itself


@dataclass(frozen=True, kw_only=True)
class Page:
    """A text in display form with what is known of its page; see `findings`."""

    text: str
    title: str = ""
    head_title: str = ""
    keywords: str = ""
    description: str = ""
    host: str = ""
    footer: str = ""
    is_vouched: bool = False
    registry: Mapping[str, Collection[str]] = field(default_factory=dict)
    owners: Mapping[str, Collection[str]] = field(default_factory=dict)

    @cached_property
    def thousands(self) -> float:
        """Of ideographs, letters and digits; at least .3, so that one hit in a caption is no flood."""
        return max(0.3, len(re.findall(r"\w", self.text)) / 1000)


Detector = Callable[[Page], Finding | None]


def spans(matches: Iterable[re.Match[str]], expected: Callable[[str], str | None] | None = None) -> tuple[Span, ...]:
    """The first matches as evidence."""
    found: list[Span] = []
    for match in matches:
        if len(found) == SHOWN:
            break
        original = expected(match[0]) if expected else None
        found.append(Span(start=match.start(), end=match.end(), found=match[0], expected=original))
    return tuple(found)
