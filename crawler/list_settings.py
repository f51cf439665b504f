"""A list on the command line, written as in Python or plainly: `["a", "b"]` and `a,b` are one."""

import ast

from scrapy.settings import BaseSettings


class ListSettings:
    """An add-on (ADDONS) that makes lists of settings that are written as lists, for every reader of them."""

    def update_settings(self, settings: BaseSettings) -> None:
        for name in settings:
            priority = settings.getpriority(name)
            if not priority:  # Scrapy's defaults are lists where they are meant to be, and it warns who reads old ones
                continue
            written = settings.get(name)
            if isinstance(written, str) and (values := as_list(written)) is not None:
                settings.set(name, values, priority)


def early_list(settings: BaseSettings, name: str) -> list[str]:
    """For what Scrapy makes of the process's settings, before the add-ons of a crawl."""
    own = settings.copy()
    ListSettings().update_settings(own)
    return own.getlist(name)


def as_list(written: str) -> list[object] | None:
    """What a text writes as a list; None of every other text.

    >>> as_list('["127.0.0.0/8", "::1"]'), as_list("[404, 410]"), as_list("127.0.0.0/8"), as_list("[bot] wangqi")
    (['127.0.0.0/8', '::1'], [404, 410], None, None)
    """
    text = written.strip()
    if not (text.startswith("[") and text.endswith("]")):
        return None
    try:
        values = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    return values if isinstance(values, list) else None
