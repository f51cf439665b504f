"""The beginning of a run: what the archive knows of the series, and what is due."""

from dataclasses import dataclass

from crawler.catalogue.file import SeriesSpec
from crawler.scope.links import Scope
from storage import Archive
from wangqi.urls import canonical_url


@dataclass(frozen=True, slots=True)
class Opened:
    """A run that has begun."""

    series_id: int
    run_id: int
    scope: Scope


def name_kept(archive: Archive, spec: SeriesSpec, *, is_entry: bool) -> str:
    """Under which name the archive keeps the series; what is no entry of the catalogue may begin with any story."""
    if (number := archive.series_called(spec.name)) is not None:
        return archive.series(number)[0].name
    return (None if is_entry else archive.series_of_page(spec.start[0])) or spec.name


def open_run(archive: Archive, name: str, spec: SeriesSpec, refresh: str | None) -> Opened:
    """Opens a run of the series of this name, takes in what earlier ones left, and makes the start pages due.

    Args:
        archive: Where the series is kept.
        name: Under which the archive keeps it.
        spec: What is to be archived.
        refresh: Outcome words, `all` or URLs that are read again although they are not due.
    """
    start = [canonical_url(url) for url in (*spec.start, *spec.watch)]
    series_id = archive.series_named(name, title=spec.title, start=start, publisher=spec.publisher)
    run_id = archive.begin_run(series_id)
    archive.seed(series_id, start, watch=True)
    if refresh:
        archive.make_due(series_id, refresh)
    (known,) = archive.series(series_id)
    scope = Scope(
        spec, archive.titles(series_id), archive.named_titles(series_id), archive.addresses(series_id), known.title
    )
    return Opened(series_id, run_id, scope)
