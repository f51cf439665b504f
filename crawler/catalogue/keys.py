"""PURE: what each key of `series.toml` may hold, and what becomes of it."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from crawler.catalogue.channels import addresses, digest
from crawler.catalogue.times import AUTO, crontab, duration
from wangqi.urls import canonical_url, is_web_url

Render = bool | Literal["listing"]
LINK_KINDS: Final = ("series", "prev", "next", "listing", "page", "entry")
NEVER: Final = timedelta(days=36_500)
_NOT_IN_URLS: Final = re.compile(r"[\s\x00-\x1f]")
_RENDER_WORDS: Final[Mapping[str, Render]] = {
    **dict.fromkeys(("1", "true", "yes"), True),
    **dict.fromkeys(("0", "false", "no"), False),
    "listing": "listing",
}
_SIZE: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(KB|MB|GB)", re.IGNORECASE)
ANY_SIZE: Final = -1
_UNITS: Final = {"KB": 2**10, "MB": 2**20, "GB": 2**30}
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def web_address(value: object) -> str:
    """The canonical form of an http or https URL.

    Raises:
        ValueError: for anything else; as of the other functions here, its message says what would do.
    """
    text = _text(value)
    if not is_web_url(text) or _NOT_IN_URLS.search(text):
        raise ValueError(f"{text!r} is no URL of the web. It begins with http:// or https:// and a host.")
    return canonical_url(text)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f'{value!r} is no text. Put it in straight quotes: "…"')
    return value.strip()


def _list_of(reader: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    def read(value: object) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reader(one) for one in (value if isinstance(value, list) else [value])))

    return read


def _starts(value: object) -> tuple[str, ...]:
    urls = _list_of(web_address)(value)
    if not urls:
        raise ValueError("[] names no page. Name at least one story of the series.")
    return urls


def _link_kind(value: object) -> str:
    word = _text(value)
    if word not in LINK_KINDS:
        raise ValueError(f"{word!r} is no kind of link. Known are: {', '.join(LINK_KINDS)}.")
    return word


def _number(least: float, unit: str) -> Callable[[object], float]:
    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < float("inf"):
            raise ValueError(f"{value!r} is no number of {unit}. Write a number from {least:g} on, without quotes.")
        return float(value)

    return read


def _count(least: int, unit: str) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise ValueError(f"{value!r} is no number of {unit}. Write a whole number from {least} on, without quotes.")
        return value

    return read


def _render(value: object) -> Render:
    if value == "listing":
        return "listing"
    if value is True or value is False:
        return value
    raise ValueError(f'{value!r} is neither true nor false nor "listing". Write one of them.')


def render_argument(text: str) -> Render:
    """The same, as a person writes it behind `-a render=`.

    Raises:
        ValueError: It is none of 1, 0, true, false, yes, no and listing.
    """
    word = text.strip().lower()
    if word not in _RENDER_WORDS:
        raise ValueError(f"-a render={text} says not what is to be drawn. Write 1, 0 or listing.")
    return _RENDER_WORDS[word]


def _timezone(value: object) -> str:
    name = _text(value)
    try:
        ZoneInfo(name)
    except (OSError, ValueError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise _unknown_zone(name) from error
    except KeyError as error:
        raise _unknown_zone(name) from error
    return name


def _unknown_zone(name: str) -> ValueError:
    meant = get_close_matches(name, available_timezones(), n=1)
    return ValueError(
        f"{name!r} is no time zone{f'; did you mean {meant[0]!r}?' if meant else '.'} One is Asia/Shanghai."
    )


def _language(value: object) -> str:
    tag = _text(value)
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"{tag!r} is no language tag. Chinese is zh, English en.")
    return tag


def _size(value: object) -> int:
    """Bytes that a picture or an attachment may have; 0 of none, `ANY_SIZE` of as many as any page."""
    if isinstance(value, bool):
        return ANY_SIZE if value else 0
    found = _SIZE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not float(found[1]):
        raise ValueError(f'{value!r} is no size. Write true, false, or a size such as "500 KB" or "2 MB".')
    return int(float(found[1]) * _UNITS[found[2].upper()])


def _revisit(value: object) -> timedelta:
    return NEVER if value == "never" else duration(_text(value))


def _recent(value: object) -> timedelta:
    return timedelta() if value == "never" else duration(_text(value))


def _schedule(value: object) -> str:
    text = _text(value)
    if text != AUTO:
        crontab(text)
    return text


# One reader a key; each raises ValueError with a message for the person who wrote the file.
KEYS: Final[Mapping[str, Callable[[object], Any]]] = {
    "start": _starts,
    "title": _text,
    "publisher": _text,
    "watch": _list_of(web_address),
    "follow": _list_of(_link_kind),
    "include": _list_of(_text),
    "exclude": _list_of(_text),
    "max_pages": _count(1, "pages"),
    "max_depth": _count(0, "links"),
    "max_minutes": _number(0.1, "minutes"),
    "delay": _number(0, "seconds"),
    "schedule": _schedule,
    "every": lambda value: duration(_text(value)),
    "timezone": _timezone,
    "language": _language,
    "revisit": _revisit,
    "recent": _recent,
    "render": _render,
    "pictures": _size,
    "attachments": _size,
    "notify": addresses,
    "digest": digest,
}
