"""Series, told with their sums."""

from sqlalchemy import Connection, func, literal, select

from storage.frontier.series import COUNTED, series_id
from storage.rows import SeriesRow, SeriesSpan
from storage.schema import page, series, story


def spans(connection: Connection) -> dict[int, SeriesSpan]:
    """Of every series that has a dated story, by its id."""
    found = {}
    for one in connection.scalars(select(series.c.id).where(series.c.joined_into.is_(None))).all():
        dated = (
            select(story.c.id, story.c.title, story.c.published_at, story.c.published_precision)
            .where(story.c.series_id == one, COUNTED, story.c.published_at.is_not(None))
            .limit(1)
        )
        newest = connection.execute(dated.order_by(story.c.published_at.desc(), story.c.id.desc())).first()
        oldest = connection.execute(dated.order_by(story.c.published_at, story.c.id)).first()
        if newest is not None and oldest is not None:
            found[one] = SeriesSpan(**newest._asdict(), first_at=oldest.published_at)
    return found


def rows(connection: Connection, wanted: int | str | None) -> list[SeriesRow]:
    """Every series, or the one wanted, by name; `ledger.sums` counts what is missing."""
    stories = select(func.count()).where(story.c.series_id == series.c.id, COUNTED)
    pages = select(func.count()).where(page.c.series_id == series.c.id)
    query = select(
        *(column for column in series.c if column.name != "joined_into"),
        stories.scalar_subquery().label("stories"),
        pages.scalar_subquery().label("pages"),
        literal(0).label("missing"),
    ).order_by(series.c.name)
    query = query.where(series.c.joined_into.is_(None))
    if wanted is not None:
        query = query.where(series.c.id == series_id(connection, wanted))
    return [SeriesRow(**row._asdict()) for row in connection.execute(query)]
