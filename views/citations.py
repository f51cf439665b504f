"""PURE: how a story is cited: as an item of CSL-JSON, and as the records of RIS and BibTeX.

https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from storage.rows import CaptureRow, StoryDetail
from views.cells import READERS_ZONE
from wangqi.citing.items import Bytes, Item, item

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
    """The story as one item of CSL-JSON; `captures` are those of the page whose text stands for it, oldest first."""
    story = detail.story
    capture = capture_of(detail, captures)
    read_from = Bytes(capture.fetched_at, capture.payload_sha256) if capture and capture.payload_sha256 else None
    return item(story.id, story, story.url, read_from, zone)


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


def capture_of(detail: StoryDetail, captures: list[CaptureRow]) -> CaptureRow | None:
    """The answer that the text was read from, however often and by which version."""
    read_from = next((one.capture_id for one in detail.revisions if one.id == detail.story.revision_id), None)
    return next((one for one in captures if one.id == read_from and one.payload_sha256), None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
