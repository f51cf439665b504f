"""Serves the example site on loopback: `python -m examples.serve [--edition 2] [--seconds N]`."""

import argparse
import hashlib
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from examples.build import Reply, build, calendar_page
from examples.pages import ADDRESSES
from examples.sheets import Host, load

LISTEN: Mapping[Host, str] = {"publisher": "127.0.0.1", "mirror": "127.0.0.2"}


class ExampleSite:
    """Both hosts, each on a port of its own; a context manager.

    Attributes:
        hits: The paths asked for, with their queries, by host, in order.
    """

    def __init__(self, edition: int = 1) -> None:
        self.hits: dict[Host, list[str]] = {"publisher": [], "mirror": []}
        self._sites = {1: build(1), 2: build(2)}
        self._starts = {
            series.name: story.path for series in load(1).series for story in series.stories if story.id == series.start
        }
        self.edition = edition
        self._servers: dict[Host, ThreadingHTTPServer] = {host: self._server(host) for host in LISTEN}

    @property
    def publisher_url(self) -> str:
        """Without a slash at its end, as `mirror_url`."""
        return self._address("publisher")

    @property
    def mirror_url(self) -> str:
        return self._address("mirror")

    @property
    def start_url(self) -> str:
        """The story that the crawl of the first series starts from."""
        return self.start_url_of("巡河手记")

    def start_url_of(self, series: str) -> str:
        return self.publisher_url + self._starts[series]

    def url(self, page: str) -> str:
        """The address of a page as `expected.json` names it: `publisher:/path`."""
        host, path = page.split(":", 1)
        return {"publisher": self.publisher_url, "mirror": self.mirror_url}[host] + path

    def __enter__(self) -> Self:
        for host, server in self._servers.items():
            threading.Thread(target=server.serve_forever, args=(0.05,), name=f"example {host}", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    def reply(self, host: Host, target: str) -> Reply:
        """What a host answers; `/_edition/2` turns both hosts to the second edition and is no hit."""
        path = urlsplit(target).path
        if path in {"/_edition/1", "/_edition/2"}:
            self.edition = int(path[-1])
            return Reply(f"edition {self.edition}\n".encode(), content_type="text/plain")
        self.hits[host].append(target)
        found = self._sites[self.edition][host].get(path) or (calendar_page(path) if host == "publisher" else None)
        if found is None:
            return Reply(
                b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>", 404
            )
        body = found.body
        for name, placeholder in ADDRESSES.items():
            body = body.replace(placeholder.encode(), self.url(f"{name}:").encode())
        return Reply(body, found.status, found.content_type)

    def _address(self, host: Host) -> str:
        address, port = self._servers[host].server_address[:2]
        return f"http://{address!s}:{port}"

    def _server(self, host: Host) -> ThreadingHTTPServer:
        handler = type(f"{host.title()}Handler", (_Handler,), {"site": self, "host": host})
        try:
            return ThreadingHTTPServer((LISTEN[host], 0), handler)
        except OSError:  # macOS has no 127.0.0.2 unless someone adds it; another port is another host, too
            return ThreadingHTTPServer(("127.0.0.1", 0), handler)


class _Handler(BaseHTTPRequestHandler):
    site: ExampleSite
    host: Host
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        reply = self.site.reply(self.host, self.path)
        # The mirror is a folder of files and answers with validators; the publisher's content system does not.
        etag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"' if self.host == "mirror" else None
        fresh = etag is not None and self.headers["If-None-Match"] == etag
        self.send_response(304 if fresh else reply.status)
        if etag:
            self.send_header("ETag", etag)
        if not fresh:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if not fresh and self.command == "GET":
            self.wfile.write(reply.body)

    do_HEAD = do_GET  # noqa: N815 - the name is the library's

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Says nothing: the hits are in `ExampleSite.hits`."""


def main() -> None:
    options = argparse.ArgumentParser(description="Serve the example site on loopback until Ctrl-C.")
    options.add_argument("--edition", type=int, choices=(1, 2), default=1)
    options.add_argument("--seconds", type=float, help="stop by itself after so long")
    chosen = options.parse_args()
    with ExampleSite(chosen.edition) as site:
        print(f"publisher  {site.publisher_url}/index.html")
        print(f"mirror     {site.mirror_url}/index.html")
        print(f"start      {site.start_url}", flush=True)
        try:
            threading.Event().wait(chosen.seconds)  # that nobody sets: it ends by time, or by Ctrl-C
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
