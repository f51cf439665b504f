"""The project's settings with an extension that watches the reactor (SCRAPY_SETTINGS_MODULE).

Names below `.hang.example` are never found, as where a name server is silent; others below `.example` are here.
"""

import socket
import time
from typing import Any

from crawler.settings import *  # noqa: F403 - all of them
from crawler.settings import EXTENSIONS
from tests.hostile.heartbeat import Heartbeat

EXTENSIONS |= {Heartbeat: 0}

_asked = socket.getaddrinfo


def _answer(host: str, *more: Any, **named: Any) -> Any:
    if host.endswith(".hang.example"):
        time.sleep(100)
    return _asked("127.0.0.1" if host.endswith(".example") else host, *more, **named)


socket.getaddrinfo = _answer
