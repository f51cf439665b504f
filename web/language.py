"""The room speaks English, as its sources do, and Chinese, by `locale/zh.po`."""

from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import Request

LANGUAGES: Final = {"zh": "中文", "en": "English"}
COOKIE: Final = "language"
_spoken: Final[ContextVar[str]] = ContextVar("spoken", default="en")


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(files("web").joinpath(f"locale/{language}.po").read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def speak(language: str) -> None:
    """From now on this request is answered in the language."""
    _spoken.set(language)


def spoken() -> str:
    """The language of the request."""
    return _spoken.get()


def say(words: str) -> str:
    """The words in the language of the request."""
    return _catalogue(_spoken.get()).gettext(words)


def say_of(one: str, many: str, number: int) -> str:
    """As `say`, of so many."""
    return _catalogue(_spoken.get()).ngettext(one, many, number)


def marked(words: str) -> str:
    """The words as they are: they are said later, and the catalogue has to hold them."""
    return words


def wished(request: Request) -> str:
    """The language that the reader has chosen, else the one that the browser likes best, else Chinese."""
    chosen: tuple[str | None, ...] = (request.query_params.get("lang"), request.cookies.get(COOKIE))
    if found := next((one for one in chosen if one in LANGUAGES), None):
        return found
    liked = [part.partition(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    return str(negotiate_locale([one for one in liked if one], list(LANGUAGES), sep="-") or "zh")[:2]
