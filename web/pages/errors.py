"""Pages for what is not there or cannot be read: each says what it is, and has a way on."""

import logging
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from storage.db.errors import (
    ArchiveError,
    BusyError,
    CannotOpenError,
    ConnectionLostError,
    NewerVersionError,
    UnknownSeriesError,
    UnknownTextError,
)
from views.language.speech import say
from web.answer import Page
from web.room import Room

_log: Final = logging.getLogger(__name__)


def not_found(_room: Room, request: Request, _error: Exception) -> Page:
    return _page(
        404,
        say("There is no such page"),
        say("The address leads to nothing in this room. The search below finds stories by their words."),
        request.url.path[:300],
    )


def refused(_room: Room, request: Request, error: Exception) -> Page:
    assert isinstance(error, HTTPException)
    status = error.status_code
    advice = {
        400: say("The address holds something that cannot be read."),
        403: say(
            "The form was not one of this room, or is too old: go back, load the page again and decide once more."
        ),
        413: say("That is too much for one page."),
    }.get(status, "")
    return _page(status, say("This cannot be done"), advice, request.url.path[:300])


def not_ready(_room: Room, _request: Request, _error: Exception) -> Page:
    return _page(
        503,
        say("This series is being worked out"),
        say("It is large, and is read for the first time. Load the page again in a minute."),
        "",
    )


def no_archive(room: Room, request: Request, error: Exception) -> Page:
    """The archive, or what was asked of it, is not there. A later request may find it."""
    if isinstance(error, UnknownSeriesError | UnknownTextError):
        return not_found(room, request, error)
    assert isinstance(error, ArchiveError)
    if not isinstance(error, BusyError):
        room.opened.let_go()
    return _page(503, _heading(error), say("The room stays open: load the page again when that is mended."), str(error))


def broken(_room: Room, request: Request, error: Exception) -> Page:
    _log.error("%s could not be answered", request.url.path, exc_info=error)
    return _page(
        500,
        say("This page could not be made"),
        say("The fault is ours; nothing was changed. What went wrong is in the log of the server."),
        type(error).__name__,
    )


def _heading(error: ArchiveError) -> str:
    if isinstance(error, NewerVersionError):
        return say("The archive was written by a later release")
    if isinstance(error, BusyError):
        return say("The archive is held by another process")
    if isinstance(error, ConnectionLostError):
        return say("The database server is not reachable")
    if isinstance(error, CannotOpenError):
        return say("The archive cannot be opened")
    return say("The archive cannot be read")


def _page(status: int, heading: str, advice: str, fact: str) -> Page:
    return Page(
        template="error", found={"status": status, "error": heading, "advice": advice, "fact": fact}, status=status
    )
