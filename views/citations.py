"""PURE: how a story is cited: as an item of CSL-JSON, and as the records of RIS and BibTeX.

https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables, https://en.wikipedia.org/wiki/RIS_(file_format)
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any, Final

from storage.rows import CaptureRow, StoryDetail
from views.cells import READERS_ZONE

Item = Mapping[str, Any]

_BETWEEN_NAMES: Final = re.compile(r"\s*[、，,;；/]\s*|(?<=[\u4e00-\u9fff]{2})\s+(?=[\u4e00-\u9fff]{2})")
_PARTS_OF_DATE: Final = {"year": 1, "month": 2}
_RIS: Final = {"title": "TI", "container-title": "T2", "URL": "UR", "language": "LA", "note": "N1"}
_BIBTEX: Final = {"title": "title", "container-title": "journal", "URL": "url", "note": "note"}
_SPECIAL: Final = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def item_of(detail: StoryDetail, captures: list[CaptureRow], zone: tzinfo = READERS_ZONE) -> Item:
    """The story as one item of CSL-JSON; `captures` are those of the page whose text stands for it, oldest first.

    A date is as exact as the page prints it. The note tells when the bytes were fetched, and their SHA-256.
    """
    story = detail.story
    known: dict[str, Any] = {
        "id": f"wangqi-{story.id}",
        "type": "webpage",
        "title": story.title,
        "author": [{"literal": name} for name in _names(story.author)],
        "container-title": story.source,
        "URL": story.url,
        "language": story.language,
    }
    if story.published_at is not None:
        known["issued"] = _date(story.published_at.astimezone(zone), story.published_precision)
    capture = capture_of(detail, captures)
    if capture is not None:
        known["accessed"] = _date(capture.fetched_at.astimezone(READERS_ZONE), "day")
        moment = capture.fetched_at.astimezone(READERS_ZONE).isoformat(timespec="seconds")
        known["note"] = f"Captured {moment}; SHA-256 of the bytes {capture.payload_sha256}"
    return {name: value for name, value in known.items() if value}


def ris(item: Item) -> str:
    """The item as a record of RIS, which reference managers read."""
    return "\n".join(f"{tag}  - {_one_line(value)}" for tag, value in _of_ris(item))


def bibtex(item: Item) -> str:
    """The item as an entry of BibTeX, in UTF-8. The address is left as it is: no style needs it escaped."""
    shown = {name: value if name == "url" else value.translate(_SPECIAL) for name, value in _of_bibtex(item)}
    fields = ",\n".join(f"  {name} = {{{_one_line(value)}}}" for name, value in shown.items())
    return f"@misc{{{item['id']},\n{fields}\n}}"


def _of_ris(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    for author in item.get("author", ()):
        yield "AU", author["literal"]
    for name, tag in _RIS.items():
        if name in item:
            yield tag, item[name]
    for name, tag in (("issued", "DA"), ("accessed", "Y2")):
        if name in item:
            yield tag, "/".join(f"{part:02}" for part in item[name]["date-parts"][0])
    yield "ER", ""


def _of_bibtex(item: Item) -> Iterator[tuple[str, str]]:
    if "author" in item:
        yield "author", " and ".join(author["literal"] for author in item["author"])
    for name, field in _BIBTEX.items():
        if name in item:
            yield field, item[name]
    if "issued" in item:
        parts = item["issued"]["date-parts"][0]
        yield "date", "-".join(f"{part:02}" for part in parts)
        yield "year", str(parts[0])
    if "accessed" in item:
        yield "urldate", "-".join(f"{part:02}" for part in item["accessed"]["date-parts"][0])


def _names(author: str | None) -> list[str]:
    return [name for name in _BETWEEN_NAMES.split(author.strip()) if name] if author else []


def _date(moment: datetime, precision: str | None) -> dict[str, Any]:
    return {"date-parts": [[moment.year, moment.month, moment.day][: _PARTS_OF_DATE.get(precision or "day", 3)]]}


def capture_of(detail: StoryDetail, captures: list[CaptureRow]) -> CaptureRow | None:
    """The answer that the text was read from, however often and by which version."""
    read_from = next((one.capture_id for one in detail.revisions if one.id == detail.story.revision_id), None)
    return next((one for one in captures if one.id == read_from and one.payload_sha256), None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
