"""Links that nothing speaks for yet. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from crawler.extraction.model import SeriesLink
from storage.records import Discovery

_MOST = 5_000  # links: a column of 250 pages


class Undecided:
    """Keeps the links that wait for a title to speak for them; of too many, the oldest are let go."""

    def __init__(self) -> None:
        self._links: dict[str, tuple[SeriesLink, str]] = {}

    def keep(self, target: str, link: SeriesLink, found_on: str) -> None:
        if target not in self._links and len(self._links) >= _MOST:
            self.forget(next(iter(self._links)))
        # Only the words and the kind count from here on.
        self._links[target] = replace(link, reasons=link.reasons[:1]), found_on

    def forget(self, target: str) -> None:
        self._links.pop(target, None)

    def reconsidered(self, reason_for: Callable[[SeriesLink], str | None]) -> Iterator[Discovery]:
        """Those that have a reason now."""
        for target, (link, found_on) in list(self._links.items()):
            if reason := reason_for(link):
                title = link.title or None
                yield Discovery(url=target, via=link.kind, title=title, reason=reason, found_on=found_on)
