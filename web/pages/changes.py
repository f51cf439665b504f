"""What is new, revised, gone or tampered with, day by day."""

from datetime import UTC, datetime, timedelta
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from views.language.words import CHANGES
from web.answer import Page
from web.pages.home import by_day, news_row
from web.room import Room

_ROWS: Final = 100
_TICK: Final = timedelta(microseconds=1)
_BEGINNING: Final = datetime(1990, 1, 1, tzinfo=UTC)


def page(room: Room, request: Request) -> Page:
    what = request.query_params.get("what")
    if what is not None and what not in CHANGES:
        raise HTTPException(404)
    series = _number(request.query_params.get("series"))
    rows = room.archive.changed(
        _BEGINNING,
        _moment(request.query_params.get("until")),
        series=series,
        with_rereadings=what == "reread",
        limit=_ROWS,
        what=what,
    )
    titles = room.titles()
    older = None
    if len(rows) == _ROWS:  # others may stand at the very moment of the last row: they begin the next page with it
        older = (rows[-1].at + (_TICK if rows[-1].at != rows[0].at else timedelta())).isoformat()
    return Page(
        template="changes",
        found={"changes": [news_row(one, titles) for one in rows], "older": older},
        shown={
            "days": by_day(rows),
            "titles": titles,
            "what": what,
            "series": room.series(series) if series is not None else None,
        },
    )


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise HTTPException(404)
    return int(text)


def _moment(text: str | None) -> datetime | None:
    """As `older` writes it."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise HTTPException(404) from error
