"""Answers that several readers ask for at once, or one after another: made once, and shown for a moment."""

import time
from asyncio import Future, get_running_loop
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MOST: Final = 200  # answers
_LARGEST: Final = 200_000  # bytes of one; a longer one is handed on as it comes
_KINDS: Final = ("text/html", "application/json")
# What an answer depends on beside its address.
_VARY: Final = ("accept-language", "accept-encoding", "cookie", "host")
_Key: TypeAlias = tuple[str | bytes | None, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """The messages of an answer, none of one that is for its reader alone; and when it was made."""

    messages: Sequence[Message]
    made_at: float


@dataclass(slots=True)
class _Making:
    """An answer while it is made."""

    coming: Future[_Answer]
    messages: list[Message] = field(default_factory=list)

    def hear(self, message: Message) -> None:
        """Keeps a message, until one shows that the answer is not for all."""
        if self.coming.done():
            return
        self.messages.append(message)
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            is_page = message["status"] < 500 and headers.get("content-type", "").startswith(_KINDS)
            if "set-cookie" in headers or not is_page:
                self.end([])
        elif message.get("more_body") or len(message.get("body", b"")) > _LARGEST:
            self.end([])
        else:
            self.end(self.messages)

    def end(self, messages: Sequence[Message]) -> None:
        if not self.coming.done():
            self.coming.set_result(_Answer(messages, time.monotonic()))


class Shared:
    """Has a page that many ask for made for one of them, and shows it to all for some seconds.

    Args:
        app: What makes it.
        seconds: How old an answer may be; with 0 each reader has it made anew.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds
        self._answers: OrderedDict[_Key, Future[_Answer]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not self._seconds:
            await self._app(scope, receive, send)
            self._answers.clear()  # a person may have decided something
            return
        headers = Headers(scope=scope)
        key: _Key = (scope["path"], scope["query_string"], *map(headers.get, _VARY))
        if (coming := self._answers.get(key)) is not None:
            answer = await coming
            if answer.messages and time.monotonic() - answer.made_at < self._seconds:
                for message in answer.messages:
                    await send(message)
                return
        await self._make(key, scope, receive, send)

    async def _make(self, key: _Key, scope: Scope, receive: Receive, send: Send) -> None:
        making = _Making(get_running_loop().create_future())
        self._answers[key] = making.coming
        if len(self._answers) > _MOST:
            self._answers.popitem(last=False)

        async def sending(message: Message) -> None:
            making.hear(message)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            making.end([])
