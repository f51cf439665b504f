"""PURE: the pieces of a story's body, as a reader elsewhere is shown them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple

from storage.exports.fields import ZONE
from storage.rows import FileRow, HandedStory, StoryRow
from wangqi.readings.files import PICTURES

WORDLESS: Final = frozenset({"image", "film", "sound"})
_NOT_TEXT: Final = re.compile(r"\s+")
_FORMS: Final[Mapping[str, str]] = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
_SEEN: Final = "Words in the picture, read by a program, maybe wrongly: "
_MINUTE: Final = "%Y-%m-%d %H:%M"


class Piece(NamedTuple):
    """One piece.

    Attributes:
        kind: As of `crawler.extraction.model.Block`.
        text: Of a list or a table its rows, one a line; cells have tabs between them.
        url: Of pictures, documents, films and sounds.
        level: Of a heading, 1 to 6; else 0.
        file: Of a picture or a document, what became of it.
    """

    kind: str
    text: str
    url: str = ""
    level: int = 0
    file: FileRow | None = None

    @property
    def picture(self) -> FileRow | None:
        """The picture that it shows, where it is kept and every reader knows its kind."""
        file = self.file
        return file if file and self.kind == "image" and file.sha256 and file.media_type in PICTURES else None

    @property
    def seen(self) -> str:
        """The words of a picture, introduced as what they are; "" of one without any."""
        words = self.file.seen if self.file and self.kind == "image" else None
        return f"{_SEEN}{words}" if words else ""

    @property
    def lacks(self) -> str:
        """Why what it shows is not there, in words; "" of what is kept, and of what nobody has asked for."""
        return self.file.lacks if self.file and self.file.outcome else ""


def pieces_of(handed: HandedStory) -> Sequence[Piece]:
    """The blocks that were read of its page, where these are its text; else its paragraphs, and what stands beside.

    Its attachments stand behind them.
    """
    pieces = _body(handed)
    files = {file.url: file for file in handed.files}
    shown = {one.url for one in pieces}
    more = [Piece(one.kind, one.caption or "", one.url) for one in handed.files if one.url not in shown]
    return [one._replace(file=files.get(one.url)) if one.url else one for one in (*pieces, *more)]


def _body(handed: HandedStory) -> Sequence[Piece]:
    blocks = [_piece(block) for block in handed.details.get("blocks") or ()]
    paragraphs = [Piece("paragraph", line) for line in handed.story.text.split("\n") if line.strip()]
    if not blocks:
        return paragraphs
    words = [one for one in blocks if one.kind not in WORDLESS]
    told = [one for one in words if one.kind != "caption"]
    if _letters(handed.story.text) in {_letters(*(one.text for one in which)) for which in (words, told)}:
        return blocks
    return [*paragraphs, *(one for one in blocks if one.url)]


def _piece(block: Mapping[str, Any]) -> Piece:
    return Piece(block["kind"], block["text"] or "", block.get("url") or "", block.get("level") or 0)


def _letters(*texts: str) -> str:
    return _NOT_TEXT.sub("", "".join(texts))


def day_of(story: StoryRow, zone: tzinfo = ZONE) -> str:
    """When it was published, as exactly as its page says; "" where that is not known."""
    if story.published_at is None:
        return ""
    return story.published_at.astimezone(zone).strftime(_FORMS.get(story.published_precision or "day", _MINUTE))


def moment(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat(timespec="seconds")


def facts_of(story: StoryRow) -> str:
    """The line below its title."""
    return " · ".join(filter(None, (day_of(story), story.source, story.author)))


def whence(handed: HandedStory) -> Iterator[str]:
    """Where its text comes from, and why to believe it, as sentences without their addresses."""
    story = handed.story
    if handed.fetched_at and handed.payload_sha256:
        yield f"Captured {moment(handed.fetched_at)}; SHA-256 of the bytes {handed.payload_sha256}."
    if story.status == "only_tampered_copies":
        yield "Every copy of this story that is held shows signs of tampering."
    if story.copies > 1:
        yield f"{story.copies} pages carry this story."


def rows_of(piece: Piece) -> Iterable[Sequence[str]]:
    """Of a table."""
    return (line.split("\t") for line in piece.text.split("\n"))
