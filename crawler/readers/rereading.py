"""The text of a page's kept bytes, as a crawl would read it now."""

from collections.abc import Mapping

from crawler.catalogue.file import CatalogueError, read_rules
from crawler.readers.read_page import prepare
from crawler.run.visits import Known
from wangqi.copies.trust import Registry


class Rereader:
    """Reads by the rules of the catalogue, where that can be read."""

    def __init__(self, catalogue: str) -> None:
        try:
            self._known = Known(Registry(), read_rules(catalogue))
        except CatalogueError:
            self._known = Known(Registry())

    def __call__(self, body: bytes, url: str, headers: Mapping[str, str]) -> str | None:
        page = prepare(body, url, headers, known=self._known)
        return page.reading.text if page.reading else None
