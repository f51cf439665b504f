"""PURE: what a worker does with a page: read it, and work out what the pipelines will ask of its text.

The workers have time to spare where the crawler's own process has none: it downloads, judges copies and writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.extraction import extract_page
from crawler.extraction.model import Extraction
from pipelines.copies import Fingerprint, fingerprint
from pipelines.text import display, key_of_display


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reading with the forms of its text.

    Attributes:
        text: In display form; empty unless the page is a story, and then `match_key` is, too.
        marks: None unless the page is a story.
    """

    page: Extraction
    text: str = ""
    match_key: str = ""
    marks: Fingerprint | None = None


def prepare(body: bytes, url: str, headers: Mapping[str, str]) -> Prepared:
    """As `extract_page`, which never raises on what a page holds."""
    page = extract_page(body, url, headers)
    if page.kind != "story":
        return Prepared(page)
    text = display(page.text)
    key = key_of_display(text)
    return Prepared(page, text, key, fingerprint(key, text))
