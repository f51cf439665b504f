"""PURE: what a reading says of its own worth, and of where its text comes from."""

from collections.abc import Mapping
from typing import Any, Final

_WORDS: Final[Mapping[str, str]] = {
    "extractors_disagree": "two extractors do not agree where the story begins and ends",
    "told_in_image": "it is told in pictures, whose words were not read",
    "told_in_document": "it is told in a document beside the page, which was not read",
    "told_in_film": "it is told in a film",
    "told_in_sound": "it is told in a sound recording",
}


def flaws(details: Mapping[str, Any]) -> str:
    """In what the story was read badly, in words; empty when nothing speaks against the reading.

    >>> flaws({"replaced": 3})
    '3 characters could not be decoded'
    """
    found = [_WORDS[word] for word in details.get("warnings", ()) if word in _WORDS]
    if details.get("replaced"):
        found.append(f"{details['replaced']} characters could not be decoded")
    if details.get("next_page_url"):
        found.append("only the first part was read; it goes on at another address")
    return "; ".join(found)


def original_url(url: str, details: Mapping[str, Any]) -> str | None:
    """The canonical address that the page calls the original of its text, unless that is its own."""
    claimed = details.get("canonical_url")
    return str(claimed) if claimed and claimed != url else None
