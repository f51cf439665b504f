"""What answers a question, counted by series, year and source."""

from collections import Counter
from collections.abc import Mapping
from datetime import tzinfo

from sqlalchemy import Connection, select

from storage.frontier.series import COUNTED, series_id
from storage.queries.search import indexed
from storage.rows import Facets
from storage.schema import series
from storage.schema import story as works
from wangqi.search.query import Query


def facets(
    connection: Connection, query: Query | None, wanted: int | str | None, zones: Mapping[str, tzinfo], zone: tzinfo
) -> Facets:
    """Of all stories that answer; the years are those of the clock that each series keeps."""
    chosen = (
        select(series.c.name, works.c.published_at, works.c.source)
        .join(series, series.c.id == works.c.series_id)
        .where(works.c.merged_into.is_(None))
    )
    if wanted is not None:
        chosen = chosen.where(COUNTED, works.c.series_id == series_id(connection, wanted))
    if query is not None:
        chosen = chosen.where(indexed.condition(connection, query))
    names: Counter[str] = Counter()
    years: Counter[int] = Counter()
    sources: Counter[str] = Counter()
    for name, published_at, source in connection.execute(chosen.execution_options(yield_per=1_000)):
        names[name] += 1
        if published_at is not None:
            years[published_at.astimezone(zones.get(name, zone)).year] += 1
        if source:
            sources[source] += 1
    return Facets(total=names.total(), series=names, years=years, sources=sources)
