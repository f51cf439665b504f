"""What a page was at a time, for programs that travel in it: Memento (RFC 7089).

The kept bytes are handed over to be saved, never to be shown here.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from storage.rows import CaptureRow
from wangqi.urls import canonical_or_none, is_web_url
from web.answer import sandboxed
from web.room import Room

_STAMP: Final = "%Y%m%d%H%M%S"
_IN_LINKS: Final = "/:?#[]@!$&'()*+,;=%-._~"  # what an address is made of, but for what ends it in a Link


def timemap(room: Room, request: Request) -> Response:
    """Every time at which the archive has kept the page's bytes."""
    url, kept = _kept(room, request)
    here = str(request.base_url).rstrip("/")
    first, last = (_http(one.fetched_at) for one in (kept[0], kept[-1]))
    lines = [
        f'<{_linked(url)}>; rel="original"',
        f'<{here}/timegate/{_linked(url)}>; rel="timegate"',
        f'<{here}/timemap/{_linked(url)}>; rel="self"; type="application/link-format"; from="{first}"; until="{last}"',
        *(f'<{here}{_address(one, url)}>; rel="memento"; datetime="{_http(one.fetched_at)}"' for one in kept),
    ]
    return Response(",\n".join(lines) + "\n", media_type="application/link-format")


def timegate(room: Room, request: Request) -> Response:
    """Leads to what was kept nearest to the time that is asked for; without one, to the newest."""
    url, kept = _kept(room, request)
    wanted = _wanted(request.headers.get("accept-datetime"))
    nearest = kept[-1] if wanted is None else min(kept, key=lambda one: abs(one.fetched_at - wanted))
    answer = RedirectResponse(_address(nearest, url), 302)
    answer.headers["vary"] = "accept-datetime"
    answer.headers["link"] = _links(request, url)
    return answer


def memento(room: Room, request: Request) -> Response:
    """The bytes as the server sent them at that time."""
    url, kept = _kept(room, request)
    stamp = request.path_params["stamp"]
    capture = next((one for one in kept if one.fetched_at.astimezone(UTC).strftime(_STAMP) == stamp), None)
    if capture is None:
        raise HTTPException(404)
    headers = {"memento-datetime": _http(capture.fetched_at), "link": _links(request, url)}
    return sandboxed(room, capture.payload_sha256, f"{stamp}.html", **headers)


def _kept(room: Room, request: Request) -> tuple[str, Sequence[CaptureRow]]:
    """The address that is asked for, in its canonical form, and its captures with bytes, oldest first."""
    asked = request.path_params["url"] + (f"?{request.url.query}" if request.url.query else "")
    url = canonical_or_none(asked) if is_web_url(asked) else None
    found = room.archive.why(url) if url else []
    kept = [one for page in found for one in page.captures if one.payload_sha256]
    if url is None or not kept:
        raise HTTPException(404)
    return url, kept


def _wanted(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError as error:
        raise HTTPException(400) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _address(one: CaptureRow, url: str) -> str:
    return f"/memento/{one.fetched_at.astimezone(UTC).strftime(_STAMP)}/{_linked(url)}"


def _links(request: Request, url: str) -> str:
    here = str(request.base_url).rstrip("/")
    return (
        f'<{_linked(url)}>; rel="original", <{here}/timemap/{_linked(url)}>; rel="timemap"; '
        f'type="application/link-format", <{here}/timegate/{_linked(url)}>; rel="timegate"'
    )


def _linked(url: str) -> str:
    return quote(url, safe=_IN_LINKS)


def _http(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)
