"""PURE: where notices go: the keys `notify` and `digest`, of an entry or, above all entries, of the whole archive."""

import re
from dataclasses import dataclass
from typing import Any, Final

from crawler.catalogue.times import crontab

WHOLE: Final = ""  # the name of the channel above all entries
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_VARIABLE: Final = re.compile(r"\$[A-Za-z_]\w*")


class Secret(str):
    """An address that holds a key or a password: whoever shows it by accident shows nothing."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Who is told.

    Attributes:
        name: Of the entry whose series it is about, `WHOLE` for all that have no channel of their own.
        addresses: As apprise reads them, or `$NAME` of a variable of the environment that holds one.
        digest: When a digest is sent, as a crontab or in words; or None.
        timezone: Of the digest.
    """

    name: str
    addresses: tuple[Secret, ...]
    digest: str | None = None
    timezone: str


def addresses(value: object) -> tuple[Secret, ...]:
    """Reads `notify`.

    Raises:
        ValueError: as all readers of keys, but without the value: the message goes to logs.
    """
    listed = value if isinstance(value, list) else [value]
    if not listed:
        raise ValueError("[] names no address. Write one, or leave the key out.")
    return tuple(_address(one) for one in listed)


def _address(value: object) -> Secret:
    text = value.strip() if isinstance(value, str) else ""
    if not (_ADDRESS.fullmatch(text) or _VARIABLE.fullmatch(text)):
        raise ValueError(
            'is no address (it is not shown, since it may hold a key). One is "mailto://user:password@example.org",'
            ' or "$NAME" of a variable that holds it; docs/scheduling.md has those of WeCom, DingTalk and Feishu.'
        )
    return Secret(text)


def digest(value: object) -> str:
    """Reads `digest`; raises ValueError as `crontab` does."""
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise ValueError(f'{value!r} is no time. Write one in quotes: "mon 08:00"')
    crontab(text)
    return text


# What may stand above all entries.
ABOVE: Final[dict[str, Any]] = {"notify": addresses, "digest": digest}
