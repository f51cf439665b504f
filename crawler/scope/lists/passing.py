"""Stories of something else that stand beside members: behind a few of them another member may stand. Pure."""

from collections.abc import Callable, Container, Iterator
from typing import Final

from crawler.extraction.model import Extraction, SeriesLink
from crawler.scope.lists.alike import Beside

_MOST_IN_VAIN: Final = 8  # in a row
_MOST_STEPS: Final = 4  # from a member


class Passing:
    """Gathers neighbours that nothing speaks for, of members and of such neighbours themselves."""

    def __init__(self) -> None:
        self._places: dict[str, Beside] = {}
        self._steps: dict[str, int] = {}
        self._in_vain = 0

    def __contains__(self, url: object) -> bool:
        return url in self._places

    def hear(
        self, page: Extraction, url: str, at_hand: Callable[[SeriesLink], str | None], known: Container[str]
    ) -> None:
        """A member, or a page on the way, was read; `known` are followed anyway."""
        steps = self._steps.get(url, 0) + 1
        for link in page.links if steps <= _MOST_STEPS else ():
            target = at_hand(link) if link.kind in {"prev", "next"} else None
            if target and target not in known and target not in self._places:
                self._places[target] = Beside(target, link.title, url)
                self._steps[target] = steps

    def leave(self, url: str) -> None:
        """What this page leads to is of another work."""
        self._places = {target: place for target, place in self._places.items() if place.found_on != url}

    def looked(self, *, is_fruitful: bool) -> None:
        """One of them was looked at, and leads to members that were not known, or not."""
        self._in_vain = 0 if is_fruitful else self._in_vain + 1

    def next(self, known: Container[str]) -> Iterator[Beside]:
        """Those to look at, the nearest first."""
        if self._in_vain < _MOST_IN_VAIN:
            ready = (url for url in self._places if url not in known)
            yield from (self._places[url] for url in sorted(ready, key=self._steps.__getitem__))
