"""What a person should decide, with the evidence; and, where the room was opened for it, the decision."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict
from typing import Any, Final, Literal
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from storage import Archive
from storage.db.errors import ArchiveError, UndecidableError, UnknownTextError
from storage.locks import SeriesBusy, series_lock
from views.language.speech import speak
from wangqi.urls import canonical_or_none
from web.answer import Page, written
from web.config import Config
from web.language import wished
from web.room import Room

_CASES: Final = 50
_LONGEST: Final = 10_000  # bytes of a form
_Decide = Callable[[Archive, Mapping[str, str], str], str]


def page(room: Room, request: Request) -> Page:
    return _page(room, request)


def _page(room: Room, request: Request, problem: str = "", status: int = 200) -> Page:
    archive = room.archive
    return Page(
        template="review",
        found={
            "held": [asdict(one) for one in archive.held(limit=_CASES)],
            "cases": [_without_spans(asdict(one)) for one in archive.open_cases(_CASES)],
            "refused": [asdict(one) for one in archive.doubtful(tried=room.config.probing, limit=_CASES)],
            "words_put": [asdict(one) for one in archive.spin_pairs("proposed", _CASES)],
            "rulings": [asdict(one) for one in archive.rulings(_CASES)],
        },
        shown={
            "editor": room.config.editor,
            "proof": proof(room.config),
            "problem": problem,
            "done": request.query_params.get("done", "")[:300],
        },
        status=status,
    )


def proof(config: Config) -> str:
    """What a form of ours holds, and no other site can know."""
    return hmac.new((config.token or "").encode(), b"decide", hashlib.sha256).hexdigest() if config.editor else ""


async def decide(request: Request) -> Response:
    """Carries out one decision, and leads back to what is left."""
    room: Room = request.app.state.room
    speak(wished(request))
    if not room.config.editor:
        raise HTTPException(405)
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise HTTPException(403)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST:
            raise HTTPException(413)
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    form = {name: values[0] for name, values in fields.items()}
    if not hmac.compare_digest(form.get("proof", "").encode(), proof(room.config).encode()):
        raise HTTPException(403)
    return await run_in_threadpool(_decided, room, request, form)


def _decided(room: Room, request: Request, form: Mapping[str, str]) -> Response:
    work = _WORK.get(form.get("word", ""))
    if work is None or room.config.editor is None:
        raise HTTPException(400)
    speak(wished(request))  # this thread has a context of its own
    try:
        with _alone(room, form), Archive(room.config.archive_url) as archive:
            work(archive, form, room.config.editor)
    except (UndecidableError, UnknownTextError, SeriesBusy, ArchiveError) as error:
        return written(request, _page(room, request, str(error), 409))
    except (KeyError, ValueError) as error:
        raise HTTPException(400) from error
    room.ledgers.forget()
    return RedirectResponse(f"/review?done={form['word']}", 303)


def _alone(room: Room, form: Mapping[str, str]) -> AbstractContextManager[object]:
    """While no crawl of the series runs, where the decision moves pages of it."""
    series = form.get("series")
    return series_lock(room.config.archive_url, series) if series else nullcontext()


def _same(archive: Archive, form: Mapping[str, str], by: str) -> str:
    word: Literal["same", "not_same"] = "same" if form["word"] == "same" else "not_same"
    return archive.decide(_address(form["first"]), _address(form["second"]), word, by=by).what


def _held(archive: Archive, form: Mapping[str, str], by: str) -> str:
    word: Literal["accept", "refuse"] = "accept" if form["word"] == "accept" else "refuse"
    return archive.decide_held(_number(form["revision"]), word, by=by).reason


def _placed(archive: Archive, form: Mapping[str, str], by: str) -> str:
    word: Literal["belongs", "foreign"] = "belongs" if form["word"] == "belongs" else "foreign"
    return archive.place_page(_address(form["url"]), word, by=by, series=form["series"]).reason


def _block(archive: Archive, form: Mapping[str, str], by: str) -> str:
    """Each page that the 往期 lines of this one lead to; those that cannot be placed stay where they are."""
    url = _address(form["url"])
    done = []
    for one in archive.named_on(url):
        with suppress(UndecidableError, UnknownTextError):
            done.append(archive.place_page(one, "belongs", by=by, series=form["series"]).reason)
    if not done:
        raise UndecidableError(f"No 往期 line on {url} leads anywhere; name the pages themselves.")
    return done[-1]


def _word(archive: Archive, form: Mapping[str, str], by: str) -> str:
    word: Literal["counts", "rejected"] = "counts" if form["word"] == "counts" else "rejected"
    return archive.review_pair(form["spun"], form["original"], word, by=by).status


def _undo(archive: Archive, form: Mapping[str, str], by: str) -> str:
    return archive.undo_ruling(_number(form["ruling"]), by=by).reason


_WORK: Final[Mapping[str, _Decide]] = {
    "same": _same,
    "not_same": _same,
    "accept": _held,
    "refuse": _held,
    "belongs": _placed,
    "foreign": _placed,
    "block": _block,
    "counts": _word,
    "rejected": _word,
    "undo": _undo,
}


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number < 2**63:
        raise ValueError(text)
    return number


def _address(text: str) -> str:
    return canonical_or_none(text) or text


def _without_spans(case: dict[str, Any]) -> dict[str, Any]:
    del case["evidence"]  # the comparison shows it
    return case
