"""The last call of each series: one row, written before the crawl that it calls is started."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from storage.frontier.series import called
from storage.rows import CallRow
from storage.schema import call, run


def all_of_them(connection: Connection) -> dict[str, CallRow]:
    return {row.series: CallRow(**row._asdict()) for row in connection.execute(select(call))}


def note(connection: Connection, name: str, due_at: datetime, now: datetime) -> None:
    """Replaces the series' last call by one for this moment; by one more attempt if that was for the same moment."""
    attempts = connection.scalar(select(call.c.attempts).where(call.c.series == name, call.c.due_at == due_at)) or 0
    number = called(connection, name)
    after = connection.scalar(select(func.max(run.c.id)).where(run.c.series_id == number)) or 0
    connection.execute(delete(call).where(call.c.series == name))
    row = {"series": name, "due_at": due_at, "called_at": now, "attempts": attempts + 1, "after_run": after}
    connection.execute(insert(call), row)
