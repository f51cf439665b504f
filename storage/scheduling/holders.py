"""Which process is the archive's scheduler; the lock alone does not say."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.rows import SchedulerRow
from storage.schema import scheduler


def begin(connection: Connection, pid: int, host: str, now: datetime) -> None:
    connection.execute(delete(scheduler))
    connection.execute(insert(scheduler), {"id": 1, "pid": pid, "host": host, "started_at": now, "looked_at": now})


def looked(connection: Connection, now: datetime) -> None:
    connection.execute(update(scheduler).values(looked_at=now))


def last(connection: Connection) -> SchedulerRow | None:
    columns = scheduler.c.pid, scheduler.c.host, scheduler.c.started_at, scheduler.c.looked_at
    row = connection.execute(select(*columns)).one_or_none()
    return row and SchedulerRow(**row._asdict())
