"""The project's settings with an extension that watches the reactor (SCRAPY_SETTINGS_MODULE).

Names below `.hang.example` are never found, as where a name server is silent; those below `.inside.example` are at the
private address 127.0.0.2, those below `.rebind.example` at first at 127.0.0.1, and others below `.example` there.
"""

import socket
import time
from typing import Any

from crawler.settings import *  # noqa: F403 - all of them
from crawler.settings import EXTENSIONS
from tests.hostile.heartbeat import Heartbeat

EXTENSIONS |= {Heartbeat: 0}

_asked = socket.getaddrinfo
_known: set[str] = set()


def _answer(host: str, *more: Any, **named: Any) -> Any:
    if host.endswith(".hang.example"):
        time.sleep(100)
    is_inside = host.endswith(".inside.example") or (host.endswith(".rebind.example") and host in _known)
    _known.add(host)
    here = "127.0.0.2" if is_inside else "127.0.0.1"
    return _asked(here if host.endswith(".example") else host, *more, **named)


socket.getaddrinfo = _answer
