"""What a page's kept bytes say, as a crawl would read them now."""

from collections.abc import Mapping
from dataclasses import replace

from crawler.catalogue.file import CatalogueError, read_rules
from crawler.readers.read_page import prepare
from crawler.run.visits import Known
from wangqi.copies.changes import Appearance, of_reading
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


def as_read_now(before: Appearance, known: Known) -> Appearance:
    """An appearance whose text was read by other rules, as these read it.

    As it is where they read no story, or where its text came from several documents, of which one is kept here.
    """
    if before.outdated is None:
        return before
    page = prepare(before.outdated.body, before.url, before.outdated.headers, known=known)
    if page.reading is None or page.marks is None or page.assembly.parts:
        return before
    anew = of_reading(page.reading, page.marks, None, before.url)
    return replace(anew, shell=before.shell, found=before.found, is_unfit=before.is_unfit)
