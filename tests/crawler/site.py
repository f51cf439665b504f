"""A loopback server that answers with exactly the bytes it is given, and remembers who asked."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = bytes | Callable[[asyncio.StreamWriter, dict[str, str]], Awaitable[None]]


def response(body: bytes | str, status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """An HTTP response; keywords become headers, `_` in them `-`."""
    body = body.encode() if isinstance(body, str) else body
    fields = {"Content-Type": "text/html; charset=utf-8", "Connection": "close", "Content-Length": str(len(body))}
    if length is not None:
        fields["Content-Length"] = str(length)
    fields |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items() if value)]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Site:
    """What the server does; a list of answers is given one by one, the last one for ever."""

    port: int = 0
    pages: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    hits: list[tuple[str, str, float]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def count(self, path: str, host: str = "") -> int:
        return sum(hit == path and at.startswith(host) for at, hit, _ in self.hits)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
            address = writer.get_extra_info("sockname")[0]
            self.hits.append((address, path, time.monotonic()))
            page = self.pages.get(path, response("", "404 Not Found"))
            if isinstance(page, list):
                page = page.pop(0) if len(page) > 1 else page[0]
            if isinstance(page, bytes):
                writer.write(page)
                await writer.drain()
            else:
                await page(writer, headers)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@contextmanager
def serving(*others: str) -> Iterator[Site]:
    """A site on 127.0.0.1, 127.0.0.2 and `others`, at a port that is free; it ends with the block."""
    site = Site()
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()

    async def main() -> None:
        server = await asyncio.start_server(site.answer, "127.0.0.1", 0)
        site.port = server.sockets[0].getsockname()[1]
        beside = await asyncio.start_server(site.answer, ["127.0.0.2", *others], site.port)
        ready.set()
        async with server, beside:
            await stop.wait()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(main())

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(5)
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
