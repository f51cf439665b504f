"""PURE: a story in its stored form, and what it shows by itself. Readers and pipelines call these."""

from dataclasses import replace
from typing import Any, Final

from wangqi.bibliography import FACTS
from wangqi.copies.fingerprint import fingerprint
from wangqi.copies.trust import Registry, look
from wangqi.details import unwritten
from wangqi.search.bigrams import index_words
from wangqi.text.forms import display, key_of_display, one_line
from wangqi.text.reading_quality import flaws, original_url
from wangqi.titles.keys import title_key
from wangqi.visit import Marks, Reading

_LINES: Final = (*FACTS, "series_title")


def in_normal_form(reading: Reading) -> Reading:
    """The text and the facts in display form, each fact in one line."""
    facts = {name: getattr(reading, name) for name in _LINES}
    lines: dict[str, Any] = {name: one_line(fact) for name, fact in facts.items() if isinstance(fact, str)}
    return replace(reading, **lines, text=display(reading.text))


def marks_of(reading: Reading, url: str, registry: Registry) -> Marks:
    """The marks of a reading in normal form, from the page at this canonical URL."""
    details = unwritten(reading.details)
    match_key = key_of_display(reading.text)
    seen = look(reading.text, title=reading.title, url=url, details=details, registry=registry)
    return Marks(
        match_key=match_key,
        title_key=title_key(reading.title),
        fingerprint=fingerprint(match_key, reading.text),
        findings=seen.findings,
        standing=seen.standing,
        original_url=original_url(url, details),
        flaws=flaws(details),
        search_words=index_words(reading.text),
    )
