"""An entry of the catalogue takes over what was archived before it was written."""

from collections.abc import Collection, Iterator

from crawler.catalogue.file import SeriesSpec
from storage import Archive
from storage.locks import series_lock
from wangqi.urls import canonical_url

_BY = "series.toml"


def take_over(archive: Archive, archive_url: str, spec: SeriesSpec, entries: Collection[str]) -> Iterator[str]:
    """Gives an entry every series without one that holds its start or watched pages; says so, a sentence each.

    Such a series was begun by `-a url=…`, or by an entry that has another name now. One that an entry of today has is
    left to it.

    Args:
        archive: Open for writing.
        archive_url: Where its locks are.
        spec: The entry.
        entries: The names of all entries.

    Raises:
        SeriesBusy: when a crawl of such a series is running.
    """
    for page in (*spec.start, *spec.watch):
        name = archive.series_of_page(canonical_url(page))
        if name is None or name == spec.name or name in entries:
            continue
        known = archive.series_called(spec.name)
        (series,) = archive.series(name)
        if known == series.id:
            continue
        with series_lock(archive_url, name):
            if known is None:
                archive.name_series(series.id, spec.name, by=_BY)
            else:
                archive.join_series(known, series.id, by=_BY)
        yield f"{spec.name} goes on with the {series.stories} stories that were archived as {name}."
