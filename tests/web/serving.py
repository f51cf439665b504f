"""The room on a port of this machine, as a browser finds it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from web.app import reading_room
from web.config import Config


@contextmanager
def served(url: str) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(reading_room(Config(archive_url=url)), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
