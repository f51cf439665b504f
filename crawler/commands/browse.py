"""`scrapy browse`: the reading room, a site on this machine where people read the archive."""

import argparse
import ipaddress
import secrets
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from scrapy.exceptions import UsageError

from crawler.catalogue.file import CatalogueError, SeriesSpec, read_catalogue
from crawler.cli.command import PlainCommand
from crawler.cli.review_command import decider
from crawler.cli.terminal import print_told
from crawler.scheduling.health import Sign, signs_of
from crawler.scheduling.pasts import pasts
from crawler.scope import probes
from storage import Archive

_PORT: Final = 8000
_HIGHEST: Final = 65_535
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Command(PlainCommand):
    """Open the reading room: a site on this machine where people read, search, compare and watch the archive.

    It only reads, unless --edit lets a person decide what is open for review. On loopback, where it listens unless
    --host says otherwise, nobody else can ask it; elsewhere, and with --edit, browsers have to show the token that it
    prints. It ends with Ctrl-C.
    """

    def syntax(self) -> str:
        return "[--port N] [--host ADDRESS [--name NAME]...] [--edit [--by NAME]]"

    def short_desc(self) -> str:
        return "Open the reading room, a site to read the archive in"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--port", metavar="N", type=_port, default=_PORT, help=f"({_PORT}; 0: any that is free)")
        parser.add_argument("--host", metavar="ADDRESS", default="127.0.0.1", help="listen there (127.0.0.1)")
        parser.add_argument(
            "--edit", action="store_true", help="let whoever has the token decide what is open for review"
        )
        parser.add_argument("--by", metavar="NAME", help="who decides with --edit; else the name of your account")
        parser.add_argument("--name", metavar="NAME", action="append", default=[], help="by which browsers may call it")

    def work(self, opts: argparse.Namespace) -> int:
        try:
            import uvicorn  # noqa: PLC0415 - of the extra `web`, which no other command needs

            from web.app import reading_room  # noqa: PLC0415 - needs starlette, of the extra `web`
            from web.config import Config  # noqa: PLC0415 - of the room, which may be missing with it
        except ImportError as error:
            advice = "Install the extra `web`: pip install 'wangqi[web]'"
            raise UsageError(f"The reading room needs {error.name}. {advice}", print_help=False) from error
        listener = _listener(opts.host, opts.port)
        port = listener.getsockname()[1]
        named = f"[{opts.host}]" if ":" in opts.host else opts.host
        token = None if _is_loopback(opts.host) and not opts.edit else secrets.token_urlsafe(24)
        catalogue = self._catalogue()
        config = Config(
            archive_url=self.archive_url,
            hosts=_LOOPBACK | {named.lower(), *(name.lower() for name in opts.name)},
            token=token,
            editor=decider(opts) if opts.edit else None,
            zones={name: spec.zone for name, spec in catalogue.items() if spec.zone},
            probing=sorted(probes.REASONS),
            health=lambda archive: _health(archive, self.archive_url, catalogue),
        )
        called = opts.name[0] if opts.name else named
        print_told(f"The reading room is at http://{called}:{port}/{f'?token={token}' if token else ''} until Ctrl-C.")
        sys.stdout.flush()
        # uvicorn takes up httptools and uvloop, which the extra brings: a page costs a fifth less.
        server = uvicorn.Server(
            uvicorn.Config(reading_room(config), log_level="warning", server_header=False, timeout_graceful_shutdown=5)
        )
        with listener, suppress(KeyboardInterrupt):  # it was told to end so
            server.run(sockets=[listener])
        return 0

    def _catalogue(self) -> Mapping[str, SeriesSpec]:
        assert self.settings is not None
        try:
            return read_catalogue(self.settings["CATALOGUE"])
        except CatalogueError:  # `health` names what is wrong with it; the archive can be read all the same
            return {}


def _health(archive: Archive, url: str, catalogue: Mapping[str, SeriesSpec]) -> Mapping[str, Sequence[Sign]]:
    now = datetime.now(UTC)
    return {name: signs_of(past, now) for name, _, past in pasts(archive, url, catalogue, with_missing=False)}


def _listener(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()  # a browser that is quicker than the room waits for it
        except OSError:
            listener.close()
            raise
    except OSError as error:
        advice = "Name another port: --port N" if port else "Name an address of this machine"
        raise UsageError(
            f"Nothing can listen at {host}:{port}: {error.strerror}. {advice}", print_help=False
        ) from error
    return listener


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > _HIGHEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no port. Write a number from 0 to {_HIGHEST}")
    return int(text)
