"""Each entry of the catalogue becomes a spider, so that `scrapy list` is the catalogue."""

from datetime import timedelta
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from scrapy import Spider
from scrapy.spiderloader import SpiderLoader

from crawler.catalogue.file import CatalogueError, SeriesSpec, read_catalogue

if TYPE_CHECKING:
    import builtins

    from scrapy.settings import BaseSettings

_GENERAL = "series"


def settings_of(spec: SeriesSpec) -> dict[str, float]:
    """PURE: the entry's keys that there are settings for; `-s` on the command line still overrules them."""
    limits = {
        "DOWNLOAD_DELAY": spec.delay,
        "RUN_MAX_PAGES": spec.max_pages,
        "RUN_MAX_MINUTES": spec.max_minutes,
        "RECENT_DAYS": spec.recent / timedelta(days=1) if spec.recent is not None else None,
    }
    return {name: value for name, value in limits.items() if value is not None}


class CatalogueSpiderLoader(SpiderLoader):
    """A loader (SPIDER_LOADER_CLASS) whose spiders are the entries of the file that the setting CATALOGUE names.

    An entry becomes a subclass, with its `name` and `spec`, of the spider that has the same name, where a site needs
    one of its own, else of `series`. The file is read when a
    spider is first asked for, so that a broken catalogue stops only those who need it; `load` and `list` then raise
    `CatalogueError`.
    """

    def __init__(self, settings: "BaseSettings") -> None:
        super().__init__(settings)
        self._file = settings["CATALOGUE"]

    @cached_property
    def catalogue(self) -> dict[str, SeriesSpec]:
        return read_catalogue(self._file)

    def load(self, spider_name: str) -> type[Spider]:
        if spider_name == _GENERAL:
            return super().load(spider_name)
        spec = self.catalogue.get(spider_name)
        if spec is None:
            if spider_name in self._spiders:
                return super().load(spider_name)
            meant = get_close_matches(spider_name, [*self.catalogue, _GENERAL], n=1)
            known = f"did you mean {meant[0]!r}?" if meant else f"it has: {', '.join(self.catalogue) or 'none'}."
            raise CatalogueError(f"The catalogue {self._file!r} has no series {spider_name!r}; {known}")
        spider = self._spiders.get(spider_name) or super().load(_GENERAL)
        settings = {**(spider.custom_settings or {}), **settings_of(spec)}
        return type("CatalogueSpider", (spider,), {"name": spec.name, "spec": spec, "custom_settings": settings})

    def list(self) -> "builtins.list[str]":
        """The names of the catalogue's entries, in its order."""
        return [*self.catalogue]
