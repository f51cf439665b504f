"""How sure the fields of a story are, by where each was read."""

from collections.abc import Iterator, Sequence
from typing import Final

from crawler.extraction.model import Certainty, Extraction, FoundDate, Origin
from crawler.extraction.rules.selectors import is_of_rule
from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import Headline

_UNSURE: Final[dict[str, Certainty]] = {
    "line": "likely",
    "url": "likely",
    "time": "likely",
    "signature": "likely",
    "text": "likely",
    "element": "likely",
    "script": "likely",
    "beside the date": "likely",
}
_LONGEST = 200  # characters of what a field was read from
_APART = 366  # days between two claims of when a story came out, of which one must be wrong
_DOUBTS: Final = {
    "head": "no line of the page shows the title that its head claims",
    "first line": "no headline was found, and its first line stands for the title",
    "profile": "only a link to a profile names the author",
}


def title_origin(headline: Headline, segments: Sequence[Segment], place: str) -> Origin | None:
    """Of the title; a headline without a line on the page is as the page's head says it."""
    if headline.text is None:
        return None
    if headline.index is None:
        return _origin("title", "head" if place == "heading" else place, headline.text)
    lines = segments[headline.index : headline.end]
    return _origin("title", place, " ".join(line.text for line in lines) or headline.text)


def origins_of(page: Extraction, title: Origin | None) -> tuple[Origin, ...]:
    """Of a story's fields in this order: title, date, author, source."""
    return tuple(_origins(page, title))


def _origins(page: Extraction, title: Origin | None) -> Iterator[Origin]:
    if title:
        yield title
    elif page.text:
        yield _origin("title", "first line", page.text.split("\n", 1)[0])
    if page.published:
        yield _of_date(page.published, page.rival_dates)
    for role in ("author", "source"):
        if credit := next((credit for credit in page.credits if credit.role == role), None):
            yield _origin(role, credit.place, credit.raw)


def _of_date(date: FoundDate, rivals: Sequence[FoundDate]) -> Origin:
    far = [] if is_of_rule(date.source) else [rival for rival in rivals if abs(rival.value - date.value).days >= _APART]
    doubt = f"the page also says {far[0].raw} ({far[0].source})" if far else ""
    return _origin("published", date.source, date.raw, doubt)


def _origin(field: str, place: str, raw: str, doubt: str = "") -> Origin:
    doubt = doubt or _DOUBTS.get(place, "")
    certainty = "doubtful" if doubt else _UNSURE.get(place, "sure")
    return Origin(field=field, place=place, raw=raw[:_LONGEST], certainty=certainty, doubt=doubt)
