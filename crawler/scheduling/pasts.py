"""The past of each series, as the archive and the catalogue know it: what its health is told by."""

from bisect import bisect
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice

from crawler.catalogue.file import SeriesSpec
from crawler.catalogue.times import AUTO
from crawler.scheduling.health import RUNS, STORIES, Past
from crawler.scheduling.rhythms import AUTO_RUNS, rhythm_of
from storage import Archive
from storage.locks import is_free
from storage.rows import SeriesRow, StoryRow


def pasts(
    archive: Archive,
    archive_url: str,
    catalogue: Mapping[str, SeriesSpec],
    wanted: str | None = None,
    *,
    with_missing: bool = True,
) -> Iterator[tuple[str, str, Past]]:
    """Each series with its name and title, or the one wanted; those of the catalogue that were never crawled, too.

    What is missing now is the dearest fact of a series, of which its health says nothing.
    """
    rows = {row.name: row for row in archive.series(with_missing=with_missing)}
    if wanted is not None:
        found = archive.series(wanted, with_missing=with_missing) if wanted not in catalogue or wanted in rows else []
        names = [row.name for row in found] or [wanted]
    else:
        names = [*rows, *(name for name in catalogue if name not in rows)]
    for name in names:
        row, spec = rows.get(name), catalogue.get(name)
        yield name, (row and row.title) or (spec and spec.title) or name, _past(archive, archive_url, row, spec)


def _newest_first(archive: Archive, series: int) -> list[StoryRow]:
    """Those seen last; of those of one crawl, such as the first one, by date, and the undated as the oldest."""
    begun = sorted(run.started_at for run in archive.runs(series, limit=STORIES))

    def age(story: StoryRow) -> tuple[date, int, bool, datetime]:
        seen = story.first_seen_at
        return seen.date(), bisect(begun, seen), story.published_at is not None, story.published_at or seen

    return sorted(islice(archive.stories(series, sort="seen", limit=STORIES), STORIES), key=age, reverse=True)


def _past(archive: Archive, archive_url: str, row: SeriesRow | None, spec: SeriesSpec | None) -> Past:
    if row is None:
        return Past(spec=spec, row=None)
    newest = next(iter(archive.stories(row.id, limit=1)), None)
    is_auto = spec is not None and spec.schedule == AUTO
    runs = archive.runs(row.id, limit=AUTO_RUNS if is_auto else RUNS + 1, kind="crawl")
    return Past(
        spec=spec,
        row=row,
        runs=runs,
        every=rhythm_of(archive, row.id, runs, datetime.now(UTC)).every if is_auto else None,
        stories=_newest_first(archive, row.id),
        newest=newest.published_at if newest else None,
        is_running=bool(runs) and runs[0].ended_at is None and not is_free(archive_url, row.name),
    )
