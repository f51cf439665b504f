"""What `-a NAME=VALUE` may say to a crawl. Pure."""

import inspect
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final, get_args

from crawler.catalogue.keys import render_argument
from crawler.spiders.series import SeriesSpider
from wangqi.outcomes import Outcome
from wangqi.urls import is_web_url

_REFRESHED: Final = ("all", "watch", *get_args(Outcome))


def check_arguments(spider: type[SeriesSpider], given: Mapping[str, str]) -> None:
    """Refuse what the spider would not heed.

    Raises:
        ValueError: in words for the person at the terminal.
    """
    known = [name for name in inspect.signature(spider).parameters if name != "kwargs"]
    for name in given:
        if name not in known:
            meant = get_close_matches(name, known, n=1)
            advice = f"did you mean {meant[0]!r}?" if meant else f"known are: {', '.join(known)}."
            raise ValueError(f"-a {name}=… has no meaning here; {advice}")
    if spider.spec and "url" in given:
        raise ValueError(f"{spider.name!r} starts where its entry of the catalogue says. Leave -a url=… out.")
    if render := given.get("render"):
        render_argument(render)
    refresh = given.get("refresh")
    if refresh is not None and refresh not in _REFRESHED and not is_web_url(refresh):
        raise ValueError(f"-a refresh={refresh} names no pages. Write all, watch, a URL, or an outcome such as failed.")
