"""The reading room as an ASGI application."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from storage.db.errors import ArchiveError
from views.language.speech import speak
from web.answer import STATIC, Ask, Page, answered, static_bytes, warm, written
from web.config import Config
from web.guard import Guard
from web.language import wished
from web.ledgers import NotReady
from web.pages import (
    changes,
    compare,
    description,
    errors,
    exports,
    home,
    memento,
    review,
    runs,
    search,
    series,
    why,
)
from web.pages.story import carried, reading
from web.room import Room
from web.shared import Shared

# Each page, and the same as JSON beside it.
_PAGES: Final[tuple[tuple[str, Ask], ...]] = (
    ("/series/{series:int}", series.page),
    ("/story/{story:int}", reading.page),
    ("/story/{story:int}/cite", reading.cite),
    ("/search", search.page),
    ("/changes", changes.page),
    ("/runs", runs.page),
    ("/runs/{run:int}", runs.one),
    ("/why", why.page),
    ("/compare", compare.page),
    ("/review", review.page),
)
# Pages made at a time; the others wait in their order, for more would only slow each other down. Some may be exports.
_AT_ONCE: Final = 6
_FILES: Final[tuple[tuple[str, Ask], ...]] = (
    ("/story/{story:int}/kept", carried.kept),
    ("/story/{story:int}/record", carried.record),
    ("/story/{story:int}/files/{position:int}", carried.file),
    ("/series/{series:int}.atom", exports.feed),
    ("/series/{series:int}/export/{form}", exports.series),
    ("/opds", exports.catalogue),
    ("/openapi.json", description.page),
    ("/timemap/{url:path}", memento.timemap),
    ("/timegate/{url:path}", memento.timegate),
    ("/memento/{stamp}/{url:path}", memento.memento),
)


def reading_room(config: Config) -> ASGIApp:
    """The application; an archive that cannot be opened when it starts is opened when a page asks for it."""
    room = Room.of(config)

    @asynccontextmanager
    async def open_until_the_end(_: Starlette) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _AT_ONCE
        warm()  # while nobody waits yet
        _make_a_page(room)
        yield
        room.close()

    app = Starlette(
        routes=[
            Route("/", answered(home.page)),
            Route("/home.json", answered(home.page)),
            *(Route(path + suffix, answered(ask)) for path, ask in _PAGES for suffix in (".json", "")),
            *(Route(path, answered(ask)) for path, ask in _FILES),
            Route("/review", review.decide, methods=["POST"]),
            Route("/static/{name}", _static),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={
            404: _told(errors.not_found),
            405: _told(errors.not_found),
            HTTPException: _told(errors.refused),
            ArchiveError: _told(errors.no_archive),
            NotReady: _told(errors.not_ready),
            Exception: _told(errors.broken),
        },
        lifespan=open_until_the_end,
    )
    app.state.room = room
    return Guard(Shared(app, config.shared_for), config)


def _make_a_page(room: Room) -> None:
    """Opens the archive, counts its series and compiles what is asked of it; what keeps it from that, a page tells."""
    with suppress(Exception):  # a page that cannot be made keeps no other from being asked for
        newest = next((span.id for span in room.archive.spans().values() if room.rows()), None)
        if newest is not None:
            scope = {"type": "http", "method": "GET", "path": f"/story/{newest}", "headers": [], "query_string": b""}
            request = Request({**scope, "path_params": {"story": newest}})
            if isinstance(found := reading.page(room, request), Page):
                written(request, found)


def _told(tell: Callable[[Room, Request, Exception], Page]) -> Callable[[Request, Exception], Response]:
    def handler(request: Request, error: Exception) -> Response:
        speak(wished(request))
        return written(request, tell(request.app.state.room, request, error))

    return handler


def _static(request: Request) -> Response:
    """A file of ours, which browsers may keep: it has another address once it has changed."""
    name: str = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(static_bytes(name), media_type=STATIC[name], headers=kept)
