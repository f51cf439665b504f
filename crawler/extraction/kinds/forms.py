"""Pages that ask their reader for something: to log in, to register, to write to an office."""

from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.source.segments import Segment
from crawler.extraction.story.title import Headline

_ASKING = frozenset(("text", "email", "password", "tel", "number", "url"))
_FIELDS = 3  # a search box has one, a newsletter's two
_FORMS = 8  # that are looked at: each costs a walk over the page
_LINES = 30  # a form of more lines is the whole page, as some servers write it
_ABOVE = 100  # characters of prose between a headline and a form that is the point of its page
_PROSE = 600  # characters: what such a page explains


def is_a_form(tree: HtmlElement, headline: Headline, segments: Sequence[Segment]) -> bool:
    """Whether a form stands right below the headline of a page that says little else.

    It has three fields and more, or one for a password or a letter.

    A form of a story, to comment on it, stands below the story, and one of a site, to log in, above the headline.
    """
    if sum(line.prose for line in segments) > _PROSE:
        return False
    top = -1 if headline.index is None else headline.index
    for form in islice(filter(_asks, tree.iter("form")), _FORMS):
        inner = set(form.iter())
        places = [place for place, line in enumerate(segments) if line.block in inner]
        if not places or len(places) > _LINES or places[-1] <= top:
            continue
        if sum(line.prose for line in segments[top + 1 : places[0]]) < _ABOVE:
            return True
    return False


def _asks(form: HtmlElement) -> bool:
    kinds = [(node.get("type") or "text").lower() for node in form.iter("input")]
    return (
        "password" in kinds or form.find(".//textarea") is not None or sum(map(_ASKING.__contains__, kinds)) >= _FIELDS
    )
