"""An answer of the room: what a page found, as HTML for people or as JSON for programs."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from storage.db.errors import DamagedError
from views.cells import cell, json_line, safe
from views.language import words
from views.language.speech import LANGUAGES, say, say_of, speak, spoken
from views.language.told import told
from views.stories import printed_date
from wangqi.readings.files import PICTURES
from wangqi.urls import is_web_url
from web.language import COOKIE, wished
from web.room import Room

THEMES: Final = ("auto", "light", "dark")
STATIC: Final = {"room.css": "text/css", "room.js": "text/javascript", "icon.svg": "image/svg+xml"}
_YEAR: Final = 365 * 24 * 3600
_CHOICES: Final = {COOKIE: ("lang", tuple(LANGUAGES)), "theme": ("theme", THEMES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page found.

    Attributes:
        template: Without its suffix.
        found: What the template shows, and what the JSON of the page has.
        shown: What only the template needs.
    """

    template: str
    found: Mapping[str, Any]
    shown: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


Found: TypeAlias = Page | Response
Ask = Callable[[Room, Request], Found]


def answered(ask: Ask) -> Callable[[Request], Response]:
    """An endpoint that answers with what `ask` finds; Starlette runs it in a thread of its own."""

    def endpoint(request: Request) -> Response:
        speak(wished(request))
        found = ask(request.app.state.room, request)
        return written(request, found) if isinstance(found, Page) else found

    return endpoint


def written(request: Request, page: Page) -> Response:
    """As JSON where the address ends so, else as HTML."""
    if request.url.path.endswith(".json"):
        return Response(json_line(plain(page.found)) + "\n", page.status, media_type="application/json")
    text = (
        _environment()
        .get_template(f"{page.template}.html")
        .render({**page.found, **page.shown, "request": request, "lang": spoken(), "theme": _theme(request)})
    )
    answer = HTMLResponse(text, page.status, {"content-language": spoken(), "vary": "Accept-Language, Cookie"})
    for cookie, (name, known) in _CHOICES.items():
        if request.query_params.get(name) in known:
            answer.set_cookie(cookie, request.query_params[name], max_age=_YEAR, samesite="lax", httponly=True)
    return answer


def as_xml(template: str, shown: Mapping[str, Any], media_type: str) -> Response:
    """A template of XML, filled."""
    return Response(_environment().get_template(f"{template}.xml").render(shown), media_type=media_type)


def sandboxed(room: Room, digest: str | None, name: str, **headers: str) -> Response:
    """The kept bytes of this digest, to be saved under the name and never to be shown here.

    Raises:
        HTTPException: 404, none are kept.
        DamagedError: They are not what they were.
    """
    try:
        body = room.archive.payload(digest) if digest else None
    except ValueError as error:
        raise DamagedError(str(error)) from error
    if body is None:
        raise HTTPException(404)
    return to_be_saved(body, name, "application/octet-stream", **headers)


def to_be_saved(body: bytes, name: str, media_type: str, **headers: str) -> Response:
    """Bytes of strangers, which no browser shall show as a page of ours."""
    saved = {
        "content-disposition": f'attachment; filename="{name}"',
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(body, media_type=media_type, headers=saved | headers)


def to(path: str, status: int = 307) -> RedirectResponse:
    return RedirectResponse(path, status)


def moved(request: Request, path: str) -> RedirectResponse:
    """To where a page is for good, as JSON where JSON was asked for."""
    return to(f"{path}.json" if request.url.path.endswith(".json") else path, 301)


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of a page becomes what JSON has
    """Rows as objects."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(one) for name, one in asdict(value).items()}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(one) for one in value]
    return value


def _theme(request: Request) -> str:
    chosen = (request.query_params.get("theme"), request.cookies.get("theme"))
    return next((one for one in chosen if one in THEMES), "auto")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
        extensions=["jinja2.ext.i18n"],
    )
    made.filters |= {
        "moment": _minute,
        "day": lambda moment: cell(moment)[:10],
        "published": printed_date,
        "web": lambda url: url if url and is_web_url(url) else None,
        "marked": _with_marks,
        "short": _short_address,
        "number": "{:,}".format,
        "signed": _with_signs,
    }
    vars(made)["newstyle_gettext"] = True  # the extension's own way takes functions that escape, and show no more
    made.globals |= {
        "gettext": _said,
        "_": _said,
        "ngettext": _said_of,
        "word": words.word,
        "tell": told,
        "words": words,
        "static": _static,
        "here": _here,
        "pictures": PICTURES,
        "languages": LANGUAGES,
        "themes": THEMES,
    }
    return made


def warm() -> None:
    """Makes ready what all pages are made with: of twenty readers at once each would do it else."""
    for name in _environment().list_templates():
        _environment().get_template(name)


def _shown(value: object) -> object:
    """What no browser may obey, as marks of direction, is shown as its number."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, datetime):
        return _minute(value)
    return safe(value) if isinstance(value, str) else "" if value is None else value


def _said(words: str, **facts: object) -> Markup:
    """The words in the reader's language, with their facts as `_shown` has them."""
    return Markup(say(words)) % {name: _shown(fact) for name, fact in facts.items()}  # noqa: S704 - they are ours


def _said_of(one: str, many: str, number: int, **facts: object) -> Markup:
    return Markup(say_of(one, many, number)) % {name: _shown(fact) for name, fact in facts.items()}  # noqa: S704 - ours


def _minute(moment: datetime) -> str:
    """On the reader's clock, which all times of the room are told by."""
    return cell(moment)[:16]


def _with_marks(text: str, marks: Sequence[tuple[int, int]]) -> Markup:
    """The text with its places set off."""
    pieces, end = [], 0
    for first, last in marks:
        pieces += [escape(safe(text[end:first])), Markup("<mark>"), escape(safe(text[first:last])), Markup("</mark>")]
        end = last
    return Markup("").join([*pieces, escape(safe(text[end:]))])


def _with_signs(text: str, signs: Mapping[str, int]) -> Markup:
    """The text with the words that findings point at, and the numbers of these findings behind them."""
    if not signs:
        return escape(safe(text))
    words_of = re.compile("|".join(re.escape(one) for one in sorted(signs, key=len, reverse=True)))
    pieces, end = [], 0
    for found in words_of.finditer(text):
        number = signs[found[0]] if any(map(str.isalnum, found[0])) else ""  # points would be lost between numbers
        sign = Markup('<u class="sign">{}<sup>{}</sup></u>').format(safe(found[0]), number)
        pieces += [escape(safe(text[end : found.start()])), sign]
        end = found.end()
    return Markup("").join([*pieces, escape(safe(text[end:]))])


def _short_address(url: str) -> Markup:
    """Without its scheme; a long one without its middle. A line may end behind its slashes."""
    bare = re.sub(r"^https?://(www\.)?", "", url)
    shown = safe(bare if len(bare) <= 60 else f"{bare[:36]}…{bare[-20:]}")
    return escape(shown).replace("/", Markup("/<wbr>"))


@cache
def static_bytes(name: str) -> bytes:
    """What a file of STATIC holds."""
    return files("web").joinpath(f"static/{name}").read_bytes()


@cache
def _static(name: str) -> str:
    """The address of a file of ours, another one after each change of it."""
    return f"/static/{name}?{hashlib.sha256(static_bytes(name)).hexdigest()[:8]}"


def _here(request: Request, **changed: Any) -> str:  # noqa: ANN401 - what a query may hold
    """This page with other parameters; those of None are left out."""
    kept = dict(request.query_params) | changed
    query = urlencode({name: value for name, value in kept.items() if value is not None and name != "token"})
    path = "/" + request.url.path.lstrip("/").removesuffix(".json")
    return f"{path}?{query}" if query else path
