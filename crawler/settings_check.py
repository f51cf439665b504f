"""Settings that cannot be read, named with what they take before anything is asked with them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, SupportsInt, cast

from scrapy.settings import BaseSettings

from crawler.downloader.resolver import networks
from crawler.list_settings import early_list
from wangqi.urls import is_web_url


class Kind(NamedTuple):
    """What a setting takes, in words, and who reads one of its values; that raises ValueError where it cannot."""

    words: str
    read: Callable[[object], object]
    is_list: bool = False


def _whole(value: object) -> None:
    if int(value.strip() if isinstance(value, str) else cast("SupportsInt", value)) < 0:
        raise ValueError("negative")


def _number(value: object) -> None:
    if not 0 <= float(str(value)) < float("inf"):
        raise ValueError("negative or endless")


def _flag(value: object) -> None:
    if str(value).lower() not in {"true", "false", "1", "0"}:
        raise ValueError("neither")


def _port(value: object) -> None:
    first, _, last = str(value).partition("-")
    if value != "any" and not 0 <= int(first) <= int(last or first) <= _LAST_PORT:
        raise ValueError("no port")


def _authority(value: object) -> None:
    if value and not is_web_url(str(value)):
        raise ValueError("no address")


_LAST_PORT: Final = 65_535
_COUNT: Final = Kind("a whole number, 0 or more", _whole)
_SIZE: Final = Kind("a whole number of bytes, such as 10485760 for 10 MiB", _whole)
_SECONDS: Final = Kind("a number of seconds, such as 1.5", _number)
_SWITCH: Final = Kind("True or False", _flag)
_KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(
        (
            "RUN_MAX_PAGES",
            "EXTRACT_WORKERS",
            "RETRY_TIMES",
            "REDIRECT_MAX_TIMES",
            "CONCURRENT_REQUESTS",
            "CONCURRENT_REQUESTS_PER_DOMAIN",
        ),
        _COUNT,
    ),
    "RUN_MAX_MINUTES": Kind("a number of minutes, 0 for no limit", _number),
    "RECENT_DAYS": Kind("a number of days, 0 for none", _number),
    **dict.fromkeys(
        ("DOWNLOAD_MAXSIZE", "DOWNLOAD_WARNSIZE", "EXTRACT_MEMORY", "DISK_RESERVE", "PICTURES", "ATTACHMENTS"), _SIZE
    ),
    **dict.fromkeys(
        (
            *("DOWNLOAD_DELAY", "DOWNLOAD_TIMEOUT", "RETRY_PAUSE", "RETRY_WAIT", "EXTRACT_TIMEOUT"),
            *("RENDER_TIMEOUT", "RENDER_SILENCE", "PROGRESS_INTERVAL"),
        ),
        _SECONDS,
    ),
    **dict.fromkeys(
        (
            *("ROBOTSTXT_OBEY", "DOWNLOAD_VERIFY_CERTIFICATES", "PROGRESS_ENABLED", "RENDER_SANDBOX"),
            *("COOKIES_ENABLED", "FEED_OUTCOMES"),
        ),
        _SWITCH,
    ),
    "TIMESTAMP_AUTHORITY": Kind("the http or https address of a time stamping authority, or nothing", _authority),
    "ALLOWED_ADDRESSES": Kind(
        "networks or addresses, such as 127.0.0.0/8 or ::1", lambda value: networks([str(value)]), is_list=True
    ),
    "ALLOWED_PORTS": Kind("ports or ranges, such as 80 or 8000-8999, or any", _port, is_list=True),
}


def check_settings(settings: BaseSettings) -> None:
    """Raises ValueError with what `unreadable` says."""
    if told := unreadable(settings):
        raise ValueError(told)


def unreadable(settings: BaseSettings) -> str | None:
    """The first setting of which a crawl could not read a number, a switch or an address: its name, its value and what
    it takes; None when all is well.
    """
    for name, kind in _KINDS.items():
        if settings.get(name) is None:
            continue
        for each in _values(settings, name, is_list=kind.is_list):
            try:
                kind.read(each)
            except (ValueError, TypeError):
                return f"The setting {name} is {each!r}; it takes {kind.words}."
    return None


def _values(settings: BaseSettings, name: str, *, is_list: bool) -> Iterable[object]:
    if not is_list:
        return [settings.get(name)]
    return early_list(settings, name)
