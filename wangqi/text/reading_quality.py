"""PURE: what a reading says of its own worth, and of where its text comes from."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

_WORDS: Final[Mapping[str, str]] = {
    "lines_left_out": "it goes on for more lines than are read of a story without prose",
    "extractors_disagree": "two extractors do not agree where the story begins and ends",
    "short": "it is so short that it may be what its site says where it has no story",
    "behind_a_wall": "the rest of it is for subscribers, by the words below it",
    "reads_like_conditions": "most of it sounds like the conditions of a site, which speak of liability and rights",
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
    found += (details.get("rule") or {}).get("flaws", ())
    found += [one["doubt"] for one in details.get("origins", ()) if one["doubt"]]
    if details.get("replaced"):
        found.append(f"{details['replaced']} characters could not be decoded")
    found.append(missing_parts(details.get("parts", ())))
    return "; ".join(filter(None, found))


def missing_parts(parts: Iterable[Mapping[str, Any]]) -> str:
    """Which documents of a story are not in its text and why, in words; "" where all are.

    >>> missing_parts([{"role": "part", "number": 2, "url": None, "lacks": "no part that could be read links it"}])
    'part 2 is missing: no part that could be read links it'
    """
    return "; ".join(f"{_name(part)} is missing: {part['lacks']}" for part in parts if part["lacks"])


def _name(part: Mapping[str, Any]) -> str:
    """A document of the story, as a person finds it."""
    names = {
        "part": f"part {part['number']}",
        "whole": "the page with the whole text",
        "file": "the file with its text",
    }
    name = names.get(part["role"], "its frame")
    return f"{name} ({part['url']})" if part["url"] else name


def original_url(url: str, details: Mapping[str, Any]) -> str | None:
    """The canonical address that the page calls the original of its text, unless that is its own."""
    claimed = details.get("canonical_url")
    return str(claimed) if claimed and claimed != url else None
