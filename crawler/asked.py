"""Which command the program was started for."""

from collections.abc import Sequence
from pkgutil import iter_modules
from types import ModuleType

from crawler import commands as ours


def asked(argv: Sequence[str]) -> str | None:
    """The word that names a command, as Scrapy reads it; None where there is none."""
    return next((word for word in argv[1:] if not word.startswith("-")), None)


def commands_module(argv: Sequence[str]) -> str:
    """What COMMANDS_MODULE names: of our commands the asked one alone, as Scrapy loads all to find it; "" is none."""
    from scrapy import commands as scrapys  # noqa: PLC0415 - `wangqi --version` does without it

    name = asked(argv)
    if name in command_names(ours):
        return f"{ours.__name__}.{name}"
    return "" if name in command_names(scrapys) else ours.__name__


def command_names(package: ModuleType) -> set[str]:
    return {module.name for module in iter_modules(package.__path__)}
