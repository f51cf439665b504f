"""What the program is called by whoever runs it, so that a message names a command that works where it is read."""

from typing import Final

_MODULES: Final = {"scrapy": "scrapy", "wangqi": "crawler"}

_called = ["scrapy"]  # as in a checkout


def call_it(name: str) -> None:
    """From now on messages name the commands of `name`, one of the two; a process says so once, as it begins."""
    _called[0] = name


def program() -> str:
    """The word before the name of a command: `scrapy` or `wangqi`."""
    return _called[0]


def module() -> str:
    """What `python -m` runs in its place, for the processes that a command starts."""
    return _MODULES[program()]
