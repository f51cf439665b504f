"""Apply a rule's matches to a page: what they read replaces what would be read without the rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from lxml.html import HtmlElement

from crawler.extraction.facts.published import Dates
from crawler.extraction.model import Credit, Extraction, FoundDate, RuleUse
from crawler.extraction.phrases.credits import byline, labelled, unique
from crawler.extraction.phrases.dates import dates_in
from crawler.extraction.rules.selectors import Matches, day_of
from crawler.extraction.source.metadata import PageData
from crawler.extraction.source.segments import BLOCK_TAGS, Segment, segments_of
from crawler.extraction.story.title import Headline, find_title, visible
from wangqi.versions import with_rule

_NO_CLAIMS: Final = PageData(meta={}, article={}, head_title="", canonical=None, base=None, language=None)
_LONGEST_TITLE = 160
_LONGEST_NAME = 60
_LONGEST_TEXT = 1_000  # characters in which a date or a label is looked for
_MOST_NAMES = 12
# Keys that a story has to have; the others are missed only where the reading without the rule finds something.
_NEEDED: Final = ("title", "date", "body")
_NAMES: Final[tuple[Literal["author", "source"], ...]] = ("author", "source")


def headline_by(matches: Matches, segments: Sequence[Segment]) -> Headline | None:
    """The title that the rule reads, and the line of the page that shows it; None where it reads none."""
    for texts in matches.texts("title"):
        title = visible(texts[0])
        if 0 < len(title) <= _LONGEST_TITLE:
            matches.missed.pop("title", None)
            return replace(find_title(_NO_CLAIMS, segments, title), text=title)
        matches.miss("title", f"it finds {len(title)} characters, which are no title")
    return None


def dates_by(matches: Matches, dates: Dates, now: datetime | None) -> Dates:
    """The dates with the day of publication that the rule reads; other days become rivals of that one."""
    for texts in matches.texts("date"):
        for text in texts:
            written = min(dates_in(text[:_LONGEST_TEXT], now=now), key=lambda each: each.start, default=None)
            if written is not None:
                matches.missed.pop("date", None)
                found = _sharpened(written.found(matches.name), dates)
                return replace(dates, published=found, rivals=_rivals(found, dates))
            matches.miss("date", f"{text[:40]!r} is no date" + (" up to the day of the fetch" if now else ""))
    return dates


def _sharpened(found: FoundDate, dates: Dates) -> FoundDate:
    """With the time of day that is to be had without the rule for the same day."""
    other = dates.published
    is_finer = other and found.precision == "day" and other.precision in ("minute", "second")
    if other and is_finer and day_of(other.value) == day_of(found.value):
        return replace(found, value=other.value, precision=other.precision)
    return found


def _rivals(found: FoundDate, dates: Dates) -> tuple[FoundDate, ...]:
    others = (*((dates.published,) if dates.published else ()), *dates.rivals)
    return tuple(other for other in others if day_of(other.value) != day_of(found.value))


def credits_by(matches: Matches, found: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """The credits with the author and the source that the rule reads, in the place of others of these roles."""
    own = [credit for role in _NAMES if (credit := _credit_by(matches, role))]
    return unique((*own, *(credit for credit in found if credit.role not in {each.role for each in own})))


def _credit_by(matches: Matches, role: Literal["author", "source"]) -> Credit | None:
    for texts in matches.texts(role):
        names = [visible(_name_in(text, role)) for text in texts[:_MOST_NAMES]]
        name = "、".join(dict.fromkeys(filter(None, names)))
        if 0 < len(name) <= _LONGEST_NAME:
            matches.missed.pop(role, None)
            return Credit(role=role, name=name, raw=" ".join(texts[:_MOST_NAMES]), place=matches.name)
        matches.miss(role, f"it finds {len(name)} characters, which are no name")
    return None


def _name_in(text: str, role: str) -> str:
    """The name behind its label, where the text has one."""
    said = text[:_LONGEST_TEXT]
    return next((credit.name for credit in (*labelled(said), *byline(said)) if credit.role == role), text)


def take_out(matches: Matches, *, inline: bool) -> tuple[set[HtmlElement], tuple[str, ...]]:
    """Takes what the rule removes out of the tree; all of its elements, and its lines, which stay evidence.

    What stands within a line goes before lines are read, and whole lines afterwards: who wrote them is still of use.
    """
    gone: set[HtmlElement] = set()
    lines: list[str] = []
    for node in matches.removed():
        if inline == (node.tag not in BLOCK_TAGS and next(node.iterdescendants(*BLOCK_TAGS), None) is None):
            lines += [line.text for line in segments_of(node) if line.text]
            gone.update(node.iter())
            node.drop_tree()
    return gone, tuple(lines)


def as_ruled(page: Extraction, matches: Matches) -> Extraction:
    """The page with what the rule has brought and what not.

    Of a page that is no story nothing is expected that only a story has. A story need not have an author: that the rule
    finds none is a flaw where the reading without it does.
    """
    rule = matches.rule
    if rule is None:
        return page
    missed = {key: matches.missed[key] for key in rule.selectors if key in matches.missed}
    lacking = [key for key in missed if key in _NEEDED or (key in _NAMES and page.credit(key))]
    flaws = tuple(f"the {rule.name} has read no {key}: {missed[key]}" for key in lacking if page.kind == "story")
    matched = tuple(key for key in rule.selectors if key not in missed)
    use = RuleUse(name=rule.name, version=rule.version, matched=matched, missed=tuple(missed.items()), flaws=flaws)
    rows = sum(link.kind == "entry" for link in page.links)
    is_list = page.kind == "listing" and matches.is_list
    return replace(
        page,
        evidence=f"{rows} rows that the {rule.name} names, and no body" if is_list else page.evidence,
        rule=use,
        extractor_version=with_rule(page.extractor_version, rule.version),
        warnings=(*page.warnings, "rule_missed") if flaws else page.warnings,
    )
