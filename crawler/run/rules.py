"""The rules of the catalogue during a run, and which of them have stopped matching. Pure."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from crawler.extraction.model import Extraction
from crawler.extraction.rules.selectors import Rule

# What every story has, and every listing: one page without it is enough to be told.
_ALWAYS: Final = {"title": "story", "date": "story", "body": "story", "rows": "listing"}
# What a page may lack: a story its author, the newest its next one, a short column its further pages.
_OFTEN: Final = {
    **dict.fromkeys(("author", "source", "members", "previous", "next"), "story"),
    **dict.fromkeys(("remove", "pages"), "story listing"),
}
_ENOUGH: Final = 5
_PAGES: Final = {"story": "stories", "listing": "columns", "story listing": "pages"}


class Rules:
    """The rules, with a count for each of their keys of the pages that were read, and of those on which it matched."""

    def __init__(self, every: tuple[Rule, ...] = ()) -> None:
        self.all = every
        self._read: Counter[tuple[str, str]] = Counter()
        self._matched: Counter[tuple[str, str]] = Counter()
        self._why: dict[tuple[str, str], str] = {}

    def count(self, page: Extraction, *, is_guess: bool = False) -> None:
        """A page that was read; a listing that was looked at because it may list the series is none that has to."""
        if page.rule is None or (is_guess and page.kind == "listing"):
            return
        why = dict(page.rule.missed)
        for key in (*page.rule.matched, *why):
            if page.kind in (_ALWAYS.get(key) or _OFTEN.get(key, "")).split():
                at = page.rule.name, key
                self._read[at] += 1
                self._matched[at] += key not in why
                if key in why:
                    self._why[at] = why[key]

    def missed(self) -> Iterator[str]:
        """Each key of a rule that matched on no page where it was to, as a sentence."""
        for at, count in self._read.items():
            name, key = at
            if not self._matched[at] and (key in _ALWAYS or count >= _ENOUGH):
                pages = _PAGES[_ALWAYS.get(key) or _OFTEN[key]]
                yield f"{key} of the {name} matched on none of {count} {pages}: {self._why[at]}"
