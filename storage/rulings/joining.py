"""Two series become one, and two again. Each function runs inside a transaction."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, and_, delete, func, select, update

from storage.frontier.series import learn_cadence
from storage.recording import mentions
from storage.schema import metadata, page, series, share, story
from storage.works import canonical

Moved = dict[str, list[list[Any]]]  # by table: the primary keys of the rows, without the series
# A story's series stands in the search index, too.
_TABLES: Final = [table for table in metadata.sorted_tables if "series_id" in table.c and table is not story]


def move(connection: Connection, gone: int, kept: int) -> Moved:
    """Gives everything of one series to another; answers what that was."""
    moved: Moved = {table.name: _give(connection, table, gone, kept) for table in _TABLES}
    numbers = list(connection.scalars(select(story.c.id).where(story.c.series_id == gone)))
    for number in numbers:
        canonical.refile(connection, number, kept)
    moved[story.name] = [[number] for number in numbers]
    # A series keeps no share of a page that it holds itself.
    held = select(page.c.id).where(page.c.series_id == kept)
    connection.execute(delete(share).where(share.c.series_id == kept, share.c.page_id.in_(held)))
    moved["named"] = [[number] for number in mentions.name_open(connection, kept)]
    return moved


def fill(connection: Connection, kept: Row[*tuple[Any, ...]], gone: Row[*tuple[Any, ...]]) -> None:
    """Marks the one as joined, and lets the other take over what it does not know itself."""
    values = {
        "title": kept.title or gone.title,
        "publisher": kept.publisher or gone.publisher,
        "start": list(dict.fromkeys([*kept.start, *gone.start])),
    }
    connection.execute(update(series).where(series.c.id == kept.id).values(values))
    connection.execute(update(series).where(series.c.id == gone.id).values(joined_into=kept.id))
    # Who had been joined to the one that goes is now part of the other.
    connection.execute(update(series).where(series.c.joined_into == gone.id).values(joined_into=kept.id))
    learn_cadence(connection, kept.id)


def part(connection: Connection, kept: int, name: str, before: Mapping[str, Any]) -> None:
    """Gives back what a series brought when it was joined, as far as it is still there."""
    gone: int = connection.execute(select(series.c.id).where(series.c.name == name)).scalar_one()
    moved: Moved = before["moved"]
    for table in _TABLES:
        for key in moved.get(table.name, ()):
            mine = [column == value for column, value in zip(_keys(table), key, strict=True)]
            given = update(table).where(table.c.series_id == kept, *mine).values(series_id=gone)
            connection.execute(given)
    for (number,) in moved[story.name]:
        if connection.scalar(select(story.c.series_id).where(story.c.id == number)) == kept:
            canonical.refile(connection, number, gone)
    mentions.open_again(connection, [number for (number,) in moved["named"]])
    values = {key: before[key] for key in ("title", "publisher", "start")}
    connection.execute(update(series).where(series.c.id == kept).values(values))
    connection.execute(update(series).where(series.c.id == gone).values(joined_into=None))
    for each in (kept, gone):
        learn_cadence(connection, each)


def _give(connection: Connection, table: Table, gone: int, kept: int) -> list[list[Any]]:
    """Moves rows; one whose twin the other series has already stays where it is."""
    keys = _keys(table)
    mine = table.c.series_id == gone
    if "series_id" in table.primary_key.columns:
        theirs = table.alias()
        same = [theirs.c[key.name] == key for key in keys]
        mine = and_(mine, ~select(func.count()).where(theirs.c.series_id == kept, *same).exists())
    given = update(table).where(mine).values(series_id=kept).returning(*keys)
    return [list(row) for row in connection.execute(given)]


def _keys(table: Table) -> list[Any]:
    return [column for column in table.primary_key.columns if column.name != "series_id"]
