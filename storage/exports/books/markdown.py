"""Markdown: a file a story, with what is known of it before it (front matter), in a folder a series."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Final

from storage.exports.books.pieces import Piece, day_of, moment, pieces_of, rows_of
from storage.exports.chosen import Chosen
from storage.rows import FileRow, HandedStory
from wangqi.readings.files import name_of
from wangqi.urls import is_web_url

_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#\[\]^`\u200b-\u200f\u2028-\u202e\ufeff]+')
_RESERVED: Final = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?=\s*(?:\.|$))", re.IGNORECASE)  # devices of Windows
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>|~])")
_AT_BEGINNING: Final = re.compile(r"^(\s*)([#+>=-]|\d+(?=[.)](?:\s|$)))", re.MULTILINE)
_LONGEST: Final = 60  # characters of a name; file systems count 255 bytes


def files(chosen: Chosen) -> Iterator[tuple[str, bytes]]:
    """Names with `/` between folders, and what is in the files; a story's pictures and attachments stand beside it."""
    for handed in chosen.handed():
        story = handed.story
        folder = str(_name(story.series_title) or story.series_id)
        name = f"{folder}/{story.id:06} {_name(story.title)}".rstrip(" .")
        yield f"{name}.md", _file(handed).encode()
        kept = {one.sha256: one for one in handed.files if one.sha256}
        for sha256, one in kept.items():
            yield f"{folder}/{_beside(story.id, one)}", chosen.body(sha256, one.url)


def _beside(story_id: int, file: FileRow) -> str:
    """Where a picture or an attachment stands, from the folder of its story's file."""
    return f"{story_id:06}/{name_of(file.sha256 or '', file.media_type)}"


def _file(handed: HandedStory) -> str:
    story = handed.story
    known = {
        "title": story.title,
        "subtitle": story.subtitle,
        "series": story.series_title,
        "number": story.ordinal,
        "date": day_of(story),
        "author": story.author,
        "source": story.source,
        "url": story.url,
        "language": story.language,
        "captured": moment(handed.fetched_at) if handed.fetched_at else None,
        "sha256": handed.payload_sha256,
        "status": None if story.status == "ok" else story.status,
        "id": story.id,
    }
    # A JSON string is a YAML string, whatever stands in it.
    facts = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in known.items() if value)
    body = "\n\n".join(chain.from_iterable(_lines(story.id, piece) for piece in pieces_of(handed)))
    return f"---\n{facts}\n---\n\n# {_text(story.title)}\n\n{body}\n"


def _lines(story_id: int, piece: Piece) -> tuple[str, ...]:
    return _of_file(story_id, piece) or _piece(piece), *(f"*{_text(line)}*" for line in piece.seen.splitlines())


def _piece(piece: Piece) -> str:
    return _AS.get(piece.kind, _medium if piece.url else _paragraph)(piece)


def _paragraph(piece: Piece) -> str:
    return _text(piece.text)


def _heading(piece: Piece) -> str:
    return f"{'#' * min(max(piece.level, 2), 6)} {_text(piece.text)}"


def _list(piece: Piece) -> str:
    return "\n".join(f"- {_text(line)}" for line in piece.text.split("\n"))


def _medium(piece: Piece) -> str:
    words = _text(piece.text or piece.kind)
    address = piece.url.replace(">", "%3E").replace("<", "%3C").replace("\n", "")
    missing = f" (missing: {_text(piece.lacks)})" if piece.lacks else ""
    return (f"[{words}](<{address}>)" if is_web_url(piece.url) else words) + missing


def _of_file(story_id: int, piece: Piece) -> str:
    """A picture or an attachment that stands beside the file."""
    if piece.file is None or piece.file.sha256 is None:
        return ""
    return f"{'!' if piece.picture else ''}[{_text(piece.text or piece.kind)}]({_beside(story_id, piece.file)})"


def _table(piece: Piece) -> str:
    rows = [[_text(cell) for cell in row] for row in rows_of(piece)]
    width = max(map(len, rows))
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _text(words: str) -> str:
    """Words that stay what they are."""
    return _AT_BEGINNING.sub(_escaped, _MARKS.sub(r"\\\1", words))


def _escaped(found: re.Match[str]) -> str:
    """Of a number the point behind it is what would make a list of it."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


_AS: Final[Mapping[str, Callable[[Piece], str]]] = {
    "heading": _heading,
    "quote": lambda piece: f"> {_text(piece.text)}",
    "list": _list,
    "table": _table,
    "caption": lambda piece: f"*{_text(piece.text)}*",
}


def _name(words: str) -> str:
    """As a file may be called on any system."""
    name = " ".join(_UNFIT.sub(" ", words).split())[:_LONGEST].strip(" .")
    return _RESERVED.sub(r"\g<0>_", name)
