"""Who may ask the room, and what browsers may do with its answers."""

import hmac
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from views.language.speech import say, speak
from web.config import Config
from web.language import wished

TOKEN: Final = "token"  # noqa: S105 - what the cookie is called
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_READING: Final = frozenset({"GET", "HEAD"})


class Guard:
    """Refuses other names than the room's (a page of a stranger may have its own name lead here), requests that would
    write, and, where a token is asked for, browsers that have not shown it.
    """

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        self._config = config

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(Request(scope))
        await (refused or self._app)(scope, receive, sending)

    def _refused(self, request: Request) -> Response | None:
        speak(wished(request))
        host = request.headers.get("host", "")
        if _name(host) not in self._config.hosts:
            unknown = say("No reading room is called %(host)s here. --name tells it another name.")
            return _plainly(421, unknown % {"host": repr(host[:200])})
        if request.method not in _READING and not (self._config.editor and _decides(request)):
            return _plainly(405, say("The reading room is for reading: it takes GET and HEAD."), allow="GET, HEAD")
        return None if self._config.token is None else self._unknown(request, self._config.token)

    def _unknown(self, request: Request, token: str) -> Response | None:
        if hmac.compare_digest(request.cookies.get(TOKEN, "").encode(), token.encode()):
            return None
        if hmac.compare_digest(request.query_params.get(TOKEN, "").encode(), token.encode()):
            rest = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != TOKEN])
            # A path of two slashes would be another site's.
            found = RedirectResponse("/" + request.url.path.lstrip("/") + (f"?{rest}" if rest else ""), 303)
            found.set_cookie(TOKEN, token, httponly=True, samesite="strict")
            return found
        return _plainly(401, say("This room asks for its token: open the address that the command has printed."))


def _decides(request: Request) -> bool:
    return request.method == "POST" and request.url.path == "/review"


def _name(host: str) -> str:
    """A Host header without its port.

    >>> _name("127.0.0.1:8000"), _name("[::1]:8000"), _name("[::1]")
    ('127.0.0.1', '[::1]', '[::1]')
    """
    name, _, port = host.rpartition(":")
    return (name if name and port.isdecimal() else host).lower()


def _plainly(status: int, words: str, **headers: str) -> Response:
    return PlainTextResponse(f"{words}\n", status, headers)
