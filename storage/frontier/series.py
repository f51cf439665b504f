"""Series: found by name, and made when new."""

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from itertools import pairwise
from statistics import median
from typing import Any, Final

from sqlalchemy import Connection, and_, func, not_, select, update

from storage.db.dialects import Inserts, insert_for
from storage.db.errors import UnknownSeriesError
from storage.schema import page, ruling, series, story
from wangqi.urls import canonical_or_none, url_digest

# Stories that a series counts: not those that became part of another, nor those that a person called foreign.
COUNTED: Final = and_(story.c.merged_into.is_(None), not_(story.c.is_foreign))
_NEEDED_DATES = 3
_RECENT_DATES = 50
_now = func.coalesce(series.c.joined_into, series.c.id)
_new = Inserts(series, lambda statement: statement.on_conflict_do_nothing(index_elements=["name"]))


def named(
    connection: Connection, name: str, now: datetime, *, title: str | None, start: Sequence[str], publisher: str | None
) -> int:
    """The id of the series of this name, made if there is none; what is given and not yet known is learned."""
    number = called(connection, name)
    if number is None:
        row = {"name": name, "title": title, "start": list(start), "publisher": publisher, "created_at": now}
        connection.execute(insert_for(connection, _new), row)
        number = called(connection, name)
    known = connection.execute(select(series).where(series.c.id == number)).one()
    learned: dict[str, Any] = {}
    if title and not known.title:
        learned["title"] = title
    if publisher and publisher != known.publisher:
        learned["publisher"] = publisher
    if start and list(start) != known.start:
        learned["start"] = list(start)
    if learned:
        connection.execute(update(series).where(series.c.id == known.id).values(learned))
    return int(known.id)


def called(connection: Connection, name: str) -> int | None:
    """The id of the series that has, or once had, this name; of one that was joined to another, that other."""
    found: int | None = connection.scalar(select(_now).where(series.c.name == name))
    if found is None:
        led = select(_now).join(ruling, ruling.c.series_id == series.c.id).where(ruling.c.former_name == name)
        found = connection.scalars(led.where(ruling.c.undone_at.is_(None)).order_by(ruling.c.id.desc())).first()
    return found


def _advice(connection: Connection, wanted: str) -> str:
    held = select(series.c.name, series.c.title).where(series.c.joined_into.is_(None)).order_by(series.c.name)
    names = connection.execute(held).all()
    meant = get_close_matches(wanted, [known for pair in names for known in pair if known], n=1)
    known = [f"{name} ({title})" if title else name for name, title in names[:10]]
    return f"did you mean {meant[0]!r}?" if meant else f"it holds: {', '.join(known) or 'none'}."


def of_page(connection: Connection, url: str) -> str | None:
    """The name of the series that a page is of, or None: it is unknown, or the series that met it refused it."""
    of = (
        select(series.c.name)
        .join(page, page.c.series_id == series.c.id)
        .where(page.c.url_sha256 == url_digest(url), page.c.story_id.is_not(None) | page.c.watch)
    )
    name: str | None = connection.scalar(of)
    return name


def rename(connection: Connection, series_id: int, *, name: str | None, title: str | None) -> None:
    """Gives a series another name or title.

    Raises:
        IntegrityError: when another series has the name.
    """
    given = {key: value for key, value in (("name", name), ("title", title)) if value}
    if given:
        connection.execute(update(series).where(series.c.id == series_id).values(given))


def learn_cadence(connection: Connection, series_id: int) -> None:
    """Takes the rhythm of the series from the dates of its newest stories."""
    newest = (
        select(story.c.published_at)
        .where(story.c.series_id == series_id, story.c.published_at.is_not(None), COUNTED)
        .order_by(story.c.published_at.desc())
        .limit(_RECENT_DATES)
    )
    cadence = cadence_days(list(connection.scalars(newest)))
    if cadence is not None:
        connection.execute(update(series).where(series.c.id == series_id).values(cadence_days=cadence))


def cadence_days(dates: Sequence[datetime]) -> float | None:
    """PURE: the median of the days between publications, several on one day counted once; None below three days."""
    days = sorted({date.date() for date in dates})
    if len(days) < _NEEDED_DATES:
        return None
    return float(median((later - earlier).days for earlier, later in pairwise(days)))


def series_id(connection: Connection, wanted: int | str) -> int:
    """The id of a series given by id, name, title or the address of a page of it, however that is written.

    Raises:
        UnknownSeriesError: when there is none.
    """
    if isinstance(wanted, int):
        found = connection.scalars(select(_now).where(series.c.id == wanted)).first()
    else:
        titled = select(_now).where(series.c.title == wanted).order_by(series.c.joined_into.is_not(None), series.c.id)
        found = called(connection, wanted) or connection.scalars(titled).first()
        url = canonical_or_none(wanted) if found is None and "://" in wanted else None
        if url is not None:
            found = called(connection, url) or called(connection, of_page(connection, url) or "")
    if found is None:
        raise UnknownSeriesError(f"The archive holds no series {wanted!r}; {_advice(connection, str(wanted))}")
    return found
