"""What of a story is carried away as it came: bytes of strangers, none of which is ever a page of ours."""

from io import BytesIO
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from storage.exports.captures.warc import write_captures
from storage.exports.formats import FORMATS
from storage.rows import KeptCapture
from wangqi.readings.files import ENDS, PICTURES
from web.answer import sandboxed, to_be_saved
from web.pages.story.reading import detail_of, read_from
from web.room import Room

_KEPT: Final = "private, max-age=86400"  # by its digest a picture never changes, which one stands here may


def kept(room: Room, request: Request) -> Response:
    """The bytes as the server sent them, to be saved and never to be shown here."""
    detail = detail_of(room, request)
    capture = read_from(room, detail)
    return sandboxed(room, capture.payload_sha256 if capture else None, f"story-{detail.story.id}.html")


def record(room: Room, request: Request) -> Response:
    """The question and the answer that the text was read from, as web archives exchange them (WARC)."""
    detail = detail_of(room, request)
    story, capture = detail.story, read_from(room, detail)
    if capture is None:
        raise HTTPException(404)
    page_url = next(one.url for one in detail.revisions if one.id == story.revision_id)
    written = BytesIO()
    captures = [KeptCapture(page_url=page_url, story_title=story.title, capture=capture)]
    write_captures(room.archive, captures, written)
    return to_be_saved(written.getvalue(), f"story-{story.id}.warc.gz", FORMATS["warc"].media_type)


def file(room: Room, request: Request) -> Response:
    """A picture that every browser shows, or whatever else a story has, to be saved."""
    detail = detail_of(room, request)
    wanted = request.path_params["position"]
    found = next((one for one in detail.files if one.position == wanted), None)
    if found is None:
        raise HTTPException(404)
    name = f"story-{detail.story.id}-{wanted}.{ENDS.get(found.media_type or '', 'bin')}"
    answer = sandboxed(room, found.sha256, name)
    if found.kind == "image" and found.media_type in PICTURES:
        answer.headers["content-type"] = found.media_type
        answer.headers["content-disposition"] = f'inline; filename="{name}"'
        answer.headers["cache-control"] = _KEPT
    return answer
