"""A series to be carried away, and what is new in it for programs that watch feeds."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, BinaryIO, Final, cast
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from storage.exports.chosen import Chosen, Selection
from storage.exports.formats import FORMATS
from web.answer import as_xml
from web.pages.series import series_of
from web.room import Room

_KEPT_IN_MEMORY: Final = 1 << 20  # bytes
_PIECE: Final = 1 << 16
_UNSAFE_IN_NAMES: Final = str.maketrans(dict.fromkeys('/\\:*?"<>|\r\n\t', "_"))


def series(room: Room, request: Request) -> Response:
    """The series as a file in one of the forms that `scrapy export` knows."""
    row = series_of(room, request)
    form = FORMATS.get(request.path_params["form"])
    if form is None:
        raise HTTPException(404)
    file = _written(room, row.id, form.name)
    suffix, title = form.suffixes[0], (row.title or row.name).translate(_UNSAFE_IN_NAMES)[:80]
    named = f"attachment; filename=\"series-{row.id}.{suffix}\"; filename*=UTF-8''{quote(title)}.{suffix}"
    return StreamingResponse(
        _pieces(file),
        media_type=form.media_type,
        headers={"content-disposition": named, "content-security-policy": "sandbox; default-src 'none'"},
    )


def feed(room: Room, request: Request) -> Response:
    """What came to the series and changed in it, as Atom."""
    return StreamingResponse(
        _pieces(_written(room, series_of(room, request).id, "atom")), media_type=FORMATS["atom"].media_type
    )


def catalogue(room: Room, _: Request) -> Response:
    """The series as books, for e-readers (OPDS 1.2)."""
    shown = {"series": room.rows(), "now": datetime.now(UTC).isoformat(timespec="seconds")}
    return as_xml("opds", shown, "application/atom+xml;profile=opds-catalog;kind=acquisition")


def _written(room: Room, series_id: int, form: str) -> IO[bytes]:
    """Made whole before it is sent, so that what fails is an error and no torn file."""
    file = tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    try:
        FORMATS[form].write(Chosen(archive=room.archive, selection=Selection(series=series_id)), cast("BinaryIO", file))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
