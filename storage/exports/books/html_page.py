"""HTML: stories in one file that needs nothing beside it."""

import base64
from collections.abc import Sequence
from typing import BinaryIO, Final

from storage.exports.books.xhtml import STYLE, story_of, text
from storage.exports.chosen import Chosen, ids_of
from storage.rows import FileRow, LedgerEntry

_BEGIN: Final = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<h1>{title}</h1>
"""


def write(chosen: Chosen, out: BinaryIO) -> int:
    """Contents, and an article a story; what of a whole series is missing stands in the contents."""
    title = "Wangqi"
    if chosen.selection.series is not None:
        series = chosen.one_series()
        title = series.title or series.name
    _put(out, _BEGIN.format(title=text(title), style=STYLE))
    whole = chosen.selection.series is not None and chosen.selection.is_whole
    ids = _put_contents(chosen, out) if whole else None
    count = 0

    def shown(picture: FileRow) -> str:
        assert picture.sha256 is not None
        body = chosen.body(picture.sha256, picture.url)
        return f"data:{picture.media_type};base64,{base64.b64encode(body).decode()}"

    for count, handed in enumerate(chosen.handed(ids), 1):  # noqa: B007 - the count is the answer
        language = text(handed.story.language or "zh")
        _put(out, f'<article id="s{handed.story.id}" lang="{language}">\n{story_of(handed, 2, shown)}\n</article>\n')
    _put(out, "</body>\n</html>\n")
    return count


def _put_contents(chosen: Chosen, out: BinaryIO) -> Sequence[int]:
    """Answers the ids of the stories in their order."""
    _put(out, "<ol>\n")
    line = chosen.line()
    for one in line:
        name = text(one.title or f"No. {one.ordinal}")
        if isinstance(one, LedgerEntry):
            _put(out, f'<li class="lacking">{name}: missing, {text(one.reason or one.state)}</li>\n')
        else:
            _put(out, f'<li><a href="#s{one.id}">{name}</a></li>\n')
    _put(out, "</ol>\n")
    return ids_of(line)


def _put(out: BinaryIO, words: str) -> None:
    out.write(words.encode())
