"""Answers about pictures and attachments."""

from dataclasses import dataclass
from typing import NamedTuple

from wangqi.readings.files import FileKind


class FileSaid(NamedTuple):
    """What a program has read in a file.

    Attributes:
        origin: `pdf`, `docx`, `xlsx`, `ofd`, or `ocr` of a picture.
        text: "" of one that says nothing that could be read.
        reason: Why not.
        reader: The program and its version.
    """

    origin: str
    text: str
    reason: str
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A picture or an attachment of a story.

    Attributes:
        kind: `image` or `document`.
        url: As the page has it.
        caption: Of a picture the words below it, of an attachment those of its link; or None.
        credit: Who made it, or None.
        outcome: `kept`; None of one that was not asked for; else a word of `wangqi.outcomes`.
        reason: Why it is not kept, in words.
        sha256: Of its bytes, hexadecimal, by which `Archive.payload` has them; None of one that is not kept.
        media_type: By its bytes; None where these tell nothing.
        size: In bytes.
        text: What it says, read by a program (`text_origin` is of what: `pdf`, `docx`, `xlsx`, `ofd`, `ocr`); or None.
        unread: Why nothing was read in it; "" of one that says something, or that nobody has read.
    """

    revision_id: int
    position: int
    kind: str
    url: str
    caption: str | None
    credit: str | None
    outcome: str | None
    reason: str
    sha256: str | None
    media_type: str | None
    size: int | None
    text: str | None = None
    text_origin: str | None = None
    unread: str = ""

    @property
    def seen(self) -> str | None:
        """The words that a program has seen in a picture, maybe wrongly."""
        return self.text if self.kind == "image" else None

    @property
    def lacks(self) -> str:
        """Why it is not there, as a sentence for a person; "" of one that is kept."""
        if self.outcome is None:
            return "not asked for"
        return "" if self.sha256 is not None else self.reason or self.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFile:
    """A picture or an attachment that is to be asked for."""

    id: int
    kind: FileKind
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingFile:
    """One that was asked for and is not kept; or is kept, and its words could not be read."""

    kind: str
    url: str
    outcome: str
    reason: str

    @property
    def is_kept(self) -> bool:
        return self.outcome == "kept"
