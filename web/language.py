"""In which language a reader of the room is answered."""

from typing import Final

from babel.core import negotiate_locale
from starlette.requests import Request

from views.language.speech import LANGUAGES

COOKIE: Final = "language"


def wished(request: Request) -> str:
    """The language that the reader has chosen, else the one that the browser likes best, else Chinese."""
    chosen: tuple[str | None, ...] = (request.query_params.get("lang"), request.cookies.get(COOKIE))
    if found := next((one for one in chosen if one in LANGUAGES), None):
        return found
    liked = [part.partition(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    return str(negotiate_locale([one for one in liked if one], list(LANGUAGES), sep="-") or "zh")[:2]
