"""Whether a feed can be written, asked before the crawl: after it, an hour may be lost."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.utils.conf import feed_complete_default_values_from_settings
from w3lib.url import file_uri_to_path

from crawler.extensions.feeds import FAILED


def check_feeds(settings: BaseSettings) -> None:
    """Refuses what Scrapy would leave out with a line in the log.

    Raises:
        UsageError: It names the feed, and says why it cannot be written.
    """
    formats = _known(settings, "FEED_EXPORTERS")
    storages = _known(settings, "FEED_STORAGES")
    for where, options in settings.getdict("FEEDS").items():
        uri = str(where)
        form = feed_complete_default_values_from_settings(options, settings, uri)["format"]
        if options.get("item_classes"):  # of ours, all of them are records
            raise UsageError(
                f"The feed {uri!r} asks for item_classes. Leave them out: FEED_OUTCOMES says what is written."
            )
        scheme = urlsplit(uri).scheme
        if form not in formats:
            raise UsageError(f"The feed {uri!r} is to be {form!r}, which is no format: {', '.join(formats)}.")
        if scheme and scheme not in storages and not Path(uri).drive:
            raise UsageError(
                f"The feed {uri!r} cannot be written: {scheme!r} is none of {', '.join(filter(None, storages))}."
            )
        if scheme in {"", "file"} and "%(" not in uri:
            _try(Path(file_uri_to_path(uri) if scheme else uri))


def goes_to_stdout(settings: BaseSettings) -> bool:
    """Whether a feed is what the crawl prints, so that nothing else may be."""
    return any(str(uri).startswith("stdout:") for uri in settings.getdict("FEEDS"))


def has_failed(stats: Mapping[str, object]) -> bool:
    return any(name.startswith(FAILED) for name in stats)


def _known(settings: BaseSettings, name: str) -> list[str]:
    return [key for key, value in settings.getwithbase(name).items() if value is not None]


def _try(path: Path) -> None:
    is_new = not path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)  # as Scrapy does
        path.open("ab").close()
    except OSError as error:
        raise UsageError(f"The feed {str(path)!r} cannot be written: {error.strerror}.") from error
    if is_new:
        path.unlink()
